"""Writing to disk so that what stands is whole: files appear by renaming, and are on the disk before they are published."""

import contextlib
import ctypes
import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from reviewer.model.problem import ExitStatus, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text

DISK_FULL = ProblemKind(
    "disk-full",
    Severity.ERROR,
    Text(
        "磁碟空間不足，無法寫入 {place}。先前的網站沒有變動。", "There is no space left to write {place}. The previous site is untouched."
    ),
    Text(
        "請騰出空間後重新執行同一指令，已完成的部分會沿用。",
        "Free some space and run the same command again; what was finished is taken over.",
    ),
)

NOT_WRITABLE = ProblemKind(
    "target-not-writable",
    Severity.ERROR,
    Text("無法寫入 {place}（{reason}）。先前的網站沒有變動。", "Cannot write to {place} ({reason}). The previous site is untouched."),
    Text(
        "請確認您有該資料夾的寫入權限，或以 --out、--cache 指定其他位置。",
        "Check that you may write to that folder, or name another one with --out or --cache.",
    ),
)

FULL_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No space, no quota left, or the largest file that this process may write."""

TARGET_ERRORS = FULL_ERRORS | {errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
"""Errors that are the target's and would meet every dossier alike."""


def stop_for(error: OSError, place: Path) -> Stop:
    """Put an error of the target into words."""
    if error.errno in FULL_ERRORS:
        return Stop(DISK_FULL.at(Where(file=str(place)), place=place), status=ExitStatus.NOTHING)
    return Stop(
        NOT_WRITABLE.at(Where(file=str(place)), place=place, reason=error.strerror or type(error).__name__), status=ExitStatus.NOTHING
    )


@contextlib.contextmanager
def target_errors(place: Path) -> Iterator[None]:
    """Turn errors of the target into `Stop`; other errors pass."""
    try:
        yield
    except OSError as error:
        if error.errno in TARGET_ERRORS:
            raise stop_for(error, place) from error
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all."""
    write_lines(path, (content,))


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """The same of a file that is made piece by piece."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with part.open("wb") as file:
            file.writelines(lines)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def link_or_copy(source: Path, target: Path) -> None:
    """Let `target` be the same file as `source`, or a copy where the file system has no hard links."""
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno in FULL_ERRORS:
            raise
        shutil.copyfile(source, target)


def link_tree(source: Path, target: Path) -> None:
    """Make `target` a tree of hard links to the files of `source`."""
    target.mkdir(parents=True)
    with os.scandir(source) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                link_tree(Path(entry.path), target / entry.name)
            else:
                link_or_copy(Path(entry.path), target / entry.name)


def remove_tree(folder: Path) -> None:
    """Remove a folder that may not be there."""
    if folder.exists():
        shutil.rmtree(folder)


def flush(folder: Path) -> None:
    """Bring everything that was written below `folder` onto the disk; one call for the whole file system is far cheaper than one a file."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if _syncfs(descriptor) != 0:
            os.sync()
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Bring a folder's own entries (renames) onto the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _syncfs(descriptor: int) -> int:
    function = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    return int(function(descriptor)) if function is not None else -1
