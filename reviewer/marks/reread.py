"""The re-read folder: the disputed dossiers alone, with what both raters gave and on which evidence, for a third person to read anew."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from reviewer.marks import findings
from reviewer.marks.former import is_foreign, remove_former
from reviewer.marks.merging import Merged
from reviewer.marks.places import Place, without_record
from reviewer.marks.shapes import DossierMark
from reviewer.marks.words import dimension_names, rater_labels
from reviewer.model.language import Language
from reviewer.model.problem import Problem, Stop, Where
from reviewer.model.text import on_one_line, seen
from reviewer.render.environment import environment
from reviewer.selection.pages import page
from reviewer.selection.rubrics import Rubric
from reviewer.site import disk
from reviewer.site.extract import extract

FOLDER = "reread"
"""Beside the report."""

PAGE = "evidence.html"
"""What the raters gave, in that folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedView:
    """A place that a rater cited."""

    words: str
    """What the desk called it."""
    address: str
    """Where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenView:
    """One dimension by one rater."""

    level: str
    """Name of the level; a dash for none."""
    score: str
    """Exact score; empty for none."""
    cited: tuple[CitedView, ...]
    """His evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionView:
    """A row of a dossier's table."""

    name: str
    """The dimension."""
    given: tuple[GivenView, ...]
    """By rater, in the order of the heads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesView:
    """What one rater wrote."""

    rater: str
    """His label."""
    notes: tuple[tuple[str, str], ...]
    """Item and words; no item for the dossier as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApartView:
    """One thing in which the raters part."""

    name: str
    """The dimension, or the total."""
    given: tuple[tuple[str, str], ...]
    """Rater and what he gave, the higher first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedView:
    """One dossier."""

    anchor: str
    """`d-<folder>`."""
    number: str
    """應試號碼."""
    address: str
    """Its page."""
    desk: str
    """Its place at the desk."""
    why: tuple[ApartView, ...]
    """What parts the raters."""
    raters: tuple[str, ...]
    """Heads of the table."""
    totals: tuple[str, ...]
    """Their totals."""
    dimensions: tuple[DimensionView, ...]
    """Rows."""
    notes: tuple[NotesView, ...]
    """What they wrote."""


def write_reread(merged: Merged, out: Path, beside: Iterable[str]) -> tuple[Path | None, tuple[Problem, ...]]:
    """Leave DIR/reread as this merge has it; returns the folder, if there is one, and what is to be said.

    Where nothing is disputed, there is no site, or the folder cannot be made, one of an earlier merge goes. What this command did not make is left
    alone. Dossiers that the site no longer holds are left out (the report says so). `beside` are the files that are written all the same.
    """
    target, desk, place = out / FOLDER, merged.desk, merged.place
    folders = {number: desk.dossiers[number].folder for number in merged.outcome.disputed if number in desk.dossiers} if desk else {}
    not_made = (findings.REREAD_NOT_MADE.at(Where(), folder=target, files="、".join(beside)),) if folders else ()
    if is_foreign(target):
        return None, (findings.REREAD_FOREIGN.at(Where(), folder=target), *not_made)
    if place is None or not folders:
        return None, remove_former(target)
    if not merged.as_built:
        return None, (*not_made, *remove_former(target))
    try:
        _extract(merged, place, folders, target)
    except Stop as stop:
        why = stop.problems
    except OSError as error:
        why = (findings.WRITE_FAILED.at(Where(), path=target, reason=error.strerror or type(error).__name__),)
    else:
        return target, ()
    disk.remove_tree(target.with_name(f".{target.name}.part"))  # what extract had begun
    return None, (*why, *not_made, *remove_former(target))


def _extract(merged: Merged, place: Place, folders: Mapping[str, str], target: Path) -> None:
    lacking = without_record(place, merged.outcome.department_code)
    if lacking is not None:
        raise Stop(lacking)
    links = {number: f"{PAGE}#d-{folder}" for number, folder in sorted(folders.items())}
    extras = {PAGE: evidence_page(merged, folders)}
    extract(place.site, merged.selection, frozenset(folders), target, extras, {"reread": {"page": PAGE, "dossiers": links}})


def evidence_page(merged: Merged, folders: Mapping[str, str]) -> bytes:
    """The page of both raters' marks and evidence, in the department's language; one file, read-only."""
    language = merged.selection.language
    return page(
        "evidence.html",
        folder="marks",
        style="marks/report.css",
        templates=environment(language),
        code=merged.outcome.department_code,
        department=merged.selection.name.of(language),
        dossiers=[disputed_view(merged, number, folder) for number, folder in sorted(folders.items())],
    )


def disputed_view(merged: Merged, number: str, folder: str) -> DisputedView:
    """One dossier's view: raters in their order, all that they gave."""
    outcome, rubric, language = merged.outcome, merged.rubric, merged.selection.language
    labels = {key: on_one_line(words) for key, words in rater_labels(outcome.raters).items()}
    names, levels = dimension_names(rubric), _level_words(rubric, language)
    own = [mark for mark in outcome.marks if mark.number == number]
    why = tuple(
        ApartView(
            name=names[one.dimension].of(language),
            given=tuple((labels[rater], levels.get(value, value)) for rater, value in zip(one.raters, one.values, strict=True)),
        )
        for one in outcome.differences
        if one.number == number and one.kind in ("total", "level")
    )
    dimensions = tuple(
        DimensionView(name=dimension.name.of(language), given=tuple(_given(mark, index, levels, folder) for mark in own))
        for index, dimension in enumerate(rubric.dimensions)
    )
    notes = tuple(
        NotesView(rater=labels[mark.rater], notes=tuple((note.entry, seen(note.text)) for note in mark.notes)) for mark in own if mark.notes
    )
    return DisputedView(
        anchor=f"d-{folder}",
        number=number,
        address=f"{quote(folder)}/index.html",
        desk=f"index.html#/d/{quote(number)}",
        why=why,
        raters=tuple(labels[mark.rater] for mark in own),
        totals=tuple("–" if mark.total is None else f"{mark.total:.2f}" for mark in own),
        dimensions=dimensions,
        notes=notes,
    )


def _level_words(rubric: Rubric, language: Language) -> Mapping[str, str]:
    """What levels are called in a language, by their ids and by their Chinese names, which findings hold."""
    return {key: level.name.of(language) for level in rubric.levels for key in (level.name.zh, level.id)}


def _given(mark: DossierMark, index: int, levels: Mapping[str, str], folder: str) -> GivenView:
    one = mark.dimensions[index]
    cited = tuple(
        CitedView(words=on_one_line(cite.title) or cite.anchor, address=f"{quote(folder)}/index.html#{quote(cite.anchor)}")
        for cite in mark.evidence
        if cite.dimension == one.dimension
    )
    return GivenView(level=levels.get(one.level, "–"), score="" if one.score is None else f"{one.score:g}", cited=cited)
