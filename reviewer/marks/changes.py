"""Marks that were given on a dossier which has changed since, and in which slots. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from reviewer.marks import findings
from reviewer.marks.desk_data import DeskData, Standing
from reviewer.marks.gathering import RaterFiles
from reviewer.marks.shapes import Changed, DossierMark
from reviewer.model.problem import Problem, Where


def changed_since(marks: Iterable[DossierMark], raters: Iterable[RaterFiles], desk: DeskData) -> tuple[Changed, ...]:
    """Every mark that was not, or not only, given on the dossier as it stands; in the marks' order."""
    records = {rater.id: rater.dossiers for rater in raters}
    found = []
    for mark in marks:
        standing = desk.dossiers.get(mark.number)
        former = [sha256 for sha256 in mark.given_on if standing is not None and sha256 != standing.sha256]
        if standing is None or not former:
            continue
        bases = records[mark.rater][mark.number]["bases"]
        slots = {slot for sha256 in former for slot in _slots_apart(bases.get(sha256, {}), standing)}
        # In the department's order; a slot that the department no longer takes comes last.
        ordered = [slot for slot in desk.titles if slot in slots] + sorted(slots - desk.titles.keys())
        known = all(bases.get(sha256) for sha256 in former)
        titles = tuple(desk.titles.get(slot) or slot.removeprefix("s-").replace("-", "/") for slot in ordered)
        found.append(Changed(rater=mark.rater, number=mark.number, slots=titles if known else (), known=known))
    return tuple(found)


def no_longer_there(marks: Iterable[DossierMark], desk: DeskData) -> Iterator[Problem]:
    """Dossiers with marks that the folder does not hold."""
    numbers = sorted({mark.number for mark in marks} - desk.dossiers.keys())
    return (findings.NOT_IN_SITE.at(Where(package=number), number=number) for number in numbers)


def _slots_apart(former: Mapping[str, str], standing: Standing) -> Iterator[str]:
    return (slot for slot in former.keys() | standing.slots.keys() if former.get(slot) != standing.slots.get(slot))
