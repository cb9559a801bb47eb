"""What a search in the terminal finds, as plain values: the same from a department's folder and from the office's index."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reviewer.model.problem import Problem
from reviewer.search.ranking import FoundDossier, facets
from reviewer.search.snippets import Piece, snippet, title


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPlace:
    """A place that was found."""

    anchor: str
    """Anchor on the dossier's page; empty for its top."""
    address: str
    """Page and anchor, relative to the department's folder."""
    codes: tuple[str, ...]
    """Codes of the review material."""
    source: str
    """Whose word it is."""
    semester: str
    """`113-1`; empty when unknown."""
    occurrences: int
    """How often the words stand there."""
    snippet: tuple[Piece, ...]
    """The surroundings of the first hit, as written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDossier:
    """A dossier that was found."""

    department: str
    """校系代碼."""
    applicant_number: str
    """應試號碼."""
    title: str
    """Name, or the number again where the name is masked."""
    score: int
    """Its weight within its department."""
    occurrences: int
    """How often the words stand in it."""
    places: tuple[AnswerPlace, ...]
    """Best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that was found."""

    dossiers: tuple[AnswerDossier, ...]
    """Best first."""
    facets: Mapping[str, Mapping[str, int]]
    """Places found, by code, source, semester, what the entry carries, and department."""
    problems: tuple[Problem, ...]
    """What there is to say of the query and of the files."""
    understood: bool = True
    """False when the query itself could not be searched for."""


def answer(found: Iterable[tuple[str, FoundDossier]], terms: Iterable[str], problems: Iterable[Problem]) -> Answer:
    """Put into words what was found, given with its department, in the order of rank."""
    rows, words = list(found), tuple(terms)
    departments = Counter[str]()
    for code, each in rows:
        departments[code] += len(each.places)
    return Answer(
        dossiers=tuple(_dossier(code, each, words) for code, each in rows),
        facets={**facets(each for _, each in rows), "department": dict(sorted(departments.items()))},
        problems=tuple(problems),
    )


def _dossier(code: str, found: FoundDossier, words: tuple[str, ...]) -> AnswerDossier:
    dossier = found.dossier
    first = dossier.places[0]
    return AnswerDossier(
        department=code,
        applicant_number=dossier.number,
        title=title(dossier.text_of(first), dossier.edits_of(first)),
        score=found.score,
        occurrences=found.occurrences,
        places=tuple(
            AnswerPlace(
                anchor=each.place.anchor,
                address=f"{dossier.folder}/index.html" + (f"#{each.place.anchor}" if each.place.anchor else ""),
                codes=each.place.codes,
                source=each.place.source,
                semester=each.place.semester,
                occurrences=each.occurrences,
                snippet=snippet(dossier.text_of(each.place), dossier.edits_of(each.place), words),
            )
            for each in found.places
        ),
    )
