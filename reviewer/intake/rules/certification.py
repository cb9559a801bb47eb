"""Certification of outcomes is complete: whoever certified, and when; what waits and what was refused is listed for the teacher [S11, S19, S23]."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, shown, told
from reviewer.intake.student import Student
from reviewer.model.dates import parse_day
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

NOT_SENT = ProblemKind(
    "certification-not-sent",
    Severity.WARNING,
    Text("「{item}」還沒有送教師認證。", "“{item}” was not sent to its teacher."),
    Text("請提醒學生在截止日前送出。", "Remind the student to send it before the deadline."),
)
WAITING = ProblemKind(
    "certification-waiting",
    Severity.WARNING,
    Text("「{item}」等待{teacher}認證。", "“{item}” waits for {teacher}'s certification."),
    Text("請提醒教師在截止日前認證。", "Remind the teacher before the deadline."),
)
REFUSED = ProblemKind(
    "certification-refused",
    Severity.NOTE,
    Text("{teacher}未通過「{item}」的認證：{reason}", "{teacher} refused “{item}”: {reason}"),
    Text(
        "學生可修正後再送；共同授課的其他教師各自認證，不受影響。",
        "The student may mend it and send it again; co-teachers decide each for themselves.",
    ),
)
INCOMPLETE = ProblemKind(
    "certification-incomplete",
    Severity.ERROR,
    Text("「{item}」標示已認證，但沒有{missing}。", "“{item}” is marked as certified, but {missing} is missing."),
    Text("請從學校平臺重新匯出認證資料。", "Export the certifications from your platform again."),
)
BEFORE_SENT = ProblemKind(
    "certification-before-sent",
    Severity.WARNING,
    Text("「{item}」的認證時間早於送審時間。", "“{item}” was certified before it was sent."),
    Text("請確認兩個時間是否填反。", "Check whether the two were exchanged."),
)

_TEACHER, _SOMEBODY = "認證教師", Text("教師", "the teacher")


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of every outcome whose roster speaks of certification; experimental education may have other certifiers, or none [S28]."""
    for item in student.outcomes:
        row = item.row
        if not row.has("認證狀態"):
            continue
        status, teacher = row.get("認證狀態").strip().upper(), row.get(_TEACHER)
        who: Text | str = teacher or _SOMEBODY
        if status == "Y":
            missing = [key for key in (_TEACHER, "認證時間") if not row.get(key)]
            if missing:
                yield told(INCOMPLETE.at(row.where(missing[0]), item=item.title, missing="、".join(missing)), teacher)
            certified, sent = parse_day(row.get("認證時間")), parse_day(row.get("送審時間"))
            if certified and sent and certified < sent:
                yield told(BEFORE_SENT.at(row.where("認證時間"), item=item.title), teacher)
        elif status == "N":
            yield told(WAITING.at(row.where("認證狀態"), item=item.title, teacher=who), teacher)
        elif status == "F":
            reason = shown(row.get("認證說明"), 60) or Text("沒有說明。", "no reason was given.")
            yield told(REFUSED.at(row.where("認證狀態"), item=item.title, teacher=who, reason=reason), teacher)
        elif not status and not context.uploads.school.experimental:
            yield told(NOT_SENT.at(row.where("認證狀態"), item=item.title), teacher)


RULE = Rule(
    code="certification",
    sentence=Text("課程學習成果都由任課教師認證，教師與時間齊全。", "Outcomes are certified, with teacher and time."),
    kinds=(NOT_SENT, WAITING, REFUSED, INCOMPLETE, BEFORE_SENT),
    student=check,
)
