"""A folder on the disk as a delivery sees it: which regular files and links it holds. No symbolic link is ever followed."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reviewer.model.problem import ExitStatus, Problem, Stop, Where
from reviewer.site import layout, sums
from reviewer.site.delivery import contents, findings

_CHUNK_BYTES = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a SHA256SUMS says that a folder holds."""

    sums: bytes
    """The file itself; empty when there is none."""
    hashes: Mapping[str, str]
    """The same, by path."""

    @property
    def sums_sha256(self) -> str:
        """The state's name."""
        return hashlib.sha256(self.sums).hexdigest() if self.sums else ""


NOTHING = State(sums=b"", hashes={})
"""A folder to which nothing was delivered yet."""


def state_from(path: Path) -> State:
    """The state that a SHA256SUMS file names. Raises `Stop` for one that cannot be used, OSError."""
    data = path.read_bytes()
    try:
        hashes = contents.strict_hashes(data)
    except ValueError as error:
        raise Stop(sums.SUMS_UNREADABLE.at(Where(file=str(path)), line=_first_bad_line(data)), status=ExitStatus.NOTHING) from error
    fault = contents.fault_of_paths(hashes)
    if fault is not None:
        raise Stop(findings.REFUSED.at(Where(file=str(path)), reason=fault))
    return State(sums=data, hashes=hashes)


def state_of(folder: Path) -> State:
    """The state of a folder, `NOTHING` when it has no SHA256SUMS. Raises `Stop`, OSError."""
    path = folder / layout.SUMS
    return state_from(path) if path.is_file() and not path.is_symlink() else NOTHING


def _first_bad_line(data: bytes) -> int:
    """Line of a SHA256SUMS that is no line, named twice or out of order."""
    before = b""
    for number, line in enumerate(data.splitlines(), 1):
        _, problems = sums.parsed(line, layout.SUMS)
        if problems or line[66:] <= before:
            return number
        before = line[66:]
    return data.count(b"\n") + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing in a folder."""

    path: str
    """Relative, POSIX."""
    is_folder: bool
    """A real folder, not a link to one."""
    is_file: bool
    """A regular file: no link, device or pipe."""


def walk(folder: Path, stem: str = "") -> Iterator[Found]:
    """Yield everything in a folder, sorted, folders before what is in them."""
    with os.scandir(folder) as entries:
        listing = sorted(entries, key=lambda entry: entry.name)
    for entry in listing:
        path = stem + entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        yield Found(path=path, is_folder=is_folder, is_file=entry.is_file(follow_symlinks=False))
        if is_folder:
            yield from walk(folder / entry.name, f"{path}/")


def open_regular(folder: Path, path: str) -> BinaryIO:
    """Open a file that `walk` has found. Raises OSError when it has become a link."""
    return os.fdopen(os.open(folder / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")


def read_pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file in pieces."""
    while piece := file.read(_CHUNK_BYTES):
        yield piece


def difference(folder: Path, state: State, present: frozenset[str]) -> Iterator[Problem]:
    """Yield every delivered file that is altered or missing; `present` are the regular files of the folder."""
    for path, sha256 in sorted(state.hashes.items()):
        where = Where(package=folder.name, file=path)
        if path not in present:
            yield sums.FILE_MISSING.at(where)
            continue
        with open_regular(folder, path) as file:
            digest = hashlib.sha256()
            for piece in read_pieces(file):
                digest.update(piece)
            if digest.hexdigest() != sha256:
                yield sums.FILE_ALTERED.at(where)
