"""Means, standard deviations and z-scores by rater, and each rater's distance from those who read the same dossiers. Pure."""

import math
from collections.abc import Iterable, Mapping, Sequence

from reviewer.marks.gathering import RaterFiles
from reviewer.marks.shapes import DossierMark, DossierResult, RaterResult, Total
from reviewer.marks.values import DIGITS
from reviewer.model.text import Text

LEAST_DOSSIERS = 5
"""Complete dossiers that a rater needs for z-scores: with fewer, one dossier decides his mean and spread."""

TOO_FEW = Text(
    "只有 {count} 份完整的評分，少於 {least} 份，標準化沒有意義。",
    "Complete dossiers: {count}, fewer than {least}; standardising would mean nothing.",
)
NO_SPREAD = Text("所有總分都相同，沒有離散可供標準化。", "All totals are the same: there is no spread to standardise by.")

Totals = Mapping[str, Mapping[str, float]]
"""Complete totals by dossier, then rater."""


def totals_by_dossier(marks: Iterable[DossierMark]) -> dict[str, dict[str, float]]:
    """Complete totals of first readings."""
    found: dict[str, dict[str, float]] = {}
    for mark in marks:
        if mark.total is not None and not mark.reread:
            found.setdefault(mark.number, {})[mark.rater] = mark.total
    return found


def mean(values: Sequence[float]) -> float | None:
    """Arithmetic mean; None of nothing."""
    return round(math.fsum(values) / len(values), DIGITS) if values else None


def spread(values: Sequence[float]) -> float | None:
    """Standard deviation with n − 1; None with fewer than two."""
    if len(values) < 2:
        return None
    middle = math.fsum(values) / len(values)
    return round(math.sqrt(math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1)), DIGITS)


def severity(rater: str, totals: Totals) -> tuple[float | None, int]:
    """Mean distance of a rater's totals from the mean of the others on the same dossiers, and how many he shares with others."""
    distances = []
    for by_rater in totals.values():
        others = [total for other, total in by_rater.items() if other != rater]
        if rater in by_rater and others:
            distances.append(by_rater[rater] - math.fsum(others) / len(others))
    return mean(distances), len(distances)


def rater_result(rater: RaterFiles, marks: Sequence[DossierMark], totals: Totals) -> RaterResult:
    """One rater's figures; `marks` are his own, `totals` those of all first readers."""
    own = [mark.total for mark in marks if mark.total is not None]
    deviation = spread(own)
    why_not = None
    if len(own) < LEAST_DOSSIERS:
        why_not = TOO_FEW.format(count=len(own), least=LEAST_DOSSIERS)
    elif not deviation:
        why_not = NO_SPREAD
    distance, shared = severity(rater.id, totals)
    return RaterResult(
        id=rater.id,
        name=rater.name,
        files=rater.files,
        reread=bool(marks) and all(mark.reread for mark in marks),
        started=sum(any(mark.points is not None for mark in dossier.dimensions) for dossier in marks),
        complete=len(own),
        undeclared=sum(mark.total is not None and not mark.done for mark in marks),
        mean=mean(own),
        spread=deviation,
        severity=distance,
        shared=shared,
        standardised=why_not is None,
        why_not=why_not,
    )


def dossier_results(marks: Iterable[DossierMark], raters: Sequence[RaterResult], least_raters: int) -> tuple[DossierResult, ...]:
    """Every dossier over all raters, by number."""
    by_id = {rater.id: rater for rater in raters}
    places = {rater.id: place for place, rater in enumerate(raters)}
    by_number: dict[str, list[DossierMark]] = {}
    for mark in marks:
        by_number.setdefault(mark.number, []).append(mark)
    made = []
    for number, own in sorted(by_number.items()):
        own.sort(key=lambda mark: places[mark.rater])
        first = [_total(mark.total, by_id[mark.rater]) for mark in own if mark.total is not None and not mark.reread]
        again = [_total(mark.total, by_id[mark.rater]) for mark in own if mark.total is not None and mark.reread]
        points = [total.total for total in first]
        standard = [total.z for total in first if total.z is not None]
        made.append(
            DossierResult(
                number=number,
                totals=tuple(first),
                rereads=tuple(again),
                mean=mean(points),
                mean_z=mean(standard) if len(standard) == len(first) else None,
                difference=round(max(points) - min(points), DIGITS) if len(points) > 1 else None,
                enough=len(points) >= least_raters,
            )
        )
    return tuple(made)


def _total(total: float, rater: RaterResult) -> Total:
    usable = rater.standardised and rater.mean is not None and rater.spread
    z = round((total - (rater.mean or 0.0)) / (rater.spread or 1.0), DIGITS) if usable else None
    return Total(rater=rater.id, total=total, z=z)
