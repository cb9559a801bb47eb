"""Rehearsal: anchor dossiers that everybody marks first; what was agreed there beside what is agreed since. Pure."""

from collections.abc import Iterator, Sequence

from reviewer.marks import findings
from reviewer.marks.agreement import agreements
from reviewer.marks.shapes import DossierMark, Rehearsal, RehearsalRater
from reviewer.marks.statistics import severity, totals_by_dossier
from reviewer.model.problem import Problem, Where
from reviewer.selection.rubrics import Rubric


def rehearsal(numbers: Sequence[str], marks: Sequence[DossierMark], raters: Sequence[str], rubric: Rubric) -> Rehearsal | None:
    """Compare; `marks` and `raters` are of first readers. None without anchor dossiers."""
    if not numbers:
        return None
    anchors = frozenset(numbers)
    on = [mark for mark in marks if mark.number in anchors]
    since = [mark for mark in marks if mark.number not in anchors]
    totals_on, totals_since = totals_by_dossier(on), totals_by_dossier(since)
    return Rehearsal(
        numbers=tuple(dict.fromkeys(numbers)),
        agreement=agreements(on, rubric),
        since=agreements(since, rubric),
        raters=tuple(
            RehearsalRater(
                rater=rater,
                started=sum(mark.rater == rater and any(one.points is not None for one in mark.dimensions) for mark in on),
                marked=sum(mark.rater == rater and mark.total is not None for mark in on),
                first=_first(rater, on, since),
                severity=severity(rater, totals_on)[0],
                severity_since=severity(rater, totals_since)[0],
            )
            for rater in raters
        ),
    )


def rehearsal_problems(numbers: Sequence[str], marks: Sequence[DossierMark]) -> Iterator[Problem]:
    """Anchor dossiers that nobody marked."""
    marked = {mark.number for mark in marks}
    return (findings.ANCHOR_UNKNOWN.at(Where(package=number), number=number) for number in dict.fromkeys(numbers) if number not in marked)


def _first(rater: str, on: Sequence[DossierMark], since: Sequence[DossierMark]) -> bool | None:
    """Whether his anchor dossiers come before all others in his order of reading."""
    turns_on = [mark.turn for mark in on if mark.rater == rater]
    turns_since = [mark.turn for mark in since if mark.rater == rater]
    known_on, known_since = [turn for turn in turns_on if turn], [turn for turn in turns_since if turn]
    if not turns_on or len(known_on) < len(turns_on) or len(known_since) < len(turns_since):
        return None
    return max(known_on) < min(known_since, default=max(known_on) + 1)
