"""A rater's record of a dossier as marks: levels, exact scores, points and the weighted total; what two versions disagree about has no value."""

from collections.abc import Iterator
from typing import Any

from reviewer.marks import findings
from reviewer.marks.gathering import RaterFiles
from reviewer.marks.shapes import Conflict, DimensionMark, DossierMark, Evidence, Note
from reviewer.marks.versions import Record, differing
from reviewer.marks.words import as_words
from reviewer.model.problem import Problem, Where
from reviewer.selection.rubrics import Dimension, Level, Rubric

DIGITS = 6
"""Decimals to which totals are rounded, so that 15 points apart are 15 and not 15.000000000000002."""


def marks_of(rater: RaterFiles, rubric: Rubric) -> tuple[tuple[DossierMark, ...], tuple[Conflict, ...], tuple[Problem, ...]]:
    """All dossiers on which a rater gave at least one mark, his open conflicts, and what could not be counted."""
    marks: list[DossierMark] = []
    conflicts: list[Conflict] = []
    problems: list[Problem] = []
    unknown: dict[str, int] = {}
    known = {dimension.id for dimension in rubric.dimensions}
    for number, record in sorted(rater.dossiers.items()):
        conflicts += _conflicts(rater.id, number, record)
        dimensions = []
        for dimension in rubric.dimensions:
            mark, found = _dimension_mark(record, dimension, rubric, Where(file=rater.name, package=number))
            dimensions.append(mark)
            problems += found
        for field in record["fields"]:
            kind, _, of = field.partition(":")
            if kind in ("level", "score") and of not in known and _value(record, field) is not None:
                unknown[of] = unknown.get(of, 0) + 1
        mark_given = any(mark.points is not None for mark in dimensions)
        if mark_given or any(field.startswith(("level:", "score:")) for field in record["fields"]):
            marks.append(_dossier_mark(rater, number, record, tuple(dimensions), rubric))
    problems += [findings.UNKNOWN_DIMENSION.at(Where(file=rater.name), dimension=of, count=count) for of, count in sorted(unknown.items())]
    return tuple(marks), tuple(conflicts), tuple(problems)


def middle(level: Level) -> float:
    """Points of a level without an exact score."""
    return (level.low + level.high) / 2


def level_of(mark: DimensionMark, rubric: Rubric) -> int | None:
    """Place of the level among the rubric's, from 0 for the best; where only a score was given, of the level in whose range it lies."""
    for index, level in enumerate(rubric.levels):
        if mark.level == level.id or (not mark.level and mark.score is not None and mark.score >= level.low):
            return index
    return None


def _value(record: Record, field: str) -> Any:
    """The value of a field; None when it was never set, was taken away, or two versions disagree."""
    versions = record["fields"].get(field)
    return versions[0]["value"] if versions and not _is_torn(record, field) else None


def _is_torn(record: Record, field: str) -> bool:
    """Whether two versions disagree."""
    versions = record["fields"].get(field, ())
    return len(versions) > 1 and len(differing(versions)) > 1


def _conflicts(rater: str, number: str, record: Record) -> Iterator[Conflict]:
    for field, versions in sorted(record["fields"].items()):
        if len(versions) > 1:
            values = differing(versions)
            if len(values) > 1:
                yield Conflict(rater=rater, number=number, field=field, values=tuple(as_words(value) for value in values))


def _dimension_mark(record: Record, dimension: Dimension, rubric: Rubric, where: Where) -> tuple[DimensionMark, list[Problem]]:
    problems = []
    level_id, score = _value(record, f"level:{dimension.id}"), _value(record, f"score:{dimension.id}")
    level = next((each for each in rubric.levels if each.id == level_id), None)
    name = dimension.name
    if level_id and level is None:
        problems.append(findings.UNKNOWN_LEVEL.at(where, dimension=name, level=level_id))
    low, high = rubric.levels[-1].low, rubric.levels[0].high
    if score is not None and not low <= score <= high:
        problems.append(findings.SCORE_RANGE.at(where, dimension=name, score=f"{score:.15g}", low=f"{low:g}", high=f"{high:g}"))
        score = None
    # Ranges are written in whole numbers (80–89, 90–100): what lies between two of them belongs to the lower level.
    above = min((each.low for each in rubric.levels if level is not None and each.low > level.low), default=float("inf"))
    if level is not None and score is not None and not (level.low <= score <= level.high or level.high < score < above):
        facts = {"score": f"{score:.15g}", "low": f"{level.low:g}", "high": f"{level.high:g}"}
        problems.append(findings.SCORE_OFF_LEVEL.at(where, dimension=name, level=level.name, **facts))
    points = float(score) if score is not None else middle(level) if level is not None else None
    if any(_is_torn(record, f"{kind}:{dimension.id}") for kind in ("level", "score")):
        points = None  # neither side's, and no middle between them
    made = DimensionMark(
        dimension=dimension.id, level=level.id if level else "", score=None if score is None else float(score), points=points
    )
    return made, problems


def _dossier_mark(rater: RaterFiles, number: str, record: Record, dimensions: tuple[DimensionMark, ...], rubric: Rubric) -> DossierMark:
    fields = record["fields"]
    weighed = [(mark, dimension.weight) for mark, dimension in zip(dimensions, rubric.dimensions, strict=True) if dimension.weight > 0]
    missing = tuple(mark.dimension for mark, _ in weighed if mark.points is None)
    total = None if missing else round(sum((mark.points or 0.0) * weight for mark, weight in weighed) / 100, DIGITS)
    readings = record["reading"].values()
    given = {version["on"] for field, versions in fields.items() if field.startswith(("level:", "score:")) for version in versions}
    return DossierMark(
        number=number,
        rater=rater.id,
        dimensions=dimensions,
        total=total,
        missing=missing,
        reread=number in rater.rereads,
        done=_value(record, "graded") is True,
        flag=_value(record, "flag") or "",
        evidence=tuple(_evidence(record)),
        notes=tuple(
            Note(entry=field.partition(":")[2], text=words)
            for field in sorted(fields)
            if field.partition(":")[0] == "note" and (words := _value(record, field))
        ),
        turn=min((reading["turn"] for reading in readings), default=None),
        seconds=sum(reading["seconds"] for reading in readings),
        given_on=tuple(sorted(given)),
    )


def _evidence(record: Record) -> Iterator[Evidence]:
    for field in sorted(record["fields"]):
        kind, _, rest = field.partition(":")
        value = _value(record, field) if kind == "evidence" else None
        if value is not None:
            dimension, _, anchor = rest.partition(":")
            yield Evidence(dimension=dimension, anchor=anchor, title=value["title"])
