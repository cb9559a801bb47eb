"""Hits in their original spelling: the way back from normalised text to what was written. Its twin is search-rank.js."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewer.search.folding import whole
from reviewer.search.spool import EDIT_BASE, LONG, SEPARATOR

BEFORE_UNITS, AFTER_UNITS = 24, 72
"""How much stands around the first hit."""

_SPACES = str.maketrans("\n\r\t", "   ")


@dataclass(frozen=True, slots=True)
class Spot:
    """An edit at its place in the normalised text."""

    start: int
    """Unit at which it begins."""
    end: int
    """Unit behind it."""
    old: str
    """What was written."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a snippet."""

    text: str
    """As written."""
    hit: bool
    """Whether the query found it."""


def snippet(text: str, edits: str, terms: Iterable[str]) -> tuple[Piece, ...]:
    """The surroundings of the first hit of a place, all hits in it marked; its first words when there is none."""
    spots = tuple(decode_edits(edits))
    hits = _hits(text, terms, spots)
    first, last = hits[0] if hits else (0, 0)
    left = text.rfind(SEPARATOR, 0, first) + 1
    right = text.find(SEPARATOR, last)
    right = len(text) if right < 0 else right
    start, end = max(left, first - BEFORE_UNITS), min(right, max(last, first + AFTER_UNITS))
    start, end = _grown(_whole_characters(text, start, end), spots)
    pieces = [Piece("…", hit=False)] if start > left else []
    at = start
    for hit_start, hit_end in hits:
        if hit_start >= end:
            break
        pieces.append(Piece(written(text, spots, at, hit_start, marked=False), hit=False))
        at = min(hit_end, end)
        pieces.append(Piece(written(text, spots, hit_start, at, marked=True), hit=True))
    pieces.append(Piece(written(text, spots, at, end, marked=False), hit=False))
    pieces += [Piece("…", hit=False)] if end < right else []
    return tuple(piece for piece in pieces if piece.text)


def title(text: str, edits: str) -> str:
    """The first segment of a place, as written."""
    spots = tuple(decode_edits(edits))
    end = text.find(SEPARATOR)
    return written(text, spots, 0, len(text) if end < 0 else end, marked=False)


def decode_edits(edits: str) -> Iterator[Spot]:
    """Yield the edits with their places."""
    at, position = 0, 0
    while at < len(edits):
        code = ord(edits[at]) - EDIT_BASE
        at += 1
        gap, new, old = code >> 4, (code >> 2) & 3, code & 3
        if new == LONG:
            new, at = ord(edits[at]) - EDIT_BASE, at + 1
        if old == LONG:
            old, at = ord(edits[at]) - EDIT_BASE, at + 1
        position += gap
        if new or old:
            yield Spot(position, position + new, edits[at : at + old])
        at, position = at + old, position + new


def written(text: str, spots: Iterable[Spot], start: int, end: int, *, marked: bool) -> str:
    """What was written where the normalised text has [start, end). Blanks that were dropped at its very ends belong to what is not marked."""
    out: list[str] = []
    at = start
    for spot in spots:
        if spot.start > end:
            break
        inside = (
            (start <= spot.start < end) if spot.end > spot.start else (start < spot.start < end if marked else start <= spot.start <= end)
        )
        if inside:
            out += (text[at : spot.start], spot.old)
            at = spot.end
    out.append(text[at:end])
    return whole("".join(out)).translate(_SPACES)


def _hits(text: str, terms: Iterable[str], spots: tuple[Spot, ...]) -> list[tuple[int, int]]:
    """All hits, those that touch joined, each grown to whole edits."""
    found = []
    for term in terms:
        at = text.find(term)
        while at >= 0:
            found.append(_grown((at, at + len(term)), spots))
            at = text.find(term, at + len(term))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _grown(span: tuple[int, int], spots: Iterable[Spot]) -> tuple[int, int]:
    start, end = span
    for spot in spots:
        if spot.start < start < spot.end:
            start = spot.start
        if spot.start < end < spot.end:
            end = spot.end
    return start, end


def _whole_characters(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span that would cut a character beyond the Basic Plane in two."""
    low = range(0xDC00, 0xE000)
    return start - (start < len(text) and ord(text[start]) in low), end + (end < len(text) and ord(text[end]) in low)
