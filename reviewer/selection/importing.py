"""From a source to department files: first a plan with every fault and a diff to look at, then the writing, which nothing but the plan decides."""

import difflib
import os
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.model.problem import ExitStatus, Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.selection import faults
from reviewer.selection.config import surroundings
from reviewer.selection.departments import Surroundings, check_department
from reviewer.selection.schema import as_text
from reviewer.selection.table_reading import SourceRow, read_source
from reviewer.selection.toml_files import read_toml
from reviewer.selection.toml_writing import changed_department, new_department, plain_name

WRITE_FAILED = ProblemKind(
    "config-write-failed",
    Severity.ERROR,
    Text("無法寫入：{reason}。", "It cannot be written: {reason}."),
    Text("請確認資料夾的權限與磁碟空間。", "Check the folder's permissions and the disk's space."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One department file, before and after."""

    code: str
    """校系代碼."""
    name: str
    """File name relative to the configuration folder."""
    before: str
    """Its text; empty when it is new."""
    after: str
    """Its text to be."""

    @property
    def diff(self) -> str:
        """A unified diff."""
        lines = difflib.unified_diff(
            self.before.splitlines(), self.after.splitlines(), self.name if self.before else "/dev/null", self.name, n=1, lineterm=""
        )
        return "\n".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do."""

    changes: tuple[Change, ...]
    """Files that would be written, by code."""
    unchanged_count: int
    """Departments of the source whose file says the same already."""
    problems: tuple[Problem, ...]
    """Faults of the source, and of what would be written."""

    @property
    def sound(self) -> bool:
        """Whether it may be carried out."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def plan_import(source: Path, folder: Path, department: str = "") -> Plan:
    """Read a source against a configuration folder. Raises `Stop` when the source is no table or the folder's site.toml is faulty."""
    around = sound_surroundings(folder)
    rows, problems = read_source(source, around.code_sets, around.site.code_set, department)
    changes = []
    for row in rows:
        change, found = plan_row(row, around)
        problems += found
        changes += [change] if change is not None else []
    ordered = tuple(sorted((change for change in changes if change.before != change.after), key=lambda change: change.code))
    return Plan(changes=ordered, unchanged_count=len(changes) - len(ordered), problems=problems)


def plan_new(folder: Path, code: str, settings: Mapping[str, Any]) -> tuple[Change, tuple[Problem, ...]]:
    """A new department's file, with every fault that it would have. Raises `Stop` when there is one already, or site.toml is faulty."""
    around = sound_surroundings(folder)
    name = f"departments/{code}.toml"
    if (folder / name).exists():
        raise Stop(faults.DEPARTMENT_EXISTS.at(Where(file=name), code=code), status=ExitStatus.USAGE)
    text = new_department({"code": code, **settings})
    _, problems = check_department(tomllib.loads(text), code, around)
    return Change(code=code, name=name, before="", after=text), problems


def sound_surroundings(folder: Path) -> Surroundings:
    """What department files refer to; raise `Stop` (status USAGE) when any of it is faulty or the folder is not there."""
    if not folder.is_dir():
        raise Stop(faults.FOLDER_MISSING.at(Where(file=str(folder)), folder=folder), status=ExitStatus.USAGE)
    around, found = surroundings(folder)
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    if errors:
        raise Stop(*errors, status=ExitStatus.USAGE)
    return around


def plan_row(row: SourceRow, around: Surroundings) -> tuple[Change | None, tuple[Problem, ...]]:
    """What one department's file would become; None when the present file cannot be read."""
    name = f"departments/{row.code}.toml"
    path = around.folder / name
    settings = {"code": row.code, **row.settings}
    if path.is_file():
        data, problems = read_toml(path, name)
        if data is None:
            return None, problems
        before = path.read_text(encoding="utf-8-sig")
        after = changed_department(before, _telling(settings, data, around))
    else:
        before, after = "", new_department(_telling({"name": row.code, **settings}, {}, around))
    _, problems = check_department(tomllib.loads(after), row.code, around)
    problems = tuple(problem for problem in problems if problem.severity is Severity.ERROR)
    return Change(code=row.code, name=name, before=before, after=after), problems


def _telling(settings: Mapping[str, Any], present: Mapping[str, Any], around: Surroundings) -> dict[str, Any]:
    """The settings without those that only repeat what holds anyway: a table names the university and the limits in every row."""
    code_set = around.code_sets.get(str(settings.get("code_set") or around.site.code_set))
    usual = {
        "university_code": around.site.university_code,
        "university_name": as_text(around.site.university_name).zh,
        "admission_year": around.site.admission_year,
        "code_set": around.site.code_set,
        "max_outcomes": code_set.max_outcomes if code_set else None,
        "max_performances": code_set.max_performances if code_set else None,
    }
    return {key: value for key, value in settings.items() if key in present or key not in usual or plain_name(value) != usual[key]}


def write_changes(folder: Path, changes: tuple[Change, ...]) -> None:
    """Write every file whole, each in one step; raise `Stop` when that fails."""
    for change in changes:
        write_text(folder / change.name, change.after)


def write_text(path: Path, text: str) -> None:
    """Write a text file in one step: beside it first, then in its place."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except OSError as error:
        raise Stop(WRITE_FAILED.at(Where(file=str(path)), reason=error.strerror or type(error).__name__)) from error
