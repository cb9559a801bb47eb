"""Views of the course record: by semester, within a semester by domain."""

from collections.abc import Mapping

from reviewer.model.dates import Semester
from reviewer.model.language import Language
from reviewer.model.portfolio import Course, CourseRecord, FieldValue, SemesterResult
from reviewer.model.tables import code_tables
from reviewer.model.text import Text
from reviewer.render import phrases
from reviewer.render.language import N_
from reviewer.render.shapes.dossier import CourseView, DomainView, RecordView, SemesterView
from reviewer.render.shapes.small import FactView, StandingView
from reviewer.render.terms import CATEGORY, DOMAIN, term
from reviewer.render.words import Lettering, Words

NO_DOMAIN = N_("未分領域")
"""Heads courses whose domain is not known."""


def fact_views(fields: tuple[FieldValue, ...], letters: Lettering) -> tuple[FactView, ...]:
    """Labelled values as pages print them; fields without a value are left out."""
    return tuple(
        FactView(
            key=field.key,
            label=_label(field).of(letters.language),
            value=letters.text(field.shown),
            date=phrases.date_view(field.day, letters.say),
        )
        for field in fields
        if field.shown.zh
    )


def _label(field: FieldValue) -> Text:
    """The field's name; where a code is shown by its meaning, without the word 代碼."""
    if field.raw == field.shown.zh:
        return field.label
    return Text(field.label.zh.removesuffix("代碼"), field.label.en.removesuffix(" code").removesuffix(" Code"))


def course_view(course: Course, letters: Lettering) -> CourseView:
    """One course, as a row of the record or beside an outcome."""
    known = course.distribution is not None or course.percent is not None
    return CourseView(
        id=f"A-c{course.index}",
        name=letters.words(course.name or letters.say("（未填科目名稱）")),
        code=course.code,
        category=letters.words(_official(CATEGORY, course.category, letters)),
        domain=_domain(course.domain, letters),
        semester=phrases.semester_words(course.semester, letters.say) if course.semester else course.semester_raw,
        credits=course.credits_raw,
        mark=phrases.mark(course.score),
        standing=phrases.standing_view(phrases.WITHIN_COURSE, course.percent, course.distribution, letters.say) if known else None,
        description=phrases.paragraphs(course.description, letters),
        other_fields=fact_views(course.other_fields, letters),
    )


def record_view(record: CourseRecord, letters: Lettering) -> RecordView:
    """The whole record; courses whose semester cannot be read stand last, under what was sent."""
    results = {result.semester: result for result in record.semesters if result.semester is not None}
    known = sorted({*results, *(course.semester for course in record.courses if course.semester)})
    semesters = [_semester(semester, results.get(semester), record, letters) for semester in known]
    semesters += _unreadable(record, letters)
    return RecordView(semesters=tuple(semesters))


def _semester(semester: Semester, result: SemesterResult | None, record: CourseRecord, letters: Lettering) -> SemesterView:
    courses = [course for course in record.courses if course.semester == semester]
    return SemesterView(
        id=f"A-{semester}",
        key=str(semester),
        label=phrases.semester_words(semester, letters.say),
        mean=phrases.mark(result.score) if result else "",
        standings=_standings(result, letters) if result else (),
        domains=_domains(courses, letters),
    )


def _domain(name: str, letters: Lettering) -> Words:
    return letters.words(_official(DOMAIN, name, letters) or letters.say(NO_DOMAIN))


def _official(table: str, words: str, letters: Lettering) -> str:
    """A term as it was sent, or its English on a page in English."""
    return words if letters.language is Language.CHINESE else term(table, words, letters.language)


def _standings(result: SemesterResult, letters: Lettering) -> tuple[StandingView, ...]:
    return tuple(phrases.standing_view(row.scope, row.percent, row.distribution, letters.say) for row in result.standings)


def _unreadable(record: CourseRecord, letters: Lettering) -> list[SemesterView]:
    rest = [course for course in record.courses if course.semester is None]
    stray = [result for result in record.semesters if result.semester is None]
    found: list[SemesterView] = []
    for number, raw in enumerate(dict.fromkeys(course.semester_raw for course in rest), start=1):
        courses = [course for course in rest if course.semester_raw == raw]
        label = letters.say("學期無法辨識（原文：{raw}）", raw=raw) if raw else letters.say("未記學期")
        found.append(SemesterView(id=f"A-x{number}", key=raw, label=label, mean="", standings=(), domains=_domains(courses, letters)))
    for number, result in enumerate(stray, start=len(found) + 1):
        rows = _standings(result, letters)
        found.append(
            SemesterView(
                id=f"A-x{number}",
                key="",
                label=letters.say("學期無法辨識的學期成績"),
                mean=phrases.mark(result.score),
                standings=rows,
                domains=(),
            )
        )
    return found


def _domains(courses: list[Course], letters: Lettering) -> tuple[DomainView, ...]:
    order = _domain_order()
    names = sorted(dict.fromkeys(course.domain for course in courses), key=lambda name: order.get(name, len(order) + (not name)))
    return tuple(
        DomainView(
            name=_domain(name, letters),
            courses=tuple(course_view(course, letters) for course in courses if course.domain == name),
        )
        for name in names
    )


def _domain_order() -> Mapping[str, int]:
    """Place of each domain in the published table, under its name with and without 領域."""
    rows = enumerate(code_tables()["領域"].values())
    return {spelling: place for place, text in rows for spelling in (text.zh, f"{text.zh}領域")}
