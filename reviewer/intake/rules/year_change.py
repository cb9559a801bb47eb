"""The check list before the school year is switched: what must be done while the year is still open."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, told
from reviewer.intake.student import Student
from reviewer.model.problem import ProblemKind, Severity, Where
from reviewer.model.text import Text

STILL_OPEN = ProblemKind(
    "year-change-open",
    Severity.WARNING,
    Text(
        "切換學年度之前：還有 {waiting} 件待認證、{unsent} 件未送認證。",
        "Before the school year is switched: {waiting} {waiting|outcome waits|outcomes wait} for certification, {unsent} {unsent|was|were} not sent.",
    ),
    Text("請先完成認證或請學生撤回；切換後不能再補。", "Have them certified or withdrawn first; afterwards it is too late."),
)

_WAITING, _UNSENT = "waiting", "unsent"


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Count; nothing is told of a single student here, `certification` does that."""
    counts = context.memory.setdefault(RULE.code, {})
    for item in student.outcomes:
        if item.row.has("認證狀態"):
            status = item.row.get("認證狀態").strip().upper()
            key = _WAITING if status == "N" else _UNSENT if not status else ""
            if key:
                counts[key] = str(int(counts.get(key, "0")) + 1)
    yield from ()


def check_school(context: Context) -> Iterator[Finding]:
    """Tell the sums."""
    counts = context.memory.get(RULE.code, {})
    if counts:
        yield told(STILL_OPEN.at(Where(file="school.toml"), waiting=counts.get(_WAITING, "0"), unsent=counts.get(_UNSENT, "0")))


RULE = Rule(
    code="year-change",
    sentence=Text("切換學年度之前，認證都已完成。", "Certification is done before the school year is switched."),
    kinds=(STILL_OPEN,),
    student=check,
    school=check_school,
)
