"""Items of a portfolio as entries of a dossier. What the department does not take of an item (a mark beside an outcome) is not in the entry."""

from dataclasses import replace

from reviewer.model.application import Tick
from reviewer.model.course_codes import Inquiry, inquiry_hint, parse_course_code
from reviewer.model.dossier import Entry, EntryKind
from reviewer.model.parts import OUTCOMES, FieldType, Lane, Part, parts
from reviewer.model.portfolio import Course, FieldValue, Outcome, Performance, Score, Upload
from reviewer.model.problem import Problem, Where
from reviewer.model.selection import Selection
from reviewer.model.text import Text, both
from reviewer.selection.findings import TICK_WITHOUT_ITEM

NO_TITLE = "（未填名稱）"
"""Heading of an item whose title field was not sent."""

CERTIFIED = "Y"
"""認證狀態: certified by the course's teacher."""

_SPAN_KEYS = frozenset({"開始日期", "結束日期", "學年度", "學期"})
"""Fields that `start`, `end` and `semester` say already."""

_NO_SCORE = Score(raw="", value=None)


def outcome_entry(outcome: Outcome, entry_id: str, codes: tuple[str, ...], selection: Selection, *, with_marks: bool) -> Entry:
    """An outcome with its course; marks and standing only where the department takes the course record."""
    course = outcome.course
    fields = []
    if outcome.category_value:
        meant = selection.code_set.outcome_code(outcome.category_value)
        item = selection.item(meant) if meant else None
        shown = item.name if item else both(outcome.category_value)
        key = selection.code_set.outcome_field or "成果類別代碼"
        fields.append(FieldValue(key=key, label=Text(key, "Outcome code"), raw=outcome.category_value, shown=shown))
    if course is None and outcome.course_code:
        label = Text("課程代碼", "Course code")
        fields.append(FieldValue(key="課程代碼", label=label, raw=outcome.course_code, shown=both(outcome.course_code)))
    return Entry(
        id=entry_id,
        kind=EntryKind.OUTCOME,
        lane=_outcome_lane(outcome),
        codes=codes,
        kind_label=parts()[OUTCOMES].label,
        title=outcome.course_name or NO_TITLE,
        tick=str(Tick(OUTCOMES, outcome.index)),
        text=outcome.abstract,
        fields=tuple(fields),
        other_fields=outcome.other_fields,
        semester=outcome.semester,
        course=course if with_marks or course is None else without_marks(course),
        inquiry=_inquiry(outcome, codes),
        certification=outcome.certification,
        files=outcome.files,
    )


def performance_entry(item: Performance, entry_id: str, codes: tuple[str, ...]) -> Entry:
    """A performance of any kind."""
    part = parts()[item.kind]
    return Entry(
        id=entry_id,
        kind=EntryKind.PERFORMANCE,
        lane=item.lane,
        codes=codes,
        kind_label=part.label,
        title=item.title or NO_TITLE,
        tick=str(Tick(item.kind, item.index)),
        text=item.abstract,
        fields=tuple(field for field in item.fields if not _said_elsewhere(field, part, item)),
        other_fields=item.other_fields,
        start=item.start,
        end=item.end,
        semester=item.semester,
        files=item.files,
        addresses=item.addresses,
    )


def upload_entry(upload: Upload, entry_id: str, codes: tuple[str, ...], label: Text, problems: tuple[Problem, ...] = ()) -> Entry:
    """A file or Markdown text that is a part of its own."""
    shown_file = () if upload.text is not None else (upload.file,)
    if upload.text is not None and upload.file.problem is not None:  # said at the text, whose file is not shown
        problems = (*problems, upload.file.problem)
    return Entry(
        id=entry_id,
        kind=EntryKind.UPLOAD,
        lane=Lane.SCHOOL if upload.part == "成績單" else Lane.APPLICATION,
        codes=codes,
        kind_label=label,
        title=label.zh,
        tick="",
        markdown=upload.text,
        files=shown_file,
        pictures=upload.pictures,
        problems=problems,
    )


def absent_entry(tick: Tick, entry_id: str, codes: tuple[str, ...]) -> Entry:
    """What stands in the place of an item that was ticked and is not there."""
    part = parts()[tick.kind]
    return Entry(
        id=entry_id,
        kind=EntryKind.OUTCOME if tick.kind == OUTCOMES else EntryKind.PERFORMANCE,
        lane=part.lane,
        codes=codes,
        kind_label=part.label,
        title=f"{part.label.zh}（第 {tick.index + 1} 件）",
        tick=str(tick),
        problems=(TICK_WITHOUT_ITEM.at(Where(path=str(tick)), tick=tick),),
    )


def without_marks(course: Course) -> Course:
    """The course without what only the course record says."""
    return replace(course, score=_NO_SCORE, distribution=None, percent=None, other_fields=())


def _outcome_lane(outcome: Outcome) -> Lane:
    """Certified, unless the package says that it is not."""
    said = outcome.certification
    return Lane.STUDENT if said is not None and said.status != CERTIFIED else Lane.CERTIFIED


def _inquiry(outcome: Outcome, codes: tuple[str, ...]) -> Inquiry | None:
    """A hint at D or E from the course, where the department takes that code; never a score [S7, S22]."""
    code = parse_course_code(outcome.course_code)
    hint = inquiry_hint(outcome.course_name, code.domain) if code else None
    return hint if hint is not None and hint.value in codes else None


def _said_elsewhere(field: FieldValue, part: Part, item: Performance) -> bool:
    """Whether the entry's title, dates or addresses say this already. A date with a name of its own (取得證照日期) stays, its label matters."""
    if field.key == part.title and item.title:
        return True
    kinds = {known.key: known.type for known in part.fields}
    if kinds.get(field.key) is FieldType.ADDRESS:
        return bool(item.addresses)
    if field.key in ("學年度", "學期"):
        return item.semester is not None
    return field.key in _SPAN_KEYS and field.day is not None
