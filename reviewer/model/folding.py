"""One normalisation: what search and masks take for the same, told by data (data/folding.json) that browsers read too.

NFKC, lower case character by character (never `casefold`, whose result browsers do not have), variant pairs, blanks collapsed and dropped beside
Chinese, what is not drawn left out. Only code points that Unicode 14 assigns fold; later ones pass unchanged, since browsers and versions of
Python know different ones. What was written is kept as a list of edits, so that a hit can be shown in its original spelling.

All positions count UTF-16 code units, as browsers do: a `str` here is first spread into units where it holds characters beyond the Basic Plane.
"""

import functools
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

SURROGATE = re.compile("[\ud800-\udfff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"
"""Stands for half a character, which JSON input can hold and no file can."""

LONGEST_CLUSTER = 30
"""Marks on one letter that are normalised together; languages have at most a handful, and an endless pile is taken in pieces."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A place where the normalised text differs from what was written."""

    gap: int
    """Units that are the same since the edit before."""
    new: str
    """What stands in the normalised text; may be empty."""
    old: str
    """What was written."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made comparable, with the way back."""

    text: str
    """Normalised; characters beyond the Basic Plane are still whole."""
    edits: tuple[Edit, ...]
    """In the order of the text; lengths in units."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A text made comparable character by character. Indices count characters, not units."""

    text: str
    """Normalised."""
    first: list[int]
    """For each of its characters where what it was made of begins in the text as written."""
    last: list[int]
    """And where that ends."""


class Folding:
    """The normalisation."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.lower = _pairs(tables["lower"])
        """Lower case, character by character."""
        self.variants = _pairs(tables["variants"])
        """One spelling for each group of variants."""
        self.dropped = re.compile(f"[{_class(tables['dropped'])}]+")
        """What is not drawn."""
        chinese = _class(tables["chinese"])
        self.chinese = re.compile(f"[{chinese}]")
        """Beside these a blank means nothing."""
        blank, drop, join = _class(tables["blanks"]), _class(tables["dropped"]), _class(tables["joiners"])
        self.joiner = re.compile(f"[{join}]")
        """Marks that join the letter before them: a blank between keeps them apart, whatever they are of."""
        self._spot = re.compile(
            f"(?P<blank>[{drop}]*[{blank}][{blank}{drop}]*)"
            f"|(?P<cluster>(?:(?![{join}])[{_class(tables['fold'])}])?(?:[{drop}]*[{join}]){{1,{LONGEST_CLUSTER}}})"
            f"|(?P<single>[{_class(tables['changing'])}])"
            f"|(?P<dropped>[{drop}]+)"
        )
        self._one = functools.lru_cache(maxsize=20000)(self._plain)

    def fold(self, text: str) -> Folded:
        """Normalise a text. Its ends count as no neighbours: blanks there are dropped."""
        text = SURROGATE.sub(REPLACEMENT, text)
        pieces: list[tuple[str, str | None, str]] = []
        at = 0
        for spot in self._spot.finditer(text):
            if spot.start() > at:
                pieces.append((text[at : spot.start()], "", ""))
            at = spot.end()
            kind, old = spot.lastgroup, spot[0]
            pieces.append(("", None if kind == "blank" else "" if kind == "dropped" else self._one(old), old))
        if at < len(text):
            pieces.append((text[at:], "", ""))
        return self._joined(pieces)

    def text(self, text: str) -> str:
        """The normalised text alone."""
        return self.fold(text).text

    def letters(self, text: str) -> "Letters":
        """Normalise a text for finding words in it, whatever stands between their letters: every run of blanks is one blank, also beside Chinese."""
        text = SURROGATE.sub(REPLACEMENT, text)
        out: list[str] = []
        first: list[int] = []
        last: list[int] = []

        def put(new: str, start: int, end: int) -> None:
            out.append(new)
            first.extend([start] * len(new))
            last.extend([end] * len(new))

        at = 0
        for spot in self._spot.finditer(text):
            begin, end = spot.span()
            if begin > at:
                out.append(text[at:begin])
                first.extend(range(at, begin))
                last.extend(range(at + 1, begin + 1))
            at = end
            if spot.lastgroup == "blank":
                put(" ", begin, end)
            elif spot.lastgroup != "dropped":
                put(self._one(spot[0]), begin, end)
        if at < len(text):
            out.append(text[at:])
            first.extend(range(at, len(text)))
            last.extend(range(at + 1, len(text) + 1))
        return Letters("".join(out), first, last)

    def _plain(self, written: str) -> str:
        plain = unicodedata.normalize("NFKC", self.dropped.sub("", written))
        plain = unicodedata.normalize("NFKC", "".join(self.lower.get(each, each) for each in plain))
        return "".join(self.variants.get(each, each) for each in plain)

    def _joined(self, pieces: list[tuple[str, str | None, str]]) -> Folded:
        """Decide about blanks by their neighbours in the result, and count the gaps."""
        out: list[str] = []
        edits: list[Edit] = []
        gap, last = 0, ""
        for index, (same, new, old) in enumerate(pieces):
            if same:
                out.append(same)
                gap, last = gap + units_length(same), same[-1]
                continue
            if new is None:
                new = self._blank(last, _first(pieces, index + 1))  # noqa: PLW2901 - the blank's own piece
            if new == old:
                gap += units_length(new)
            else:
                edits.append(Edit(gap, new, old))
                gap = 0
            out.append(new)
            last = new[-1] if new else last
        return Folded("".join(out), tuple(edits))

    def _blank(self, before: str, after: str) -> str:
        if not before or not after:
            return ""
        if self.joiner.match(after):
            return " "
        return "" if self.chinese.match(before) or self.chinese.match(after) else " "


def _first(pieces: list[tuple[str, str | None, str]], index: int) -> str:
    """First character that the pieces from an index on put into the result."""
    for same, new, _ in pieces[index:]:
        if same or new:
            return (same or new or "")[0]
    return ""


@functools.cache
def folding_tables() -> Mapping[str, Any]:
    """The tables as they ship."""
    tables: Mapping[str, Any] = json.loads(resources.files("reviewer.model").joinpath("data/folding.json").read_text(encoding="utf-8"))
    return tables


@functools.cache
def folding() -> Folding:
    """The normalisation of this version."""
    return Folding(folding_tables())


def units(text: str) -> str:
    """Spread characters beyond the Basic Plane into surrogates, so that indices count UTF-16 units."""
    return _ASTRAL.sub(_halves, text)


def units_length(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) if text.isascii() else len(text) + len(_ASTRAL.findall(text))


def whole(text: str) -> str:
    """Join surrogates again."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if SURROGATE.search(text) else text


def _halves(match: re.Match[str]) -> str:
    point = ord(match[0]) - 0x10000
    return chr(0xD800 + (point >> 10)) + chr(0xDC00 + (point & 0x3FF))


def _class(ranges: Iterable[tuple[int, int]]) -> str:
    """Inside of a character class."""
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


def _pairs(words: str) -> dict[str, str]:
    return {word[0]: word[1:] for word in words.split(" ")}
