"""A course outcome belongs to a course in the student's own records [S8]."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, shown, told
from reviewer.intake.student import Student
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

NOT_OWN = ProblemKind(
    "outcome-not-own-course",
    Severity.ERROR,
    Text(
        "這位學生的成績名冊裡沒有「{course}」（{semester}），這比較像多元表現。",
        "The student's marks have no “{course}” ({semester}); this looks like a performance.",
    ),
    Text(
        "請更正課程或學期；不是課程產出的作品請改列多元表現。",
        "Correct the course or the semester; file work that is no course's as a performance.",
    ),
)


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Find each outcome's course by code, else by name, in the semester that it gives."""
    del context
    known = set()
    for row in student.marks:
        year, term = row.get("實際修課學年度"), row.get("實際修課學期")
        known |= {(year, term, row.get("課程代碼") or None), (year, term, row.get("科目名稱"))}
    for item in student.outcomes:
        row = item.row
        year, term, code, name = (row.get(key) for key in ("實際修課學年度", "實際修課學期", "課程代碼", "科目名稱"))
        if not ({(year, term, code or ""), (year, term, name)} & known):
            yield told(NOT_OWN.at(row.where("科目名稱"), course=shown(name or code), semester=f"{year}-{term}"))


RULE = Rule(
    code="own-course",
    sentence=Text("課程學習成果屬於學生自己修過的課程。", "An outcome belongs to a course that the student took."),
    kinds=(NOT_OWN,),
    student=check,
)
