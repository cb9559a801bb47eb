"""Tables that offices keep: .csv in UTF-8 or CP950, .xlsx; columns found by their headings in any order.

Defended: sizes, rows and cells are bounded before they are taken apart (`limits`, `workbooks`); a row that cannot be read is told, never left out in silence.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from reviewer.model.problem import ExitStatus, Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.packages import limits, text_files, workbooks
from reviewer.packages.findings import Findings, Place
from reviewer.packages.sheet_cells import Sheet

TABLE_NOT_THERE = ProblemKind(
    "table-not-there",
    Severity.ERROR,
    Text("找不到表格「{path}」。", "There is no table “{path}”."),
    Text("請確認路徑是否正確。", "Check the path."),
)
TABLE_UNREADABLE = ProblemKind(
    "table-unreadable",
    Severity.ERROR,
    Text("表格「{path}」無法讀取（{reason}）。", "The table “{path}” cannot be read ({reason})."),
    Text(
        "請以 Excel 或 LibreOffice 開啟後另存為 .xlsx 或 .csv（UTF-8）。",
        "Open it in Excel or LibreOffice and save it as .xlsx or .csv (UTF-8).",
    ),
)
TABLE_COLUMNS = ProblemKind(
    "table-columns",
    Severity.ERROR,
    Text("表格「{path}」缺少欄位：{columns}。", "The table “{path}” lacks columns: {columns}."),
    Text("請在第一列補上這些欄位名稱。", "Add these headings to its first row."),
)
COLUMN_TWICE = ProblemKind(
    "column-twice",
    Severity.WARNING,
    Text("欄位「{column}」出現不只一次，採用第一個。", "The column “{column}” is there more than once; the first is read."),
    Text("請刪除或改名。", "Delete or rename one."),
)

_HEADING_WITHIN_ROWS = 10
"""Offices write a title above their tables: the headings are looked for in the first rows."""
_WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    file: str
    """File name."""
    sheet: str
    """Worksheet; empty for .csv."""
    number: int
    """As people count: the sheet's first row is 1."""
    cells: Mapping[str, str]
    """Words by column, all columns that were asked for."""

    def where(self, column: str = "") -> Where:
        """The row, or a cell of it."""
        return Where(file=self.file, sheet=self.sheet, row=self.number, column=column)


def read_rows(path: Path, columns: Sequence[str]) -> tuple[Iterator[Row], tuple[Problem, ...]]:
    """The rows of the first sheet that has all the columns, each let go when the next is asked for; empty rows are left out. Raises `Stop` when there is no such sheet."""
    findings = Findings("")
    if not path.is_file():
        raise Stop(TABLE_NOT_THERE.at(Where(file=path.name), path=path), status=ExitStatus.NOTHING)
    sheets = _workbook(path) if path.suffix.lower() in _WORKBOOKS else _text(path, findings)
    missing: list[str] = list(columns)
    for name, grid in sheets:
        for number, cells in enumerate(grid[:_HEADING_WITHIN_ROWS]):
            headings = [_heading(cell) for cell in cells]
            lacking = [column for column in columns if column not in headings]
            if not lacking:
                problems = [
                    COLUMN_TWICE.at(Where(file=path.name, sheet=name), column=column) for column in columns if headings.count(column) > 1
                ]
                return _rows(path.name, name, grid, number, {column: headings.index(column) for column in columns}), (
                    *findings.all(),
                    *problems,
                )
            missing = min(missing, lacking, key=len)
    odd = [problem for problem in findings.all() if problem.severity is Severity.ERROR]
    if odd and not any(grid for _, grid in sheets):
        raise Stop(*odd)
    raise Stop(*odd, TABLE_COLUMNS.at(Where(file=path.name), path=path, columns="、".join(missing)))


def read_grids(path: Path) -> tuple[tuple[tuple[str, Sequence[Sequence[str]]], ...], tuple[Problem, ...]]:
    """Every sheet by name with its cells as words, row by row (a .csv is one sheet without a name), and what is odd; raise `Stop` when it cannot be read."""
    findings = Findings("")
    if not path.is_file():
        raise Stop(TABLE_NOT_THERE.at(Where(file=path.name), path=path), status=ExitStatus.NOTHING)
    return tuple(_workbook(path) if path.suffix.lower() in _WORKBOOKS else _text(path, findings)), findings.all()


def _rows(file: str, sheet: str, grid: list[Sequence[str]], heading: int, places: Mapping[str, int]) -> Iterator[Row]:
    for index in range(heading + 1, len(grid)):
        row, grid[index] = grid[index], ()
        if any(row):
            yield Row(file, sheet, index + 1, {column: row[at] if at < len(row) else "" for column, at in places.items()})


def _heading(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).split())


def _text(path: Path, findings: Findings) -> list[tuple[str, list[Sequence[str]]]]:
    try:
        size, data = path.stat().st_size, b""
        if size <= limits.TABLE_BYTES:
            data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error.strerror or "") from error
    if size > limits.TABLE_BYTES:
        raise _unreadable(path, Text("檔案過大", "too large"))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _unreadable(path, Text("內容是 Excel 活頁簿，不是文字", "it is a workbook, not text"))
    place = Place(findings, path.name)
    return [("", [*text_files.rows(text_files.decode(data, place), place)])]


def _workbook(path: Path) -> list[tuple[str, list[Sequence[str]]]]:
    try:
        workbook = workbooks.open_workbook(path)
        return [(name, _grid(workbook.sheet(name))) for name in workbook.parts]
    except workbooks.Unreadable as error:
        raise _unreadable(path, error.reason) from error
    except OSError as error:
        raise _unreadable(path, error.strerror or "") from error


def _grid(sheet: Sheet) -> list[Sequence[str]]:
    """All rows, from the sheet's very first, so that an index is a row's number."""
    grid: list[Sequence[str]] = []
    for number, cells in sheet.rows:
        grid.extend([()] * (number - 1 - len(grid)))
        grid.append([_words(cell) for cell in cells])
    return grid


def _words(cell: object) -> str:
    """A cell as words; numbers as people read them, so that 1686463.0 is 1686463."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).strip()


def _unreadable(path: Path, reason: Text | str) -> Stop:
    return Stop(TABLE_UNREADABLE.at(Where(file=path.name), path=path, reason=reason))
