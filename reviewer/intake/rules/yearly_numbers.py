"""How many outcomes and performances of a school year go to the central database, and how many the school itself takes."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.kinds import SCHOOL_KIND
from reviewer.intake.rules.context import Context, Rule, semester_of, told
from reviewer.intake.student import Item, Student
from reviewer.model import limits
from reviewer.model.dates import Semester
from reviewer.model.problem import ProblemKind, Severity, Where
from reviewer.model.text import Text

TOO_MANY = ProblemKind(
    "yearly-too-many",
    Severity.WARNING,
    Text(
        "{year} 學年度的{what}有 {count} 件，提交中央資料庫每學年至多 {limit} 件。",
        "School year {year} has {count} {what}; at most {limit} a year go to the central database.",
    ),
    Text("請學生勾選要提交的項目，其餘自名冊移除。", "Ask the student which to hand in, and take the others out of the roster."),
)
BEYOND_SCHOOL = ProblemKind(
    "yearly-beyond-school",
    Severity.WARNING,
    Text(
        "{year} 學年度的{what}有 {count} 件，超過學校自訂的 {limit} 件。",
        "School year {year} has {count} {what}, more than the school's own {limit}.",
    ),
    Text("請確認是否同意這位學生超過。", "Check whether the student may go beyond."),
)
SCHOOL_TOO_STRICT = ProblemKind(
    "school-limit-too-low",
    Severity.ERROR,
    Text(
        "學校自訂每學年 {own} 件課程學習成果，不得少於 {least} 件。",
        "The school allows {own} outcomes a year; it must allow {least} at least.",
    ),
    Text("請更正 school.toml 的 limits.outcomes_a_year。", "Correct limits.outcomes_a_year in school.toml."),
)

_WHAT = {True: Text("課程學習成果", "outcomes"), False: Text("多元表現", "performances")}
_RULES = {True: "central_outcomes_a_year", False: "central_performances_a_year"}


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Count what the student entered; the school's own records are no uploads."""
    school = context.uploads.school
    own = {True: school.outcomes_a_year, False: school.performances_a_year}
    years: dict[tuple[bool, int], list[Item]] = {}
    for item in student.items():
        semester = semester_of(item)
        if semester is not None and item.kind != SCHOOL_KIND:
            years.setdefault((item.is_outcome, semester.year), []).append(item)
    for (is_outcome, year), items in sorted(years.items()):
        limit = limits.limit(_RULES[is_outcome], Semester(year, 1))
        facts = {"year": year, "what": _WHAT[is_outcome], "count": len(items)}
        if len(items) > limit:
            yield told(TOO_MANY.at(items[limit].row.where(), limit=limit, **facts))
        mine = own[is_outcome]
        if mine is not None and len(items) > mine:
            yield told(BEYOND_SCHOOL.at(items[mine].row.where(), limit=mine, **facts))


def check_school(context: Context) -> Iterator[Finding]:
    """The school's own limit is generous enough [S30]."""
    own = context.uploads.school.outcomes_a_year
    least = limits.limit("school_outcomes_a_year_at_least", context.now)
    if own is not None and own < least:
        yield told(SCHOOL_TOO_STRICT.at(Where(file="school.toml", path="limits.outcomes_a_year"), own=own, least=least))


RULE = Rule(
    code="yearly-numbers",
    sentence=Text(
        "每學年提交中央資料庫的課程學習成果與多元表現不超過件數上限。",
        "No more outcomes and performances a year than the central database takes.",
    ),
    kinds=(TOO_MANY, BEYOND_SCHOOL, SCHOOL_TOO_STRICT),
    student=check,
    school=check_school,
)
