"""One identity, one student: numbers that two students share, and names that differ only in their Unicode form."""

import unicodedata
from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, told
from reviewer.intake.student import Student
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

SHARED = ProblemKind(
    "identity-shared",
    Severity.ERROR,
    Text("「{column}」{value} 與學號 {other} 相同。", "“{column}” {value} is also that of student {other}."),
    Text("請確認是不是同一人重複列出，或填錯。", "Check whether one person is listed twice, or it is mistyped."),
)
NAME_FORM = ProblemKind(
    "name-other-form",
    Severity.WARNING,
    Text(
        "姓名「{name}」與學生資料名冊的「{own}」看起來相同，但 Unicode 寫法不同。",
        "The name “{name}” looks like “{own}” in the roster of students but is another Unicode form.",
    ),
    Text("請統一為學籍資料的寫法。", "Use the form of the school register everywhere."),
)
NAME_DIFFERS = ProblemKind(
    "name-differs",
    Severity.ERROR,
    Text("這一列的姓名是「{name}」，學號 {number} 是「{own}」。", "The name in this row is “{name}”; student {number} is “{own}”."),
    Text("請確認學號是否填錯。", "Check the student's number."),
)

_UNIQUE = ("應試號碼", "身分證號", "身分證統一編號", "身分證字號", "學生")


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of the student's numbers, and of the name in every other roster that has one."""
    seen = context.memory.setdefault(RULE.code, {})
    for column in _UNIQUE:
        value = student.row.get(column)
        other = seen.setdefault(f"{column}\0{value}", student.number) if value else student.number
        if other != student.number:
            yield told(SHARED.at(student.row.where(column), column=column, value=value if "身分證" not in column else "", other=other))
    told_already: set[str] = set()
    rows = [item.row for item in student.items()] + list(student.marks)
    for row in rows:
        name = row.get("姓名")
        if not name or name == student.name or name in told_already:
            continue
        told_already.add(name)
        if unicodedata.normalize("NFKC", name) == unicodedata.normalize("NFKC", student.name):
            yield told(NAME_FORM.at(row.where("姓名"), name=name, own=student.name))
        else:
            yield told(NAME_DIFFERS.at(row.where("姓名"), name=name, own=student.name, number=student.number))


RULE = Rule(
    code="identities",
    sentence=Text("一個身分只屬於一位學生，姓名寫法一致。", "One identity belongs to one student, with one form of the name."),
    kinds=(SHARED, NAME_FORM, NAME_DIFFERS),
    student=check,
)
