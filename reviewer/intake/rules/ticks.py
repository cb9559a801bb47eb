"""What is ticked for a department is there, and is no more than departments take: 3 outcomes and 10 performances."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, told
from reviewer.intake.student import Student
from reviewer.model.codes import shipped_code_sets
from reviewer.model.parts import OUTCOMES
from reviewer.model.problem import ProblemKind, Severity, Where
from reviewer.model.text import Text

TICK_NOT_THERE = ProblemKind(
    "tick-not-there",
    Severity.ERROR,
    Text("申請 {department} 勾選了 {tick}，但沒有這一筆。", "{tick} is ticked for {department}, but there is no such item."),
    Text("請重新匯出申請名單；項目從 0 起算。", "Export the table of applications again; items count from 0."),
)
TOO_MANY = ProblemKind(
    "ticks-too-many",
    Severity.WARNING,
    Text(
        "申請 {department} 勾選了 {count} 件{what}，校系至多看 {limit} 件。",
        "{count} {what} are ticked for {department}; departments take {limit} at most.",
    ),
    Text("請學生確認；超過的會照樣顯示並註明。", "Ask the student; what goes beyond is shown with a remark."),
)

_MOST_OUTCOMES = max(code_set.max_outcomes for code_set in shipped_code_sets().values())
_MOST_PERFORMANCES = max(code_set.max_performances for code_set in shipped_code_sets().values())


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of every application of the student."""
    there = {(item.kind, item.index) for item in student.items()}
    for application in context.uploads.applications.get(student.package_id, ()):
        where, code = Where(package=student.number, file="申請名單"), application.department_code
        ticks = application.ticks or ()
        for tick in ticks:
            if (tick.kind, tick.index) not in there:
                yield told(TICK_NOT_THERE.at(where, department=code, tick=str(tick)))
        outcomes = sum(tick.kind == OUTCOMES for tick in ticks)
        for count, limit, what in (
            (outcomes, _MOST_OUTCOMES, Text("課程學習成果", "outcomes")),
            (len(ticks) - outcomes, _MOST_PERFORMANCES, Text("多元表現", "performances")),
        ):
            if count > limit:
                yield told(TOO_MANY.at(where, department=code, count=count, what=what, limit=limit))


RULE = Rule(
    code="ticks",
    sentence=Text("申請名單勾選的項目都在，且不超過校系的件數。", "What is ticked is there, and no more than departments take."),
    kinds=(TICK_NOT_THERE, TOO_MANY),
    student=check,
)
