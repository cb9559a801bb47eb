"""Values of the model as canonical JSON: the one form that hashes are taken of and that caches and records keep."""

import dataclasses
import datetime as dt
import enum
import hashlib
import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Any

from reviewer.model.dates import Day, Semester

_AS_THEY_ARE = frozenset({str, int, float, bool})
"""The commonest types, asked for first: a dossier holds ten thousand values. Exact types only, since enumerations are texts too."""


def plain(value: object, *, without: AbstractSet[str] = frozenset()) -> Any:
    """Turn a value of the model into JSON's types; fields named in `without` are left out, at every depth."""
    if value is None or type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, Day):
        return value.western
    if isinstance(value, Semester):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = (field.name for field in dataclasses.fields(value) if field.name not in without)
        return {name: plain(getattr(value, name), without=without) for name in names}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(item, without=without) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(plain(item, without=without) for item in value)
    if isinstance(value, tuple | list):
        return [plain(item, without=without) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"not a value of the model: {type(value).__name__}")


def canonical_json(value: object, *, without: AbstractSet[str] = frozenset()) -> bytes:
    """UTF-8 JSON with sorted keys and no blanks; lone surrogates, which JSON input can hold, pass as escapes."""
    text = json.dumps(plain(value, without=without), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", errors="backslashreplace")


def canonical_sha256(value: object, *, without: AbstractSet[str] = frozenset()) -> str:
    """Hexadecimal SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical_json(value, without=without)).hexdigest()
