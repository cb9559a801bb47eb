"""Views of the preview's own pages: who is shown to whom, and one student's dossiers side by side."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reviewer.model.problem import Problem, Severity
from reviewer.model.text import Text, number_of
from reviewer.preview.material import Person, Prepared
from reviewer.render.shapes.cohort import CohortCell
from reviewer.site import layout, rows
from reviewer.site.report import BuildReport, SetAsideLine
from reviewer.site.results import Result

HASH_DIGITS = 12
"""Digits of the dossier's hash that pages and papers show as 資料版本."""

_WEIGHTS = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentHead:
    """A department as a column is headed."""

    code: str
    """校系代碼."""
    name: str
    """Its name."""
    university: str
    """Whose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierLine:
    """One dossier of the preview."""

    department: DepartmentHead
    """For whom."""
    number: str
    """應試號碼."""
    page: str
    """Address of its page, relative to the preview's root; empty when it was not made."""
    pdf: str
    """Address of its PDF."""
    version: str
    """資料版本: the first digits of the dossier's hash."""
    cells: tuple[CohortCell, ...]
    """Slots in the department's order."""
    set_aside: tuple[Problem, ...]
    """Why it was not made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentLine:
    """One student of the preview."""

    number: str
    """學號."""
    name: str
    """姓名; may be empty."""
    class_name: str
    """班級; may be empty."""
    page: str
    """Address of the page on which his dossiers stand side by side."""
    dossiers: tuple[DossierLine | None, ...]
    """In the order of the departments; None where he does not apply."""
    problems: tuple[Problem, ...]
    """What the school's check found."""
    counts: str
    """`錯誤 1・提醒 3`; empty when there is nothing."""
    held: bool
    """Whether he would be held back from packing."""

    @property
    def made(self) -> tuple[DossierLine, ...]:
        """His dossiers, those set aside among them."""
        return tuple(line for line in self.dossiers if line is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewView:
    """All that the preview's own pages may use."""

    school: str
    """Name of the school; empty where packages are previewed."""
    packed: bool
    """Whether these are packages already."""
    without_table: bool
    """Whether everything counts as ticked."""
    departments: tuple[DepartmentHead, ...]
    """Columns."""
    students: tuple[StudentLine, ...]
    """Rows."""
    of_school: tuple[Problem, ...]
    """What the check found about the school as a whole, and what was odd about the packages."""
    headline: Text
    """The verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentView:
    """All that the page of one student may use."""

    preview: PreviewView
    """What it belongs to."""
    student: StudentLine
    """Who."""


def preview_view(prepared: Prepared, report: BuildReport, standing: Mapping[tuple[str, str], Result]) -> PreviewView:
    """Make the view; `standing` are the dossiers that were made, by 校系代碼 and 應試號碼."""
    aside = {(line.department_code, line.applicant_number): line for line in report.totals.set_aside}
    codes = sorted({application.department_code for application, _ in prepared.material.applications})
    heads = tuple(_head(code, prepared) for code in codes)
    by_person: dict[str, dict[str, DossierLine]] = {}
    for application, address in prepared.material.applications:
        key = application.department_code, application.applicant_number
        line = _dossier(heads[codes.index(key[0])], key[1], standing.get(key), aside.get(key))
        by_person.setdefault(address.package_id, {})[key[0]] = line
    students = tuple(_student(person, tuple(by_person.get(person.id, {}).get(code) for code in codes)) for person in prepared.people)
    return PreviewView(
        school=prepared.school,
        packed=prepared.packed,
        without_table=prepared.without_table,
        departments=heads,
        students=students,
        of_school=(*prepared.of_school, *report.problems),
        headline=_headline(students),
    )


def counts(problems: Iterable[Problem]) -> str:
    """`錯誤 1・提醒 3`."""
    counted = Counter(problem.severity for problem in problems)
    return "・".join(f"{severity.label.zh} {counted[severity]}" for severity in _WEIGHTS if counted[severity])


def _head(code: str, prepared: Prepared) -> DepartmentHead:
    selection = prepared.material.selections[code]
    return DepartmentHead(code=code, name=selection.name.zh, university=selection.university_name.zh)


def _dossier(head: DepartmentHead, number: str, result: Result | None, aside: SetAsideLine | None) -> DossierLine:
    made = result if aside is None else None
    row = rows.from_json(made.row) if made is not None and made.row else None
    return DossierLine(
        department=head,
        number=number,
        page=f"{head.code}/{made.name}/{layout.PAGE}" if made is not None else "",
        pdf=f"{head.code}/{made.name}/{layout.PDF}" if made is not None else "",
        version=made.dossier_sha256[:HASH_DIGITS] if made is not None else "",
        cells=row.cells if row is not None else (),
        set_aside=aside.problems if aside is not None else (),
    )


def _student(person: Person, dossiers: tuple[DossierLine | None, ...]) -> StudentLine:
    return StudentLine(
        number=person.number,
        name=person.name,
        class_name=person.class_name,
        page=f"student-{layout.folder_name(person.number)}.html",
        dossiers=dossiers,
        problems=person.problems,
        counts=counts(person.problems),
        held=any(problem.severity is Severity.ERROR for problem in person.problems),
    )


def _headline(students: tuple[StudentLine, ...]) -> Text:
    dossiers = sum(len(student.made) for student in students)
    held = sum(student.held for student in students)
    first = Text(
        "{students:,} 位學生、{dossiers:,} 份檔案。", "{students:,} {students|student|students}, {dossiers:,} {dossiers|dossier|dossiers}."
    ).format(students=len(students), dossiers=dossiers)
    if not held:
        return first
    return Text(
        f"{first.zh}其中 {held:,} 位有錯誤，更正前不會封裝。",
        f"{first.en} {number_of(held, 'student has', 'students have')} errors and will not be packed before they are corrected.",
    )
