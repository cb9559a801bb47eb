"""Rosters as grids of words: .xlsx by `packages.workbooks` (100,000 rows of ten columns in two seconds), .csv in three encodings.

A sheet is read whole before a row of it is handed on: of a damaged one nothing is taken.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from openpyxl.utils import get_column_letter

from reviewer.intake import kinds, workbook_faults
from reviewer.intake.workbook_faults import ROSTER_TOO_LARGE, ROSTER_UNREADABLE
from reviewer.model.formulas import unneutral
from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import limits, text_files, workbooks
from reviewer.packages.findings import Findings, Place
from reviewer.packages.workbooks import Unreadable, Workbook

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet, or one .csv, as words."""

    file: str
    """File name within the uploads."""
    sheet: str
    """Worksheet; empty for .csv."""
    rows: Sequence[tuple[int, Cells]]
    """Row numbers as people see them, with the cells' words; rows without any word are left out."""
    merged: Sequence[tuple[int, int, int, int]] = ()
    """Merged ranges: first row, first column, last row, last column, from 1."""
    problems: tuple[Problem, ...] = ()
    """What is odd about it as a table."""

    def where(self, row: int = 0, column: str = "") -> Where:
        """A place in it."""
        return Where(file=self.file, sheet=self.sheet, row=row, column=column)


def open_workbook(path: Path, name: str) -> tuple[Iterable[Grid], list[Problem]]:
    """The sheets of a workbook, each read when it is reached, and what is wrong with the file."""
    where = Where(file=name)
    try:
        refused = workbook_faults.refusal(path, where)
        if refused is not None:
            return [], [refused]
        book = workbooks.open_workbook(path)
    except Unreadable as error:
        return [], [workbook_faults.unreadable(error, where)]
    except OSError as error:
        return [], [ROSTER_UNREADABLE.at(where, reason=error.strerror or type(error).__name__)]
    refused = workbook_faults.macros(path, book, where)
    return ([], [refused]) if refused is not None else (_sheets(book, name), [])


def open_csv(path: Path, name: str) -> tuple[list[Grid], list[Problem]]:
    """A .csv as the one sheet that it is: UTF-8 with or without BOM, or CP950, whichever the whole file is.

    What a transfer wrote against formulas is undone; in a school's own .csv an apostrophe is an apostrophe.
    """
    where = Where(file=name)
    try:
        with path.open("rb") as file:
            data = file.read(limits.TABLE_BYTES + 1)
    except OSError as error:
        return [], [ROSTER_UNREADABLE.at(where, reason=error.strerror or type(error).__name__)]
    if len(data) > limits.TABLE_BYTES:
        return [], [ROSTER_TOO_LARGE.at(where)]
    text, line = _decoded(data)
    if line:
        return [], [CSV_ENCODING.at(where, line=line)]
    findings = Findings("")
    undone = unneutral if name.startswith(kinds.TRANSFERRED) else str
    found = text_files.rows(text.replace("\r\n", "\n").replace("\r", "\n"), Place(findings, name))
    rows = [(number, [undone(cell) for cell in cells]) for number, cells in enumerate(found, 1) if any(cells)]
    return [Grid(file=name, sheet="", rows=rows, problems=findings.all())], []


def words(cell: object) -> str:
    """A cell as people read it: 3.0 is 3, a date is 2026/03/20."""
    if isinstance(cell, str):
        return cell.strip()
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


def _sheets(book: Workbook, name: str) -> Iterator[Grid]:
    for title in book.parts:
        where = Where(file=name, sheet=title)
        try:
            sheet = book.sheet(title)
        except Unreadable as error:
            yield Grid(file=name, sheet=title, rows=(), problems=(workbook_faults.unreadable(error, where),))
            continue
        rows = [(number, cells) for number, values in sheet.rows if any(cells := [words(value) for value in values])]
        yield Grid(file=name, sheet=title, rows=rows, merged=sheet.merged, problems=tuple(workbook_faults.of_sheet(sheet, where)))


def _decoded(data: bytes) -> tuple[str, int]:
    """A file's text in the encoding in which all of it can be read; else the first line that is in neither (or not in UTF-8, when two are mixed)."""
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding), 0
        except UnicodeDecodeError:
            continue
    odd = 0
    for number, line in enumerate(data.split(b"\n"), 1):
        failed = [encoding for encoding in _ENCODINGS if not _decodes(line, encoding)]
        if len(failed) == len(_ENCODINGS):
            return "", number
        odd = odd or (number if _ENCODINGS[0] in failed else 0)
    return "", odd or 1


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def column_letter(index: int) -> str:
    """Letters of a column, from 0: A, B, … AA."""
    return str(get_column_letter(index + 1))
