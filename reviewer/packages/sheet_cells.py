"""One sheet of a workbook, from its XML: rows that hold something, formulas, merged cells, in one reading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO

from reviewer.packages import limits
from reviewer.packages.cell_values import Clock, Value, value
from reviewer.packages.xml_stream import Attributes, BadXml, Depth, Elements, local

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
"""Where every spreadsheet ends."""
_DIGITS = "0123456789"
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_FORMULAS_TOLD, _MERGED_TOLD = 20, 10_000


class TooLarge(Exception):
    """The sheets hold more than a table may."""


@dataclass(slots=True)
class Budget:
    """What all sheets of a workbook may still hold."""

    cells: int = limits.TABLE_CELLS
    """Cells, with the empty ones before them in their row."""
    characters: int = limits.TABLE_CHARACTERS
    """Words of cells; a shared string counts as often as it is named."""

    def check(self) -> None:
        """Asked with every row, which has at most 16,384 cells. Raises `TooLarge`."""
        if self.cells < 0 or self.characters < 0:
            raise TooLarge


@dataclass(slots=True)
class Sheet:
    """What a sheet holds."""

    rows: list[tuple[int, list[Value]]] = field(default_factory=list)
    """Rows that hold a value, by number as people count; cells from column A on, empty ones as empty words."""
    formulas: list[tuple[int, int]] = field(default_factory=list)
    """Column, from 1, and row of the first formulas."""
    formula_count: int = 0
    """How many there are."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Merged ranges: first row, first column, last row, last column, from 1."""
    last_row: int = 0
    """Number of the last row, empty or not."""


def read_sheet(stream: IO[bytes], words: Sequence[str], clock: Clock, budget: Budget) -> Sheet:
    """Read a sheet. Raises `BadXml` when it is damaged, `TooLarge`."""
    cells = _Cells(words, clock, budget)
    elements = Elements(cells.start, cells.end, is_bounded=True)
    elements.listen(cells.take)
    elements.read(stream)
    budget.check()
    return cells.rare.sheet


def column_number(letters: str) -> int:
    """Number of a column from its letters, A is 1; 0 for what is none."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return 0
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class _Cells:
    """What a sheet is full of, a million times: cells and their values. Written for speed; none may stand within its like, so that nothing grows deep."""

    __slots__ = (
        "_budget",
        "_clock",
        "_column",
        "_columns",
        "_is_in_cell",
        "_is_in_inline",
        "_is_in_value",
        "_is_listening",
        "_kind",
        "_row",
        "_style",
        "_text",
        "_words",
        "rare",
    )

    def __init__(self, words: Sequence[str], clock: Clock, budget: Budget) -> None:
        self._words, self._clock, self._budget = words, clock, budget
        self.rare, self._columns = _Rare(), _Columns()
        self._row: list[Value] = []
        self._text: list[str] = []
        self._column, self._kind, self._style = 0, "", ""
        self._is_in_cell = self._is_in_inline = self._is_in_value = self._is_listening = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "v" or name == "t":  # noqa: PLR1714 - a million times
            if self._is_in_value:
                raise BadXml("a value within a value")
            self._is_in_value, self._is_listening = True, self._is_in_cell and not self.rare.aside
        elif name == "c":
            before, place = self._column, attributes.get("r")
            self._column = column = before + 1 if place is None else self._columns[place.rstrip(_DIGITS)]
            if column > _LAST_COLUMN:
                raise TooLarge
            if column <= before or self._is_in_cell:
                raise BadXml("cells out of order")
            self._budget.cells -= column - before
            self._kind, self._style, self._is_in_cell = attributes.get("t", "n"), attributes.get("s", ""), True
        elif name == "is":
            if self._is_in_inline:
                raise BadXml("a text within a text")
            self._is_in_inline = True
        elif name == "row":
            self.rare.start_row(attributes.get("r", ""))
            self._budget.check()
            self._row, self._column = [], 0
        elif ":" in name:
            self.start(local(name), attributes)
        else:
            self.rare.start(name, self._column, attributes)

    def take(self, words: str) -> None:
        if self._is_listening:
            self._text.append(words)

    def end(self, name: str) -> None:
        if name == "v" or name == "t":  # noqa: PLR1714
            self._is_in_value = self._is_listening = False
        elif name == "c":
            self._is_in_cell = False
            if self._text:
                self._end_cell()
        elif name == "is":
            self._is_in_inline = False
        elif name == "row":
            self.rare.end_row(self._row)
        elif ":" in name:
            self.end(local(name))
        else:
            self.rare.end(name)

    def _end_cell(self) -> None:
        text, row = self._text, self._row
        written = text[0] if len(text) == 1 else "".join(text)
        text.clear()
        found = self._words[_index(written)] if self._kind == "s" else value(self._kind, self._style, written, self._clock)
        empty = self._column - 1 - len(row)
        if empty:
            row.extend([""] * empty)
        row.append(found)
        if isinstance(found, str):
            self._budget.characters -= len(found)


class _Columns(dict[str, int]):
    """Numbers of columns by their letters, each found once."""

    def __missing__(self, letters: str) -> int:
        number = self[letters] = column_number(letters)
        return number


class _Rare:
    """What is seldom: rows, formulas, merged cells, and whatever else stands in a sheet."""

    def __init__(self) -> None:
        self.sheet, self.aside = Sheet(), 0
        self._depth, self._is_in_row = Depth(), False

    def start_row(self, number: str) -> None:
        last = self.sheet.last_row
        is_number = number.isascii() and number.isdecimal()
        here = last + 1 if not number else int(number[:10]) if is_number else 0
        if here > _LAST_ROW:
            raise TooLarge
        if here <= last or self._is_in_row:
            raise BadXml("rows out of order")
        self.sheet.last_row, self._is_in_row = here, True

    def end_row(self, row: list[Value]) -> None:
        self._is_in_row = False
        if row:
            self.sheet.rows.append((self.sheet.last_row, row))

    def start(self, name: str, column: int, attributes: Attributes) -> None:
        self._depth.enter()
        if name == "f":
            self.sheet.formula_count += 1
            if len(self.sheet.formulas) < _FORMULAS_TOLD:
                self.sheet.formulas.append((column, self.sheet.last_row))
        elif name == "rPh":
            self.aside += 1
        elif name == "mergeCell" and len(self.sheet.merged) < _MERGED_TOLD:
            match = _RANGE.fullmatch(attributes.get("ref", ""))
            if match:
                self.sheet.merged.append((int(match[2]), column_number(match[1]), int(match[4]), column_number(match[3])))

    def end(self, name: str) -> None:
        self._depth.leave()
        if name == "rPh":
            self.aside -= 1


def _index(words: str) -> int:
    """Place of a shared string. Raises ValueError."""
    number = int(words)
    if number < 0:
        raise ValueError(words)
    return number
