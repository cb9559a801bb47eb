"""What a school's preview says beside the items of a dossier: findings of its own check. Reviewers never see them, and no hash knows them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from reviewer.model.dossier import Dossier, Entry, Section
from reviewer.model.problem import Problem
from reviewer.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One finding and the item that it concerns."""

    problem: Problem
    """What, where, and what to do."""
    tick: str = ""
    """The item, `競賽參與紀錄[2]`; empty when it is none."""
    file: str = ""
    """Name of a file that was uploaded for one department; empty when it is about none."""


def add_notes(dossier: Dossier, notes: tuple[Note, ...], hide: Callable[[str], str]) -> Dossier:
    """The dossier with each note beside its item, on the cover when it concerns none that is shown. `hide` masks what the department masks.

    The hash, taken before, stays: findings are no part of it.
    """
    if not notes:
        return dossier
    masked = tuple(replace(note, problem=_masked(note.problem, hide)) for note in notes)
    placed: set[Note] = set()

    def entry(one: Entry) -> Entry:
        names = {link.name.rpartition("/")[2] for link in one.files}
        mine = tuple(note for note in masked if (note.tick and note.tick == one.tick) or (note.file and note.file in names))
        placed.update(mine)
        return replace(one, problems=(*one.problems, *(note.problem for note in mine))) if mine else one

    def section(one: Section) -> Section:
        return replace(one, slots=tuple(replace(slot, entries=tuple(map(entry, slot.entries))) for slot in one.slots))

    sections = tuple(map(section, dossier.sections))
    # An item that this department does not see needs no word on its pages.
    general = tuple(note.problem for note in masked if note not in placed and not note.tick and not note.file)
    return replace(dossier, sections=sections, problems=(*dossier.problems, *general))


def _masked(problem: Problem, hide: Callable[[str], str]) -> Problem:
    what, remedy = (Text(hide(words.zh), hide(words.en)) for words in (problem.what, problem.remedy))
    return replace(problem, what=what, remedy=remedy, where=replace(problem.where, path=hide(problem.where.path)))
