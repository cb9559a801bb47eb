"""Workbooks that open well and never run anything: frozen heading, filter, widths, words as words (no formula), the same bytes every time."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reviewer.model.formulas import neutral

WordsOrNumber = str | int | float

_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_STAMP = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST_CELL = 32_767
"""Characters that a cell can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet to be written."""

    title: str
    """Name of its tab."""
    headings: tuple[str, ...]
    """First row; frozen."""
    rows: Sequence[Sequence[WordsOrNumber]]
    """The rest."""
    widths: tuple[float, ...] = ()
    """Widths of the columns in characters; the last one holds for all that follow."""
    frozen_columns: int = 0
    """Columns that stay while scrolling."""


def workbook_bytes(sheets: Sequence[Sheet]) -> bytes:
    """The workbook as a file."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _write(book.create_sheet(_tab(sheet.title)), sheet)
    made = io.BytesIO()
    book.save(made)
    return _without_clock(made.getvalue())


def _write(target: Worksheet, sheet: Sheet) -> None:
    for column, heading in enumerate(sheet.headings, start=1):
        cell = target.cell(1, column)
        _put(cell, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="EFECE4")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        width = sheet.widths[min(column, len(sheet.widths)) - 1] if sheet.widths else 14
        target.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(sheet.rows, start=2):
        for column, value in enumerate(row, start=1):
            if value != "":
                _put(target.cell(number, column), value)
    target.freeze_panes = target.cell(2, sheet.frozen_columns + 1)
    target.auto_filter.ref = f"A1:{get_column_letter(max(len(sheet.headings), 1))}{len(sheet.rows) + 1}"


def _put(cell: Cell, value: WordsOrNumber) -> None:
    """Words are always words: a text that begins like a formula is quoted, and its cell is told to be text."""
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub("�", value)[:_LONGEST_CELL]
        cell.data_type = "s"
        cell.number_format = "@"
        if neutral(value) != value:
            cell.quotePrefix = True
    else:
        cell.value = value


def _tab(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", "_", title)[:31]


def _without_clock(data: bytes) -> bytes:
    """The same archive with one date everywhere."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _STAMP.sub(_EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            plain = zipfile.ZipInfo(entry.filename, date_time=_EPOCH.timetuple()[:6])
            plain.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(plain, content)
    return made.getvalue()
