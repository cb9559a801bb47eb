"""All rows of all rosters, kept on disk by kind and student: a school of 5,000 has 300,000 rows of marks, in whatever order its system wrote them.

A temporary SQLite file: memory stays bounded however large the rosters are, and a student's rows are found without reading everything again.
"""

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from reviewer.model.problem import Where

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet that was read."""

    file: str
    """File name within the uploads."""
    name: str
    """Worksheet; empty for .csv."""
    kind: str
    """Which roster it is (`kinds`)."""
    keys: tuple[str, ...]
    """Official names of its columns."""
    headings: tuple[str, ...]
    """The columns as the school named them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a roster."""

    student: str
    """學號."""
    sheet: Sheet
    """Where it stands."""
    number: int
    """Row as people see it."""
    cells: Mapping[str, str]
    """Words by official column name; empty cells are left out."""

    def get(self, key: str) -> str:
        """The words in a column; empty when there are none."""
        return self.cells.get(key, "")

    def has(self, key: str) -> bool:
        """Whether the sheet has that column at all."""
        return key in self.sheet.keys

    def where(self, key: str = "") -> Where:
        """The row, or the cell under an official name, by the heading that the school gave it."""
        column = self.sheet.headings[self.sheet.keys.index(key)] if key in self.sheet.keys else key
        return Where(package=self.student, file=self.sheet.file, sheet=self.sheet.name, row=self.number, column=column)


class Ledger:
    """The rows, written while rosters are read and read student by student afterwards."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._sheets: list[Sheet] = []
        connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, kind TEXT, student TEXT, sheet INTEGER, number INTEGER, cells TEXT)")

    def add_sheet(self, sheet: Sheet) -> int:
        """Make a sheet known; return its number."""
        self._sheets.append(sheet)
        return len(self._sheets) - 1

    def add_rows(self, rows: Iterator[tuple[int, str, int, Mapping[str, str]]]) -> None:
        """Keep rows: sheet's number, student, row's number, cells."""
        self._connection.executemany(
            "INSERT INTO row (kind, student, sheet, number, cells) VALUES (?, ?, ?, ?, ?)",
            ((self._sheets[sheet].kind, student, sheet, number, _encode(list(cells.items()))) for sheet, student, number, cells in rows),
        )

    def seal(self) -> None:
        """Everything is in: make it quick to find."""
        self._connection.execute("CREATE INDEX by_student ON row (student, kind, id)")
        self._connection.execute("CREATE INDEX by_kind ON row (kind, student, id)")
        self._connection.commit()

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Sheets that were read."""
        return tuple(self._sheets)

    def of_kind(self, kind: str) -> Iterator[Row]:
        """All rows of a kind, in the rosters' order."""
        for found in self._connection.execute("SELECT student, sheet, number, cells FROM row WHERE kind = ? ORDER BY id", (kind,)):
            yield self._row(*found)

    def of_student(self, student: str) -> dict[str, list[Row]]:
        """A student's rows by kind, in the rosters' order."""
        rows: dict[str, list[Row]] = {}
        for found in self._connection.execute("SELECT student, sheet, number, cells FROM row WHERE student = ? ORDER BY id", (student,)):
            row = self._row(*found)
            rows.setdefault(row.sheet.kind, []).append(row)
        return rows

    def first_of_each(self, kinds_but: str) -> Iterator[Row]:
        """For each student one row of another kind than the given: who occurs in rosters at all."""
        query = "SELECT student, sheet, number, cells FROM row WHERE id IN (SELECT MIN(id) FROM row WHERE kind != ? GROUP BY student) ORDER BY id"
        for found in self._connection.execute(query, (kinds_but,)):
            yield self._row(*found)

    def count(self, kind: str) -> int:
        """How many rows of a kind there are."""
        return int(self._connection.execute("SELECT COUNT(*) FROM row WHERE kind = ?", (kind,)).fetchone()[0])

    def total(self) -> int:
        """How many rows there are."""
        return int(self._connection.execute("SELECT COUNT(*) FROM row").fetchone()[0])

    def _row(self, student: str, sheet: int, number: int, cells: str) -> Row:
        return Row(student=student, sheet=self._sheets[sheet], number=number, cells=MappingProxyType(dict(_decode(cells))))


@contextmanager
def open_ledger() -> Iterator[Ledger]:
    """A ledger in a temporary folder, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="reviewer-intake-") as folder:
        connection = sqlite3.connect(Path(folder) / "rows.sqlite", isolation_level=None)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        try:
            yield Ledger(connection)
        finally:
            connection.close()
