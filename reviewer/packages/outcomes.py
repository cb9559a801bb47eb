"""課程學習成果.json: outcomes, each with its course and its teacher's certification."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from reviewer.model import tables
from reviewer.model.attachment import FileLink, FileRole
from reviewer.model.dates import Day, Semester, parse_day
from reviewer.model.parts import OUTCOMES, FieldType, parts
from reviewer.model.portfolio import Certification, Course, CourseRecord, FieldValue, Outcome
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text, both
from reviewer.packages.findings import Place
from reviewer.packages.links import Linker
from reviewer.packages.shapes import as_objects
from reviewer.packages.values import UNKNOWN_CODE, UNREADABLE_DATE, as_semester, as_text, as_words, other_values, others_of, shortened

OUTCOME_WITHOUT_COURSE = ProblemKind(
    "outcome-without-course",
    Severity.NOTE,
    Text("修課紀錄中找不到「{course}」（{semester}）。", "The course record does not have “{course}” ({semester})."),
    Text(
        "仍照原樣顯示；課程學習成果應屬於學生修過的課程。",
        "It is shown all the same; an outcome should belong to a course that the student took.",
    ),
)

_DOCUMENT, _MEDIA = "課程學習成果文件檔案連結", "課程學習成果影音檔案連結"
_STATUS = "認證狀態"
_CERTIFICATION_KEYS = (_STATUS, "認證時間", "認證教師", "認證說明", "送審時間")
_TRAIL_KEYS = frozenset(
    {*_CERTIFICATION_KEYS, "上傳學年度", "上傳學期", "上傳學年度及學期", "提交紀錄", "項目", "來源", "檔案", "內容雜湊"}
)
"""What the intake writes of an outcome beside its certification: for the school that packed it."""
_PART = parts()[OUTCOMES]
assert {field.key for field in _PART.fields if field.type is FieldType.FILE} == {_DOCUMENT, _MEDIA}  # noqa: S101 - data and code agree

Trail = tuple[tuple[Place, Mapping[str, Any]], ...]
"""What 附加資訊.json says of each outcome, and where."""


class Courses:
    """Finds the row of the student's record that an outcome belongs to."""

    def __init__(self, record: CourseRecord | None) -> None:
        self.known = record is not None
        """Whether there is a record to look in."""
        self._by_code: dict[tuple[str, Semester | None], list[Course]] = defaultdict(list)
        self._by_name: dict[tuple[str, Semester | None], list[Course]] = defaultdict(list)
        for course in record.courses if record else ():
            self._by_code[course.code, course.semester].append(course)
            self._by_name[course.name, course.semester].append(course)

    def find(self, code: str, name: str, semester: Semester | None) -> Course | None:
        """By code and semester, else by name and semester; the first where a record repeats itself."""
        found = (self._by_code.get((code, semester)) if code else None) or (self._by_name.get((name, semester)) if name else None)
        return found[0] if found and semester else None


def read_outcomes(value: Any, place: Place, linker: Linker, courses: Courses, trail: Trail) -> tuple[Outcome, ...]:
    """Read the part; `trail` holds what 附加資訊.json says of each outcome. Raises `SetAside` when it is not of its shape."""
    rows = as_objects(value, place, optional=False)
    return tuple(
        _outcome(index, row, at, linker, courses, trail[index] if index < len(trail) else (at, {})) for index, (at, row) in enumerate(rows)
    )


def _outcome(
    index: int, row: dict[str, Any], place: Place, linker: Linker, courses: Courses, more: tuple[Place, Mapping[str, Any]]
) -> Outcome:
    name, code = as_words(row.get("科目名稱"), place.key("科目名稱")), as_words(row.get("課程代碼"), place.key("課程代碼"))
    semester, raw = as_semester(row.get("實際修課學年度"), row.get("實際修課學期"), place.key("實際修課學年度"))
    course = courses.find(code, name, semester)
    if course is None and courses.known:
        place.note(
            OUTCOME_WITHOUT_COURSE,
            course=shortened(name or code),
            semester=Text(semester.label, str(semester)) if semester else shortened(raw),
        )
    certification = _certification({**more[1], **{key: said for key, said in row.items() if said is not None}}, place)
    files: tuple[FileLink, ...] = linker.links(row.get(_DOCUMENT), FileRole.DOCUMENT, place.key(_DOCUMENT), (OUTCOMES,))
    files += linker.links(row.get(_MEDIA), FileRole.MEDIA, place.key(_MEDIA), (OUTCOMES,))
    return Outcome(
        index=index,
        course_name=name,
        course_code=code,
        semester=semester,
        abstract=as_text(row.get("課程學習成果簡述"), place.key("課程學習成果簡述")),
        files=files,
        category_value=as_words(row.get("成果類別代碼"), place.key("成果類別代碼")),
        certification=certification,
        course=course,
        other_fields=others_of(_PART, row, place) + _unread(row, semester, certification, place) + _trail_others(row, *more),
    )


def _unread(row: Mapping[str, Any], semester: Semester | None, certification: Certification | None, place: Place) -> tuple[FieldValue, ...]:
    """What was sent and could not be understood, under its own name: nothing is dropped."""
    understood = {
        "實際修課學年度": semester is not None,
        "實際修課學期": semester is not None,
        "認證時間": certification is not None and certification.at is not None,
        "送審時間": certification is not None and certification.sent_at is not None,
    }
    return other_values({key: row.get(key) for key, known in understood.items() if not known}, frozenset(), place)


def _trail_others(row: Mapping[str, Any], at: Place, more: Mapping[str, Any]) -> tuple[FieldValue, ...]:
    """What the trail says besides what is known of it, and where it and the part say different things."""
    said = {key for key in _CERTIFICATION_KEYS if row.get(key) is None}
    agreed = {key for key, value in more.items() if value == row.get(key)}
    return other_values(more, (_TRAIL_KEYS - frozenset(_CERTIFICATION_KEYS)) | said | agreed, at, "附加資訊.")


def _certification(row: Mapping[str, Any], place: Place) -> Certification | None:
    """What is said of the certification; None when nothing is. A blank 認證狀態 means "not sent", an absent one nothing."""
    if not any(key in row and row[key] is not None for key in _CERTIFICATION_KEYS):
        return None
    words = {key: as_words(row.get(key), place.key(key)) for key in _CERTIFICATION_KEYS}
    status = words[_STATUS].upper()
    meaning = tables.lookup(_STATUS, status)
    if meaning is None:
        place.key(_STATUS).note(UNKNOWN_CODE, table=_STATUS, value=shortened(words[_STATUS]))
    return Certification(
        status=status,
        status_text=meaning or both(words[_STATUS]),
        teacher=words["認證教師"],
        at=_day(words["認證時間"], place.key("認證時間")),
        sent_at=_day(words["送審時間"], place.key("送審時間")),
        note=as_text(row.get("認證說明"), place.key("認證說明")),
    )


def _day(words: str, place: Place) -> Day | None:
    if not words:
        return None
    day = parse_day(words) if len(words) <= 40 else None
    if day is None:
        place.note(UNREADABLE_DATE, value=shortened(words))
    return day
