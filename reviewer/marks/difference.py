"""The difference check (差分檢核) by the rubric's rules: which dossiers, and which pairs of raters, a department must look at again. Pure."""

import itertools
from collections.abc import Iterator, Sequence

from reviewer.marks.shapes import Cut, Difference, DossierMark, DossierResult, RaterResult
from reviewer.marks.values import level_of
from reviewer.selection.rubrics import Rubric

CUT_DECIMALS = 2
"""Decimals to which means are equal at the line of admission, as they are published."""


def differences(
    marks: Sequence[DossierMark], dossiers: Sequence[DossierResult], raters: Sequence[RaterResult], rubric: Rubric, cut: Cut | None
) -> tuple[Difference, ...]:
    """Every finding, dossiers by number first, then pairs of raters, then ties."""
    first = [rater for rater in raters if not rater.reread]
    again = {result.number for result in dossiers if result.rereads}
    by_number: dict[str, list[DossierMark]] = {}
    for mark in marks:
        if not mark.reread:
            by_number.setdefault(mark.number, []).append(mark)
    found: list[Difference] = []
    for result in dossiers:
        reread = result.number in again
        found += _totals(result, rubric, reread=reread)
        found += _levels(result.number, by_number.get(result.number, []), rubric, reread=reread)
    found += _rater_means(first, rubric)
    means = {result.number: result.mean for result in dossiers}
    found += [
        Difference(kind="tie", number=number, dimension="", raters=(), values=(f"{means[number]:.2f}",), apart=0.0, reread=number in again)
        for number in (cut.tied if cut else ())
    ]
    return tuple(found)


def disputed(found: Sequence[Difference]) -> tuple[str, ...]:
    """Dossiers that a third person should read: those whose raters part, and that nobody has re-read yet."""
    return tuple(sorted({finding.number for finding in found if finding.kind in ("total", "level") and not finding.reread}))


def cut_at(admitted: int | None, dossiers: Sequence[DossierResult], rubric: Rubric) -> Cut | None:
    """The line of admission by mean total; dossiers that too few raters completed are not counted."""
    if admitted is None or not rubric.ties_at_cut:
        return None
    means = {result.number: round(result.mean, CUT_DECIMALS) for result in dossiers if result.enough and result.mean is not None}
    ordered = sorted(means.values(), reverse=True)
    if len(ordered) < admitted:
        return Cut(admitted=admitted, line=None, tied=())
    line = ordered[admitted - 1]
    split = len(ordered) > admitted and ordered[admitted] == line
    return Cut(admitted=admitted, line=line, tied=tuple(sorted(number for number, mean in means.items() if mean == line)) if split else ())


def _totals(result: DossierResult, rubric: Rubric, *, reread: bool) -> Iterator[Difference]:
    if result.difference is not None and result.difference > rubric.max_total_difference:
        high = max(result.totals, key=lambda total: total.total)
        low = min(result.totals, key=lambda total: total.total)
        yield Difference(
            kind="total",
            number=result.number,
            dimension="",
            raters=(high.rater, low.rater),
            values=(f"{high.total:.2f}", f"{low.total:.2f}"),
            apart=result.difference,
            reread=reread,
        )


def _levels(number: str, marks: Sequence[DossierMark], rubric: Rubric, *, reread: bool) -> Iterator[Difference]:
    for index, dimension in enumerate(rubric.dimensions):
        placed = [(place, mark.rater) for mark in marks if (place := level_of(mark.dimensions[index], rubric)) is not None]
        if len(placed) < 2:
            continue
        best, least = min(placed, key=lambda pair: pair[0]), max(placed, key=lambda pair: pair[0])
        apart = least[0] - best[0]
        if apart >= rubric.level_difference:
            yield Difference(
                kind="level",
                number=number,
                dimension=dimension.id,
                raters=(best[1], least[1]),
                values=(rubric.levels[best[0]].name.zh, rubric.levels[least[0]].name.zh),
                apart=float(apart),
                reread=reread,
            )


def _rater_means(raters: Sequence[RaterResult], rubric: Rubric) -> Iterator[Difference]:
    for one, other in itertools.combinations(raters, 2):
        if one.mean is None or other.mean is None:
            continue
        high, low = (one, other) if one.mean >= other.mean else (other, one)
        apart = round((high.mean or 0.0) - (low.mean or 0.0), 6)
        if apart > rubric.max_rater_mean_difference:
            yield Difference(
                kind="rater-means",
                number="",
                dimension="",
                raters=(high.id, low.id),
                values=(f"{high.mean:.2f}", f"{low.mean:.2f}"),
                apart=apart,
                reread=False,
            )
