"""The report of a check, as templates, the workbook and the terminal show it: verdict, few figures, findings by rule, by student, by teacher."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.intake.checking import Checked, Person
from reviewer.intake.findings import READING, Finding
from reviewer.intake.rules.register import RULES
from reviewer.model.canonical import plain
from reviewer.model.problem import ExitStatus, Severity
from reviewer.model.text import Text, number_of

SHOWN_PLACES = 100
"""Findings of one rule that the page lists; the workbook has all."""
SHOWN_STUDENTS = 1_000
"""Students that the page lists; the workbook has all."""

_READING = Text("名冊與檔案可以讀取。", "Rosters and files can be read.")
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One of the few figures."""

    label: Text
    """What is counted."""
    value: str
    """Number with its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One finding as the page shows it."""

    severity: Severity
    """How much it weighs."""
    student: str
    """學號 and name; empty for the school as a whole."""
    where: str
    """File, sheet, row, column."""
    what: Text
    """What."""
    remedy: Text
    """What to do."""
    teacher: str
    """Who is asked to act, when a teacher is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Findings under one heading."""

    anchor: str
    """Id within the page."""
    heading: str
    """Rule, student or teacher."""
    beside: str
    """What stands beside it: English, class."""
    severity: Severity
    """The gravest among them."""
    counts: str
    """`錯誤 1　提醒 3`."""
    lines: tuple[Line, ...]
    """The first of them."""
    more: int = 0
    """How many are not listed here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """All that the report's template may use."""

    school: str
    """Name and code."""
    year: str
    """`114 學年度`; empty when unknown."""
    headline: Text
    """The verdict."""
    verdict: str
    """`well`, `some`, `nothing`: class of the headline."""
    figures: tuple[Figure, ...]
    """The few figures."""
    rules: tuple[Group, ...]
    """By rule."""
    students: tuple[Group, ...]
    """By student."""
    students_more: int
    """Students not listed."""
    teachers: tuple[Group, ...]
    """By teacher."""
    clean_rules: tuple[Text, ...]
    """Rules that found nothing."""
    rule_set: str
    """Version of the rules."""


def report_view(checked: Checked) -> ReportView:
    """Make the view."""
    people = {person.number: person for person in checked.people}
    lines = [(finding, _line(finding, people)) for finding in checked.findings]
    sentences = {READING: _READING, **{rule.code: rule.sentence for rule in RULES}}
    by_rule = [
        _group(f"rule-{code}", words.zh, words.en, [line for finding, line in lines if finding.rule == code])
        for code, words in sentences.items()
    ]
    by_number: dict[str, list[Line]] = {}
    by_teacher: dict[str, list[Line]] = {}
    for finding, line in lines:
        by_number.setdefault(finding.student, []).append(line)
        if finding.teacher and finding.problem.severity is not Severity.NOTE:
            by_teacher.setdefault(finding.teacher, []).append(line)
    students = [
        _group(f"student-{p.number}", f"{p.number} {p.name}", p.class_name, by_number[p.number], all_lines=True)
        for p in checked.people[:SHOWN_STUDENTS]
    ]
    return ReportView(
        school=f"{checked.school.name}（{checked.school.code}）",
        year=f"{checked.school_year} 學年度" if checked.school_year else "",
        headline=headline(checked),
        verdict=checked.status.name.lower(),
        figures=figures(checked),
        rules=tuple(sorted((group for group in by_rule if group.lines), key=_gravity)),
        students=tuple(sorted(students, key=_gravity)),
        students_more=max(0, len(checked.people) - SHOWN_STUDENTS),
        teachers=tuple(
            _group(f"teacher-{index}", name, "", by_teacher[name], all_lines=True) for index, name in enumerate(sorted(by_teacher), 1)
        ),
        clean_rules=tuple(words for (code, words), group in zip(sentences.items(), by_rule, strict=True) if not group.lines),
        rule_set=checked.rule_set,
    )


def headline(checked: Checked) -> Text:
    """The verdict in a sentence."""
    if checked.status is ExitStatus.NOTHING:
        return Text("讀不到任何學生，無法檢核。", "No student could be read; nothing was checked.")
    errors, warnings, held = checked.count(Severity.ERROR), checked.count(Severity.WARNING), len(checked.held)
    if errors and not held:
        return Text(
            f"{errors} 個錯誤與名冊或設定有關，更正後才能封裝。",
            f"{number_of(errors, 'error concerns', 'errors concern')} rosters or settings; nothing can be packed before {'it is' if errors == 1 else 'they are'} corrected.",
        )
    if errors:
        return Text(
            f"{checked.students:,} 位學生中，{held:,} 位有錯誤需要更正，其他可以封裝。",
            f"Of {number_of(checked.students, 'student')}, {number_of(held, 'has', 'have')} errors to correct; the others can be packed.",
        )
    everybody = "The student" if checked.students == 1 else f"All {checked.students:,} students"
    if warnings:
        return Text(
            f"{checked.students:,} 位學生都可以封裝；另有 {warnings:,} 個提醒值得在截止前處理。",
            f"{everybody} can be packed; {number_of(warnings, 'warning is', 'warnings are')} worth attention before the deadline.",
        )
    return Text(
        f"{checked.students:,} 位學生都可以封裝，沒有需要處理的問題。",
        f"{everybody} can be packed; nothing needs attention.",
    )


def figures(checked: Checked) -> tuple[Figure, ...]:
    """The few figures, in order."""
    return (
        Figure(label=Text("學生", "students"), value=f"{checked.students:,} 位"),
        Figure(label=Text("名冊資料", "rows of rosters"), value=f"{checked.rows:,} 列"),
        Figure(label=Text("錯誤", "errors"), value=f"{checked.count(Severity.ERROR):,} 個"),
        Figure(label=Text("暫不封裝", "held back"), value=f"{len(checked.held):,} 位"),
        Figure(label=Text("提醒", "warnings"), value=f"{checked.count(Severity.WARNING):,} 個"),
        Figure(label=Text("備註", "notes"), value=f"{checked.count(Severity.NOTE):,} 個"),
    )


def report_json(checked: Checked) -> dict[str, object]:
    """The report as one JSON object."""
    return {
        "status": int(checked.status),
        "school": checked.school.code,
        "school_year": checked.school_year,
        "rule_set": checked.rule_set,
        "students": checked.students,
        "rows": checked.rows,
        "held": sorted(checked.held),
        "headline": plain(headline(checked)),
        "findings": [plain(finding) for finding in checked.findings],
    }


def counts(severities: Iterable[Severity]) -> str:
    """`錯誤 1　提醒 3`."""
    counted = Counter(severities)
    return "　".join(f"{severity.label.zh} {counted[severity]:,}" for severity in _ORDER if counted[severity])


def _gravity(group: Group) -> int:
    """Groups with errors first; among equals the order stays."""
    return _ORDER.index(group.severity)


def _line(finding: Finding, people: dict[str, Person]) -> Line:
    problem, person = finding.problem, people.get(finding.student)
    place = str(problem.where)
    # The student stands in a column of his own.
    place = place.removeprefix(f"{problem.where.package} · ") if problem.where.package == finding.student else place
    student = f"{finding.student} {person.name}" if person else finding.student
    return Line(severity=problem.severity, student=student, where=place, what=problem.what, remedy=problem.remedy, teacher=finding.teacher)


def _group(anchor: str, heading: str, beside: str, lines: list[Line], *, all_lines: bool = False) -> Group:
    shown = lines if all_lines else lines[:SHOWN_PLACES]
    severities = [line.severity for line in lines]
    gravest = next((severity for severity in _ORDER if severity in severities), Severity.NOTE)
    more = len(lines) - len(shown)
    return Group(anchor=anchor, heading=heading, beside=beside, severity=gravest, counts=counts(severities), lines=tuple(shown), more=more)
