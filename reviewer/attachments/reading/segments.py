"""Glyphs to segments: words that follow each other on one base line without a wide gap."""

import statistics
from collections.abc import Iterable

from reviewer.attachments.reading.letters import is_wide
from reviewer.attachments.reading.shapes import Box, Glyph, Segment, bounds

GAP_EM = 1.5
"""A wider gap parts segments: a column's gutter, a table's cell, a tabulator. Justified text stays under one em."""

BACK_EM = 0.6
"""A step back that kerning and combining marks may take."""

WORD_GAP_EM = 0.18
"""A gap between letters that is a blank although the file has none; TeX writes no blanks and shrinks them to 0.22 em."""

WIDE_WORD_GAP_EM = 0.75
"""The same beside an ideograph, whose tracking may be loose."""

BASE_EM = 0.42
"""How far a raised or lowered figure may stand from the base line."""


def segments(glyphs: Iterable[Glyph]) -> list[Segment]:
    """Group glyphs, which come in the file's order; segments that touch on one base line are made one."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _follows(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [_segment(run) for run in _joined(runs)]


def is_vertical(glyphs: tuple[Glyph, ...]) -> bool:
    """Whether the text runs from top to bottom: most steps go down by about a cell, within one column."""
    down = across = 0
    for one, other in zip(glyphs, glyphs[1:], strict=False):
        size = max(one.size, other.size)
        if abs(other.x0 - one.x0) < 0.3 * size and 0.5 * size < other.base - one.base < 1.6 * size:
            down += 1
        elif abs(other.base - one.base) < 0.3 * size and other.x0 > one.x0:
            across += 1
    return down > 2 * across and down >= 8


def laid_down(glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """Vertical text as if it were horizontal: down becomes right, columns from right to left become lines from top to bottom."""
    return tuple(
        glyph._replace(x0=glyph.base - 0.88 * glyph.size, x1=glyph.base + 0.12 * glyph.size, base=-(glyph.x0 + glyph.x1) / 2 + 0.38 * glyph.size)
        for glyph in glyphs
    )


def _follows(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    if abs(glyph.base - last.base) > (0.2 if abs(last.size - glyph.size) < 0.1 * size else BASE_EM) * size:
        return False
    return -BACK_EM * size <= glyph.x0 - last.x1 <= GAP_EM * min(last.size, glyph.size)


def _joined(runs: list[list[Glyph]]) -> list[list[Glyph]]:
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
            if -BACK_EM * size <= run[0].x0 - current[-1].x1 <= GAP_EM * size:
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
    pieces = [run[0].text]
    for last, glyph in zip(run, run[1:], strict=False):
        gap = (glyph.x0 - last.x1) / max(min(last.size, glyph.size), 0.1)
        wide = is_wide(last.text) or is_wide(glyph.text)
        if glyph.blank_before and (not wide or gap > 0.1) or gap > (WIDE_WORD_GAP_EM if wide else WORD_GAP_EM):
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
