"""What the text of each PDF is worth, while it can still be replaced: scans, garbled words, fonts that are not embedded."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, told
from reviewer.intake.student import Student
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.processed import PageHealth
from reviewer.model.text import Text
from reviewer.packages import names

SCAN = ProblemKind(
    "pdf-is-scan",
    Severity.NOTE,
    Text(
        "「{name}」第 {pages} 頁是掃描影像，審查委員無法搜尋或選取文字。",
        "Page {pages} of “{name}” is a scan; reviewers can neither search nor select its words.",
    ),
    Text("若有原始檔，請學生直接輸出成 PDF。", "If the original is at hand, have it exported as PDF."),
)
GARBLED = ProblemKind(
    "pdf-is-garbled",
    Severity.WARNING,
    Text("「{name}」第 {pages} 頁的文字是亂碼，只能看圖。", "The words on page {pages} of “{name}” are garbled; it can only be looked at."),
    Text("請學生換一個方式輸出 PDF（例如「另存為 PDF」而不是列印）。", "Have it exported in another way (save as PDF rather than print)."),
)
FONTS = ProblemKind(
    "pdf-fonts-missing",
    Severity.WARNING,
    Text(
        "「{name}」沒有嵌入字型：{fonts}；換一臺電腦看可能不一樣。",
        "“{name}” does not embed its fonts: {fonts}; on another computer it may look different.",
    ),
    Text("請學生輸出 PDF 時勾選「嵌入字型」。", "Have the fonts embedded on export."),
)


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of every document."""
    for item in student.items():
        for column, _, upload in item.files:
            survey = context.looks.of(upload).survey if upload else None
            if survey is None or upload is None or not upload.name.lower().endswith(".pdf"):
                continue
            where, name = item.row.where(column), names.visible(upload.name)
            for kind, state in ((SCAN, PageHealth.SCAN), (GARBLED, PageHealth.GARBLED)):
                pages = [number for number, found in enumerate(survey.health, 1) if found is state]
                if pages:
                    yield told(kind.at(where, name=name, pages=ranges(pages)))
            if survey.fonts_missing:
                yield told(FONTS.at(where, name=name, fonts="、".join(survey.fonts_missing)))


def ranges(numbers: list[int]) -> str:
    """1, 2, 3, 7 as `1–3、7`."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)


RULE = Rule(
    code="text-health",
    sentence=Text("PDF 的文字可以搜尋，字型已嵌入。", "The words of PDFs can be searched, and fonts are embedded."),
    kinds=(SCAN, GARBLED, FONTS),
    student=check,
)
