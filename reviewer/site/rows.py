"""Rows of the cohort page as JSON: what a dossier's job hands to its department, and what the record keeps for the next build."""

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast, overload

from reviewer.model.canonical import canonical_json
from reviewer.render.shapes.cohort import CohortRow


def to_json(row: CohortRow) -> str:
    """The row as canonical JSON."""
    return canonical_json(row).decode("utf-8")


def from_json(text: str) -> CohortRow:
    """The row again. Trusts the text: a record of another version of the code is never read this far."""
    return cast("CohortRow", _revive(CohortRow, json.loads(text)))


class RowFile(Sequence[CohortRow]):
    """A department's rows in a file, by number; they are read one at a time, as often as a page asks for them."""

    def __init__(self, path: Path, rows: Iterable[tuple[str, str]]) -> None:
        """Write the rows, each as (應試號碼, JSON), in whatever order they come."""
        self._path = path
        places: list[tuple[str, int]] = []
        with path.open("wb") as file:
            for number, row in rows:
                places.append((number, file.tell()))
                file.write(row.encode("utf-8") + b"\n")
        places.sort()
        self._places = tuple(place for _, place in places)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> CohortRow: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[CohortRow]: ...
    def __getitem__(self, at: int | slice) -> CohortRow | Sequence[CohortRow]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        with self._path.open("rb") as file:
            file.seek(self._places[at])
            return from_json(file.readline().decode("utf-8"))


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _revive(kind: Any, data: Any) -> Any:
    """Build a view from JSON: dataclasses, tuples, optional values, and kinds of text (markup that a view has escaped stays markup)."""
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        return tuple(_revive(arguments[0], item) for item in data)
    if isinstance(kind, types.UnionType):
        return None if data is None else _revive(next(argument for argument in arguments if argument is not types.NoneType), data)
    if dataclasses.is_dataclass(kind):
        hints = _hints(cast("type", kind))
        return cast("Any", kind)(**{name: _revive(hints[name], value) for name, value in data.items()})
    return kind(data)
