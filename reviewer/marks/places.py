"""What --site names: a site as `reviewer build` wrote it, or one department's folder of it, also a copy that was handed on by itself."""

from dataclasses import dataclass
from pathlib import Path

from reviewer.marks import findings
from reviewer.marks.desk_data import FILE, DeskData, is_for_rereading, read_desk
from reviewer.model.canonical import canonical_sha256
from reviewer.model.problem import Problem, Stop, Where
from reviewer.model.selection import Selection
from reviewer.site import layout, record


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a department's dossiers lie."""

    site: Path
    """The site; what holds the department's folder."""
    folder: Path
    """The department's folder."""


def department_place(named: Path, code: str) -> Place:
    """The department's folder in or at the folder that was named; raise `Stop` with the folder that is meant when it is neither."""
    below, itself = Place(site=named, folder=named / code), Place(site=named.resolve().parent, folder=named)
    for place in (below, itself):
        if (place.folder / FILE).is_file():
            return place
    # Without desk data, as older versions wrote it: reading will say so.
    if below.folder.is_dir():
        return below
    if named.resolve().name == code:
        return itself
    raise Stop(findings.SITE_ELSEWHERE.at(Where(), folder=named, code=code))


def read_place(place: Place, code: str) -> DeskData:
    """The desk data there; raise `Stop` when it cannot be compared with."""
    desk = read_desk(place.folder, code)
    if is_for_rereading(desk.raw):
        raise Stop(findings.SITE_REREAD.at(Where(), folder=place.folder, code=code))
    return desk


def without_record(place: Place, code: str) -> Problem | None:
    """Why nothing can be taken out of the folder: its build record did not come with it."""
    record = layout.Paths(place.site).record(code)
    if record.is_file() and place.folder.resolve() == layout.Paths(place.site).department(code).resolve():
        return None
    return findings.SITE_WITHOUT_RECORD.at(Where(), folder=place.folder, record=record)


def configured_otherwise(place: Place, selection: Selection, config: Path) -> Problem | None:
    """Whether the folder's build record says that it was built with other settings; None also where no record came with the folder."""
    code = selection.department_code
    first = None if without_record(place, code) else next(record.results(layout.Paths(place.site).record(code)), None)
    if first is None or first.inputs.selection == canonical_sha256(selection):
        return None
    return findings.SITE_CONFIGURED_OTHERWISE.at(Where(file=str(config)), config=config, folder=place.folder, code=code)
