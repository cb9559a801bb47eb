"""Which students and which departments are previewed. Everything that can be wrong about the choice gets its own sentence."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from reviewer.model.application import Application
from reviewer.model.problem import ExitStatus, Stop, Where
from reviewer.model.selection import Selection
from reviewer.model.text import Text
from reviewer.packages.address import Discovery
from reviewer.packages.discovery import EMPTY_FOLDER, NO_SUCH_FOLDER, NOT_AN_EXPORT
from reviewer.preview.findings import (
    DEPARTMENT_NEEDED,
    HINT_USUAL,
    HINT_WITHIN,
    NOBODY_APPLIES,
    NOTHING_TO_PREVIEW,
    STUDENT_UNKNOWN,
    TARGET_NO_PREVIEW,
    TARGET_WITHIN_UPLOADS,
)
from reviewer.preview.request import PreviewRequest
from reviewer.selection.suggest import nearest

SCHOOL_FILE = "school.toml"
"""What makes a folder a school's uploads."""
MARK = "preview"
"""File in the state folder of a preview: what bears it may be made anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A student who may be previewed."""

    package_id: str
    """學生."""
    number: str
    """應試號碼; what stands for it where none is known."""
    table: tuple[Application, ...]
    """His rows of the applications table."""


def refuse_target(source: Path, out: Path, state: str) -> None:
    """Raise `Stop` when a preview would overwrite a site, or lie within what it shows."""
    within, target = source.resolve(), out.resolve()
    if target.is_relative_to(within) or within.is_relative_to(target):
        raise Stop(TARGET_WITHIN_UPLOADS.at(Where(file=str(out)), source=source), status=ExitStatus.USAGE)
    if (out / state).is_dir() and not (out / state / MARK).is_file():
        raise Stop(TARGET_NO_PREVIEW.at(Where(file=str(out)), out=out), status=ExitStatus.USAGE)


def is_uploads(source: Path) -> bool:
    """Whether a folder is a school's uploads."""
    return (source / SCHOOL_FILE).is_file()


def packages(source: Path, discover: Callable[[], Discovery]) -> Discovery:
    """Find packages. Raises `Stop`, which says what else the folder may be when it holds none."""
    within = sorted(path.parent.relative_to(source).as_posix() for depth in ("*", "*/*") for path in source.glob(f"{depth}/{SCHOOL_FILE}"))
    if within:
        hint = HINT_WITHIN.format(found="、".join(within))
        raise Stop(NOTHING_TO_PREVIEW.at(Where(file=str(source)), path=source, hint=hint), status=ExitStatus.NOTHING)
    try:
        return discover()
    except Stop as stop:
        if stop.problems[0].code not in (EMPTY_FOLDER.code, NOT_AN_EXPORT.code):
            raise
        raise Stop(NOTHING_TO_PREVIEW.at(Where(file=str(source)), path=source, hint=HINT_USUAL), status=ExitStatus.NOTHING) from None


def students(asked: tuple[str, ...], known: Mapping[str, AbstractSet[str]]) -> tuple[str, ...]:
    """The keys of those who were asked for, in their order; all when nobody was. `known` gives every name that a key goes by."""
    if not asked:
        return tuple(known)
    every = {name for names in known.values() for name in names}
    unknown = [name for name in asked if name not in every]
    if unknown:
        raise Stop(*(STUDENT_UNKNOWN.at(Where(), student=name, hint=_hint(name, every)) for name in unknown), status=ExitStatus.USAGE)
    return tuple(key for key, names in known.items() if names & set(asked))


def applications(
    request: PreviewRequest, selections: Mapping[str, Selection], candidates: Mapping[str, Candidate], *, has_table: bool
) -> dict[str, tuple[Application, ...]]:
    """Who is shown to which department, by the candidates' keys. A student who was named is shown even where the table does not have him."""
    if not has_table and not request.departments:
        raise Stop(DEPARTMENT_NEEDED.at(Where(file=str(request.source)), known="、".join(selections)), status=ExitStatus.USAGE)
    found: dict[str, tuple[Application, ...]] = {}
    for key, candidate in candidates.items():
        rows = {row.department_code: row for row in candidate.table if row.department_code in selections}
        if not has_table or request.students:
            number = next((row.applicant_number for row in candidate.table), candidate.number)
            for code in request.departments:
                everything = Application(applicant_number=number, department_code=code, package_id=candidate.package_id, ticks=None)
                rows.setdefault(code, everything)
        if rows:
            found[key] = tuple(rows[code] for code in sorted(rows))
    if not found:
        raise Stop(NOBODY_APPLIES.at(Where(file=str(request.applications or request.source)), codes="、".join(selections)))
    return found


def refuse_missing(source: Path) -> None:
    """Raise `Stop` for a folder that is not there."""
    if not source.exists():
        raise Stop(NO_SUCH_FOLDER.at(Where(file=str(source)), path=source), status=ExitStatus.NOTHING)


def _hint(name: str, known: AbstractSet[str]) -> Text:
    near = nearest(name, known)
    return Text(f"是不是要寫「{near}」？", f"Did you mean “{near}”?") if near else Text("", "")
