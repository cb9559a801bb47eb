"""The office's own copy of a department's records, one after the other with their offsets, so that single dossiers are read without the rest."""

import json
import mmap
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reviewer.search.collection import Collection, Searchable
from reviewer.search.spool import Record, decode, encode

RECORDS, TABLES = "records.bin", "tables.json"
_KEPT = ("dossiers", "kd", "idf", "units")


def write(folder: Path, collection: Collection) -> None:
    """Write the records of a department."""
    offsets = []
    with (folder / RECORDS).open("wb") as file:
        for dossier in collection.dossiers:
            content = encode(dossier.record)
            offsets.append((dossier.index, file.tell(), len(content)))
            file.write(content)
    tables = {name: collection.tables[name] for name in _KEPT}
    (folder / TABLES).write_text(json.dumps({**tables, "offsets": offsets}, ensure_ascii=False), encoding="utf-8")


class Store:
    """A department's records on disk."""

    def __init__(self, folder: Path) -> None:
        self.tables: Mapping[str, Any] = json.loads((folder / TABLES).read_text(encoding="utf-8"))
        """The manifest's tables that ranking needs."""
        self._offsets = {index: (start, size) for index, start, size in self.tables["offsets"]}
        with (folder / RECORDS).open("rb") as file:
            self._content: mmap.mmap | bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if self._offsets else b""
        self._read: dict[int, Searchable] = {}

    def dossier(self, index: int) -> Searchable:
        """One dossier, by its place in the order of 應試號碼."""
        if index not in self._read:
            start, size = self._offsets[index]
            record = decode(self._content[start : start + size].decode("utf-16-le", "replace")) or Record("", "", "", "")
            self._read[index] = Searchable(record, index, self.tables["dossiers"][index][1], self.tables["kd"][index])
        return self._read[index]

    def indices(self) -> tuple[int, ...]:
        """All dossiers."""
        return tuple(self._offsets)

    def collection(self, indices: Iterable[int]) -> Collection:
        """Some dossiers, with the tables of all."""
        return Collection(self.tables, tuple(self.dossier(index) for index in sorted(indices)), ())
