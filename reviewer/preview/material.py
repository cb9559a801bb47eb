"""What there is to preview: who is shown to whom, from packages made of the uploads for this purpose, or from packages that are there.

Of a school's files only those of the students who are previewed are read: one student of a thousand costs the reading of the rosters and his own files.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewer.intake.bag import write_files
from reviewer.intake.looks import Looks
from reviewer.intake.package_files import central_files
from reviewer.intake.rules.register import rule_set
from reviewer.intake.student import Student
from reviewer.intake.uploads import Uploads, open_uploads
from reviewer.model.application import Application
from reviewer.model.problem import Problem, Stop, Where
from reviewer.model.selection import Selection
from reviewer.packages import applications as tables
from reviewer.packages.address import Discovery, PackageAddress
from reviewer.packages.discovery import discover
from reviewer.packages.signature import trusted_keys
from reviewer.preview import choosing
from reviewer.preview.checks import PreviewCheck, check_students
from reviewer.preview.choosing import Candidate
from reviewer.preview.findings import EVERYTHING_TICKED, UPLOADS_EMPTY
from reviewer.preview.request import PreviewRequest
from reviewer.selection import config
from reviewer.site.notes import Note
from reviewer.site.request import Material

WATERMARK = "預覽，尚未封裝"
"""Across every page until the uploads are packed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A student as the preview's own pages name him."""

    id: str
    """The package's id."""
    number: str
    """學號; the package's id where only a package is there."""
    name: str
    """姓名; empty where only a package is there."""
    class_name: str
    """班級."""
    problems: tuple[Problem, ...] = ()
    """What the school's check found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything that a preview is made from."""

    material: Material
    """For the build."""
    people: tuple[Person, ...]
    """In the rosters' order."""
    school: str
    """Name of the school; empty where packages are previewed."""
    of_school: tuple[Problem, ...]
    """What the check found about the school as a whole."""
    packed: bool
    """Whether these are packages already."""
    without_table: bool
    """Whether there is no applications table at all."""


def prepare(request: PreviewRequest, scratch: Path) -> Prepared:
    """Gather what is previewed; packages of uploads are made in `scratch`. Raises `Stop`."""
    choosing.refuse_missing(request.source)
    configuration = config.load(request.config)
    wanted = {code: config.department(configuration, code) for code in request.departments}
    if choosing.is_uploads(request.source):
        with open_uploads(request.source, request.applications) as uploads, Looks(request.cache / "intake", request.workers) as looks:
            return _of_uploads(request, uploads, looks, wanted or configuration.departments, scratch)
    return _of_packages(request, wanted or configuration.departments)


def _of_uploads(request: PreviewRequest, uploads: Uploads, looks: Looks, selections: Mapping[str, Selection], scratch: Path) -> Prepared:
    if not uploads.roster:
        where = Where(file=str(request.source))
        raise Stop(UPLOADS_EMPTY.at(where, path=request.source), *(one.problem for one in uploads.reading.findings))
    known = {row.student: _ids(uploads, row.student) for row in uploads.roster.values()}
    chosen = choosing.students(request.students, known)
    candidates = {number: _candidate(uploads, number) for number in chosen}
    rows = choosing.applications(request, selections, candidates, has_table=bool(uploads.applications))
    students = [uploads.student(uploads.roster[number]) for number in chosen if number in rows]
    checked = check_students(students, uploads, looks)
    addresses = {student.number: _package(student, uploads, scratch) for student in students}
    pairs = tuple((application, addresses[number]) for number in addresses for application in rows[number])
    return Prepared(
        material=Material(
            applications=pairs,
            selections=selections,
            packages=len(students),
            idle_packages=0,
            problems=(),
            watermark=WATERMARK,
            notes={
                (student.package_id, row.department_code): _notes(row, checked.of_student[student.number].notes)
                for student in students
                for row in rows[student.number]
            },
        ),
        people=tuple(_person(student, checked) for student in students),
        school=uploads.school.name,
        of_school=checked.of_school,
        packed=False,
        without_table=not uploads.applications,
    )


def _of_packages(request: PreviewRequest, selections: Mapping[str, Selection]) -> Prepared:
    discovery = choosing.packages(request.source, lambda: discover(str(request.source), trusted_keys(request.config / "keys")))
    table, problems = _table(request, discovery)
    matched = tables.match(discovery, table)
    by_id: dict[str, PackageAddress] = {address.package_id: address for address in discovery.packages}
    mine: dict[str, list[tuple[Application, PackageAddress]]] = {}
    for application, address in matched.pairs:
        mine.setdefault(address.package_id, []).append((application, address))
    known = {key: {key, *(application.applicant_number for application, _ in mine.get(key, ()))} for key in by_id}
    chosen = choosing.students(request.students, known)
    candidates = {
        key: Candidate(package_id=key, number=by_id[key].applicant_number or key, table=tuple(row for row, _ in mine.get(key, ())))
        for key in chosen
    }
    rows = choosing.applications(request, selections, candidates, has_table=bool(table))
    places = {(key, application.department_code): address for key, pairs in mine.items() for application, address in pairs}
    pairs = tuple((row, places.get((key, row.department_code), by_id[key])) for key in rows for row in rows[key])
    return Prepared(
        material=Material(
            applications=pairs,
            selections=selections,
            packages=len(rows),
            idle_packages=0,
            problems=(*discovery.problems, *problems),
            notes={
                (key, row.department_code): _notes(row, (), committee=discovery.form == "committee") for key in rows for row in rows[key]
            },
        ),
        people=tuple(Person(id=key, number=key, name="", class_name="") for key in rows),
        school="",
        of_school=(),
        packed=True,
        without_table=not table,
    )


def _table(request: PreviewRequest, discovery: Discovery) -> tuple[tuple[Application, ...], tuple[Problem, ...]]:
    if discovery.form == "committee":
        return tables.from_tree(discovery), ()
    return tables.read_table(request.applications) if request.applications is not None else ((), ())


def _ids(uploads: Uploads, number: str) -> set[str]:
    row = uploads.roster[number]
    package_id = uploads.package_id(row)
    return {number, package_id, row.get("應試號碼"), *(one.applicant_number for one in uploads.applications.get(package_id, ()))} - {""}


def _candidate(uploads: Uploads, number: str) -> Candidate:
    row = uploads.roster[number]
    package_id = uploads.package_id(row)
    return Candidate(package_id=package_id, number=row.get("應試號碼") or number, table=uploads.applications.get(package_id, ()))


def _package(student: Student, uploads: Uploads, scratch: Path) -> PackageAddress:
    """The student's package as `intake pack` would fill it, as a plain folder."""
    folder = scratch / hashlib.sha256(student.package_id.encode()).hexdigest()[:16]
    write_files(central_files(student, uploads, rule_set()), folder)
    return PackageAddress(package_id=student.package_id, location=str(folder))


def _notes(row: Application, found: tuple[Note, ...], *, committee: bool = False) -> tuple[Note, ...]:
    """What stands on one dossier; that everything counts as ticked first."""
    if committee or row.ticks is not None:
        return found
    return (Note(problem=EVERYTHING_TICKED.at(Where())), *found)


def _person(student: Student, checked: PreviewCheck) -> Person:
    problems = tuple(finding.problem for finding in checked.of_student[student.number].findings)
    return Person(id=student.package_id, number=student.number, name=student.name, class_name=student.class_name, problems=problems)
