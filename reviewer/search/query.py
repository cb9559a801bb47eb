"""The query language of the pages and of `reviewer search` over a department's folder. Its twin is themes/default/js/search-query.js.

`機器人 "自主 學習" -樂高 code:J semester:113-1 source:school has:video applicant:0168`: words and phrases must all occur in the dossier; a place
in which an excluded word stands does not count; values of one field are alternatives, different fields must all agree; `-code:J` leaves out.
"""

import re
from dataclasses import dataclass, field

from reviewer.model.parts import Lane
from reviewer.model.problem import Problem, ProblemKind, Where
from reviewer.search import words
from reviewer.search.documents import Has
from reviewer.search.folding import folding, folding_tables, units, units_length

LONGEST_QUERY_UNITS = 500
"""A question is a few words; a pasted page is a mistake that deserves a sentence."""

MOST_WORDS = 16
"""Words, phrases, exclusions and fields of one query."""

FIELDS = {
    "code": "code",
    "代碼": "code",
    "applicant": "applicant",
    "應試號碼": "applicant",
    "semester": "semester",
    "學期": "semester",
    "source": "source",
    "來源": "source",
    "has": "has",
    "附有": "has",
}
"""Names of the fields as people write them."""

SOURCES = {
    **{lane.value: lane.value for lane in Lane},
    "學校": "school",
    "學校紀錄": "school",
    "教師認證": "certified",
    "認證": "certified",
    "學生": "student",
    "學生填報": "student",
    "申請": "application",
    "申請時上傳": "application",
}
"""Values of `source:`."""

CARRIED = {
    **{has.value: has.value for has in Has},
    "影片": "video",
    "錄音": "audio",
    "圖片": "image",
    "文件": "document",
    "網址": "link",
}
"""Values of `has:`."""

_SEMESTER = re.compile(r"[0-9]{2,3}(-[0-2])?")
_INVISIBLE = re.compile("[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Filter:
    """One field of the query."""

    field: str
    """`code`, `applicant`, `semester`, `source`, `has`."""
    value: str
    """Normalised."""
    excluded: bool
    """Whether what has it is left out."""


@dataclass(slots=True)
class Query:
    """A query understood. Not frozen only while it is parsed."""

    terms: list[str] = field(default_factory=list)
    """Normalised words and phrases that must occur, in UTF-16 units."""
    excluded: list[str] = field(default_factory=list)
    """Normalised words and phrases; places that hold one do not count."""
    filters: list[Filter] = field(default_factory=list)
    """Fields."""
    notes: list[str] = field(default_factory=list)
    """Codes of what was mended."""
    error: str = ""
    """Code of what keeps the query from being searched; empty when nothing does."""
    word: str = ""
    """The word that the error is about."""

    def problems(self) -> tuple[Problem, ...]:
        """What there is to say of the query."""
        kinds = [ProblemKind.registry[code] for code in (*([self.error] if self.error else []), *self.notes)]
        return tuple(kind.at(Where(), word=self.word) for kind in kinds)


def parse(written: str) -> Query:
    """Understand a query; it never fails, but may carry an error."""
    query = Query()
    if units_length(written) > LONGEST_QUERY_UNITS:
        query.error = words.QUERY_TOO_LONG.code
        return query
    if _INVISIBLE.search(written):
        query.notes.append(words.QUERY_INVISIBLE.code)
        written = _INVISIBLE.sub("", written)
    _Parser(written, query).run()
    if not query.error:
        query.error = _lacking(query)
    return query


def _lacking(query: Query) -> str:
    if len(query.terms) + len(query.excluded) + len(query.filters) > MOST_WORDS:
        return words.QUERY_TOO_MANY.code
    if query.terms or any(not each.excluded for each in query.filters):
        return ""
    return words.QUERY_ONLY_EXCLUDED.code if query.excluded or query.filters else words.QUERY_EMPTY.code


class _Parser:
    """Walks along a query once."""

    def __init__(self, written: str, query: Query) -> None:
        tables = folding_tables()
        self.text, self.query, self.at = written, query, 0
        self.quotes, self.minuses, self.colons = tables["quotes"], tables["minuses"], tables["colons"]
        self.blank = {chr(point) for first, last in tables["blanks"] for point in range(first, last + 1)}

    def run(self) -> None:
        """Take token after token."""
        while self.at < len(self.text) and not self.query.error:
            if self.text[self.at] in self.blank:
                self.at += 1
            else:
                self._token()

    def _token(self) -> None:
        excluded = self.text[self.at] in self.minuses and self.at + 1 < len(self.text) and self.text[self.at + 1] not in self.blank
        self.at += excluded
        if self.text[self.at] in self.quotes:
            self._word(self._phrase(), excluded=excluded)
            return
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in self.blank and self.text[self.at] not in self.quotes:
            self.at += 1
        word = self.text[start : self.at]
        colon = next((index for index, each in enumerate(word) if each in self.colons), -1)
        name = folding().text(word[:colon]) if colon > 0 else ""
        value = word[colon + 1 :]
        if name in FIELDS:
            if not value and self.at < len(self.text) and self.text[self.at] in self.quotes:
                value = self._phrase()
            self._filter(FIELDS[name], name, folding().text(value), excluded=excluded)
        elif re.fullmatch("[a-z]+", name) and not value.startswith("//"):
            self.query.error, self.query.word = words.QUERY_FIELD.code, name
        else:
            self._word(word, excluded=excluded)

    def _phrase(self) -> str:
        start = self.at = self.at + 1
        while self.at < len(self.text) and self.text[self.at] not in self.quotes:
            self.at += 1
        if self.at == len(self.text):
            self._note(words.QUERY_UNCLOSED)
        self.at += 1
        return self.text[start : self.at - 1]

    def _word(self, written: str, *, excluded: bool) -> None:
        word = units(folding().text(written))
        into = self.query.excluded if excluded else self.query.terms
        if not word:
            self._note(words.QUERY_PART_EMPTY)
        elif word not in into:
            into.append(word)

    def _filter(self, name: str, spelled: str, value: str, *, excluded: bool) -> None:
        if not value:
            self.query.error, self.query.word = words.QUERY_NO_VALUE.code, f"{spelled}:"
            return
        known = {"source": SOURCES, "has": CARRIED}.get(name)
        if (known is not None and value not in known) or (name == "semester" and not _SEMESTER.fullmatch(value)):
            self.query.error, self.query.word = words.QUERY_VALUE.code, value
            return
        made = Filter(name, known[value] if known is not None else value, excluded)
        if made not in self.query.filters:
            self.query.filters.append(made)

    def _note(self, kind: ProblemKind) -> None:
        if kind.code not in self.query.notes:
            self.query.notes.append(kind.code)
