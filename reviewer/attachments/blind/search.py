"""Looks for hidden words among the letters of a page, in every order in which they may be read, until none is left."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reviewer.attachments.blind import orders
from reviewer.attachments.blind.matter import Place, Sheet, Shown
from reviewer.model.hiding import Finder

ROUNDS_MOST = 6
"""What is left after words were taken out may make a word again; a page made of nothing else would have to be longer than any."""

_Owner = Shown | int | None
"""A letter, the number of what is said instead of some, or nothing."""


@dataclass(slots=True)
class Removal:
    """What has to go from one page."""

    sheet: Sheet
    """The page."""
    gone: set[int] = field(default_factory=set)
    """Letters, by their identity."""
    told: set[int] = field(default_factory=set)
    """Marked contents whose words tell, by number."""
    hushed: bool = False
    """Whether what reading programmes are told of its streams has to go."""
    counts: Counter[str] = field(default_factory=Counter)
    """How often, by mask."""

    def left(self, run: list[Shown]) -> list[Shown]:
        """The letters of a run that stay."""
        return [shown for shown in run if id(shown) not in self.gone] if self.gone else run

    def is_gone(self, owner: _Owner) -> bool:
        """Whether a letter went, or the words of a marked content are known to tell."""
        return id(owner) in self.gone if isinstance(owner, Shown) else owner in self.told

    def take(self, letters: Iterable[Shown]) -> None:
        """Mark letters to go."""
        self.gone.update(map(id, letters))
        self.hushed = True

    def places(self) -> set[Place]:
        """Where they stand in the file."""
        return {shown.place for run in self.sheet.runs for shown in run if id(shown) in self.gone}


def search(sheet: Sheet, finder: Finder) -> Removal:
    """Find everything on a page that is hidden."""
    removal = Removal(sheet)
    texts = {shown.letter.text for run in sheet.runs for shown in run}
    if not finder.may_tell(texts | set(sheet.spoken)):
        return removal
    for _ in range(ROUNDS_MOST):
        # Every order is looked at in every round: what one tells may hide what another would.
        if not sum(_look(order, removal, finder) for order in _orders(removal)):
            break
    return removal


def _take_twins(removal: Removal) -> None:
    """A letter that was drawn twice goes twice."""
    gone: dict[str, list[Shown]] = {}
    for run in removal.sheet.runs:
        for shown in run:
            if id(shown) in removal.gone:
                gone.setdefault(shown.letter.text, []).append(shown)
    for run in removal.sheet.runs:
        removal.take(one for one in removal.left(run) if any(orders.is_twin(one, other) for other in gone.get(one.letter.text, ())))


def _orders(removal: Removal) -> Iterator[list[tuple[str, _Owner]]]:
    """Each order as pieces of text with who shows them; letters that went meanwhile are left out."""
    for run in removal.sheet.runs:
        yield _pieces(orders.drawn(removal.left(run)))
    if removal.sheet.spoken:
        for run in removal.sheet.runs:
            yield _as_spoken(removal.left(run), removal.sheet.spoken)
        yield [(words, number) for number, text in enumerate(removal.sheet.spoken) for words in (text, orders.APART)]
    everything = [shown for run in removal.sheet.runs for shown in removal.left(run)]
    for order in orders.in_rows(everything):
        yield _pieces(order)


def _pieces(order: orders.Order) -> list[tuple[str, _Owner]]:
    return [(one, None) if isinstance(one, str) else (one.letter.text, one) for one in order]


def _as_spoken(run: list[Shown], spoken: list[str]) -> list[tuple[str, _Owner]]:
    """A run as a reading programme says it: marked content by its own words."""
    said: set[int] = set()
    pieces: list[tuple[str, _Owner]] = []
    for shown in run:
        number = shown.spoken[-1] if shown.spoken else None
        if number is None:
            pieces.append((shown.letter.text, shown))
        elif number not in said:
            said.add(number)
            pieces.append((spoken[number], number))
    return pieces if said else []


def _look(pieces: list[tuple[str, _Owner]], removal: Removal, finder: Finder) -> bool:
    """Mark what an order tells; whether it told anything."""
    pieces = [piece for piece in pieces if not removal.is_gone(piece[1])]
    text = "".join(words for words, _ in pieces)
    found = finder.find(text)
    if not found:
        return False
    owners = [owner for words, owner in pieces for _ in words]
    for one in found:
        removal.counts[one.mask.value] += 1
        touched = owners[one.first : one.last]
        removal.take(owner for owner in touched if isinstance(owner, Shown))
        numbers = {owner for owner in touched if isinstance(owner, int)}
        if numbers:
            removal.told |= numbers
            removal.take(shown for run in removal.sheet.runs for shown in run if not numbers.isdisjoint(shown.spoken))
    _take_twins(removal)
    return True
