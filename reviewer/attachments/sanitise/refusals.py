"""Why a PDF cannot be made inert, and what to do; and the exception that carries it."""

from typing import Final

from pikepdf import PdfError

from reviewer.model.problem import Problem, ProblemKind, Severity
from reviewer.model.text import Text

FAULTS: Final = (PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)
"""pikepdf's words for a file whose objects are not of the kind that their place asks for. qpdf's own come as `PdfError`, what it holds to be
impossible as `RuntimeError`: from opening, from the pages, and from saving."""

_EXPORT_AGAIN = Text("請以原文件重新匯出 PDF 後再上傳。", "Please export the PDF again from the original document and upload it.")

EMPTY = ProblemKind(
    "pdf-empty",
    Severity.WARNING,
    Text("PDF 是空的（0 位元組）。", "The PDF is empty (0 bytes)."),
    Text("請重新取得這個檔案。", "Please obtain the file again."),
)
NOT_A_PDF = ProblemKind(
    "pdf-not-a-pdf",
    Severity.WARNING,
    Text("檔案不是 PDF。", "The file is not a PDF."),
    _EXPORT_AGAIN,
)
LOCKED = ProblemKind(
    "pdf-locked",
    Severity.WARNING,
    Text("PDF 設有開啟密碼，無法閱讀。", "The PDF is locked with a password and cannot be read."),
    Text("請移除密碼後另存新檔，再重新上傳。", "Please save a copy without the password and upload that."),
)
TOO_LARGE = ProblemKind(
    "pdf-too-large",
    Severity.WARNING,
    Text("PDF 超過 {most} MB，未予處理。", "The PDF is larger than {most} MB and was not processed."),
    Text("請縮小圖片後重新匯出 PDF。", "Please reduce its pictures and export the PDF again."),
)
NO_PAGES = ProblemKind(
    "pdf-no-pages",
    Severity.WARNING,
    Text("PDF 沒有任何可讀的頁面。", "The PDF has no page that can be read."),
    _EXPORT_AGAIN,
)
TOO_MANY_PAGES = ProblemKind(
    "pdf-too-many-pages",
    Severity.WARNING,
    Text(
        "PDF 有 {count} 頁，超過上限 {most} 頁，未予處理。",
        "The PDF has {count} pages, more than the limit of {most}, and was not processed.",
    ),
    Text("請只保留需要審閱的頁面。", "Please keep only the pages that are to be reviewed."),
)
TOO_MANY_OBJECTS = ProblemKind(
    "pdf-too-many-objects",
    Severity.WARNING,
    Text("PDF 內部物件超過上限 {most} 個，未予處理。", "The PDF holds more than {most} internal objects and was not processed."),
    _EXPORT_AGAIN,
)
TOO_MANY_DRAWINGS = ProblemKind(
    "pdf-too-many-drawings",
    Severity.WARNING,
    Text(
        "PDF 的頁面重複繪製圖形超過 {most} 次，未予處理。",
        "Pages of the PDF draw their figures more than {most} times; it was not processed.",
    ),
    _EXPORT_AGAIN,
)
STREAM_TOO_LARGE = ProblemKind(
    "pdf-stream-too-large",
    Severity.WARNING,
    Text(
        "PDF 內有資料解壓縮後過大（{size}），未予處理。", "Data in the PDF is too large once decompressed ({size}); it was not processed."
    ),
    _EXPORT_AGAIN,
)
DAMAGED = ProblemKind(
    "pdf-damaged",
    Severity.WARNING,
    Text("PDF 已損壞，無法修復（{fault}）。", "The PDF is damaged beyond repair ({fault})."),
    _EXPORT_AGAIN,
)
REPAIRED = ProblemKind(
    "pdf-repaired",
    Severity.NOTE,
    Text(
        "PDF 內部結構有誤，已自動修復；頁面可能與原檔略有不同。",
        "The PDF's internal structure was faulty and has been repaired; pages may differ slightly.",
    ),
    Text("請對照頁面；如有缺漏，請重新匯出 PDF。", "Please look the pages over; if anything is missing, export the PDF again."),
)


class Refused(Exception):
    """The file cannot be used; carries the problem, whose place the caller completes."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem
        """What is wrong, with an empty place."""
