"""Krippendorff's alpha: how far raters agree beyond chance. Levels are ordinal, totals interval; missing marks are no disagreement.

The library is NLTK's AnnotationTask (Apache-2.0); the ordinal distance, which depends on how often each level was given, is handed to it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from reviewer.marks.shapes import Agreement, DossierMark
from reviewer.marks.values import level_of
from reviewer.model.text import Text
from reviewer.selection.rubrics import Rubric

LEAST_DOSSIERS = 2
"""Dossiers judged by two raters that alpha needs: with one there is nothing to tell agreement from chance by."""

TOTAL_DECIMALS = 1
"""Decimals of the totals that alpha compares: finer differences say nothing, and the work grows with the square of different values."""

FEW = Text(
    "由兩位以上評分者評過的檔案只有 {count} 份，少於 {least} 份，無法計算。",
    "Dossiers judged by two or more raters: {count}, fewer than {least}; it cannot be computed.",
)
CONSTANT = Text(
    "所有評分都相同，沒有變化可供比較，無法計算（不等於不一致）。",
    "All marks are the same: there is no variation to compare, so it cannot be computed, which is not disagreement.",
)

Judged = Mapping[str, Mapping[str, float]]
"""Values by dossier, then rater."""


def agreements(marks: Sequence[DossierMark], rubric: Rubric) -> tuple[Agreement, ...]:
    """Alpha of each dimension's levels, then of the totals, over these marks."""
    found = []
    for index, dimension in enumerate(rubric.dimensions):
        levels = ((mark.number, mark.rater, level_of(mark.dimensions[index], rubric)) for mark in marks)
        found.append(_agreement(dimension.id, "ordinal", _judged(levels)))
    totals = ((mark.number, mark.rater, None if mark.total is None else round(mark.total, TOTAL_DECIMALS)) for mark in marks)
    return (*found, _agreement("", "interval", _judged(totals)))


def alpha(values: Judged, metric: str) -> float:
    """Krippendorff's alpha of values that are not all the same, over dossiers that two or more judged; `metric` is `ordinal` or `interval`."""
    # It brings a whole toolkit along, which only this command needs.
    from nltk.metrics.agreement import AnnotationTask  # noqa: PLC0415

    data = [(rater, number, value) for number, by_rater in values.items() for rater, value in by_rater.items()]
    distance = _ordinal(values) if metric == "ordinal" else _interval
    return round(float(AnnotationTask(data=data, distance=distance).alpha()), 6)


def _judged(values: Iterable[tuple[str, str, float | None]]) -> dict[str, dict[str, float]]:
    """Values of dossiers that two or more judged; what only one judged cannot be paired."""
    found: dict[str, dict[str, float]] = {}
    for number, rater, value in values:
        if value is not None:
            found.setdefault(number, {})[rater] = value
    return {number: by_rater for number, by_rater in found.items() if len(by_rater) > 1}


def _agreement(dimension: str, metric: str, values: Judged) -> Agreement:
    why_not, found = None, None
    if len(values) < LEAST_DOSSIERS:
        why_not = FEW.format(count=len(values), least=LEAST_DOSSIERS)
    elif len({value for by_rater in values.values() for value in by_rater.values()}) == 1:
        why_not = CONSTANT
    else:
        found = alpha(values, metric)
    return Agreement(dimension=dimension, metric=metric, alpha=found, dossiers=len(values), why_not=why_not)


def _interval(one: float, other: float) -> float:
    return (one - other) ** 2


def _ordinal(values: Judged) -> Callable[[float, float], float]:
    """Distance of two levels: the square of how many marks lie from the middle of one to the middle of the other."""
    counted = Counter(value for by_rater in values.values() for value in by_rater.values())
    ordered = sorted(counted)
    table = {}
    for low_place, low in enumerate(ordered):
        for high_place in range(low_place, len(ordered)):
            high = ordered[high_place]
            between = sum(counted[value] for value in ordered[low_place : high_place + 1]) - (counted[low] + counted[high]) / 2
            table[low, high] = table[high, low] = between**2
    return lambda one, other: table[one, other]
