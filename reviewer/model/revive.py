"""The way back from canonical JSON to values of the model: records and caches are read by it. The inverse of `canonical.plain`."""

import dataclasses
import datetime as dt
import enum
import functools
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar, Union, cast

from reviewer.model.dates import Day, Semester

T = TypeVar("T")


def revive(kind: type[T], data: object) -> T:
    """Build a value of a type from the JSON that `canonical.plain` made of one.

    For what the product itself wrote, never for packages. Keys that a dataclass does not have, missing ones without a default and values of
    another type raise ValueError: the record or cache entry is then one of another version, and is made anew.
    """
    try:
        return cast("T", _revive(kind, data))
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not a {kind}: {error}") from error


def _revive(kind: Any, data: Any) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is None:
        return _revive_plain(kind, data)
    if origin in (Union, types.UnionType):
        if data is None and type(None) in arguments:
            return None
        return _revive(next(argument for argument in arguments if argument is not type(None)), data)
    if origin is tuple and len(arguments) == 2 and arguments[1] is ...:
        return tuple(_revive(arguments[0], item) for item in data)
    if origin is tuple:
        return tuple(_revive(argument, item) for argument, item in zip(arguments, data, strict=True))
    if origin is frozenset:
        return frozenset(_revive(arguments[0], item) for item in data)
    if origin in (dict, Mapping):
        return {key: _revive(arguments[1], item) for key, item in data.items()}
    raise ValueError(f"cannot revive {kind}")


def _revive_plain(kind: Any, data: Any) -> Any:
    if kind is Day:
        return Day(dt.date.fromisoformat(data))
    if kind is Semester:
        year, _, term = data.partition("-")
        return Semester(int(year), int(term or 0))
    if dataclasses.is_dataclass(kind):
        hints = _hints(cast("type", kind))
        return kind(**{key: _revive(hints[key], value) for key, value in data.items()})
    if issubclass(kind, enum.Enum):
        return kind(data)
    if kind is Decimal:
        return Decimal(data)
    if kind is float and isinstance(data, int):
        return float(data)
    if not isinstance(data, kind):
        raise ValueError(f"not a {kind.__name__}: {data!r}")
    return data


@functools.cache
def _hints(kind: type) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)
