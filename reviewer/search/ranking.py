"""Which dossiers a query finds and in what order: exact substrings of the normalised text, ranked in whole numbers. Its twin is search-rank.js.

For each word, with tf occurrences (not overlapping) in the places that count and df dossiers that hold it:
`score += idf[df] · tf · 2200000 // (tf · 1000 + kd[dossier])`. Ties go by 應試號碼. Within a dossier, places with more of the words come first.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reviewer.search.collection import Collection, Place, Searchable
from reviewer.search.query import Filter, Query

GAIN = 2_200_000
"""(k1 + 1) in millionths."""

MOST_OCCURRENCES = 100_000
"""Counted at most, so that every product stays exact in a browser's numbers (below 2**53)."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place in which words of the query stand."""

    place: Place
    """Where."""
    words: int
    """How many different words of the query."""
    occurrences: int
    """How often, all words together."""


@dataclass(frozen=True, slots=True)
class FoundDossier:
    """A dossier that the query finds."""

    dossier: Searchable
    """Which."""
    score: int
    """Its weight; 0 when the query has no words."""
    occurrences: int
    """How often the words occur in the places that count."""
    places: tuple[FoundPlace, ...]
    """Those with the most different words first, else in reading order."""


def evaluate(collection: Collection, query: Query) -> tuple[FoundDossier, ...]:
    """Answer a query without an error; in the order of rank."""
    narrowed = bool(query.excluded or any(each.field != "applicant" for each in query.filters))
    candidates: list[tuple[Searchable, tuple[Place, ...] | None, list[int]]] = []
    df = [0] * len(query.terms)
    for dossier in collection.dossiers:
        if not _is_applicant(dossier, query.filters):
            continue
        places = counting_places(dossier, query) if narrowed else None
        if places == ():
            continue
        counts = [_count(dossier, places, term) for term in query.terms]
        for index, count in enumerate(counts):
            df[index] += count > 0
        if all(counts):
            candidates.append((dossier, places, counts))
    idf = collection.tables["idf"]
    weights = [idf[each] for each in df]
    found = [
        FoundDossier(dossier, score(weights, counts, dossier.kd), sum(counts), _found_places(dossier, places, query.terms))
        for dossier, places, counts in candidates
    ]
    return tuple(sorted(found, key=lambda each: (-each.score, each.dossier.index)))


def score(weights: Iterable[int], counts: Iterable[int], kd: int) -> int:
    """The formula."""
    pairs = ((weight, min(count, MOST_OCCURRENCES)) for weight, count in zip(weights, counts, strict=True))
    return sum(weight * count * GAIN // (count * 1000 + kd) for weight, count in pairs)


def facets(found: Iterable[FoundDossier]) -> Mapping[str, Mapping[str, int]]:
    """Places found, by code, source, semester and what the entry carries."""
    counted: dict[str, Counter[str]] = {"code": Counter(), "source": Counter(), "semester": Counter(), "has": Counter()}
    for dossier in found:
        for each in dossier.places:
            counted["code"].update(each.place.codes)
            counted["source"][each.place.source] += 1
            counted["has"].update(each.place.has)
            if each.place.semester:
                counted["semester"][each.place.semester] += 1
    return {name: dict(sorted(values.items())) for name, values in counted.items()}


def counting_places(dossier: Searchable, query: Query) -> tuple[Place, ...]:
    """Places that the fields admit and in which no excluded word stands."""
    text = dossier.record.text
    return tuple(
        place
        for place in dossier.places
        if admits(place, query.filters) and not any(text.find(word, place.start, place.end) >= 0 for word in query.excluded)
    )


def admits(place: Place, filters: Iterable[Filter]) -> bool:
    """Whether a place agrees with all fields; values of one field are alternatives."""
    wanted: dict[str, bool] = {}
    for each in filters:
        if each.field == "applicant":
            continue
        fits = _fits(place, each)
        if each.excluded and fits:
            return False
        if not each.excluded:
            wanted[each.field] = wanted.get(each.field, False) or fits
    return all(wanted.values())


def _fits(place: Place, each: Filter) -> bool:
    if each.field == "code":
        return each.value in (code.lower() for code in place.codes)
    if each.field == "semester":
        return place.semester == each.value or place.semester.startswith(f"{each.value}-")
    if each.field == "source":
        return place.source == each.value
    return each.value in place.has


def _is_applicant(dossier: Searchable, filters: Iterable[Filter]) -> bool:
    wanted = [each for each in filters if each.field == "applicant"]
    fits = [dossier.number_folded.startswith(each.value) for each in wanted if not each.excluded]
    return (not fits or any(fits)) and not any(dossier.number_folded.startswith(each.value) for each in wanted if each.excluded)


def _count(dossier: Searchable, places: tuple[Place, ...] | None, term: str) -> int:
    text = dossier.record.text
    if places is None:
        return text.count(term)
    return sum(text.count(term, place.start, place.end) for place in places)


def _found_places(dossier: Searchable, places: tuple[Place, ...] | None, terms: list[str]) -> tuple[FoundPlace, ...]:
    text = dossier.record.text
    found = []
    for place in dossier.places if places is None else places:
        counts = [text.count(term, place.start, place.end) for term in terms]
        if any(counts) or not terms:
            found.append(FoundPlace(place, sum(count > 0 for count in counts), sum(counts)))
    return tuple(sorted(found, key=lambda each: (-each.words, each.place.index)))
