"""The check: every rule asked of every student, a batch at a time, all findings at once; nothing is changed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from reviewer.intake.findings import Finding
from reviewer.intake.history import History
from reviewer.intake.ledger import Sheet
from reviewer.intake.looks import Looks
from reviewer.intake.rules.context import Context, Rule
from reviewer.intake.rules.register import RULES, rule_set
from reviewer.intake.school import School
from reviewer.intake.student import Student
from reviewer.intake.uploads import Uploads
from reviewer.model.problem import ExitStatus, Severity

BATCH = 32
"""Students whose files are looked at together."""

Listener = Callable[[int, int], None]
"""Told how many students of how many are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A student as reports name him."""

    number: str
    """學號."""
    name: str
    """姓名."""
    class_name: str
    """班級."""
    package_id: str
    """Name of his package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check came to."""

    folder: Path
    """The uploads."""
    school: School
    """Whose."""
    school_year: int
    """學年度 of the rosters; 0 when the covers do not tell."""
    findings: tuple[Finding, ...]
    """Everything: gravest first, then by student, then in the rules' order."""
    people: tuple[Person, ...]
    """Students who have findings, in the roster's order."""
    students: int
    """Students in the roster."""
    rows: int
    """Rows of all rosters."""
    rosters: tuple[str, ...]
    """Files that were read."""
    sheets: tuple[Sheet, ...]
    """Sheets that were read."""
    rule_set: str
    """Version of the rules."""

    @property
    def held(self) -> frozenset[str]:
        """Students with an error of their own: held back from packing."""
        return frozenset(finding.student for finding in self.findings if finding.student and finding.problem.severity is Severity.ERROR)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity."""
        return sum(finding.problem.severity is severity for finding in self.findings)

    @property
    def status(self) -> ExitStatus:
        """How the process ends: 0 nothing to correct, 3 errors, 1 nothing could be checked."""
        if not self.students:
            return ExitStatus.NOTHING
        return ExitStatus.SOME if self.count(Severity.ERROR) else ExitStatus.WELL


def check(
    uploads: Uploads, looks: Looks, history: History, listener: Listener = lambda _done, _total: None, rules: tuple[Rule, ...] = RULES
) -> Checked:
    """Ask every rule that is in force."""
    context = Context(uploads=uploads, looks=looks, history=history)
    asked = [rule for rule in rules if rule.holds(context.now)]
    findings: list[Finding] = []
    people: dict[str, Person] = {}
    done, total = 0, len(uploads.roster)
    for batch in _batches(uploads.students()):
        looks.prepare(upload for student in batch for item in student.items() for _, _, upload in item.files if upload)
        for student in batch:
            found = list(_ask(asked, student, context))
            people[student.number] = Person(
                number=student.number, name=student.name, class_name=student.class_name, package_id=student.package_id
            )
            findings += found
        done += len(batch)
        listener(done, total)
    for rule in asked:
        findings += (replace(finding, rule=rule.code) for finding in rule.school(context)) if rule.school else ()
    # What is odd about files is known only when all students were read.
    findings += uploads.findings
    findings += uploads.reading.findings
    concerned = {finding.student for finding in findings}
    return Checked(
        folder=uploads.folder,
        school=uploads.school,
        school_year=uploads.school_year,
        findings=tuple(_ordered(findings, list(uploads.roster), [rule.code for rule in rules])),
        people=tuple(person for person in people.values() if person.number in concerned),
        students=total,
        rows=uploads.ledger.total(),
        rosters=tuple(uploads.reading.files),
        sheets=uploads.ledger.sheets,
        rule_set=rule_set(),
    )


def _ask(rules: Iterable[Rule], student: Student, context: Context) -> Iterator[Finding]:
    for rule in rules:
        if rule.student is not None:
            for finding in rule.student(student, context):
                yield replace(finding, rule=rule.code, student=student.number)


def _batches(students: Iterator[Student]) -> Iterator[list[Student]]:
    while batch := list(islice(students, BATCH)):
        yield batch


def _ordered(findings: list[Finding], roster: list[str], codes: list[str]) -> list[Finding]:
    severities = {severity: place for place, severity in enumerate((Severity.ERROR, Severity.WARNING, Severity.NOTE))}
    places, rules = {number: place for place, number in enumerate(roster)}, {code: place for place, code in enumerate(codes)}
    return sorted(findings, key=lambda one: (severities[one.problem.severity], places.get(one.student, -1), rules.get(one.rule, -1)))
