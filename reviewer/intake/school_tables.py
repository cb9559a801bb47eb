"""Tables of a school beside its rosters: 課程計畫.csv, 造字/造字.csv, the applicants' table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.intake import grids
from reviewer.intake.kinds import heading
from reviewer.intake.rosters import Reading
from reviewer.model.application import Application
from reviewer.model.problem import ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.packages import applications as tables

APPLICATION_OF_NOBODY = ProblemKind(
    "application-of-nobody",
    Severity.WARNING,
    Text(
        "申請名單的學生「{student}」（應試號碼 {number}）不在學生資料裡，這一列不會用到。",
        "Student “{student}” (applicant {number}) of the table of applications is not in the roster of students; the row is of no use.",
    ),
    Text("請更正「學生」欄：填學號，或學生資料的「學生」。", "Correct the column 學生: the 學號, or 學生 of the roster of students."),
)

_SHOWN = 40
"""Characters of a cell in a sentence."""

PLAN, GLYPHS = "課程計畫.csv", "造字/造字.csv"
APPLICANTS = ("申請名單.csv", "申請名單.xlsx")
"""Where an upload may hold its applicants' table."""

_CODE_POINT = re.compile(r"(?:U\+|0x|\\u)?([0-9A-Fa-f]{4,6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A course of the approved plan."""

    code: str
    """課程代碼; empty in experimental education."""
    name: str
    """課程名稱."""
    text: str
    """課程說明."""
    note: str
    """備註, where inquiry courses say which subjects they span [S29]."""
    where: Where
    """Its row."""


def read_plan(folder: Path, reading: Reading) -> tuple[PlanRow, ...]:
    """課程計畫.csv; empty when there is none."""
    return tuple(
        PlanRow(
            code=cells.get("課程代碼", ""),
            name=cells.get("課程名稱", ""),
            text=cells.get("課程說明", ""),
            note=cells.get("備註", ""),
            where=where,
        )
        for where, cells in _table(folder, PLAN, reading)
    )


def read_glyph_rows(folder: Path, reading: Reading) -> Mapping[int, Mapping[str, str]]:
    """造字/造字.csv by code point; rows whose 碼位 cannot be read are left to the reader of packages."""
    found = {}
    for _, cells in _table(folder, GLYPHS, reading):
        words = cells.get("碼位", "")
        match = _CODE_POINT.fullmatch(words)
        point = ord(words) if len(words) == 1 else int(match[1], 16) if match else 0
        if point:
            found[point] = cells
    return found


def read_applications(
    folder: Path, given: Path | None, reading: Reading, packages: Mapping[str, str]
) -> Mapping[str, tuple[Application, ...]]:
    """Applications by package: the table that was given, else the upload's own; none when there is neither. Raises `Stop` when a given one cannot be read.

    `packages` gives the package's id by whatever may stand under 學生: the id itself, 學號. Rows of nobody are told.
    """
    own = next((folder / name for name in APPLICANTS if (folder / name).is_file()), None)
    path = given or own
    if path is None:
        return {}
    try:
        rows, problems = tables.read_table(path)
    except Stop as stop:
        if given is not None:
            raise
        rows, problems = (), stop.problems
    for problem in problems:
        reading.tell(problem)
    bare: dict[str, set[str]] = {}
    for name, package in packages.items():
        bare.setdefault(name.lstrip("0"), set()).add(package)
    found: dict[str, list[Application]] = {}
    for application in rows:
        student = application.package_id
        like = bare.get(student, set()) if student.isdecimal() else set()
        package = packages.get(student) or (next(iter(like)) if len(like) == 1 else "")
        where = Where(file=path.name, package=application.department_code)
        if not package:
            reading.tell(APPLICATION_OF_NOBODY.at(where, student=student[:_SHOWN], number=application.applicant_number))
        elif student not in packages:
            reading.tell(tables.STUDENT_ZEROS.at(where, student=student, package=package))
        found.setdefault(package or student, []).append(replace(application, package_id=package or student))
    return {package: tuple(applications) for package, applications in found.items()}


def _table(folder: Path, name: str, reading: Reading) -> list[tuple[Where, dict[str, str]]]:
    path = folder / name
    if not path.is_file() or path.is_symlink():
        return []
    opened, problems = grids.open_csv(path, name)
    for problem in problems:
        reading.tell(problem)
    for grid in opened:
        rows = grid.rows
        for problem in grid.problems:
            reading.tell(problem)
        headings = [heading(cell) for cell in rows[0][1]] if rows else []
        return [(grid.where(number), {key: cell for key, cell in zip(headings, cells, strict=False) if cell}) for number, cells in rows[1:]]
    return []
