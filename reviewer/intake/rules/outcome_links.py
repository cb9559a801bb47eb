"""No links in course outcomes: neither clickable ones, nor in words, nor in QR codes [S32]."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule
from reviewer.intake.rules.links import links_of
from reviewer.intake.student import Student
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

LINK = ProblemKind(
    "outcome-link",
    Severity.ERROR,
    Text("課程學習成果「{item}」含有連結 {address}（{how}）。", "The outcome “{item}” holds a link, {address} ({how})."),
    Text("課程學習成果不能有連結；請學生移除後重新上傳。", "Outcomes hold no links; ask the student to take it out and upload it again."),
)

COLUMNS = ("課程學習成果簡述",)
"""Columns whose words may hold an address."""


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of every item's words and documents."""
    for item in student.outcomes:
        yield from links_of(item, context, LINK, COLUMNS)


RULE = Rule(
    code="outcome-links",
    sentence=Text("課程學習成果沒有任何連結。", "Outcomes hold no links."),
    kinds=(LINK,),
    student=check,
)
