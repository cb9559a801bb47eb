"""An upload, opened: the school, its rosters in a ledger, its files; students one at a time, so that memory does not grow with the school."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.intake import kinds, upload_files
from reviewer.intake.cohort import Cohort, count_cohort
from reviewer.intake.findings import Finding
from reviewer.intake.ledger import Ledger, Row, open_ledger
from reviewer.intake.rosters import Reading, read_rosters
from reviewer.intake.school import School, read_school
from reviewer.intake.school_tables import PlanRow, read_applications, read_glyph_rows, read_plan
from reviewer.intake.student import Student, assemble
from reviewer.model.application import Application
from reviewer.model.problem import ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import names

STUDENT_TWICE = ProblemKind(
    "student-twice",
    Severity.ERROR,
    Text("學號 {number} 在第 {first} 列已經有了，採用第 {first} 列。", "Student {number} is already there in row {first}, which is taken."),
    Text("請刪除重複的一列。", "Delete one of the rows."),
)
FOLDER_WITHOUT_STUDENT = ProblemKind(
    "folder-without-student",
    Severity.WARNING,
    Text("資料夾「{name}」不屬於名冊上的任何學生，未採用。", "The folder “{name}” belongs to no student of the roster; it is not taken."),
    Text("請確認資料夾名稱是否為學號。", "Check whether the folder's name is a student's number."),
)
ROWS_WITHOUT_STUDENT = ProblemKind(
    "rows-without-student",
    Severity.ERROR,
    Text("學號 {number} 不在學生資料名冊，他的資料未採用。", "Student {number} is not in the roster of students; his rows are not taken."),
    Text("請補進學生資料名冊，或確認是不是放錯名冊。", "Add the student, or check whether the rows belong to another roster."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploads:
    """An open upload; valid inside the `with` that opened it."""

    folder: Path
    """Where it is."""
    school: School
    """school.toml."""
    ledger: Ledger
    """All rows."""
    reading: Reading
    """What reading the rosters found."""
    cohort: Cohort
    """Populations."""
    roster: Mapping[str, Row]
    """學生資料 by 學號, in the roster's order."""
    plan: tuple[PlanRow, ...]
    """課程計畫.csv."""
    glyphs: Mapping[int, Mapping[str, str]]
    """造字/造字.csv by code point."""
    applications: Mapping[str, tuple[Application, ...]]
    """Applications by package id."""
    findings: list[Finding] = field(default_factory=list)
    """What was odd about files; grows while students are read."""

    @property
    def school_year(self) -> int:
        """學年度 that the covers give; 0 when they do not agree or none is there."""
        years = set(self.reading.years.values())
        words = years.pop() if len(years) == 1 else ""
        return int(words) if words.isdecimal() else 0

    def package_id(self, row: Row) -> str:
        """Name of a student's package: 學生, else school and student number."""
        return _package_id(self.school, row)

    def students(self) -> Iterator[Student]:
        """Every student, in the roster's order; what is odd about files is kept in `findings`."""
        for row in self.roster.values():
            yield self.student(row)

    def student(self, row: Row) -> Student:
        """One student."""
        package_id = self.package_id(row)
        folder, shown = self.folder / "files" / row.student, f"files/{row.student}"
        if not folder.is_dir() and (self.folder / "files" / package_id).is_dir():
            folder, shown = self.folder / "files" / package_id, f"files/{package_id}"
        applied, told = self.folder / "applications" / package_id, f"applications/{package_id}"
        if not applied.is_dir():
            applied, told = self.folder / "applications" / row.student, f"applications/{row.student}"
        return assemble(
            row,
            package_id,
            self.ledger.of_student(row.student),
            upload_files.uploads_of(folder, shown, row.student, self.findings),
            upload_files.applied_of(applied, told, row.student, self.findings),
        )


def _package_id(school: School, row: Row) -> str:
    return row.get("學生") or f"{school.code}-{row.student}"


@contextmanager
def open_uploads(folder: Path, applications: Path | None = None) -> Iterator[Uploads]:
    """Open a school's upload. Raises `Stop` when it is none, or when school.toml cannot be used."""
    school = read_school(folder)
    with open_ledger() as ledger:
        reading = read_rosters(folder, school.code, ledger)
        roster: dict[str, Row] = {}
        for row in ledger.of_kind(kinds.STUDENTS):
            first = roster.setdefault(row.student, row)
            if first is not row:
                reading.tell(STUDENT_TWICE.at(row.where(kinds.STUDENT), number=row.student, first=first.number), row.student)
        groups = {number: (row.get("群別"), row.get("科班學程別")) for number, row in roster.items()}
        cohort = count_cohort(ledger.of_kind(kinds.MARKS), ledger.of_kind(kinds.MEANS), groups)
        ids = {number: _package_id(school, row) for number, row in roster.items()}
        uploads = Uploads(
            folder=folder,
            school=school,
            ledger=ledger,
            reading=reading,
            cohort=cohort,
            roster=roster,
            plan=read_plan(folder, reading),
            glyphs=read_glyph_rows(folder, reading),
            applications=read_applications(folder, applications, reading, ids | {package: package for package in ids.values()}),
        )
        _strangers(uploads)
        yield uploads


def _strangers(uploads: Uploads) -> None:
    """Rows and folders of people who are not in the roster of students."""
    for row in uploads.ledger.first_of_each(kinds.STUDENTS):
        if row.student not in uploads.roster:
            uploads.reading.tell(ROWS_WITHOUT_STUDENT.at(row.where(kinds.STUDENT), number=row.student), row.student)
    known = set(uploads.roster) | {uploads.package_id(row) for row in uploads.roster.values()}
    for top in ("files", "applications"):
        folder = uploads.folder / top
        for child in sorted(folder.iterdir()) if folder.is_dir() else ():
            if child.is_dir() and child.name not in known:
                name = f"{top}/{names.visible(child.name)}"
                uploads.reading.tell(FOLDER_WITHOUT_STUDENT.at(Where(file=name), name=name))
