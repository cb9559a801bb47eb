"""What stands at the head of a container, and which paths it may name.

```
container.json          what is inside: everything, or the difference to an older state
CODE/delivery.json      whose folder it is, and the signature
CODE/SHA256SUMS         the new state, whole
CODE/…                  the files, sorted: all of them, or those that are new or changed
```
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import pydantic

from reviewer.model.canonical import canonical_json
from reviewer.model.text import Text
from reviewer.packages import names
from reviewer.site import layout, sums
from reviewer.site.delivery.statement import Statement

DESCRIPTION = "container.json"
LARGEST_HEAD_BYTES = 64 * 2**20
"""SHA256SUMS and the like: five thousand dossiers with a hundred files each take 50 MB."""
DEEPEST = 8
"""Folders within folders. A site has three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """Content of container.json."""

    format: Literal["reviewer container 1"] = "reviewer container 1"
    """Version of the container."""
    department: str
    """校系代碼: also the folder's name inside."""
    base_sums_sha256: str = ""
    """SHA-256 of the SHA256SUMS that a delta was made for; empty when the container holds everything."""
    removed: tuple[str, ...] = ()
    """Paths of the old state that the new one lacks, sorted."""
    files: int
    """How many files follow SHA256SUMS."""
    stream_bytes: int
    """Length of the tar behind this entry: tells what is cut off from what is altered."""

    @property
    def is_delta(self) -> bool:
        """Whether only the difference to an older state is inside."""
        return bool(self.base_sums_sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The head of a container, read and found to be in order."""

    description: Description
    """What is inside."""
    statement: Statement
    """Whose it is, and the signature."""
    sums: bytes
    """SHA256SUMS of the new state."""
    hashes: Mapping[str, str]
    """The same, by path."""


_DESCRIPTION = pydantic.TypeAdapter(Description)


def written(description: Description) -> bytes:
    """Content of container.json."""
    return canonical_json(description) + b"\n"


def parsed(data: bytes) -> Description:
    """Read container.json. Raises ValueError when it is not of its form."""
    return _DESCRIPTION.validate_json(data, strict=True)


def is_plain_name(name: str) -> bool:
    """Whether a department's code may be a folder's name."""
    return bool(name) and "/" not in name and not name.startswith(".") and not names.leads_out(name) and not names.deceives(name)


def strict_hashes(data: bytes) -> Mapping[str, str]:
    """Read a SHA256SUMS as the build writes it. Raises ValueError for another order, a path named twice, or a line that is none."""
    hashes, problems = sums.parsed(data, layout.SUMS)
    if problems or b"".join(sums.lines(sorted(hashes.items()))) != data:
        raise ValueError("not as the build writes it")
    return hashes


def fault_of_paths(paths: Iterable[str]) -> Text | None:
    """What is wrong with the paths of a SHA256SUMS that nobody has vouched for; None when each can be written on every system."""
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        parts = path.split("/")
        shown = names.visible(path)
        if names.leads_out(path) or any(part in ("", ".", "..") or names.deceives(part) for part in parts) or len(parts) > DEEPEST:
            return Text(f"路徑「{shown}」", f"the path “{shown}”")
        key = names.fold(path)
        if key in files or key in folders or key in _RESERVED:
            return Text(f"「{shown}」與其他檔案同名", f"“{shown}” has the name of another file")
        files[key] = path
        for depth in range(1, len(parts)):
            folder = "/".join(parts[:depth])
            # Two spellings of one folder would be two here and one on a disk that does not tell them apart.
            if names.fold(folder) in files or folders.setdefault(names.fold(folder), folder) != folder:
                return Text(f"「{shown}」與其他檔案同名", f"“{shown}” has the name of another file")
    return None


_RESERVED = frozenset({names.fold(layout.SUMS), names.fold(layout.DELIVERY)})
