"""The course's own teacher certifies; of several who teach together each for himself [S19]. Asked where the marks name who taught."""

import re
from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.kinds import TEACHER
from reviewer.intake.rules.context import Context, Rule, told
from reviewer.intake.student import Student
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

OTHER_TEACHER = ProblemKind(
    "certifier-not-own-teacher",
    Severity.ERROR,
    Text(
        "「{item}」由{teacher}認證，但這門課的任課教師是{own}。", "“{item}” was certified by {teacher}, but the course is taught by {own}."
    ),
    Text("請由任課教師認證，或更正成績名冊的任課教師。", "Have its own teacher certify it, or correct the teacher in the roster of marks."),
)

_BETWEEN = re.compile(r"[、,，;；/]+|(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
"""What stands between two teachers; a blank within a name of Latin letters does not."""


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Compare 認證教師 with 任課教師 of the course's row."""
    del context
    teachers: dict[tuple[str, str, str], set[str]] = {}
    for row in student.marks:
        own = {_plain(name) for name in _BETWEEN.split(row.get(TEACHER)) if name.strip()}
        teachers.setdefault((row.get("實際修課學年度"), row.get("實際修課學期"), row.get("科目名稱")), set()).update(own)
    for item in student.outcomes:
        row, teacher = item.row, item.row.get("認證教師")
        own = teachers.get((row.get("實際修課學年度"), row.get("實際修課學期"), row.get("科目名稱")), set())
        if teacher and own and _plain(teacher) not in own and row.get("認證狀態").strip().upper() in ("Y", "N"):
            yield told(OTHER_TEACHER.at(row.where("認證教師"), item=item.title, teacher=teacher, own="、".join(sorted(own))), teacher)


def _plain(name: str) -> str:
    return " ".join(name.split())


RULE = Rule(
    code="certifier",
    sentence=Text("由課程自己的任課教師認證，共同授課者各自認證。", "The course's own teacher certifies; co-teachers each for themselves."),
    kinds=(OTHER_TEACHER,),
    student=check,
)
