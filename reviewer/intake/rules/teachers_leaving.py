"""Teachers who leave before the deadline and still have outcomes to certify."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, told
from reviewer.intake.student import Student
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

LEAVING = ProblemKind(
    "teacher-leaving",
    Severity.WARNING,
    Text(
        "{teacher}將於 {day} 離校，「{item}」還在等待認證。", "{teacher} leaves on {day}, and “{item}” still waits for the certification."
    ),
    Text("請在離校前完成認證，或由學校指定接手的教師。", "Have it certified before, or name a teacher who takes over."),
)


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of what waits; teachers' dates of leaving stand in school.toml."""
    school = context.uploads.school
    deadline = school.calendar.get("certify_until")
    leaves = {teacher.name: teacher.leaves for teacher in school.teachers}
    for item in student.outcomes:
        teacher = item.row.get("認證教師")
        day = leaves.get(teacher)
        if day is not None and (deadline is None or day < deadline) and item.row.get("認證狀態").strip().upper() == "N":
            yield told(LEAVING.at(item.row.where("認證教師"), teacher=teacher, day=day.roc, item=item.title), teacher)


RULE = Rule(
    code="teachers-leaving",
    sentence=Text("離校教師在離校前完成認證。", "Teachers who leave certify before they do."),
    kinds=(LEAVING,),
    student=check,
)
