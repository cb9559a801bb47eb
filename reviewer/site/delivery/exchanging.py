"""The new folder takes the place of the old one, and what the reviewer wrote meanwhile comes along.

Beside FOLDER lies `.FOLDER.reviewer/` while a container is applied:

1. `new/` is filled; stopped here, it is thrown away                   → the old state stands
2. `commit.json` says which paths are delivered; everything is flushed  → the old state stands
3. FOLDER and `new/` are exchanged (elsewhere two renames, by `old/`)   → the new state stands; what is left over is the old folder
4. own files that the old folder holds and the new one lacks, or holds older, are brought over: he may have saved one during step 1 to 3
5. the old folder is removed

`recover` does steps 4 and 5, at the next run where this one was stopped. Own files in `new/` are hard links where the file system has them, so that nothing is copied;
where it has none they are copies, and the time of the last change decides.
"""

import contextlib
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from filelock import FileLock, Timeout

from reviewer.model.problem import Stop, Where
from reviewer.site import disk, layout
from reviewer.site.delivery import findings
from reviewer.site.delivery.folder import Found, walk
from reviewer.site.swap import restore, swap


class Places:
    """Where a container is applied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        """The reviewer's folder."""
        self.root = folder.with_name(f".{folder.name}.reviewer")
        """Everything that is in the making."""
        self.new = self.root / "new"
        self.old = self.root / "old"
        self.commit = self.root / "commit.json"
        self.lock = self.root / "lock"


@contextlib.contextmanager
def alone(places: Places) -> Iterator[None]:
    """Hold the folder for this run. Raises `Stop` when another run holds it, OSError."""
    places.root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(places.lock, mode=0o644)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Stop(findings.BUSY.at(Where(file=str(places.folder)), place=places.folder)) from None
    try:
        yield
    finally:
        # The lock's own file goes last; whoever waits for it finds no folder and begins anew.
        with contextlib.suppress(OSError):
            places.lock.unlink(missing_ok=True)
            places.root.rmdir()
        lock.release()


def recover(places: Places) -> None:
    """Steps 4 and 5, at the end of a run or of the next one; or, before step 3 was done, back to the old state."""
    if places.commit.is_file():
        restore(places.folder, places.old)
        delivered = _delivered(places.commit)
        if delivered is not None:
            _settle(places, delivered)
    _clear(places)


def _delivered(commit: Path) -> frozenset[str] | None:
    """The paths in `commit.json`; None when it was cut off (the power, a stick pulled out): then nothing was exchanged yet."""
    try:
        return frozenset(map(str, json.loads(commit.read_bytes())))
    except (ValueError, TypeError):
        return None


def publish(places: Places, delivered: frozenset[str]) -> None:
    """Exchange the folders; `delivered` are the paths of both states. `new/` must be complete."""
    disk.write_whole(places.commit, json.dumps(sorted(delivered), ensure_ascii=False).encode("utf-8", "surrogatepass"))
    disk.flush(places.root)
    swap(places.new, places.folder, places.old)
    disk.flush_folder(places.folder.parent)


def _clear(places: Places) -> None:
    """Remove what was in the making; the lock stays, and `commit.json` goes last: what it names was settled."""
    disk.remove_tree(places.new)
    disk.remove_tree(places.old)
    places.commit.unlink(missing_ok=True)


def check_space(places: Places, container_bytes: int, kept: Iterable[str]) -> None:
    """Say at once when what comes from the container, and the files of the folder that are kept, cannot fit. Raises `Stop`, OSError.

    Where a file can have two names (most disks, few sticks) keeping takes no room.
    """
    needed_bytes = container_bytes
    if not _holds_links(places):
        needed_bytes += sum((places.folder / path).lstat().st_size for path in kept)
    if shutil.disk_usage(places.root).free < needed_bytes:
        raise Stop(findings.NO_SPACE.at(Where(file=str(places.folder)), place=places.folder))


def _holds_links(places: Places) -> bool:
    probe = places.root / "link"
    try:
        probe.unlink(missing_ok=True)
        os.link(places.lock, probe)
        probe.unlink()
    except OSError:
        return False
    return True


def keep(source: Path, target: Path, found: Found) -> None:
    """Give something of the old folder a name in the new one; a symbolic link stays a link and is not followed."""
    place = target / found.path
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source / found.path, place, follow_symlinks=False)
    except OSError as error:
        if error.errno in disk.FULL_ERRORS:
            raise
        shutil.copy2(source / found.path, place, follow_symlinks=False)


def as_before(source: Path, target: Path) -> None:
    """Give everything in the new folder the mode and owner of what stands in its place in the old one; what is new belongs to the old folder's owner."""
    top = source.stat()
    for found in walk(target):
        try:
            former = (source / found.path).lstat()
        except OSError:
            former = None
        same_kind = former is not None and (
            stat.S_ISDIR(former.st_mode) if found.is_folder else found.is_file and stat.S_ISREG(former.st_mode)
        )
        _become(target / found.path, former or top, mode=former.st_mode if former and same_kind else None)
    _become(target, top, mode=top.st_mode)


def _become(path: Path, former: os.stat_result, *, mode: int | None) -> None:
    here = path.lstat()
    if (here.st_uid, here.st_gid) != (former.st_uid, former.st_gid):
        with contextlib.suppress(PermissionError):  # only root may give files away
            os.chown(path, former.st_uid, former.st_gid, follow_symlinks=False)
    if mode is not None and here.st_mode != mode:
        path.chmod(stat.S_IMODE(mode))


def own_folders(listing: Iterable[Found], delivered: Mapping[str, str]) -> frozenset[str]:
    """Folders that hold nothing delivered: the reviewer made them, and they stay even when they are empty."""
    ours = {"/".join(parts[:depth]) for path in delivered for parts in (path.split("/"),) for depth in range(1, len(parts))}
    return frozenset(found.path for found in listing if found.is_folder and found.path not in ours)


def _settle(places: Places, delivered: frozenset[str]) -> None:
    """Bring over what the reviewer saved in the old folder after it was staged. May be repeated, and before the exchange it does nothing."""
    if not places.folder.is_dir():
        return
    known = delivered | {layout.SUMS, layout.DELIVERY}
    for left_over in (places.new, places.old):
        for found in walk(left_over) if left_over.is_dir() else ():
            if found.is_folder or found.path in known:
                continue
            here, there = left_over / found.path, places.folder / found.path
            if not os.path.lexists(there):
                there.parent.mkdir(parents=True, exist_ok=True)
                here.rename(there)
            elif here.lstat().st_mtime_ns > there.lstat().st_mtime_ns:
                here.replace(there)
