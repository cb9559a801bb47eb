"""Recognising a package that was read before without reading it again: names, sizes, times and inodes of its files, as git does.

What a signature stood for is kept in the cache folder, not with the site: it is about this machine, while the site and its record are the same
wherever they are made. Losing it costs one reading of the packages, never a dossier.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.model.canonical import canonical_json
from reviewer.packages import remote
from reviewer.packages.address import TrustedKey
from reviewer.site import disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A package that was read."""

    location: str
    """Where it lies."""
    signature: str
    """Its signature when it was read."""
    content_sha256: str
    """Its content."""
    files: Mapping[str, str] = field(default_factory=dict)
    """A few digits of each file's own signature, so that a plan can say which file changed; empty where packages come from afar."""


def signature(location: str) -> str:
    """Signature of a folder or file; of something that is not there, or changes while it is listed, an empty one, which is never recognised."""
    if remote.is_remote(location):
        return remote.signature(location)
    total = hashlib.sha256()
    try:
        # Texts, not Paths: Python keeps a table of all words that Paths were ever made of, and here are thousands.
        if os.path.isdir(location):  # noqa: PTH112
            for line in _lines(location, ""):
                total.update(line)
        else:
            total.update(_line("", os.stat(location)))  # noqa: PTH116
    except OSError:
        return ""
    return total.hexdigest()


def held_against(found: str, trusted: Iterable[TrustedKey]) -> str:
    """The signature together with the keys that the package is held against: with another key it is read again, since its own may now be known."""
    keys = b"".join(key.raw + key.name.encode() + b"\0" for key in trusted)
    return hashlib.sha256(found.encode() + keys).hexdigest() if found and keys else found


def files(location: str) -> Mapping[str, str]:
    """Each file's own signature, a few digits of it, by its path in the package (a zip is one file); empty for what is not on this machine."""
    if remote.is_remote(location):
        return {}
    try:
        if not Path(location).is_dir():
            return {Path(location).name: _digits(_line("", Path(location).stat()))}
        return {_name(line): _digits(line) for line in _lines(location, "")}
    except OSError:
        return {}


def differences(known: Mapping[str, str], location: str) -> tuple[str, ...]:
    """Files that are new, gone or look changed since a package was read."""
    there = files(location)
    return tuple(sorted(name for name in known.keys() | there.keys() if known.get(name) != there.get(name))) if known and there else ()


def _name(line: bytes) -> str:
    return line.partition(b"\0")[0].decode("utf-8", "replace")


def _digits(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()[:12]


def _lines(folder: str, stem: str) -> Iterator[bytes]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from _lines(entry.path, f"{stem}{entry.name}/")
        else:
            yield _line(stem + entry.name, entry.stat(follow_symlinks=False))


def _line(name: str, facts: os.stat_result) -> bytes:
    return f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\0{facts.st_ino}\n".encode("utf-8", "surrogateescape")


class SignatureIndex:
    """What is known of the packages of one site: one line a package, read and written line by line."""

    def __init__(self, cache: Path, site: Path) -> None:
        name = hashlib.sha256(os.fsencode(site.absolute())).hexdigest()[:16]
        self._path = cache / "packages" / f"{name}.jsonl"

    def __iter__(self) -> Iterator[Known]:
        """Every package that was read; a line of another version, or one that was cut off, means that its package is read once more."""
        return (known for known, _ in self._lines())

    def save(self, read: Mapping[str, tuple[str, str]]) -> None:
        """Keep what was read in this build (signature and content by location), and forget packages that are gone."""
        if not read and all(_is_there(known.location) for known in self):
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        disk.write_lines(self._path, self._next(read))

    def _next(self, read: Mapping[str, tuple[str, str]]) -> Iterator[bytes]:
        for known, line in self._lines():
            if known.location not in read and _is_there(known.location):
                yield line
        for location, (signed, content) in sorted(read.items()):
            yield canonical_json(Known(location=location, signature=signed, content_sha256=content, files=files(location))) + b"\n"

    def _lines(self) -> Iterator[tuple[Known, bytes]]:
        try:
            with self._path.open("rb") as file:
                for line in file:
                    with contextlib.suppress(ValueError, TypeError):
                        yield Known(**json.loads(line)), line
        except FileNotFoundError:
            return


def _is_there(location: str) -> bool:
    return remote.is_remote(location) or os.path.exists(location)  # noqa: PTH110
