"""Small portfolios and selections that tests build on: only what a case is about is said in it."""

import hashlib
from dataclasses import replace
from pathlib import Path

from reviewer.model.application import Application, Tick, parse_tick
from reviewer.model.attachment import Attachment, FileLink, FileRole, MediaType
from reviewer.model.codes import Group, shipped_code_sets
from reviewer.model.dates import Semester, parse_day
from reviewer.model.dossier import Section, Slot
from reviewer.model.parts import parts
from reviewer.model.portfolio import FieldValue, Identity, Outcome, Performance, Portfolio, Upload
from reviewer.model.problem import Problem, Where
from reviewer.model.selection import SectionChoice, Selection
from reviewer.model.text import both
from reviewer.packages.links import FILE_MISSING
from reviewer.selection.select import Selected, select

FAULTY = Path(__file__).parent / "faulty"


def selection(code_set: str = "university", **changes: object) -> Selection:
    """A department that takes A, B-C, F and J, N, O-P, R; or the like of another set."""
    base = Selection(
        department_code="001012",
        university_code="001",
        university_name=both("示範大學"),
        name=both("資訊工程學系"),
        admission_year=115,
        code_set=shipped_code_sets()[code_set],
        sections=(
            SectionChoice(group=Group.COURSE_RECORD, codes=("A",)),
            SectionChoice(group=Group.OUTCOME, codes=("B", "C")),
            SectionChoice(group=Group.PERFORMANCE, codes=("F", "J")),
            SectionChoice(group=Group.SUMMARY, codes=("N",)),
            SectionChoice(group=Group.STATEMENT, codes=("O", "P")),
        ),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def technology(**changes: object) -> Selection:
    """A department on the 四技 set."""
    sections = (
        SectionChoice(group=Group.STATEMENT, codes=("D-2",)),
        SectionChoice(group=Group.OUTCOME, codes=("B-1", "B-2")),
        SectionChoice(group=Group.PERFORMANCE, codes=("C-5", "C-2")),
    )
    return selection("technology", sections=sections, **changes)


def field(key: str, value: str) -> FieldValue:
    return FieldValue(key=key, label=both(key), raw=value, shown=both(value), day=parse_day(value))


def identity(**values: str) -> Identity:
    sent = {"姓名": "王小明", "學校代碼": "123456", "學校名稱": "臺北市立示範高級中學", "縣市": "臺北市", **values}
    return Identity(
        applicant_number="",
        name=sent["姓名"],
        school_code=sent["學校代碼"],
        school_name=sent["學校名稱"],
        fields=tuple(field(key, value) for key, value in sent.items()),
    )


def file(name: str, media_type: MediaType = MediaType.PDF) -> FileLink:
    attachment = Attachment(path=name, sha256=hashlib.sha256(name.encode()).hexdigest(), size_bytes=10, media_type=media_type)
    return FileLink(name=name, role=FileRole.DOCUMENT, attachment=attachment)


def missing_file(name: str) -> FileLink:
    return FileLink(name=name, role=FileRole.DOCUMENT, problem=FILE_MISSING.at(Where(file=name), name=name))


def outcome(index: int, name: str = "數學", **changes: object) -> Outcome:
    base = Outcome(index=index, course_name=name, course_code="", semester=Semester(113, 1), abstract=f"{name}簡述{index}", files=())
    return replace(base, **changes)  # type: ignore[arg-type]


def performance(kind: str, index: int, title: str = "活動", **values: str) -> Performance:
    part = parts()[kind]
    fields = tuple(field(key, value) for key, value in {part.title: title, **values}.items())
    return Performance(
        kind=kind,
        index=index,
        title=title,
        lane=part.lane,
        abstract=f"{title}簡述{index}",
        fields=fields,
        start=parse_day(values.get("開始日期", "")),
        end=parse_day(values.get("結束日期", "")),
    )


def upload(part: str, code: str = "", department: str = "", text: str | None = None) -> Upload:
    name = f"{part}{'_' + code if code else ''}.{'pdf' if text is None else 'md'}"
    return Upload(part=part, code=code, department=department, file=file(f"{department}/{name}".lstrip("/")), text=text)


def portfolio(**changes: object) -> Portfolio:
    base = Portfolio(package_id="s1", identity=identity(), record=None, outcomes=(), performances=(), uploads=())
    return replace(base, **changes)  # type: ignore[arg-type]


def application(*ticks: str) -> Application:
    """With explicit ticks; without any, everything counts as ticked."""
    parsed: tuple[Tick, ...] | None = tuple(tick for tick in map(parse_tick, ticks) if tick) if ticks else None
    return Application(applicant_number="10110005", department_code="001012", package_id="s1", ticks=parsed)


def nothing_ticked() -> Application:
    return replace(application(), ticks=())


def chosen(student: Portfolio, choice: Selection | None = None, apply: Application | None = None) -> Selected:
    return select(student, choice or selection(), apply or application())


def section(result: Selected, section_id: str) -> Section:
    return next(section for section in result.dossier.sections if section.id == section_id)


def slot(result: Selected, code: str) -> Slot:
    """The slot that the department offers for a code."""
    return next(slot for part in result.dossier.sections if part.id != "not_offered" for slot in part.slots if code in slot.codes)


def kinds(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]
