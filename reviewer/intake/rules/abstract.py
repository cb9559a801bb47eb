"""簡述 of a course outcome: there, and at most 100 characters."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, semester_of, told
from reviewer.intake.student import Student
from reviewer.model import limits
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

MISSING = ProblemKind(
    "abstract-missing",
    Severity.ERROR,
    Text("「{item}」沒有簡述。", "“{item}” has no abstract."),
    Text("請學生補上 100 字以內的簡述。", "Ask the student for an abstract of at most 100 characters."),
)
TOO_LONG = ProblemKind(
    "abstract-too-long",
    Severity.ERROR,
    Text("「{item}」的簡述有 {count} 字，超過 {limit} 字。", "The abstract of “{item}” has {count} characters, more than {limit}."),
    Text("請學生刪減。", "Ask the student to shorten it."),
)

_KEY = "課程學習成果簡述"


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of every outcome; line breaks and blanks at the ends do not count."""
    for item in student.outcomes:
        words = item.row.get(_KEY).strip()
        limit = limits.limit("abstract_characters", semester_of(item) or context.now)
        count = len(words.replace("\r", "").replace("\n", ""))
        if not words:
            yield told(MISSING.at(item.row.where(_KEY), item=item.title))
        elif count > limit:
            yield told(TOO_LONG.at(item.row.where(_KEY), item=item.title, count=count, limit=limit))


RULE = Rule(
    code="abstract",
    sentence=Text("每件課程學習成果都有簡述，不超過 100 字。", "Every outcome has an abstract of at most 100 characters."),
    kinds=(MISSING, TOO_LONG),
    student=check,
)
