"""修課紀錄.json: semesters with their standings, and the courses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from reviewer.model import tables
from reviewer.model.course_codes import parse_course_code
from reviewer.model.dates import Semester
from reviewer.model.parts import COURSES, Field, parts
from reviewer.model.portfolio import Course, CourseRecord, FieldValue, Score, SemesterResult, Standing
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.standing import Distribution, relative_standing
from reviewer.model.text import Text, both
from reviewer.packages import limits
from reviewer.packages.distributions import read_distribution, read_score
from reviewer.packages.findings import Place
from reviewer.packages.json_text import as_sent
from reviewer.packages.shapes import as_object, as_objects
from reviewer.packages.values import as_number, as_semester, as_words, known_keys, other_values, pick, shortened

_ASK = Text("照原樣顯示；如有疑問請洽匯出單位。", "It is shown as it was sent; if in doubt ask who made the export.")
CREDITS_NOT_NUMBER = ProblemKind(
    "credits-not-number", Severity.NOTE, Text("學分數「{value}」不是數字。", "The credits “{value}” are not a number."), _ASK
)
SEMESTER_TWICE = ProblemKind("semester-twice", Severity.NOTE, Text("{semester}出現不只一次。", "{semester} occurs more than once."), _ASK)

_SEMESTERS = "學期成績與學習相對表現資訊"
_SCOPES = ("校", "群別", "科班學程別")
_STANDING = "學習相對表現資訊"
_POPULATION, _DISTRIBUTION = "母體人數", "分數級距分布"
_COURSE_DISTRIBUTION = "本科目分數級距分布"
_SEMESTER_KEYS = frozenset({"學年度", "學期", "學生學期成績", COURSES} | {scope + _STANDING for scope in _SCOPES})


def read_record(value: Any, place: Place) -> CourseRecord:
    """Read the part. Raises `SetAside` when it is not of its shape."""
    record = as_object(value, place)
    rows = list(_semester_rows(record.get(_SEMESTERS), place.key(_SEMESTERS)))
    courses = as_objects(record.get(COURSES), place.key(COURSES))
    # Some exports put 學習紀錄 beside the semesters, some within each of them.
    for at, row in rows:
        courses += as_objects(row.get(COURSES), at.key(COURSES))
    results = [_semester_result(row, at) for at, row in rows if row.keys() - {COURSES}]
    semesters = tuple(sorted(results, key=lambda result: result.semester or Semester(9999, 0)))
    _note_repeated(semesters, place.key(_SEMESTERS))
    return CourseRecord(
        semesters=semesters,
        courses=tuple(_course(index, row, at) for index, (at, row) in enumerate(courses)),
        other_fields=other_values(record, frozenset({_SEMESTERS, COURSES}), place),
    )


def describe(record: CourseRecord, by_code: Mapping[str, str], by_name: Mapping[str, str]) -> CourseRecord:
    """The record with 課程說明 of the course plan beside its courses."""
    return replace(
        record,
        courses=tuple(replace(course, description=by_code.get(course.code) or by_name.get(course.name, "")) for course in record.courses),
    )


def _semester_rows(value: Any, place: Place) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The semesters: a list, or one object."""
    if isinstance(value, dict):
        yield place, value
    else:
        yield from as_objects(value, place)


def _semester_result(row: dict[str, Any], place: Place) -> SemesterResult:
    semester, _ = as_semester(row.get("學年度"), row.get("學期"), place.key("學年度"))
    score, others = read_score(row.get("學生學期成績"), place.key("學生學期成績"))
    standings = []
    for scope in _SCOPES:
        key = scope + _STANDING
        sent = row.get(key)
        if isinstance(sent, dict):
            at = place.key(key)
            distribution = read_distribution(sent.get(_POPULATION), sent.get(_DISTRIBUTION), at.key(_POPULATION), at.key(_DISTRIBUTION))
            standings.append(Standing(scope=scope, distribution=distribution, percent=_percent(score, distribution)))
            others += other_values(sent, frozenset({_POPULATION, _DISTRIBUTION}), at, f"{key}.")
            others += _unread(f"{key}.{_DISTRIBUTION}", sent.get(_DISTRIBUTION), distribution, at)
        elif sent not in (None, ""):
            others += other_values({key: sent}, frozenset(), place)
    return SemesterResult(
        semester=semester, score=score, standings=tuple(standings), other_fields=others + other_values(row, _SEMESTER_KEYS, place)
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of 學習紀錄 whose members are found under their names and aliases."""

    members: dict[str, Any]
    place: Place

    def sent(self, key: str) -> tuple[Any, Place]:
        """Value and place of a field of the part."""
        return pick(self.members, _FIELDS[key], self.place)

    def words(self, key: str) -> str:
        """The field as words."""
        return as_words(*self.sent(key), limits.COURSE_CHARACTERS)


_FIELDS: dict[str, Field] = {field.key: field for field in parts()[COURSES].fields}


def _course(index: int, members: dict[str, Any], place: Place) -> Course:
    row = _Row(members, place)
    year, year_place = row.sent("實際修課學年度")
    semester, raw = as_semester(year, row.sent("實際修課學期")[0], year_place)
    code = row.words("課程代碼")
    parsed = parse_course_code(code)
    score_value, score_place = row.sent("學業成績")
    score, others = read_score(score_value, score_place, beside=members)
    population, population_place = row.sent(_POPULATION)
    buckets, buckets_place = row.sent(_COURSE_DISTRIBUTION)
    distribution = read_distribution(population, buckets, population_place, buckets_place)
    credits_raw = row.words("學分數")
    if credits_raw and as_number(credits_raw) is None:
        row.sent("學分數")[1].note(CREDITS_NOT_NUMBER, value=shortened(credits_raw))
    category = row.words("課程類別")
    listed = tables.lookup("課程類別", category) or (parsed.category_name if parsed and not category else None)
    domain, domain_others = _domain(row)
    others += domain_others + _unread(_COURSE_DISTRIBUTION, buckets, distribution, buckets_place)
    return Course(
        index=index,
        semester=semester,
        semester_raw="" if semester else raw,
        name=row.words("科目名稱"),
        code=code,
        category=listed.zh if listed else category,
        domain=domain or (parsed.domain_name.zh if parsed and parsed.domain_name else ""),
        credits_raw=credits_raw,
        score=score,
        distribution=distribution,
        percent=_percent(score, distribution),
        other_fields=others + other_values(members, known_keys(parts()[COURSES]), place),
    )


def _domain(row: _Row) -> tuple[str, tuple[FieldValue, ...]]:
    """課程領域資訊: {名稱} as a rule, a bare name in some exports."""
    value, place = row.sent("課程領域資訊")
    if isinstance(value, dict):
        return as_words(value.get("名稱"), place.key("名稱"), limits.COURSE_CHARACTERS), other_values(
            value, frozenset({"名稱"}), place, "課程領域資訊."
        )
    if isinstance(value, str):
        return as_words(value, place, limits.COURSE_CHARACTERS), ()
    return "", other_values({"課程領域資訊": value}, frozenset(), place)


def _percent(score: Score, distribution: Distribution | None) -> Decimal | None:
    return relative_standing(score.value, distribution) if score.value is not None and distribution else None


def _unread(key: str, value: Any, distribution: Distribution | None, place: Place) -> tuple[FieldValue, ...]:
    """A distribution that could not be read, as sent: nothing is dropped."""
    if distribution is not None or value is None or value in ({}, "", []):
        return ()
    raw = as_words(as_sent(value), place)
    return (FieldValue(key=key, label=both(key), raw=raw, shown=both(raw)),)


def _note_repeated(semesters: tuple[SemesterResult, ...], place: Place) -> None:
    for one, other in pairwise(semesters):
        if one.semester is not None and one.semester == other.semester:
            place.note(SEMESTER_TWICE, semester=Text(one.semester.label, f"Semester {one.semester}"))
