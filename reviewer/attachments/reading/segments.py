"""Glyphs to segments: words that follow each other on one base line without a wide gap."""

import bisect
import itertools
import math
import statistics
from collections.abc import Iterable

from reviewer.attachments.reading.letters import is_wide
from reviewer.attachments.reading.shapes import Box, Glyph, Rule, Segment, bounds

GAP_EM = 1.5
"""A wider gap parts segments: a column's gutter, a table's cell, a tabulator. Justified text stays under one em."""

BACK_EM = 1.1
"""A step back that kerning, combining marks and the letters of a ligature, which share its place, may take."""

WORD_GAP_EM = 0.18
"""A gap beside a letter that is a blank although the file has none; TeX writes no blanks and shrinks them to 0.22 em."""

WIDE_GAP_EM = 0.22
"""The same between ideographs, beyond the tracking that is usual in the line: justified Chinese is tracked evenly."""

BASE_EM = 0.42
"""How far a raised or lowered figure may stand from the base line."""


_HALF_EMPTY = frozenset("，。、；：！？「」『』（）《》〈〉【】…—")
"""Marks whose cell is half empty: the gap beside them is theirs."""


def segments(glyphs: Iterable[Glyph], rules: Iterable[Rule] = ()) -> list[Segment]:
    """Group glyphs, which come in the file's order; segments that touch on one base line are made one, unless a ruling line parts them."""
    fences = Fences(rules)
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _follows(runs[-1][-1], glyph) and not fences.part(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [_segment(run) for run in _joined(runs, fences)]


class Fences:
    """Upright ruling lines: what stands on both sides of one does not belong together."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._lines = sorted(((rule.x0 + rule.x1) / 2, rule.y0, rule.y1) for rule in rules if not rule.is_level)
        self._places = [line[0] for line in self._lines]

    def part(self, last: Glyph, glyph: Glyph) -> bool:
        """Whether a line stands between two glyphs."""
        if not self._lines or glyph.x0 <= last.x0:
            return False
        begin = bisect.bisect_left(self._places, last.x1 - 0.3 * last.size)
        end = bisect.bisect_right(self._places, glyph.x0 + 0.3 * glyph.size)
        middle = glyph.base - 0.38 * glyph.size
        return any(top <= middle <= bottom for _, top, bottom in self._lines[begin:end])


def slanted(glyphs: Iterable[Glyph]) -> list[str]:
    """Words of glyphs that run in other directions, in the file's order."""
    words: list[str] = []
    last: Glyph | None = None
    for glyph in glyphs:
        near = last is not None and math.hypot(glyph.x0 - last.x0, glyph.base - last.base) < 2.2 * max(last.size, glyph.size)
        if near:
            words[-1] += glyph.text
        else:
            words.append(glyph.text)
        last = glyph
    return words


def is_vertical(glyphs: tuple[Glyph, ...]) -> bool:
    """Whether the text runs from top to bottom: most steps go down by about a cell, within one column."""
    down = across = 0
    for one, other in itertools.pairwise(glyphs):
        size = max(one.size, other.size)
        if abs(other.x0 - one.x0) < 0.3 * size and 0.5 * size < other.base - one.base < 1.6 * size:
            down += 1
        elif abs(other.base - one.base) < 0.3 * size and other.x0 > one.x0:
            across += 1
    return down > 2 * across and down >= 8


def laid_down(glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """Vertical text as if it were horizontal: down becomes right, columns from right to left become lines from top to bottom."""
    return tuple(
        glyph._replace(
            x0=glyph.base - 0.88 * glyph.size, x1=glyph.base + 0.12 * glyph.size, base=-(glyph.x0 + glyph.x1) / 2 + 0.38 * glyph.size
        )
        for glyph in glyphs
    )


def _follows(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    if abs(glyph.base - last.base) > (0.2 if abs(last.size - glyph.size) < 0.1 * size else BASE_EM) * size:
        return False
    return -BACK_EM * size <= glyph.x0 - last.x1 <= GAP_EM * min(last.size, glyph.size)


def _joined(runs: list[list[Glyph]], fences: Fences) -> list[list[Glyph]]:
    """Join runs of one line that the file drew apart: by style, or out of order."""
    lines: list[list[list[Glyph]]] = []
    for run in sorted(runs, key=lambda run: (round(_base(run), 1), run[0].x0)):
        for line in reversed(lines[-6:]):
            if abs(_base(line[0]) - _base(run)) <= 0.2 * max(_size(line[0]), _size(run)):
                line.append(run)
                break
        else:
            lines.append([run])
    made: list[list[Glyph]] = []
    for line in lines:
        line.sort(key=lambda run: run[0].x0)
        current = list(line[0])
        for run in line[1:]:
            size = min(current[-1].size, run[0].size)
            if -BACK_EM * size <= run[0].x0 - current[-1].x1 <= GAP_EM * size and not fences.part(current[-1], run[0]):
                current += run
            else:
                made.append(current)
                current = list(run)
        made.append(current)
    return _attached(made)


def _attached(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put raised and lowered figures into the run that they belong to."""
    made = sorted(runs, key=lambda run: -_size(run))
    kept: list[list[Glyph]] = []
    for run in made:
        host = next((other for other in kept if _is_index_of(run, other)), None) if len(run) <= 6 else None
        if host is None:
            kept.append(run)
        else:
            host += run
            host.sort(key=lambda glyph: glyph.x0)
    return kept


def _is_index_of(run: list[Glyph], host: list[Glyph]) -> bool:
    size = _size(host)
    if _size(run) > 0.8 * size or abs(_base(run) - _base(host)) > 0.6 * size:
        return False
    return host[0].x0 < run[0].x0 and run[0].x0 - host[-1].x1 < 0.3 * size and run[-1].x1 - host[-1].x1 < 3 * size


def _base(run: list[Glyph]) -> float:
    return statistics.median_low(glyph.base for glyph in run)


def _size(run: list[Glyph]) -> float:
    return statistics.median_low(glyph.size for glyph in run)


def _segment(run: list[Glyph]) -> Segment:
    usual = _tracking(run)
    pieces = [run[0].text]
    for last, glyph in itertools.pairwise(run):
        gap = (glyph.x0 - last.x1) / max(min(last.size, glyph.size), 0.1)
        wide = is_wide(last.text) + is_wide(glyph.text)
        if wide == 2:
            blank = gap > max(usual, 0.0) + WIDE_GAP_EM or (glyph.blank_before and gap > 0.1)
        else:
            blank = gap > (max(usual, 0.0) if wide else 0.0) + WORD_GAP_EM or (glyph.blank_before and (not wide or gap > 0.1))
        if blank and not (wide and (last.text in _HALF_EMPTY or glyph.text in _HALF_EMPTY)):
            pieces.append(" ")
        pieces.append(glyph.text)
    size, base = _size(run), _base(run)
    box = bounds([glyph.box for glyph in run])
    return Segment(
        box=Box(box.x0, base - 0.88 * size, box.x1, base + 0.12 * size),
        text="".join(pieces),
        size=size,
        bold=sum(glyph.bold for glyph in run) * 2 > len(run),
        base=base,
    )


def _tracking(run: list[Glyph]) -> float:
    """Usual gap between ideographs in a run, in ems."""
    gaps = [
        (glyph.x0 - last.x1) / max(last.size, 0.1) for last, glyph in itertools.pairwise(run) if is_wide(last.text) and is_wide(glyph.text)
    ]
    return statistics.median_low(gaps) if gaps else 0.0
