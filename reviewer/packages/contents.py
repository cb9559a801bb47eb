"""Reading the files of a package: opened without following links, streamed once, hashed, and told by their first bytes."""

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reviewer.model.attachment import MediaType
from reviewer.packages.inventory import Entry, Inventory
from reviewer.packages.media_types import media_type

_CHUNK_BYTES = 2**20


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

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        """What lies there."""
        self._facts: dict[str, Facts] = {}

    def facts(self, entry: Entry) -> Facts:
        """Hash, size and type of a file. Raises OSError when it cannot be read or has become something else since the inventory."""
        known = self._facts.get(entry.path)
        if known is None:
            with self.open(entry) as stream:
                digest, size = hashlib.sha256(), 0
                while chunk := stream.read(_CHUNK_BYTES):
                    digest.update(chunk)
                    size += len(chunk)
                known = Facts(sha256=digest.hexdigest(), size_bytes=size, media_type=media_type(stream))
            self._facts[entry.path] = known
        return known

    def digests(self, entry: Entry, algorithms: tuple[str, ...]) -> dict[str, str]:
        """Several hashes of a file in one pass (a bag's manifests)."""
        wanted = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
        with self.open(entry) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                for digest in wanted.values():
                    digest.update(chunk)
        return {name: digest.hexdigest() for name, digest in wanted.items()}

    def read(self, entry: Entry, limit_bytes: int) -> bytes:
        """The content of a small file, at most `limit_bytes` + 1 bytes of it: one more tells that it is too long. Raises OSError."""
        with self.open(entry) as stream:
            return stream.read(limit_bytes + 1)

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
