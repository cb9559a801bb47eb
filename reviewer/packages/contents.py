"""Reading the files of a package: opened without following links, streamed once, hashed, and told by their first bytes.

Defended: what is published under a package's hash, against whoever writes into the package meanwhile. How: what is read again must still be what
was hashed. What remains: a file that changes before it is hashed is taken as it is then.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from reviewer.model.attachment import MediaType
from reviewer.model.problem import ProblemKind, SetAsideForNow, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import names
from reviewer.packages.inventory import Entry, Inventory
from reviewer.packages.media_types import media_type

PACKAGE_CHANGED = ProblemKind(
    "package-changed",
    Severity.ERROR,
    Text(
        "「{name}」在讀取途中被改動或移除，這份資料不予製作。",
        "“{name}” was changed or removed while the package was read; it is not made.",
    ),
    Text("請確定沒有程式正在寫入資料包，再執行一次。", "Make sure that nothing writes to the packages, then run again."),
)

_CHUNK_BYTES, _OWN = 2**20, "sha256"


class PackageChanged(SetAsideForNow):
    """Somebody wrote into the package while it was read: what was read is not what was hashed."""

    def __init__(self, package_id: str, path: str) -> None:
        super().__init__(PACKAGE_CHANGED.at(Where(package=package_id, file=names.visible(path)), name=names.visible(path)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one pass over a file tells."""

    sha256: str
    """Hexadecimal hash of its content."""
    size_bytes: int
    """Bytes read."""
    media_type: MediaType
    """What its content is."""


class Contents:
    """The files of one package, each read at most once for its facts."""

    def __init__(self, inventory: Inventory, package_id: str = "", known: Mapping[str, Facts] = MappingProxyType({})) -> None:
        self.inventory = inventory
        """What lies there."""
        self._package_id = package_id
        self._facts = dict(known)

    def facts(self, entry: Entry) -> Facts:
        """Hash, size and type of a file. Raises OSError when it cannot be read or has become something else since the inventory."""
        known = self._facts.get(entry.path)
        if known is None:
            self.digests(entry, ())
            known = self._facts[entry.path]
        return known

    def digests(self, entry: Entry, algorithms: tuple[str, ...]) -> dict[str, str]:
        """Several hashes of a file (a bag's manifests), in the same pass as its facts. Raises OSError."""
        wanted = {name: hashlib.new(name, usedforsecurity=False) for name in (*algorithms, _OWN)}
        with self.open(entry) as stream:
            size = 0
            while chunk := stream.read(_CHUNK_BYTES):
                size += len(chunk)
                for digest in wanted.values():
                    digest.update(chunk)
            found = {name: digest.hexdigest() for name, digest in wanted.items()}
            self._facts[entry.path] = Facts(sha256=found[_OWN], size_bytes=size, media_type=media_type(stream))
        return {name: found[name] for name in algorithms}

    def read(self, entry: Entry, limit_bytes: int) -> bytes:
        """The content of a small file, at most `limit_bytes` + 1 bytes of it: one more tells that it is too long.

        Raises OSError, and `PackageChanged` when it is no longer what was hashed, or no longer there.
        """
        is_known = entry.path in self._facts
        try:
            with self.open(entry) as stream:
                data = stream.read(limit_bytes + 1)
            facts = self.facts(entry)
        except OSError:
            if is_known:
                raise PackageChanged(self._package_id, entry.path) from None
            raise
        if len(data) <= limit_bytes and hashlib.sha256(data).hexdigest() != facts.sha256:
            raise PackageChanged(self._package_id, entry.path)
        return data

    def within(self, folder: str) -> "Contents":
        """The contents of a sub-folder (`data` of a bag), with what is known of them."""
        inner, stem = self.inventory.within(folder), f"{names.fold(folder)}/"
        outer = ((entry.path, self.inventory.files[stem + key].path) for key, entry in inner.files.items())
        return Contents(inner, self._package_id, {path: self._facts[known] for path, known in outer if known in self._facts})

    def open(self, entry: Entry) -> BinaryIO:
        """Open a regular file of the inventory. Raises OSError."""
        return open_regular(self.inventory.root, entry.disk_path)

    def content_sha256(self, failed: Callable[[Entry, OSError], None]) -> str:
        """SHA-256 over the sorted (path, sha256) of every file; `failed` is told of a file that cannot be read, which then counts by its size."""
        digest = hashlib.sha256()
        for entry in self.inventory:
            try:
                mark = self.facts(entry).sha256
            except OSError as error:
                failed(entry, error)
                mark = f"unreadable:{entry.size_bytes}"
            digest.update(f"{entry.path}\0{mark}\0".encode())
        for key in sorted(self.inventory.refused):
            digest.update(f"{key}\0refused\0".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


def open_regular(root: Path, disk_path: str) -> BinaryIO:
    """Open a regular file below `root` without following a link on the way. Raises OSError, also when it is none."""
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        *steps, name = disk_path.split("/")
        for step in steps:
            inner = os.open(step, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
            os.close(folder)
            folder = inner
        # O_NONBLOCK: a named pipe that took the file's place must not hold the build.
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    finally:
        os.close(folder)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(0, "not a regular file", disk_path)
    return os.fdopen(handle, "rb")
