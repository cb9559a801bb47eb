"""Searching the office's index: the pages' own query language, and Whoosh's where its signs are used.

AND, OR, NOT, parentheses, `*`, `?`, `[112-1 TO 113-1]` and the fields `department`, `kind`, `health` are Whoosh's; everything else means what it
means on the pages, with the same order within a department. Put words into quotation marks to search for such a sign itself.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from whoosh.index import IndexError as WhooshIndexError

from reviewer.model.problem import Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.search import indexing, words
from reviewer.search.answers import Answer, answer
from reviewer.search.engine import FIELDS, Engine
from reviewer.search.query import LONGEST_QUERY_UNITS, Query, parse
from reviewer.search.ranking import FoundDossier, FoundPlace, evaluate, score
from reviewer.search.store import Store

INDEX_OTHER = ProblemKind(
    "index-other-format",
    Severity.ERROR,
    Text(
        "{folder} 的索引由另一版本的 reviewer 建立，或已損壞。",
        "The index in {folder} was made by another version of reviewer, or is damaged.",
    ),
    Text("請刪除該資料夾，再以 reviewer index 重新建立。", "Delete the folder and make it again with reviewer index."),
)

DEPARTMENT_LOST = ProblemKind(
    "index-department-lost",
    Severity.WARNING,
    Text(
        "索引中校系 {code} 的部分不見了或已損壞，沒有搜尋。",
        "The part of department {code} is missing from the index or damaged; it was not searched.",
    ),
    Text("請以 reviewer index 重新建立索引。", "Make the index again with reviewer index."),
)

DEPARTMENT_INCOMPLETE = ProblemKind(
    "index-department-incomplete",
    Severity.WARNING,
    Text(
        "索引中校系 {code} 的部分不完整或不是最新的：製作索引時它的搜尋資料有缺漏或損壞。",
        "The part of department {code} in the index is incomplete or not up to date: its search files were missing or damaged when the index was made.",
    ),
    Text("請補齊那個校系的資料夾，再以 reviewer index 更新。", "Make the department's folder whole and run reviewer index again."),
)

_QUOTED = re.compile(r'"[^"]*"?')
_SIGNS = re.compile(r"(?:^|[\s(])(?:AND|OR|NOT|ANDNOT)(?=[\s(])|[()*?]|\[[^\]]* TO |(?:^|[\s(-])(?:department|kind|health):")
_FIELD = re.compile(r"(?:^|[\s(-])([a-z]+):(?!//)")

Departments = Callable[[str], bool]


def is_index(folder: Path) -> bool:
    """Whether a folder says that it is an index."""
    return (folder / indexing.RECORD).is_file()


def search(folder: Path, written: str) -> Answer:
    """Answer a query over an index. Raises `Stop` for an index of another version."""
    known = indexing.read_record(folder)
    if known is None:
        raise Stop(INDEX_OTHER.at(Where(file=str(folder)), folder=folder))
    only, rest = _departments(written)
    plain = parse(rest)
    whooshes = plain.error != words.QUERY_TOO_LONG.code and bool(_SIGNS.search(_QUOTED.sub('""', rest)))
    problems: list[Problem] = []
    if whooshes:
        plain = _whoosh_faults(rest)
    problems += plain.problems()
    if plain.error:
        return Answer(dossiers=(), facets={}, problems=tuple(problems), understood=False)
    found: list[tuple[str, FoundDossier]] = []
    terms: dict[str, None] = dict.fromkeys(plain.terms)
    for code in sorted(known):
        if only is not None and not only(code):
            continue
        try:
            opened = _Department(folder / code)
        except (OSError, ValueError, KeyError, WhooshIndexError):
            problems.append(DEPARTMENT_LOST.at(Where(file=str(folder / code)), code=code))
            continue
        if not known[code]:
            problems.append(DEPARTMENT_INCOMPLETE.at(Where(file=str(folder / code)), code=code))
        with closing(opened):
            rows, used = opened.whoosh(rest) if whooshes else (opened.plain(plain), ())
            terms.update(dict.fromkeys(used))
            found += ((code, each) for each in rows)
    found.sort(key=lambda row: (-row[1].score, row[0], row[1].dossier.index))
    return answer(found, terms, problems)


class _Department:
    """One department's part of an index, open for reading."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)
        self._engine = Engine(folder / indexing.PAIRS, self._text)

    def close(self) -> None:
        self._engine.close()

    def _text(self, dossier: int, place: int) -> str:
        searchable = self._store.dossier(dossier)
        return searchable.text_of(searchable.places[place])

    def plain(self, query: Query) -> tuple[FoundDossier, ...]:
        """The pages' language: dossiers that may hold a word are counted through exactly."""
        holding = [self._engine.holding(term) for term in query.terms]
        some = set[int]().union(*holding) if holding else set(self._store.indices())
        return evaluate(self._store.collection(some), query)

    def whoosh(self, written: str) -> tuple[tuple[FoundDossier, ...], tuple[str, ...]]:
        """Whoosh's language: places that it finds, ranked by the same formula over the words that it looks for."""
        parsed, terms = self._engine.parse(written)
        places: dict[int, list[int]] = {}
        for dossier, place in self._engine.places(parsed):
            places.setdefault(dossier, []).append(place)
        rows = [(index, tuple(self._places(index, sorted(found), terms))) for index, found in sorted(places.items())]
        counts = {index: [self._count(index, found, term) for term in terms] for index, found in rows}
        df = [sum(row[at] > 0 for row in counts.values()) for at in range(len(terms))]
        weights = [self._store.tables["idf"][each] for each in df]
        return tuple(self._found(index, found, counts[index], weights) for index, found in rows), terms

    def _found(self, index: int, found: tuple[FoundPlace, ...], counts: list[int], weights: list[int]) -> FoundDossier:
        dossier = self._store.dossier(index)
        return FoundDossier(dossier, score(weights, counts, dossier.kd), sum(counts), found)

    def _count(self, index: int, found: tuple[FoundPlace, ...], term: str) -> int:
        text = self._store.dossier(index).record.text
        return sum(text.count(term, each.place.start, each.place.end) for each in found)

    def _places(self, index: int, found: list[int], terms: tuple[str, ...]) -> Iterator[FoundPlace]:
        dossier = self._store.dossier(index)
        rows = []
        for number in found:
            place = dossier.places[number]
            counts = [dossier.record.text.count(term, place.start, place.end) for term in terms]
            rows.append(FoundPlace(place, sum(count > 0 for count in counts), sum(counts)))
        return iter(sorted(rows, key=lambda each: (-each.words, each.place.index)))


def _whoosh_faults(written: str) -> Query:
    """What there is to say of a query in Whoosh's language."""
    query = Query()
    unknown = next((name for name in _FIELD.findall(_QUOTED.sub('""', written)) if name not in (*FIELDS, "department")), "")
    if len(written) > LONGEST_QUERY_UNITS:
        query.error = words.QUERY_TOO_LONG.code
    elif unknown:
        query.error, query.word = words.QUERY_FIELD.code, unknown
    if written.count('"') % 2:
        query.notes.append(words.QUERY_UNCLOSED.code)
    return query


def _departments(written: str) -> tuple[Departments | None, str]:
    """Take `department:001012` (several are alternatives; a trailing `*` stands for any ending) out of a query."""
    pattern = re.compile(r"(?:^|(?<=[\s(]))department:([0-9A-Za-z]+)(\*?)(?=$|[\s)])")
    wanted = pattern.findall(written)
    if not wanted:
        return None, written
    rest = pattern.sub("", written).strip()
    return lambda code: any(code == name or (star and code.startswith(name)) for name, star in wanted), rest or "*:*"
