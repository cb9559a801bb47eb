"""Text files of schools: UTF-8 with or without a BOM, else CP950, as Windows' Excel saves CSV."""

import csv
import enum
import re
from collections.abc import Iterator

from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.packages import limits
from reviewer.packages.findings import Place

READ_AS_CP950 = ProblemKind(
    "read-as-cp950",
    Severity.NOTE,
    Text("檔案不是 UTF-8 編碼，以 Big5（CP950）讀取。", "The file is not UTF-8; it is read as Big5 (CP950)."),
    Text("請核對文字；建議改存為 UTF-8。", "Check the words; better save it as UTF-8."),
)
TEXT_UNDECODABLE = ProblemKind(
    "text-undecodable",
    Severity.WARNING,
    Text(
        "檔案既不是 UTF-8 也不是 Big5 編碼，無法解讀的文字以「�」代替。",
        "The file is neither UTF-8 nor Big5; “�” stands for what cannot be read.",
    ),
    Text("請改存為 UTF-8 後重新提供。", "Save it as UTF-8 and hand it in again."),
)
TABLE_TOO_LARGE = ProblemKind(
    "table-too-large",
    Severity.ERROR,
    Text("表格超過 {rows} 列或 {cells} 格，未讀取。", "The table has more than {rows} rows or {cells} cells; it was not read."),
    Text("請刪除空白列與空白欄，或分成數個檔案。", "Delete empty rows and columns, or split the file."),
)
ROW_QUOTE = ProblemKind(
    "row-quote",
    Severity.ERROR,
    Text(
        '這一列有一個引號（"）沒有成對，整列未採用；其後各列照常讀取。',
        'A quotation mark (") in this row has no counterpart; the row is not taken. The rows after it are read as usual.',
    ),
    Text("請在這一列補上或刪去引號，再執行一次。", "Add or delete the mark in this row and run again."),
)
ROW_CELL_LONG = ProblemKind(
    "row-cell-long",
    Severity.ERROR,
    Text("這一列有一格超過 {limit} 字，整列未採用。", "A cell of this row has more than {limit} characters; the row is not taken."),
    Text("請縮短那一格，再執行一次。", "Shorten that cell and run again."),
)


def decode(data: bytes, place: Place) -> str:
    """The text, line breaks as LF."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = data.decode("utf-16", errors="replace") if utf16 else _decode_bytes(data, place)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def rows(text: str, place: Place) -> list[list[str]]:
    """A CSV's rows, cells trimmed; commas, tabs or semicolons, whichever its first line has most of.

    Rows are counted as spreadsheets do: a cell with line breaks is still one row. A row whose quotes do not come in pairs is told and left empty, and
    the next line begins a row again: one quote cannot swallow the rest. NUL bytes are survived. The time is that of the text's length: where a row ran
    on in vain, rows that begin within it and run on as well would come to the same end, and are not tried.
    """
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    if text.count("\n") > limits.TABLE_ROWS or text.count(delimiter) > limits.TABLE_CELLS:
        place.note(TABLE_TOO_LARGE, rows=f"{limits.TABLE_ROWS:,}", cells=f"{limits.TABLE_CELLS:,}")
        return []
    lines = _Lines(text.replace("\0", "�"))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    found: list[list[str]] = []
    vain = 0
    while not lines.is_at_end:
        begin = lines.at
        in_vain = begin < vain and _fate(lines.lines[begin], delimiter) is _Fate.RUNS_ON
        cells = None if in_vain else _next(reader)
        if cells is None:
            vain = vain if in_vain else max(vain, lines.vain_before(begin, delimiter))
            lines.at = begin + 1
            cells = _alone(lines.lines[begin], delimiter, place, len(found) + 1)
        found.append([cell.strip() for cell in cells])
    return found


class _Lines:
    """Lines of a text, handed out from any of them on."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        if not self.lines[-1]:
            self.lines.pop()
        self.at = 0
        self.asked_beyond = False
        """Whether a row went on after the last line."""

    @property
    def is_at_end(self) -> bool:
        return self.at >= len(self.lines)

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.is_at_end:
            self.asked_beyond = True
            raise StopIteration
        self.at += 1
        return f"{self.lines[self.at - 1]}\n"

    def vain_before(self, begin: int, delimiter: str) -> int:
        """Before which line those rows fail that run on from a line after `begin`, as the row did that was read from there to here.

        Each line within it begins between quotes, from wherever it is reached. Only how long the cell is by then differs: one that is too long may be
        short enough when it is begun later, so that rows are tried from where it begins.
        """
        last = self.at - 1
        if self.asked_beyond or _fate(f'"{self.lines[last]}', delimiter) is _Fate.WRONG:
            self.asked_beyond = False
            return last
        while last > begin and not _ODD_QUOTES.search(self.lines[last - 1]):
            last -= 1
        return last - 1


class _Fate(enum.Enum):
    """What becomes of a row in its first line."""

    ENDS = enum.auto()
    RUNS_ON = enum.auto()
    WRONG = enum.auto()


_ODD_QUOTES = re.compile(r'(?<!")"(?:"")*(?!")')
"""What ends a cell that is between quotes; pairs stand for a quotation mark."""


def _fate(line: str, delimiter: str) -> _Fate:
    alone = _Lines(f"{line}\n")
    if _next(csv.reader(alone, delimiter=delimiter, strict=True)) is not None:
        return _Fate.ENDS
    return _Fate.RUNS_ON if alone.asked_beyond else _Fate.WRONG


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    """The next row; None when it cannot be read."""
    try:
        return next(reader)
    except csv.Error:
        return None


def _alone(line: str, delimiter: str, place: Place, number: int) -> list[str]:
    """The row that a line is by itself, when the one that begins with it cannot be read; none, with a problem, when it is not."""
    if line.count('"') % 2:
        _tell(place, number, ROW_QUOTE)
        return []
    try:
        # Quotes in pairs but out of place, as in `"甲"班`: read as spreadsheets read it.
        return next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        _tell(place, number, ROW_CELL_LONG, limit=f"{limits.CELL_CHARACTERS:,}")
        return []


def _tell(place: Place, row: int, kind: ProblemKind, **facts: object) -> None:
    place.findings.keep(kind.at(place.findings.where(place.file, place.path, row=row), **facts))


def _decode_bytes(data: bytes, place: Place) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp950")
    except UnicodeDecodeError:
        place.note(TEXT_UNDECODABLE)
        return data.decode("utf-8-sig", errors="replace")
    place.note(READ_AS_CP950)
    return text
