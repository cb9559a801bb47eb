"""Rows whose cells slid to the left because an empty one was swallowed: recognised by what the columns may hold, reported, never mended by guessing."""

import re
from collections.abc import Mapping, Sequence

from reviewer.intake.kinds import Column
from reviewer.model import tables
from reviewer.model.dates import parse_day
from reviewer.model.parts import FieldType

_FILE = re.compile(r".+\.[A-Za-z0-9]{2,5}")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?|T")
_YEAR = re.compile(r"\d{1,4}")
_COURSE = re.compile(r"[0-9A-Za-z]{23}")
LEAST = 2
"""Cells that do not fit before a row is taken for shifted: one alone is an odd value."""


def shifted_at(keys: Sequence[str], cells: Sequence[str], known: Mapping[str, Column]) -> str:
    """The column from which a row stands one place too far left; empty when the row is not shifted."""
    if len(cells) >= len(keys) and cells[len(keys) - 1]:
        # Its last column is filled in: nothing slid.
        return ""
    columns = [known.get(key) for key in keys]
    misfits = _misfits(columns, cells)
    if len(misfits) < LEAST:
        return ""
    best, place = len(misfits), -1
    for index in range(misfits[0] + 1):
        left = len(_misfits(columns, [*cells[:index], "", *cells[index:]]))
        if left <= best:
            best, place = left, index
    return keys[place] if place >= 0 and best + LEAST <= len(misfits) else ""


def _misfits(columns: Sequence[Column | None], cells: Sequence[str]) -> list[int]:
    return [
        index
        for index, (column, value) in enumerate(zip(columns, cells, strict=False))
        if column is not None and value and not fits(column, value)
    ]


def fits(column: Column, value: str) -> bool:
    """Whether a column may hold a value. Words may be anything."""
    if column.key == "課程代碼":
        return _COURSE.fullmatch(value) is not None
    if column.type is FieldType.DATE:
        return parse_day(value) is not None
    if column.type is FieldType.SCHOOL_YEAR:
        return _YEAR.fullmatch(value) is not None
    if column.type is FieldType.TERM:
        return value in ("0", "1", "2")
    if column.type is FieldType.CODE:
        return tables.lookup(column.table, value.strip(",; ")) is not None
    if column.type in (FieldType.NUMBER, FieldType.SCORE):
        return _NUMBER.fullmatch(value) is not None
    if column.type is FieldType.FILE:
        return _FILE.fullmatch(value) is not None
    if column.type is FieldType.ADDRESS:
        return "." in value
    return True
