"""Links in performances are allowed, at the student's risk [S32]: listed, so that he knows."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule
from reviewer.intake.rules.links import links_of
from reviewer.intake.student import Student
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

LINK = ProblemKind(
    "performance-link",
    Severity.NOTE,
    Text(
        "多元表現「{item}」含有連結 {address}（{how}），內容日後可能變動。",
        "The performance “{item}” holds a link, {address} ({how}), whose target may change.",
    ),
    Text(
        "可以保留；請提醒學生，連結失效時審查委員看不到內容。", "It may stay; remind the student that reviewers see nothing when it breaks."
    ),
)

COLUMNS = ("內容簡述", "外部影音連結", "作品成果連結")
"""Columns whose words may hold an address."""


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of every item's words and documents."""
    for item in student.items():
        if not item.is_outcome:
            yield from links_of(item, context, LINK, COLUMNS)


RULE = Rule(
    code="performance-links",
    sentence=Text("多元表現的連結列出並註明可能變動。", "Links in performances are listed as changeable."),
    kinds=(LINK,),
    student=check,
)
