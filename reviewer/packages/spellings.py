"""How a linked file may be spelled: as the link says, with one of the package's prefixes (`01686463_`) before it, or without the one that it has.

A package may hold thousands of prefixes: which of them stand before a name is looked up in a table of its own files, not tried one by one.
"""

from collections.abc import Iterable

from reviewer.packages import names
from reviewer.packages.inventory import Inventory

_Ranks = dict[tuple[str, str], int]
"""Folder and name without its prefix, both folded: the first prefix that stands before it there."""


class Spellings:
    """The spellings of names in one package."""

    def __init__(self, inventory: Inventory, prefixes: tuple[str, ...]) -> None:
        self._inventory = inventory
        self._prefixes = tuple(dict.fromkeys(f"{prefix}_" for prefix in prefixes if prefix))
        self._rank = {prefix: rank for rank, prefix in enumerate(self._prefixes)}
        self._lengths = {len(prefix) for prefix in self._prefixes}
        self._tables: tuple[_Ranks, _Ranks] | None = None

    def of(self, name: str, folder: str) -> list[str]:
        """The spellings of a name to look for in a folder, in their order: of those with a prefix the first that is there, and the first that is refused."""
        if self._tables is None:
            self._tables = self._table(self._inventory.files), self._table(self._inventory.refused)
        there, refused = self._tables
        at, parts = names.fold(folder), names.fold(name).split("/")
        steps = [(at, "/".join(parts[: n + 1])) for n in range(len(parts))]
        found = {there[steps[-1]]} if steps[-1] in there else set()
        stopped = [refused[step] for step in steps if step in refused]
        with_prefix = sorted(found | ({min(stopped)} if stopped else set()))
        own = sorted(self._rank[name[:length]] for length in self._lengths if name[:length] in self._rank)
        bare = (name.removeprefix(self._prefixes[rank]) for rank in own)
        return list(dict.fromkeys([name, *(self._prefixes[rank] + name for rank in with_prefix), *bare]))

    def _table(self, keys: Iterable[str]) -> _Ranks:
        """Every name that stands behind a prefix, by its folder."""
        ranks: dict[str, int] = {}
        for prefix, first in self._rank.items():
            ranks.setdefault(names.fold(prefix), first)
        lengths = sorted({len(prefix) for prefix in ranks})
        table: _Ranks = {}
        for key in keys:
            parts = key.split("/")
            for depth, part in enumerate(parts):
                folder = "/".join(parts[:depth])
                for length in lengths:
                    rank = ranks.get(part[:length])
                    if rank is not None:
                        rest = "/".join((part[length:], *parts[depth + 1 :]))
                        table[folder, rest] = min(rank, table.get((folder, rest), rank))
        return table
