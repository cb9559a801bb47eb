"""Rows of the cohort page as JSON: what a dossier's job hands to its department, and what the record keeps for the next build."""

import dataclasses
import json
import types
import typing
from typing import Any, cast

from reviewer.model.canonical import canonical_json
from reviewer.render.shapes.cohort import CohortRow


def to_json(row: CohortRow) -> str:
    """The row as canonical JSON."""
    return canonical_json(row).decode("utf-8")


def from_json(text: str) -> CohortRow:
    """The row again. Trusts the text: a record of another version of the code is never read this far."""
    return cast("CohortRow", _revive(CohortRow, json.loads(text)))


def _revive(kind: Any, data: Any) -> Any:
    """Build a view from JSON: dataclasses, tuples, optional values, and kinds of text (markup that a view has escaped stays markup)."""
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is tuple:
        return tuple(_revive(arguments[0], item) for item in data)
    if isinstance(kind, types.UnionType):
        return None if data is None else _revive(next(argument for argument in arguments if argument is not types.NoneType), data)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return cast("Any", kind)(**{name: _revive(hints[name], value) for name, value in data.items()})
    return kind(data)
