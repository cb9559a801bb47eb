"""Whoosh, behind this one module: whoosh-reloaded 2.7.5, the fork whose own tests pass on the Pythons that we support (DESIGN, Search).

A document is a place of a dossier. Its words are kept as pairs of neighbouring characters and as single characters, each once a place: an index
of candidates, which are confirmed in the text. Pairs with positions made the index half as large again and no query faster, since the text
must be read for counts and snippets anyway. An index is read as pickles: open only what you made yourself, never hand one out.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, formats, index, qparser, query
from whoosh.matching import ListMatcher, Matcher, NullMatcher
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from reviewer.search.collection import Place, Searchable
from reviewer.search.folding import folding, units, whole
from reviewer.search.spool import SEPARATOR

MEMORY_MB = 256
"""Postings that a writer holds before it spills to disk."""

FIELDS = ("text", "code", "applicant", "semester", "source", "has", "kind", "health")
"""Fields that a query may name; `text` is meant when it names none."""

Confirm = Callable[[int, int], str]
"""Text of a place, by the dossier's and the place's number."""


class _Candidates(fields.FieldType):  # type: ignore[misc]
    """Terms given as a list, their presence only. Only written; reading goes by its name."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.analyzer = analysis.IDAnalyzer()
        self.stored = self.scorable = self.unique = False
        self.vector = None


def _schema() -> fields.Schema:
    words = {name: fields.KEYWORD(commas=True, lowercase=True) for name in ("code", "has")}
    single = {name: fields.ID() for name in ("applicant", "semester", "source", "kind", "health")}
    return fields.Schema(pairs=_Candidates(), letters=_Candidates(), dossier=fields.STORED, place=fields.STORED, **words, **single)


def write(folder: Path, dossiers: Iterable[Searchable]) -> None:
    """Write a department's index."""
    writer = index.create_in(folder, _schema()).writer(limitmb=MEMORY_MB)
    for dossier in dossiers:
        for place in dossier.places:
            writer.add_document(**_document(dossier, place))
    writer.commit(optimize=True)


def _document(dossier: Searchable, place: Place) -> dict[str, Any]:
    text = whole(dossier.text_of(place))
    return {
        "pairs": sorted(pairs(text)),
        "letters": sorted(set(text) - {SEPARATOR}),
        "code": ",".join(place.codes),
        "has": ",".join(place.has),
        "applicant": dossier.number_folded,
        "semester": place.semester,
        "source": place.source,
        "kind": place.kind,
        "health": place.health,
        "dossier": dossier.index,
        "place": place.index,
    }


def pairs(text: str) -> set[str]:
    """Neighbouring characters; none reaches over a separator."""
    return {text[at : at + 2] for at in range(len(text) - 1) if SEPARATOR not in text[at : at + 2]}


class Words(query.Query):  # type: ignore[misc]
    """A leaf of a query: places whose normalised text holds all the given pieces, in this order where they are a pattern."""

    def __init__(self, pieces: list[str], pattern: re.Pattern[str] | None, confirm: Confirm) -> None:
        self.pieces, self.pattern, self.confirm = pieces, pattern, confirm

    def field(self) -> str:
        """The field that it searches."""
        return "text"

    def is_leaf(self) -> bool:
        """It has no queries within."""
        return True

    def estimate_size(self, ixreader: IndexReader) -> int:
        """How many places it may find, for the order in which Whoosh combines queries."""
        fields_pairs = (("letters", piece) if len(piece) == 1 else ("pairs", piece[:2]) for piece in self.pieces)
        return min((int(ixreader.doc_frequency(*each)) for each in fields_pairs), default=0)

    estimate_min_size = estimate_size

    def matcher(self, searcher: Searcher, context: object = None) -> Matcher:  # noqa: ARG002 - Whoosh's signature
        """Confirmed places."""
        found = [number for number in candidates(searcher, self.pieces) if self._holds(searcher, number)]
        return ListMatcher(found, [1.0] * len(found)) if found else NullMatcher()

    def _holds(self, searcher: Searcher, number: int) -> bool:
        if self.pattern is None and max(map(len, self.pieces)) < 3:
            return True
        stored = searcher.stored_fields(number)
        text = self.confirm(stored["dossier"], stored["place"])
        return bool(self.pattern.search(text)) if self.pattern else all(units(piece) in text for piece in self.pieces)


def candidates(searcher: Searcher, pieces: Iterable[str]) -> list[int]:
    """Places that hold every pair (or letter) of every piece; ascending."""
    wanted = {("letters", piece) if len(piece) == 1 else ("pairs", pair) for piece in pieces for pair in (pairs(piece) or {piece})}
    reader, left = searcher.reader(), None
    for field, term in sorted(wanted, key=lambda each: reader.doc_frequency(*each)):
        if (field, term) not in reader:
            return []
        found = set(searcher.postings(field, term).all_ids())
        left = found if left is None else left & found
        if not left:
            return []
    return sorted(left or ())


class Engine:
    """An index that is open for reading."""

    def __init__(self, folder: Path, confirm: Confirm) -> None:
        self._searcher = index.open_dir(folder, readonly=True).searcher()
        self._confirm = confirm

    def close(self) -> None:
        """Close its files."""
        self._searcher.close()

    def holding(self, word: str) -> set[int]:
        """Dossiers in which a normalised word may stand (exactly those that do, up to two characters)."""
        return {self._searcher.stored_fields(number)["dossier"] for number in candidates(self._searcher, [whole(word)])}

    def places(self, parsed: query.Query) -> Iterator[tuple[int, int]]:
        """Yield (dossier, place) of what a query in Whoosh's language finds."""
        for number in self._searcher.docs_for_query(parsed):
            stored = self._searcher.stored_fields(number)
            yield stored["dossier"], stored["place"]

    def parse(self, written: str) -> tuple[query.Query, tuple[str, ...]]:
        """Understand Whoosh's language; also return the normalised words that it looks for (not those it excludes)."""
        parsed = _parser().parse(written)
        found: list[str] = []
        return self._leaves(parsed, found, counts=True), tuple(dict.fromkeys(found))

    def _leaves(self, node: query.Query, found: list[str], *, counts: bool) -> query.Query:
        """Put our leaves in the place of Whoosh's wherever the text is searched."""
        if isinstance(node, query.Not):
            return query.Not(self._leaves(node.query, found, counts=False))
        if isinstance(node, query.AndNot):
            return query.AndNot(self._leaves(node.a, found, counts=counts), self._leaves(node.b, found, counts=False))
        if not node.is_leaf():
            return node.apply(lambda child: self._leaves(child, found, counts=counts))
        if node.field() != "text":
            return node
        return self._words(_written(node), found, counts=counts, wild=isinstance(node, query.Wildcard))

    def _words(self, text: str, found: list[str], *, counts: bool, wild: bool) -> query.Query:
        pattern = None
        pieces = [folding().text(part) for part in (re.split(r"[*?]+", text) if wild else [text])]
        if wild:
            signs = {"*": f"[^{SEPARATOR}]*?", "?": f"[^{SEPARATOR}]"}
            parts = (signs.get(part) or re.escape(units(folding().text(part))) for part in re.split(r"([*?])", text))
            pattern = re.compile("".join(parts))
        pieces = [piece for piece in pieces if piece]
        if not pieces:
            return query.NullQuery
        if counts:
            found.extend(map(units, pieces))
        return Words(pieces, pattern, self._confirm)


def _written(node: query.Query) -> str:
    """Text of a leaf."""
    if isinstance(node, query.Phrase):
        return " ".join(node.words)
    return str(getattr(node, "text", ""))


def _parser() -> qparser.QueryParser:
    """Whoosh's parser over a schema in which words stay as they were typed; `-word` excludes as on the pages."""
    names = {name: fields.KEYWORD(commas=True, lowercase=True) if name in ("code", "has") else fields.ID() for name in FIELDS}
    names["text"] = fields.TEXT(analyzer=analysis.IDAnalyzer())
    parser = qparser.QueryParser("text", fields.Schema(**names))
    parser.add_plugin(qparser.PlusMinusPlugin(plusexpr="(?!)", minusexpr=r"(?<![^\s(])-(?=\S)"))
    return parser
