"""Rosters as grids of words: .xlsx by `python-calamine` (100,000 rows in a second and 115 MB; openpyxl takes thirteen), .csv in three encodings.

A sheet that reaches far below its data is read by openpyxl's stream instead, which holds one row at a time.
"""

import csv
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
import python_calamine
from openpyxl.utils import get_column_letter

from reviewer.intake import kinds, workbook_faults
from reviewer.intake.workbook_faults import ROSTER_EMPTY_ROWS, ROSTER_FORMULA, ROSTER_MORE_FORMULAS, ROSTER_UNREADABLE, Scan
from reviewer.model.formulas import unneutral
from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text

CSV_ENCODING = ProblemKind(
    "roster-encoding",
    Severity.ERROR,
    Text(
        "檔案既不是 UTF-8 也不是 Big5（CP950），第 {line} 行起無法解讀。",
        "The file is neither UTF-8 nor Big5 (CP950); it cannot be read from line {line} on.",
    ),
    Text("請在 Excel 以「CSV UTF-8」另存。", "Save it in Excel as “CSV UTF-8”."),
)

Cells = Sequence[str]

_ENCODINGS = ("utf-8-sig", "cp950")
_CHUNK_CHARACTERS = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet, or one .csv, as words."""

    file: str
    """File name within the uploads."""
    sheet: str
    """Worksheet; empty for .csv."""
    rows: Iterator[tuple[int, Cells]]
    """Row numbers as people see them, with the cells' words; rows without any word are left out. To be read once."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges: first row, first column, last row, last column, from 1."""

    def where(self, row: int = 0, column: str = "") -> Where:
        """A place in it."""
        return Where(file=self.file, sheet=self.sheet, row=row, column=column)


def open_workbook(path: Path, name: str) -> tuple[list[Grid], list[Problem]]:
    """The sheets of a workbook, each loaded when its rows are read, and what is wrong with the file."""
    where = Where(file=name)
    refused = workbook_faults.refusal(path, where)
    if refused is not None:
        return [], [refused]
    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        scans = workbook_faults.scan_sheets(path)
    except (python_calamine.CalamineError, OSError, ValueError, NotImplementedError):
        return [], [ROSTER_UNREADABLE.at(where)]
    grids, problems = [], []
    for sheet in book.sheet_names:
        scan = scans.get(sheet)
        problems += _scanned(scan, name, sheet) if scan else []
        if scan and scan.sparse:
            grids.append(Grid(file=name, sheet=sheet, rows=_streamed(path, sheet)))
        else:
            grids.append(Grid(file=name, sheet=sheet, rows=_loaded(book, sheet), merged=scan.merged if scan else ()))
    return grids, problems


def open_csv(path: Path, name: str) -> tuple[list[Grid], list[Problem]]:
    """A .csv as the one sheet that it is: UTF-8 with or without BOM, or CP950, whichever the whole file is.

    What a transfer wrote against formulas is undone; in a school's own .csv an apostrophe is an apostrophe.
    """
    encoding, line = _encoding(path)
    if not encoding:
        return [], [CSV_ENCODING.at(Where(file=name), line=line)]
    rows = _csv_rows(path, encoding)
    if name.startswith(kinds.TRANSFERRED):
        rows = ((number, [unneutral(cell) for cell in cells]) for number, cells in rows)
    return [Grid(file=name, sheet="", rows=rows)], []


def words(cell: object) -> str:
    """A cell as people read it: 3.0 is 3, a date is 2026/03/20."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return f"{cell:%Y/%m/%d}" if cell.time() == time() else f"{cell:%Y/%m/%d %H:%M:%S}"
    if isinstance(cell, date):
        return f"{cell:%Y/%m/%d}"
    if isinstance(cell, time | timedelta):
        return str(cell)
    return str(cell).strip()


def _loaded(book: python_calamine.CalamineWorkbook, name: str) -> Iterator[tuple[int, Cells]]:
    sheet = book.get_sheet_by_name(name)
    # calamine leaves empty columns at the left out, never rows at the top: people count both from the sheet's first.
    pad = [""] * (sheet.start or (0, 0))[1]
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [words(cell) for cell in row]
        if any(cells):
            yield number, pad + cells


def _streamed(path: Path, name: str) -> Iterator[tuple[int, Cells]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for number, row in enumerate(book[name].iter_rows(values_only=True), 1):
            cells = [words(cell) for cell in row]
            if any(cells):
                yield number, cells
        book.close()
    except (ParseError, KeyError, ValueError):
        return


def _scanned(scan: Scan, file: str, sheet: str) -> list[Problem]:
    problems = [ROSTER_FORMULA.at(Where(file=file, sheet=sheet, row=row, column=column)) for column, row in scan.formulas]
    if scan.formula_count > len(scan.formulas):
        problems.append(ROSTER_MORE_FORMULAS.at(Where(file=file, sheet=sheet), count=f"{scan.formula_count - len(scan.formulas):,}"))
    if scan.sparse:
        problems.append(ROSTER_EMPTY_ROWS.at(Where(file=file, sheet=sheet), last=f"{scan.last_row:,}"))
    return problems


def _encoding(path: Path) -> tuple[str, int]:
    """The encoding in which all of a file can be read; else none, and the first line that is in neither (or not in UTF-8, when two are mixed)."""
    for encoding in _ENCODINGS:
        if _reads(path, encoding):
            return encoding, 0
    odd = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            failed = [encoding for encoding in _ENCODINGS if not _decodes(line, encoding)]
            if len(failed) == len(_ENCODINGS):
                return "", number
            odd = odd or (number if _ENCODINGS[0] in failed else 0)
    return "", odd


def _reads(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(_CHUNK_CHARACTERS):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _csv_rows(path: Path, encoding: str) -> Iterator[tuple[int, Cells]]:
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline()
        delimiter = max(",\t;", key=first.count)
        file.seek(0)
        reader = csv.reader((line.replace("\0", "\ufffd") for line in file), delimiter=delimiter)
        # Rows are counted as spreadsheets do: a cell with line breaks is still one row.
        for number in itertools.count(1):
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                continue
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield number, cells


def column_letter(index: int) -> str:
    """Letters of a column, from 0: A, B, … AA."""
    return str(get_column_letter(index + 1))
