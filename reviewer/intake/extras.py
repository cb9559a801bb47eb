"""附加資訊.json of a package, as the intake reads its own additions back."""

from collections.abc import Mapping
from typing import Any

from reviewer.packages import limits
from reviewer.packages.findings import Findings, Place
from reviewer.packages.json_text import parse
from reviewer.packages.opening import Opened

NAME = "附加資訊.json"
"""Where our own additions stand."""


def read_extras(opened: Opened) -> Mapping[str, Any]:
    """What an open package holds of them; nothing when it has none. Raises `SetAside` when it does not parse, OSError when it cannot be read."""
    entry = opened.inventory.find(NAME)
    if entry is None:
        return {}
    value = parse(opened.contents.read(entry, limits.JSON_BYTES), Place(Findings(opened.package_id), NAME))
    return value if isinstance(value, dict) else {}


def words_of(extras: Mapping[str, Any], part: str, key: str) -> str:
    """A member of an object of theirs, as words; empty when it is not there."""
    inner = extras.get(part)
    value = inner.get(key) if isinstance(inner, dict) else None
    return str(value) if isinstance(value, str) else ""
