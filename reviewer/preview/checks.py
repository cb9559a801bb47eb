"""The school's own check, of the students who are previewed only: what it finds, and beside which item it belongs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reviewer.intake.findings import Finding
from reviewer.intake.history import History
from reviewer.intake.looks import Looks
from reviewer.intake.rules.context import Context
from reviewer.intake.rules.register import RULES
from reviewer.intake.student import Student
from reviewer.intake.uploads import Uploads
from reviewer.model.application import Tick
from reviewer.model.problem import Problem, Severity, Where
from reviewer.model.text import Text
from reviewer.preview.findings import WOULD_BE_HELD
from reviewer.site.notes import Note

MARK = Text("學校檢核：", "School's check: ")
"""Stands before every finding of the school's own, so that nobody takes it for a word of the dossier."""

_APPLIED = "applications/"


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentCheck:
    """What the check found of one student."""

    findings: tuple[Finding, ...]
    """Gravest first."""
    notes: tuple[Note, ...]
    """The same for the dossier's page, each with its item."""

    @property
    def errors(self) -> int:
        """How many would keep him from being packed."""
        return sum(finding.problem.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewCheck:
    """What the check found."""

    of_student: Mapping[str, StudentCheck]
    """By 學號."""
    of_school: tuple[Problem, ...]
    """What concerns the school as a whole, gravest first."""


def check_students(students: Iterable[Student], uploads: Uploads, looks: Looks) -> PreviewCheck:
    """Ask every rule that is in force of these students. Rules that compare students know only these."""
    chosen = tuple(students)
    context = Context(uploads=uploads, looks=looks, history=History())
    rules = [rule for rule in RULES if rule.holds(context.now)]
    found: dict[str, list[Finding]] = {student.number: [] for student in chosen}
    for student in chosen:
        looks.prepare(upload for item in student.items() for _, _, upload in item.files if upload)
        for rule in rules:
            for finding in rule.student(student, context) if rule.student else ():
                found[student.number].append(replace(finding, rule=rule.code, student=student.number))
    general = [finding for rule in rules if rule.school for finding in rule.school(context)]
    general += [*uploads.findings, *uploads.reading.findings]
    for finding in general:
        if finding.student in found:
            found[finding.student].append(finding)
    checked = {student.number: _student_check(student, found[student.number]) for student in chosen}
    return PreviewCheck(of_student=checked, of_school=tuple(_by_weight(dict.fromkeys(one.problem for one in general if not one.student))))


def _student_check(student: Student, found: list[Finding]) -> StudentCheck:
    findings = tuple(sorted(dict.fromkeys(found), key=lambda one: _weight(one.problem)))
    ticks = {(item.row.sheet.file, item.row.sheet.name, item.row.number): str(Tick(item.kind, item.index)) for item in student.items()}
    notes = tuple(_note(finding.problem, student, ticks) for finding in findings)
    checked = StudentCheck(findings=findings, notes=notes)
    if checked.errors:
        held = Note(problem=WOULD_BE_HELD.at(Where(), count=checked.errors))
        return replace(checked, notes=(held, *notes))
    return checked


def _note(problem: Problem, student: Student, ticks: Mapping[tuple[str, str, int], str]) -> Note:
    where = problem.where
    tick = ticks.get((where.file, where.sheet, where.row), "") or _named(where.file, student)
    file = where.file.rpartition("/")[2] if where.file.startswith(_APPLIED) else ""
    # Pages of dossiers print only what lies within a file; here the school is told where in its rosters.
    place = str(replace(where, package="", page=0))
    what = Text(MARK.zh + problem.what.zh, MARK.en + problem.what.en)
    return Note(problem=replace(problem, what=what, where=Where(path=place, page=where.page)), tick=tick, file=file)


def _named(file: str, student: Student) -> str:
    """The item that names a file of the student's folder; empty when none does."""
    if not file.startswith("files/"):
        return ""
    named = (item for item in student.items() for _, _, upload in item.files if upload and file.endswith(f"/{upload.name}"))
    return next((str(Tick(item.kind, item.index)) for item in named), "")


def _by_weight(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=_weight)


def _weight(problem: Problem) -> int:
    return (Severity.ERROR, Severity.WARNING, Severity.NOTE).index(problem.severity)
