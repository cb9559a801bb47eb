"""A department's search files read back: the same shards that browsers read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from reviewer.model.problem import Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.search import shards
from reviewer.search.folding import folding
from reviewer.search.spool import SEPARATOR, Record

DATA_FOLDER = "data"
"""Folder of the search files within a department's folder."""

NOT_SEARCHABLE = ProblemKind(
    "search-not-searchable",
    Severity.ERROR,
    Text("{folder} 沒有可搜尋的資料。", "{folder} holds nothing that can be searched."),
    Text(
        "請指定校系資料夾（內有 data/search.js），或以 reviewer index 建立的索引。",
        "Name a department's folder (with data/search.js in it), or an index made by reviewer index.",
    ),
)

OTHER_FORMAT = ProblemKind(
    "search-other-format",
    Severity.ERROR,
    Text(
        "{folder} 的搜尋資料由另一版本的 reviewer 製作，或已損壞。",
        "The search files in {folder} were made by another version of reviewer, or are damaged.",
    ),
    Text("請以目前版本重新製作網站，或重新複製資料夾。", "Build the site again with this version, or copy the folder again."),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One search document, as the shards tell it."""

    index: int
    """Its number within the dossier."""
    entry: str
    """Anchor of its entry."""
    suffix: str
    """What a page adds to the anchor."""
    codes: tuple[str, ...]
    """Codes, as published."""
    source: str
    """Whose word it is."""
    semester: str
    """`113-1`; empty when unknown."""
    has: tuple[str, ...]
    """What its entry carries."""
    kind: str
    """What it is made of."""
    health: str
    """Of a page: what its text layer is worth."""
    start: int
    """Where its text begins in the dossier's text, in units."""
    end: int
    """Where it ends."""
    edits_start: int
    """Where its edits begin."""
    edits_end: int
    """Where they end."""

    @property
    def anchor(self) -> str:
        """Where it stands on the dossier's page."""
        return self.entry + self.suffix


class Searchable:
    """One dossier's record, its places read when they are needed."""

    def __init__(self, record: Record, index: int, folder: str, kd: int) -> None:
        self.record = record
        """The four strings."""
        self.index = index
        """Its place in the order of 應試號碼: breaks ties."""
        self.folder = folder
        """Name of its folder in the site."""
        self.kd = kd
        """What its length means for the ranking."""

    @property
    def number(self) -> str:
        """應試號碼."""
        return self.record.applicant_number

    @cached_property
    def number_folded(self) -> str:
        """應試號碼 as queries are compared with it."""
        return folding().text(self.number)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All search documents in reading order."""
        return tuple(_places(self.record.head))

    def text_of(self, place: Place) -> str:
        """Normalised words of a place."""
        return self.record.text[place.start : place.end]

    def edits_of(self, place: Place) -> str:
        """Edits of a place."""
        return self.record.edits[place.edits_start : place.edits_end]


def _places(head: str) -> list[Place]:
    found: list[Place] = []
    entry, codes, source, semester, has, kind = "", "", "", "", "", ""
    at = edits_at = 0
    for row in head.split("\n"):
        if row.startswith("!"):
            entry, codes, source, semester, has, kind = row[1:].split("\t")
            continue
        suffix, health, length, edits = row.split("\t")
        end, edits_end = at + int(length), edits_at + int(edits)
        what = (codes.split(",") if codes else [], has.split(",") if has else [])
        found.append(
            Place(
                index=len(found),
                entry=entry,
                suffix=suffix,
                codes=tuple(what[0]),
                source=source,
                semester=semester,
                has=tuple(what[1]),
                kind="page" if suffix else kind,
                health=health,
                start=at,
                end=end,
                edits_start=edits_at,
                edits_end=edits_end,
            )
        )
        at, edits_at = end + len(SEPARATOR), edits_end
    return found


@dataclass(frozen=True, slots=True)
class Collection:
    """All dossiers of a department that can be searched."""

    tables: Mapping[str, Any]
    """The manifest."""
    dossiers: tuple[Searchable, ...]
    """In the order of 應試號碼."""
    problems: tuple[Problem, ...]
    """Shards that are missing or damaged, each by its name."""


def load(department: Path) -> Collection:
    """Read a department's search files. Raises `Stop` when there are none, or none of this version."""
    folder = department / DATA_FOLDER
    if not (folder / shards.MANIFEST).is_file():
        raise Stop(NOT_SEARCHABLE.at(Where(file=str(department)), folder=department))
    tables = shards.read_manifest(folder)
    if tables is None:
        raise Stop(OTHER_FORMAT.at(Where(file=str(department)), folder=department))
    order = {number: (index, name) for index, (number, name) in enumerate(tables["dossiers"])}
    problems: list[Problem] = []
    found: list[Searchable] = []
    for shard, expected in enumerate(tables["shards"]):
        problem = shards.shard_problem(folder, shard, expected)
        if problem is not None:
            problems.append(problem)
            continue
        for record in shards.records(folder, shard):
            index, name = order[record.applicant_number]
            found.append(Searchable(record, index, name, tables["kd"][index]))
    found.sort(key=lambda each: each.index)
    return Collection(tables, tuple(found), tuple(problems))
