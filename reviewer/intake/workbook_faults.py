"""What can be wrong with a roster's file: locked, protected, old, with macros, damaged, formulas, merged headings, endless empty rows.

Defended: macros and encrypted files are refused by what they are, never by their names alone; the rest is `packages.workbooks`.
"""

from pathlib import Path

from openpyxl.utils import get_column_letter

from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import workbooks
from reviewer.packages.sheet_cells import Sheet
from reviewer.packages.workbooks import Unreadable, Workbook

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
    Text("名冊無法讀取（{reason}），其中的資料全部未採用。", "The roster cannot be read ({reason}); nothing of it is taken."),
    Text("請用 Excel 或 LibreOffice 開啟、核對後另存為 .xlsx。", "Open it in Excel or LibreOffice, check it and save it as .xlsx."),
)
ROSTER_TOO_LARGE = ProblemKind(
    "roster-too-large",
    Severity.ERROR,
    Text("名冊超過可讀取的大小，其中的資料全部未採用。", "The roster is larger than can be read; nothing of it is taken."),
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

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FAR_DOWN = 20_000
"""Rows from which on it is told that most of them are empty."""


def refusal(path: Path, where: Where) -> Problem | None:
    """Why a file is not opened as a workbook; None when it may be. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(8)
        if head == _OLE:
            return ROSTER_PASSWORD.at(where) if _ENCRYPTED in head + file.read(2**22) else ROSTER_OLD.at(where)
    return ROSTER_OLD.at(where) if path.suffix.lower() == ".xls" else None


def macros(path: Path, book: Workbook, where: Where) -> Problem | None:
    """That a workbook holds macros."""
    if path.suffix.lower() == ".xlsm" or any(name.lower().endswith("vbaproject.bin") for name in book.entries):
        return ROSTER_MACROS.at(where)
    return None


def unreadable(error: Unreadable, where: Where) -> Problem:
    """Why a workbook, or a sheet of it, could not be read."""
    if error.reason == workbooks.ENCRYPTED:
        return ROSTER_PASSWORD.at(where)
    if error.reason == workbooks.TOO_LARGE:
        return ROSTER_TOO_LARGE.at(where)
    return ROSTER_UNREADABLE.at(where, reason=error.reason)


def of_sheet(sheet: Sheet, where: Where) -> list[Problem]:
    """Formulas, and rows far below the data."""
    problems = [
        ROSTER_FORMULA.at(Where(file=where.file, sheet=where.sheet, row=row, column=str(get_column_letter(column))))
        for column, row in sheet.formulas
    ]
    if sheet.formula_count > len(sheet.formulas):
        problems.append(ROSTER_MORE_FORMULAS.at(where, count=f"{sheet.formula_count - len(sheet.formulas):,}"))
    if sheet.last_row > _FAR_DOWN and len(sheet.rows) * 2 < sheet.last_row:
        problems.append(ROSTER_EMPTY_ROWS.at(where, last=f"{sheet.last_row:,}"))
    return problems
