"""What can be wrong with a roster's file before a row is read: locked, protected, old, with macros, formulas, merged headings, endless empty rows.

Defended: workbooks are zips from unknown programs. Sizes are bounded before anything is unpacked, sheets are scanned as streams, macros and
encrypted files are refused by what they are, never by their names alone.
"""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import unescape

from openpyxl.utils import range_boundaries

from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import limits

ROSTER_LOCKED = ProblemKind(
    "roster-locked",
    Severity.WARNING,
    Text(
        "「{name}」正被 Excel 開啟（有鎖定檔 ~$），讀到的可能不是最後存檔的內容。",
        "“{name}” is open in Excel (there is a lock file ~$); what is read may not be what was saved last.",
    ),
    Text("請在 Excel 存檔並關閉後再執行一次。", "Save and close it in Excel, then run again."),
)
ROSTER_PASSWORD = ProblemKind(
    "roster-password",
    Severity.ERROR,
    Text("活頁簿設有密碼，無法讀取。", "The workbook is protected by a password and cannot be read."),
    Text(
        "請在 Excel「檔案／資訊／保護活頁簿」取消密碼後另存。", "Take the password off in Excel (File, Info, Protect Workbook) and save it."
    ),
)
ROSTER_OLD = ProblemKind(
    "roster-xls",
    Severity.ERROR,
    Text("這是舊版 Excel 檔（.xls），未讀取。", "This is an old Excel file (.xls); it was not read."),
    Text("請在 Excel 以「Excel 活頁簿（.xlsx）」另存。", "Save it in Excel as “Excel Workbook (.xlsx)”."),
)
ROSTER_MACROS = ProblemKind(
    "roster-macros",
    Severity.ERROR,
    Text("活頁簿含有巨集，不予讀取。", "The workbook holds macros and is refused."),
    Text("請另存成不含巨集的 .xlsx。", "Save it as .xlsx without macros."),
)
ROSTER_UNREADABLE = ProblemKind(
    "roster-unreadable",
    Severity.ERROR,
    Text("檔案不是完整的活頁簿，無法讀取。", "The file is no complete workbook and cannot be read."),
    Text("請用 Excel 或 LibreOffice 開啟後另存為 .xlsx。", "Open it in Excel or LibreOffice and save it as .xlsx."),
)
ROSTER_TOO_LARGE = ProblemKind(
    "roster-too-large",
    Severity.ERROR,
    Text("檔案解開後有 {megabytes} MB，超過可讀取的大小。", "Unpacked, the file has {megabytes} MB, more than can be read."),
    Text("請刪除名冊以外的工作表與圖片，或分成數個檔案。", "Delete sheets and pictures that are no roster, or split the file."),
)
ROSTER_FORMULA = ProblemKind(
    "roster-formula",
    Severity.WARNING,
    Text("儲存格是公式，採用上次計算的結果。", "The cell is a formula; the result of its last calculation is read."),
    Text("請將公式複製後「貼上值」，以免內容隨其他檔案改變。", "Copy it and paste as values, lest it change with other files."),
)
ROSTER_MORE_FORMULAS = ProblemKind(
    "roster-more-formulas",
    Severity.WARNING,
    Text("工作表另有 {count} 個公式儲存格，不逐一列出。", "The sheet has {count} more cells with formulas, which are not listed."),
    Text("請全選後「貼上值」。", "Select all and paste as values."),
)
ROSTER_EMPTY_ROWS = ProblemKind(
    "roster-empty-rows",
    Severity.NOTE,
    Text(
        "工作表延伸到第 {last} 列，其中大多是空白列，已略過。",
        "The sheet reaches down to row {last}; most rows are empty and were passed over.",
    ),
    Text("可刪除資料下方的空白列，檔案會小很多。", "Delete the empty rows below the data; the file becomes much smaller."),
)

FORMULAS_SHOWN = 20
"""Formulas that are told one by one in a sheet."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FORMULA = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*><f\b')
_ROW = re.compile(rb'<row [^>]*?r="([0-9]{1,7})"')
_SHEET = re.compile(rb'<sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_TARGET = re.compile(rb"<Relationship [^>]*>")
_MERGED = re.compile(rb'<mergeCell [^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_MERGED_MOST = 10_000
_CHUNK_BYTES = 2**20
_TAIL_BYTES = 512


@dataclass(frozen=True, slots=True)
class Scan:
    """What a stream over one sheet's XML tells."""

    formulas: tuple[tuple[str, int], ...]
    """Column letters and row of the first formulas."""
    formula_count: int
    """How many there are."""
    last_row: int
    """Number of the last row element."""
    values: int
    """Cells with a value."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged ranges: first row, first column, last row, last column, from 1."""

    @property
    def sparse(self) -> bool:
        """Whether the sheet reaches far below its data."""
        return self.last_row > 20_000 and self.values < self.last_row


def refusal(path: Path, where: Where) -> Problem | None:
    """Why a workbook is not read at all; None when it may be."""
    with path.open("rb") as file:
        head = file.read(8)
        if head == _OLE:
            return ROSTER_PASSWORD.at(where) if _ENCRYPTED in head + file.read(2**22) else ROSTER_OLD.at(where)
    if path.suffix.lower() == ".xls":
        return ROSTER_OLD.at(where)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        return ROSTER_UNREADABLE.at(where)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.TABLE_UNPACKED_BYTES or unpacked > max(limits.RATIO_FROM_BYTES, limits.RATIO * path.stat().st_size):
        return ROSTER_TOO_LARGE.at(where, megabytes=f"{unpacked // 2**20:,}")
    if path.suffix.lower() == ".xlsm" or any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        return ROSTER_MACROS.at(where)
    return None


def scan_sheets(path: Path) -> dict[str, Scan]:
    """Each sheet's name with what its XML tells, read as a stream. A workbook whose parts are not where they should be gives fewer."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        targets = {}
        for match in _TARGET.finditer(archive.read("xl/_rels/workbook.xml.rels")):
            marks = dict(re.findall(rb'(\w+)="([^"]*)"', match[0]))
            targets[marks.get(b"Id", b"")] = marks.get(b"Target", b"").decode("utf-8", "replace")
        found = {}
        for name, mark in _SHEET.findall(archive.read("xl/workbook.xml")):
            target = targets.get(mark, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in names:
                found[unescape(name.decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"})] = _scan(archive, part)
    return found


def _scan(archive: zipfile.ZipFile, part: str) -> Scan:
    formulas: list[tuple[str, int]] = []
    merged: list[tuple[int, int, int, int]] = []
    count = last_row = values = 0
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            data = tail + chunk
            # What a tag needs may stand half in this piece: it is looked for again with the next, from where this one ends.
            cut = data.rfind(b"<row ", max(0, len(data) - _TAIL_BYTES)) if len(chunk) == _CHUNK_BYTES else -1
            data, tail = (data[:cut], data[cut:]) if cut > 0 else (data, b"")
            for match in _FORMULA.finditer(data):
                count += 1
                if len(formulas) < FORMULAS_SHOWN:
                    formulas.append((match[1].decode(), int(match[2])))
            if len(merged) < _MERGED_MOST:
                merged += (_range(found.decode()) for found in _MERGED.findall(data))
            rows = _ROW.findall(data[data.rfind(b"<row ") :])
            last_row = int(rows[-1]) if rows else last_row
            values += data.count(b"<v>") + data.count(b"<is>")
    return Scan(tuple(formulas), count, last_row, values, tuple(merged))


def _range(words: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(words)
    return int(top or 1), int(left or 1), int(bottom or 1), int(right or 1)
