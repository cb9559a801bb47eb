"""Courses are those of the approved plan, by their 23 characters; experimental education has lists of its own, by name [S28]."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, shown, told
from reviewer.intake.student import Student
from reviewer.model.course_codes import parse_course_code
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

NO_CODE = ProblemKind(
    "course-without-code",
    Severity.ERROR,
    Text("「{course}」沒有 23 碼的課程代碼（{code}）。", "“{course}” has no course code of 23 characters ({code})."),
    Text("請從課程計畫補上代碼；只有實驗教育可以沒有。", "Take it from the approved plan; only experimental education does without."),
)
NOT_LISTED = ProblemKind(
    "course-not-in-plan",
    Severity.WARNING,
    Text("「{course}」不在課程計畫.csv 裡。", "“{course}” is not in 課程計畫.csv."),
    Text("請確認課程名稱，或補進課程計畫。", "Check its name, or add it to the plan."),
)


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of every course that an outcome belongs to: those are the ones reviewers read about."""
    uploads = context.uploads
    names, codes = {row.name for row in uploads.plan}, {row.code for row in uploads.plan if row.code}
    for item in student.outcomes:
        code, name = item.row.get("課程代碼"), item.row.get("科目名稱")
        if not uploads.school.experimental and parse_course_code(code) is None:
            yield told(NO_CODE.at(item.row.where("課程代碼"), course=shown(name), code=shown(code) or Text("空白", "blank")))
        elif uploads.plan and code not in codes and name not in names:
            yield told(NOT_LISTED.at(item.row.where("科目名稱"), course=shown(name)))


RULE = Rule(
    code="course-lists",
    sentence=Text(
        "課程在課程計畫之內；實驗教育以自己的課程清單為準。", "Courses are those of the plan; experimental education has its own list."
    ),
    kinds=(NO_CODE, NOT_LISTED),
    student=check,
)
