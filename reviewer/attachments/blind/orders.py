"""The orders in which the letters of a page may be read: as they are drawn, in rows, and in columns of single letters.

A name is drawn letter by letter, by style, or out of order as often as not; whoever reads the page sees rows and columns. Between letters that do
not touch stands a blank, between those that nobody would read together `APART`, which is in no word.
"""

import math
from collections.abc import Iterator

from reviewer.attachments.blind.matter import Shown

APART = "¶"
"""Stands between letters that do not follow each other."""

Order = list[Shown | str]
"""Letters, with blanks and `APART` between."""

_TOUCH_EM = 0.15
"""A gap from which letters stand apart as words do."""

_ROW_EM = 0.4
"""How far a letter may stand from its row's line."""

_ROW_GAP_EM = 3.0
"""A gap that nobody reads over: names set wide in a form's field have up to two."""

_ALONE_EM = 0.8
"""A letter with so much room on both sides may belong to a column."""

_COLUMN_GAP_EM = 2.2
_TWIN_EM = 0.25
_ANGLE = math.pi / 12


def drawn(letters: list[Shown]) -> Order:
    """As the file draws them."""
    order: Order = []
    last: Shown | None = None
    for shown in letters:
        if last is not None:
            if is_twin(last, shown):
                continue
            across = abs(shown.x - last.x - last.along[0] * last.room) + abs(shown.y - last.y - last.along[1] * last.room)
            if across > _TOUCH_EM * max(last.size, shown.size):
                order.append(" ")
        order.append(shown)
        last = shown
    return order


def is_twin(one: Shown, other: Shown) -> bool:
    """Whether a letter is drawn again, a hair apart, to make it bold or to give it a shadow."""
    near = _TWIN_EM * max(one.size, other.size)
    return abs(one.x - other.x) + abs(one.y - other.y) <= near and one.letter.text == other.letter.text


def in_rows(letters: list[Shown]) -> Iterator[Order]:
    """Rows from the first to the last, for each direction in which lines run; then columns of letters that stand alone in theirs."""
    directions: dict[int, list[Shown]] = {}
    for shown in letters:
        if shown.letter.text.strip():
            directions.setdefault(round(math.atan2(shown.along[1], shown.along[0]) / _ANGLE), []).append(shown)
    for number in sorted(directions):
        angle = number * _ANGLE
        rows = _rows(directions[number], math.cos(angle), math.sin(angle))
        yield _joined(rows)
        yield _columns(rows)


_Placed = tuple[float, float, Shown]
"""How far along the row, how far across from the first row, and what."""


def _rows(letters: list[Shown], cosine: float, sine: float) -> list[list[_Placed]]:
    placed = sorted(
        ((shown.x * cosine + shown.y * sine, shown.x * sine - shown.y * cosine, shown) for shown in letters), key=lambda one: one[1]
    )
    rows: list[list[_Placed]] = []
    line = 0.0
    for one in placed:
        if rows and one[1] - line <= _ROW_EM * max(one[2].size, rows[-1][0][2].size):
            rows[-1].append(one)
        else:
            rows.append([one])
            line = one[1]
    for row in rows:
        row.sort(key=lambda one: one[0])
    return rows


def _gap(last: _Placed, one: _Placed) -> float:
    """Room between two letters of a row, in ems."""
    return (one[0] - last[0] - last[2].room) / (max(last[2].size, one[2].size) or 1.0)


def _joined(rows: list[list[_Placed]]) -> Order:
    order: Order = []
    for row in rows:
        for index, one in enumerate(row):
            if index and is_twin(row[index - 1][2], one[2]):
                continue
            gap = _gap(row[index - 1], one) if index else 0.0
            if gap > _TOUCH_EM:
                order.append(APART if gap > _ROW_GAP_EM else " ")
            order.append(one[2])
        order.append("\n")
    return order


def _columns(rows: list[list[_Placed]]) -> Order:
    alone = [
        one
        for row in rows
        for index, one in enumerate(row)
        if (not index or _gap(row[index - 1], one) > _ALONE_EM) and (index + 1 == len(row) or _gap(one, row[index + 1]) > _ALONE_EM)
    ]
    alone.sort(key=lambda one: one[0] + one[2].room / 2)
    columns: list[list[_Placed]] = []
    for one in alone:
        middle = one[0] + one[2].room / 2
        if columns and middle - columns[-1][0][0] - columns[-1][0][2].room / 2 <= _ROW_EM * one[2].size:
            columns[-1].append(one)
        else:
            columns.append([one])
    order: Order = []
    for column in columns:
        column.sort(key=lambda one: one[1])
        for index, one in enumerate(column):
            if index and one[1] - column[index - 1][1] > _COLUMN_GAP_EM * one[2].size:
                order.append(APART)
            order.append(one[2])
        order.append(APART)
    return order
