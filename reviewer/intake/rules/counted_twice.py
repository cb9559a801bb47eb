"""One activity under two kinds: both are shown, linked, and count twice [S26]."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, shown, told
from reviewer.intake.student import Item, Student
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

TWICE = ProblemKind(
    "activity-under-two-kinds",
    Severity.NOTE,
    Text(
        "「{item}」同時列在「{one}」與「{other}」（第 {row} 列），各計一件。",
        "“{item}” stands under “{one}” and under “{other}” (row {row}); it counts twice.",
    ),
    Text("若是同一件事，請學生決定是否保留兩件。", "If it is one activity, let the student decide whether to keep both."),
)


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Two kinds that share a title or a file."""
    del context
    first: dict[str, Item] = {}
    for items in student.performances.values():
        for item in items:
            marks = [mark for mark in (item.title, *(name for _, name, _ in item.files)) if mark]
            other = next((first[mark] for mark in marks if mark in first and first[mark].kind != item.kind), None)
            if other is not None:
                yield told(TWICE.at(item.row.where(), item=shown(item.title), one=item.kind, other=other.kind, row=other.row.number))
            for mark in marks:
                first.setdefault(mark, item)


RULE = Rule(
    code="counted-twice",
    sentence=Text("同一活動列在兩類時，各計一件並互相註明。", "One activity under two kinds counts twice and is linked."),
    kinds=(TWICE,),
    student=check,
)
