"""A department's search files: records concatenated into 16 classic scripts, and a manifest with every table that ranking needs.

`data/search.js` (UTF-8) calls `reviewerSearch.tables({…})`; `data/text-00.js` … `data/text-15.js` (UTF-16LE with a byte-order mark, two bytes for a
Chinese character instead of three) call `begin`, `add` for each record, and `end`. A dossier's shard follows from its number alone, so a dossier
that changes changes one shard. Writing streams: nothing holds more than one record.
"""

import hashlib
import json
import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from reviewer.model.language import Language
from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.search.folding import REPLACEMENT, SURROGATE, folding_tables
from reviewer.search.query import CARRIED, FIELDS, LONGEST_QUERY_UNITS, MOST_WORDS, SOURCES
from reviewer.search.spool import CLOSING, OPENING, Record, decode
from reviewer.search.words import page_labels, page_words

FORMAT = 1
"""Version of records and manifest. A reader of another version says so and does not guess."""

SHARDS = 16
"""Files among which the text is spread: small enough that parsing one never blocks typing, few enough to open quickly from a stick."""

MANIFEST = "search.js"
"""File of the tables."""

BOM = "\ufeff".encode("utf-16-le")

K1_PER_MILLE, B_PER_MILLE = 1200, 750
"""BM25's usual parameters."""

SHARD_MISSING = ProblemKind(
    "search-shard-missing",
    Severity.WARNING,
    Text(
        "搜尋資料缺少檔案 {file}，其中 {count} 份檔案搜尋不到。",
        "The search file {file} is missing; {count} {count|dossier|dossiers} in it cannot be found.",
    ),
    Text("請重新複製整個校系資料夾。", "Copy the department's whole folder again."),
)

SHARD_DAMAGED = ProblemKind(
    "search-shard-damaged",
    Severity.WARNING,
    Text(
        "搜尋資料 {file} 不完整或不屬於這次製作，其中 {count} 份檔案搜尋不到。",
        "The search file {file} is incomplete or belongs to another build; {count} {count|dossier|dossiers} in it cannot be found.",
    ),
    Text("請重新複製整個校系資料夾。", "Copy the department's whole folder again."),
)


def shard_name(index: int) -> str:
    """`text-07.js`."""
    return f"text-{index:02d}.js"


def shard_of(applicant_number: str) -> int:
    """Shard in which a dossier's record stands."""
    return hashlib.sha256(applicant_number.encode("utf-8", "backslashreplace")).digest()[0] % SHARDS


def write(folder: Path, dossiers: Iterable[tuple[str, str]], fetch: Callable[[str], bytes], language: Language = Language.CHINESE) -> int:
    """Write a department's shards and manifest into `folder` (made when missing); return the bytes written.

    `dossiers` yields (應試號碼, name of the dossier's folder); the order does not matter. `fetch` returns a dossier's record as `spool` made it; it is
    asked shard by shard, each dossier once. `language` is that of the pages' own words.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = sorted(dossiers)
    lengths = [0] * len(rows)
    shards: list[list[Any]] = []
    size = 0
    for index in range(SHARDS):
        stamp, count = hashlib.sha256(), 0
        with (folder / shard_name(index)).open("wb") as file:
            file.write(BOM + _begin(index).encode("utf-16-le"))
            for place, (number, _) in enumerate(rows):
                if shard_of(number) == index:
                    content = fetch(number)
                    file.write(content)
                    stamp.update(content)
                    count += 1
                    lengths[place] = _text_units(content)
            short = stamp.hexdigest()[:16]
            file.write(_end(index, short).encode("utf-16-le"))
            size += file.tell()
        shards.append([shard_name(index), count, short])
    with (folder / MANIFEST).open("wb") as file:
        file.writelines(piece.encode("utf-8") for piece in _script("tables", manifest(rows, lengths, shards, language)))
        return file.tell() + size


def manifest(
    rows: list[tuple[str, str]], lengths: list[int], shards: list[list[Any]], language: Language = Language.CHINESE
) -> Mapping[str, Any]:
    """Every table that ranking and folding need; whole numbers only, so that no rounding can differ."""
    total, count = max(1, sum(lengths)), len(rows)
    keep, by_length = K1_PER_MILLE * (1000 - B_PER_MILLE), K1_PER_MILLE * B_PER_MILLE
    folding = {name: table for name, table in folding_tables().items() if name not in ("changing", "kept")}
    return {
        "format": FORMAT,
        "dossiers": [[SURROGATE.sub(REPLACEMENT, word) for word in row] for row in rows],
        "shards": shards,
        "kd": [(keep + by_length * length * count // total) // 1000 for length in lengths],
        "idf": [idf(df, count) for df in range(count + 1)],
        "units": sum(lengths),
        "folding": folding,
        "syntax": {"fields": FIELDS, "sources": SOURCES, "carried": CARRIED, "longest": LONGEST_QUERY_UNITS, "most": MOST_WORDS},
        "words": page_words(language),
        "labels": page_labels(language),
    }


def idf(df: int, count: int) -> int:
    """Weight of a term that `df` of `count` dossiers hold, in thousandths, never below 1."""
    return max(1, round(1000 * math.log(1 + (count - df + 0.5) / (df + 0.5))))


def records(folder: Path, index: int) -> Iterator[Record]:
    """Yield the records of one shard; lines that are none are passed over."""
    for line in (folder / shard_name(index)).read_bytes().decode("utf-16", "replace").split("\n"):
        found = decode(line)
        if found is not None:
            yield found


class Standing:
    """The records of a published `data` folder as bytes, for dossiers that a build takes over. Holds one shard at a time."""

    def __init__(self, folder: Path) -> None:
        tables = read_manifest(folder)
        self._folder = folder
        self._stamps = [stamp for _, _, stamp in tables["shards"]] if tables is not None else []
        self._shard = -1
        self._records: dict[str, bytes] = {}
        self.numbers = (
            frozenset(number for number, _ in tables["dossiers"]) if tables is not None and _whole(folder, tables) else frozenset()
        )
        """應試號碼 whose records can be had; empty when the folder is none, damaged, or of another format."""

    def record(self, applicant_number: str) -> bytes:
        """The record of one of `numbers`. Raises KeyError for any other, and where its shard is not what was written."""
        index = shard_of(applicant_number)
        if index != self._shard:
            self._records, self._shard = self._read(index), index
        return self._records[applicant_number]

    def _read(self, index: int) -> dict[str, bytes]:
        """A shard's records; none when a byte of them is another than was written: who takes a record over gives it a new hash."""
        stamp = self._stamps[index] if index < len(self._stamps) else ""
        begin, end = BOM + _begin(index).encode("utf-16-le"), _end(index, stamp).encode("utf-16-le")
        try:
            content = (self._folder / shard_name(index)).read_bytes()
        except OSError:
            return {}
        body = content[len(begin) : len(content) - len(end)]
        if content != begin + body + end or hashlib.sha256(body).hexdigest()[:16] != stamp:
            return {}
        lines = ((decode(line), line) for line in body.decode("utf-16-le", "replace").split("\n"))
        return {made.applicant_number: f"{line}\n".encode("utf-16-le", "replace") for made, line in lines if made is not None}


def read_manifest(folder: Path) -> Mapping[str, Any] | None:
    """The manifest's tables; None when the file is missing, damaged or of another format."""
    try:
        content = (folder / MANIFEST).read_text(encoding="utf-8")
        tables: Any = json.loads(content.removeprefix("reviewerSearch.tables(").rstrip().removesuffix(");"))
    except (OSError, ValueError):
        return None
    return tables if isinstance(tables, dict) and tables.get("format") == FORMAT else None


def shard_problem(folder: Path, index: int, expected: list[Any]) -> Problem | None:
    """Whether a shard is there, whole, and of this manifest's build."""
    name, count, stamp = expected
    where = Where(file=f"{folder.name}/{name}")
    begin, end = BOM + _begin(index).encode("utf-16-le"), _end(index, stamp).encode("utf-16-le")
    try:
        with (folder / name).open("rb") as file:  # what lies between may be megabytes
            is_whole = file.read(len(begin)) == begin and file.seek(0, os.SEEK_END) >= len(begin) + len(end)
            is_whole = is_whole and file.seek(-len(end), os.SEEK_END) >= 0 and file.read() == end
    except OSError:
        return SHARD_MISSING.at(where, file=name, count=count)
    return None if is_whole else SHARD_DAMAGED.at(where, file=name, count=count)


def _whole(folder: Path, tables: Mapping[str, Any]) -> bool:
    return all(shard_problem(folder, index, expected) is None for index, expected in enumerate(tables["shards"]))


def _begin(index: int) -> str:
    return f'reviewerSearch.begin({FORMAT},"{index:02d}");\n'


def _end(index: int, stamp: str) -> str:
    return f'reviewerSearch.end("{index:02d}","{stamp}");\n'


def _text_units(content: bytes) -> int:
    """Units of a record's text, from its head: the sum over its documents and the separators between them."""
    line = content.decode("utf-16-le")
    _, head, _, _ = json.loads(line[len(OPENING) : -len(CLOSING)])
    rows = [int(row.split("\t")[2]) for row in head.split("\n") if row and not row.startswith("!")]
    return sum(rows) + max(0, len(rows) - 1)


def _script(function: str, tables: Mapping[str, Any]) -> Iterator[str]:
    """The call, table by table."""
    yield f"reviewerSearch.{function}({{"
    for place, (name, table) in enumerate(tables.items()):
        text = json.dumps({name: table}, ensure_ascii=False, separators=(",", ":"))[1:-1]
        yield ("," if place else "") + text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    yield "});\n"
