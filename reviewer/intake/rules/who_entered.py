"""Performances are the student's entries, records of posts the school's [S27]: each in its own roster."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.kinds import SCHOOL_KIND
from reviewer.intake.rules.context import Context, Rule, told
from reviewer.intake.student import Student
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

SCHOOL_IN_STUDENTS = ProblemKind(
    "school-record-in-students-roster",
    Severity.ERROR,
    Text(
        "校方建立的幹部紀錄列在學生自填的名冊「{file}」裡。",
        "A record that the school enters stands in the roster of students' own entries, “{file}”.",
    ),
    Text("請移到校內幹部經歷名冊。", "Move it to the roster of posts (校內幹部經歷名冊)."),
)
STUDENTS_IN_SCHOOL = ProblemKind(
    "students-entry-in-school-roster",
    Severity.ERROR,
    Text("學生自填的「{kind}」列在學校的名冊「{file}」裡。", "A student's own entry, “{kind}”, stands in the school's roster “{file}”."),
    Text("請移到學生自填多元表現名冊。", "Move it to the roster of students' own entries (學生自填多元表現名冊)."),
)


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Compare each performance's kind with the name of the roster that it stands in."""
    del context
    for items in student.performances.values():
        for item in items:
            file = item.row.sheet.file
            if item.kind == SCHOOL_KIND and "自填" in file:
                yield told(SCHOOL_IN_STUDENTS.at(item.row.where(), file=file))
            elif item.kind != SCHOOL_KIND and "校內幹部" in file:
                yield told(STUDENTS_IN_SCHOOL.at(item.row.where(), kind=item.kind, file=file))


RULE = Rule(
    code="who-entered",
    sentence=Text("多元表現由學生填報，校內幹部由學校登錄。", "Students enter performances, the school enters posts."),
    kinds=(SCHOOL_IN_STUDENTS, STUDENTS_IN_SCHOOL),
    student=check,
)
