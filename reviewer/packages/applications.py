"""Who applies where with what: the applications table (.csv, .xlsx), or the committee's tree, whose paths say it."""

import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from reviewer.model.application import Application, Tick, parse_tick
from reviewer.model.problem import Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.packages.address import Discovery, PackageAddress
from reviewer.packages.tables import Row, read_rows

TICK_UNREADABLE = ProblemKind(
    "tick-unreadable",
    Severity.WARNING,
    Text("勾選項目「{value}」無法解讀，未計入。", "The ticked item “{value}” cannot be read and is not counted."),
    Text(
        "請寫成「課程學習成果[0]」或「競賽參與紀錄[2]」，以分號分隔。",
        "Write it like 課程學習成果[0] or 競賽參與紀錄[2], parted by semicolons.",
    ),
)
TICK_TWICE = ProblemKind(
    "tick-twice",
    Severity.NOTE,
    Text("勾選項目「{value}」重複，計一次。", "The item “{value}” is ticked twice; it counts once."),
    Text("無須處理。", "Nothing need be done."),
)
CELL_MISSING = ProblemKind(
    "application-cell-missing",
    Severity.ERROR,
    Text("沒有填「{column}」，這一列未採用。", "“{column}” is not filled in; the row is not taken."),
    Text("請補上後再執行一次。", "Fill it in and run again."),
)
CODE_UNUSABLE = ProblemKind(
    "application-code-unusable",
    Severity.ERROR,
    Text("{column}「{value}」不是 {form}，這一列未採用。", "{column} “{value}” is not {form}; the row is not taken."),
    Text("請更正後再執行一次。", "Correct it and run again."),
)
CELL_OF_LINES = ProblemKind(
    "application-cell-of-lines",
    Severity.ERROR,
    Text(
        '「{column}」裡有換行，這一列未採用：多半是引號（"）沒有成對，後面的列被併進這一格（{value}）。',
        "“{column}” holds line breaks; the row is not taken. Most likely a quotation mark has no counterpart, and this cell swallowed the rows after it ({value}).",
    ),
    Text("請在這一列補上或刪去引號，再執行一次。", "Add or delete the mark in this row and run again."),
)
ZEROS_RESTORED = ProblemKind(
    "leading-zeros-restored",
    Severity.NOTE,
    Text(
        "{column}「{value}」少了開頭的 0，以「{restored}」讀取。", "{column} “{value}” lacks its leading zeros; it is read as “{restored}”."
    ),
    Text("建議將該欄設為文字格式。", "Better set the column's format to text."),
)
ROW_TWICE = ProblemKind(
    "application-twice",
    Severity.WARNING,
    Text(
        "與第 {first} 列的應試號碼與校系代碼相同，採用第 {first} 列。",
        "It has the applicant and department of row {first}, which is taken.",
    ),
    Text("請刪除其中一列。", "Delete one of the rows."),
)
ONE_PERSON_TWO_PACKAGES = ProblemKind(
    "application-two-packages",
    Severity.WARNING,
    Text(
        "應試號碼 {number} 在第 {first} 列的學生是「{one}」，這一列是「{other}」。",
        "Applicant {number} is student “{one}” in row {first} and “{other}” in this one.",
    ),
    Text("請確認應試號碼與學生是否正確。", "Check the applicant number and the student."),
)
STUDENT_NOT_THERE = ProblemKind(
    "student-not-there",
    Severity.NOTE,
    Text(
        "申請表列有學生「{student}」（應試號碼 {number}），但匯出資料裡沒有。",
        "The applications name student “{student}” (applicant {number}), whom the export does not hold.",
    ),
    Text("若應該要有，請確認匯出是否完整。", "If it should, check whether the export is complete."),
)
STUDENT_ZEROS = ProblemKind(
    "student-zeros",
    Severity.NOTE,
    Text(
        "學生「{student}」少了開頭的 0，對應到資料夾「{package}」。", "Student “{student}” lacks leading zeros; the folder is “{package}”."
    ),
    Text("建議將「學生」欄設為文字格式。", "Better set the column 學生 to text."),
)
TABLE_EMPTY = ProblemKind(
    "applications-empty",
    Severity.ERROR,
    Text("申請表沒有任何可用的資料列。", "The applications table has no row that can be used."),
    Text("請確認檔案是否正確。", "Check the file."),
)

NUMBER, DEPARTMENT, STUDENT, TICKS = "應試號碼", "校系代碼", "學生", "勾選項目"
COLUMNS = (NUMBER, DEPARTMENT, STUDENT, TICKS)
"""Columns of the table, in any order."""

_FORMS = {
    NUMBER: (8, re.compile(r"[0-9A-Za-z]{4,12}"), Text("4 到 12 碼的英數字", "four to twelve letters and digits")),
    DEPARTMENT: (6, re.compile(r"[0-9A-Za-z]{6}"), Text("6 碼的英數字", "six letters and digits")),
}
_EATEN = 3
"""Zeros that a spreadsheet can have taken from the front of a code: 學校代碼 begins with two at most."""


_SHOWN = 40
"""Characters of a cell in a sentence: a cell can be as long as a book."""


def read_table(path: Path) -> tuple[tuple[Application, ...], tuple[Problem, ...]]:
    """Read an applications table. Raises `Stop` when it is not there, cannot be read, lacks a column or holds no usable row."""
    rows, problems = read_rows(path, COLUMNS)
    found: dict[tuple[str, str], int] = {}
    people: dict[str, Application] = {}
    applications: list[Application] = []
    collected = list(problems)
    for row in rows:
        application, odd = _application(row)
        collected += odd
        if application is None:
            continue
        key = application.applicant_number, application.department_code
        if key in found:
            collected.append(ROW_TWICE.at(row.where(), first=found[key]))
            continue
        found[key] = row.number
        applications.append(application)
        before = people.setdefault(application.applicant_number, application)
        if before.package_id != application.package_id:
            collected.append(
                ONE_PERSON_TWO_PACKAGES.at(
                    row.where(STUDENT),
                    number=application.applicant_number,
                    first=found[before.applicant_number, before.department_code],
                    one=_short(before.package_id),
                    other=_short(application.package_id),
                )
            )
    if not found:
        raise Stop(*[problem for problem in collected if problem.severity is Severity.ERROR], TABLE_EMPTY.at(Where(file=path.name)))
    return tuple(applications), tuple(collected)


def from_tree(discovery: Discovery) -> tuple[Application, ...]:
    """The applications that the committee's tree is: everything in a folder was ticked."""
    return tuple(
        Application(
            applicant_number=address.applicant_number, department_code=address.department_code, package_id=address.package_id, ticks=None
        )
        for address in discovery.packages
        if address.department_code
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Applications with their packages."""

    pairs: tuple[tuple[Application, PackageAddress], ...]
    """In the applications' order."""
    problems: tuple[Problem, ...]
    """Applications of students who are not there."""
    idle: tuple[PackageAddress, ...]
    """Packages that no application names."""


def match(discovery: Discovery, applications: tuple[Application, ...]) -> Matched:
    """Find the package of each application: by department and number in the committee's tree, by the student's folder in the central export."""
    by_path = {(address.department_code, address.applicant_number): address for address in discovery.packages if address.department_code}
    by_id: dict[str, PackageAddress] = {}
    by_bare: defaultdict[str, list[PackageAddress]] = defaultdict(list)
    for address in discovery.packages:
        by_id.setdefault(address.package_id, address)
        by_bare[address.package_id.lstrip("0")].append(address)
    pairs: list[tuple[Application, PackageAddress]] = []
    problems: list[Problem] = []
    for application in applications:
        student, where = application.package_id, Where(package=application.department_code)
        found = by_path.get((application.department_code, application.applicant_number)) or by_id.get(student)
        bare = by_bare.get(student, []) if student.isdecimal() else []
        if found is None and len(bare) == 1:
            found = bare[0]
            problems.append(STUDENT_ZEROS.at(where, student=_short(student), package=found.package_id))
        if found is None:
            problems.append(STUDENT_NOT_THERE.at(where, student=_short(student), number=application.applicant_number))
        else:
            pairs.append((application, found))
    used = {address for _, address in pairs}
    return Matched(
        pairs=tuple(pairs), problems=tuple(problems), idle=tuple(address for address in discovery.packages if address not in used)
    )


def _application(row: Row) -> tuple[Application | None, list[Problem]]:
    problems = [CELL_MISSING.at(row.where(column), column=column) for column in (NUMBER, DEPARTMENT, STUDENT) if not row.cells[column]]
    codes = {}
    for column in (NUMBER, DEPARTMENT):
        if row.cells[column]:
            codes[column], odd = _code(row, column)
            problems += odd
    ticks, odd = _ticks(row)
    # Ticks may stand one on a line; a line that is none was a row before a quotation mark swallowed it.
    of_lines = [column for column in (NUMBER, DEPARTMENT, STUDENT) if "\n" in row.cells[column]]
    of_lines += [TICKS] if "\n" in row.cells[TICKS] and any(problem.code == TICK_UNREADABLE.code for problem in odd) else []
    if of_lines:
        return None, [CELL_OF_LINES.at(row.where(column), column=column, value=_short(row.cells[column])) for column in of_lines]
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, problems
    # Thousands of rows name the same few departments, and students that stand in folders of that name: one text each is kept.
    department, student = (sys.intern(text) for text in (codes[DEPARTMENT], row.cells[STUDENT]))
    application = Application(applicant_number=codes[NUMBER], department_code=department, package_id=student, ticks=ticks)
    return application, problems + odd


def _code(row: Row, column: str) -> tuple[str, list[Problem]]:
    """The code in a column, leading zeros that a spreadsheet took restored."""
    length, form, words = _FORMS[column]
    value = row.cells[column]
    if value.isascii() and value.isdecimal() and length - _EATEN <= len(value) < length:
        restored = value.zfill(length)
        return restored, [ZEROS_RESTORED.at(row.where(column), column=column, value=value, restored=restored)]
    if form.fullmatch(value) is None:
        return value, [CODE_UNUSABLE.at(row.where(column), column=column, value=_short(value), form=words)]
    return value, []


def _short(words: str) -> str:
    """A cell for a sentence."""
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"


def _ticks(row: Row) -> tuple[tuple[Tick, ...], list[Problem]]:
    """What was ticked, in the order written; what cannot be read is told, never dropped in silence."""
    found: dict[Tick, None] = {}
    problems = []
    for words in re.split(r"[;；\n]+", row.cells[TICKS]):
        if not words.strip():
            continue
        tick = parse_tick(words)
        if tick is None:
            problems.append(TICK_UNREADABLE.at(row.where(TICKS), value=_short(words.strip())))
        elif tick in found:
            problems.append(TICK_TWICE.at(row.where(TICKS), value=_short(words.strip())))
        else:
            found[tick] = None
    return tuple(found), problems
