"""Recognising a package that was read before without reading it again: names, sizes, times and inodes of its files, as git does.

What a signature stood for is kept in the cache folder, not with the site: it is about this machine, while the site and its record are the same
wherever they are made. Losing it costs one reading of the packages, never a dossier.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pydantic

from reviewer.model.canonical import canonical_json
from reviewer.packages import remote
from reviewer.packages.address import TrustedKey
from reviewer.site import disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A package that was read."""

    signature: str
    """Its signature at that time."""
    content_sha256: str
    """Its content."""


_KNOWN = pydantic.TypeAdapter(dict[str, Known])


def signature(location: str) -> str:
    """Signature of a folder or file; of something that is not there, or changes while it is listed, an empty one, which is never recognised."""
    if remote.is_remote(location):
        return remote.signature(location)
    total = hashlib.sha256()
    try:
        if Path(location).is_dir():
            for line in _lines(location, ""):
                total.update(line)
        else:
            total.update(_line("", Path(location).stat()))
    except OSError:
        return ""
    return total.hexdigest()


def held_against(found: str, trusted: Iterable[TrustedKey]) -> str:
    """The signature together with the keys that the package is held against: with another key it is read again, since its own may now be known."""
    keys = b"".join(key.raw + key.name.encode() + b"\0" for key in trusted)
    return hashlib.sha256(found.encode() + keys).hexdigest() if found and keys else found


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
    """What is known of the packages of one site."""

    def __init__(self, cache: Path, site: Path) -> None:
        name = hashlib.sha256(os.fsencode(site.absolute())).hexdigest()[:16]
        self._path = cache / "packages" / f"{name}.json"
        self._known: Mapping[str, Known] = {}
        try:
            self._known = _KNOWN.validate_json(self._path.read_bytes())
        except (OSError, ValueError):
            # None yet, or one of another version: the packages are read once more.
            self._known = {}

    def content(self, location: str, current: str) -> str:
        """Content of a package, when it still has the signature that it had when it was read; empty otherwise."""
        known = self._known.get(location)
        return known.content_sha256 if known is not None and current and known.signature == current else ""

    def save(self, packages: Iterable[tuple[str, Known]]) -> None:
        """Keep what was read in this build, and forget packages that are gone."""
        known = {**self._known, **dict(packages)}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        content = canonical_json({place: entry for place, entry in known.items() if remote.is_remote(place) or Path(place).exists()})
        if not self._path.exists() or self._path.read_bytes() != content:
            disk.write_whole(self._path, content)
