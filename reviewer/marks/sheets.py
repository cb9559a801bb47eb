"""Writing a workbook with formulas that everybody can read, and with their results, so that a preview shows them too.

Defended: names and notes are strangers' words. They are written as text, never as a formula, and marked so (quotePrefix) that a program which saves
the file again keeps them text. The only formulas are ours and hold nothing but places and numbers. Same marks, same bytes.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reviewer.model.formulas import neutral

LONGEST_CELL = 32_767
"""Characters that a cell can hold."""

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the library takes naive dates only


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of ours and what it comes to."""

    text: str
    """`=AVERAGE(C2,E2)`."""
    value: str | float
    """Its result, as a program would compute it."""


Cell = str | int | float | Formula | None
"""None is an empty cell."""


def place(sheet: str, row: int, column: int) -> str:
    """A cell of another sheet, rows and columns from 0, fixed: `'評分'!$F$2`."""
    return f"'{sheet}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"


def span(sheet: str, first_row: int, last_row: int, column: int) -> str:
    """A column's part: `'評分'!$F$2:$F$9`."""
    return f"{place(sheet, first_row, column)}:{xl_rowcol_to_cell(last_row, column, row_abs=True, col_abs=True)}"


def cell(row: int, column: int) -> str:
    """A cell of the same sheet: `F2`."""
    return str(xl_rowcol_to_cell(row, column))


class _Sheet(Worksheet):  # type: ignore[misc]
    """The library looks into every formula for eighty functions that are newer than its format; ours use none, and there are a hundred thousand."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 - the library's signature
        return formula.removeprefix("=")


class Book:
    """A workbook in the making."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._bytes, options)
        self._book.set_properties({"created": _EPOCH, "author": "reviewer"})
        self._words = self._book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self._plain = self._book.add_format({"num_format": "@", "valign": "top"})
        self._quoted = self._book.add_format({"num_format": "@", "valign": "top", "quote_prefix": True})
        self._number = self._book.add_format({"num_format": "0.00", "valign": "top"})
        self._whole = self._book.add_format({"num_format": "0", "valign": "top"})
        self._head = self._book.add_format({"bold": True, "bg_color": "#EFECE4", "text_wrap": True, "valign": "top"})

    def sheet(
        self, title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], widths: Sequence[float] = (), *, frozen: int = 1
    ) -> None:
        """Add a sheet: frozen heading, filter, widths; the last width holds for all columns that follow."""
        sheet = self._book.add_worksheet(title, _Sheet)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, self._head)
            if widths:
                sheet.set_column(column, column, widths[min(column, len(widths) - 1)])
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self._put(sheet, last, column, value)
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, last, max(len(headings) - 1, 0))

    def finish(self) -> bytes:
        """The file."""
        self._book.close()
        return self._bytes.getvalue()

    def _put(self, sheet: Any, row: int, column: int, value: Cell) -> None:
        if isinstance(value, Formula):
            sheet.write_formula(row, column, value.text, self._number, value.value)
        elif isinstance(value, str):
            words = _ILLEGAL.sub("�", value)[:LONGEST_CELL]
            if words:
                style = self._quoted if neutral(words) != words else self._words if len(words) > 40 or "\n" in words else self._plain
                sheet.write_string(row, column, words, style)
        elif value is not None:
            sheet.write_number(row, column, value, self._whole if isinstance(value, int) else self._number)
