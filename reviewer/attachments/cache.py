"""Derived files, kept under the hash of the content that they were made of and the versions of the steps that made them.

An entry is a folder: `<version>/<sha256[:2]>/<sha256>/` with the derived files and `manifest.json`, which holds the `Processed` and each file's size
and hash. It appears whole, by one rename, so that several builds may share the folder; who comes second finds it or throws his own work
away. A lock for each key spares the double work. An entry whose work was stopped is made again by a later build, a few times (`Processed.is_lasting`).
Removal takes the entries unused for longest, and never one that was used since the oldest running build began: every open store holds a lock on a
file of its own in `runs/`, whose age is the build's. Unfinished work lies in `work/` under that file's name, so that nobody takes it away while the
build runs, on whichever machine.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import filelock
import platformdirs
import pydantic

from reviewer.model.canonical import canonical_json, plain
from reviewer.model.processed import Processed

DEFAULT_LIMIT_BYTES = 40 * 2**30
"""A large university's 5,000 dossiers have some 30 GB of derived files."""

LOCK_SECONDS = 600.0
"""How long one build waits for another that makes the same entry before it makes its own."""

PRUNE_BYTES = 1 * 2**30
"""After writing this much a store looks whether the limit is passed."""

_SCHEMA = 1
_PROCESSED = pydantic.TypeAdapter(Processed)


def default_folder() -> Path:
    """The user's cache folder for derived files."""
    return Path(platformdirs.user_cache_dir("portfolio-reviewer", appauthor=False)) / "attachments"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreInfo:
    """What a cache folder holds."""

    folder: Path
    """Where it is."""
    entries: int
    """Attachments that were processed."""
    size_bytes: int
    """Bytes of all derived files."""
    limit_bytes: int
    """What it may grow to."""
    outdated_entries: int
    """Entries made by other versions of the steps; they are the first to go."""
    oldest_use: float
    """When the entry unused for longest was last used, seconds since 1970; 0 when there is none."""


@dataclass(frozen=True, slots=True)
class _Entry:
    folder: Path
    used: float
    size_bytes: int


class Store:
    """A cache folder, opened. Safe to use from several processes; picklable, each process then holds its own lock."""

    def __init__(self, folder: Path, limit_bytes: int = DEFAULT_LIMIT_BYTES, *, version: str = "", began: float = 0.0) -> None:
        """Open a folder, made at need.

        `version` names the steps' versions; empty means those of `versions.current()`. `began` is when the build began (seconds since 1970), whose
        workers come and go; 0 means now.
        """
        from reviewer.attachments.versions import current  # noqa: PLC0415 - reads the fonts' hashes, wanted only when a store is opened

        self.folder = folder
        self.limit_bytes = limit_bytes
        self.version = version or current()
        self._written = 0
        for name in (self.version, "work", "runs", "locks"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._run = filelock.FileLock(folder / "runs" / f"{os.getpid()}-{secrets.token_hex(4)}")
        self._run.acquire()
        os.utime(self._run.lock_file)
        self._began = began or Path(self._run.lock_file).stat().st_mtime

    def __reduce__(self) -> tuple[Callable[..., "Store"], tuple[Path, int, float], dict[str, str]]:
        return (_open, (self.folder, self.limit_bytes, self._began), {"version": self.version})

    def __setstate__(self, state: dict[str, str]) -> None:
        self.version = state["version"]
        (self.folder / self.version).mkdir(exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others remove what this build used, and bring the folder within its limit."""
        self._run.release()
        Path(self._run.lock_file).unlink(missing_ok=True)
        self.prune()

    def entry(self, sha256: str) -> Path:
        """Folder of an entry, whether it is there or not."""
        return self.folder / self.version / sha256[:2] / sha256

    def path(self, processed: Processed, name: str) -> Path:
        """A derived file that `processed` names. KeyError for a name that leads out of the entry, which no step of ours gives."""
        if not name or name.startswith(".") or Path(name).name != name:
            raise KeyError(name)
        return self.entry(processed.sha256) / name

    def find(self, sha256: str) -> Processed | None:
        """What is known of a content; None when it was never processed, or when its entry is damaged. Looking removes nothing: another build may be making it."""
        folder = self.entry(sha256)
        try:
            manifest = json.loads((folder / "manifest.json").read_bytes())
            processed = _PROCESSED.validate_python(manifest["processed"])
            sound = all(_sha256(folder / name) == known for name, known in manifest["files"].items())
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        if not sound or processed.sha256 != sha256:
            return None
        with contextlib.suppress(OSError):
            os.utime(folder)
        return processed

    def make(self, sha256: str, work: Callable[[Path], Processed]) -> Processed:
        """Return the entry, made by `work` (which writes into the folder it is given) when it is not there or is to be tried again.

        Made once a build, whoever asks. `work` says by `stops` 1 that it was stopped; the entry counts how often that has been.
        """
        found = self.find(sha256)
        if found is not None and not self._is_due(found):
            return found
        with self._key(sha256):
            found = self.find(sha256)
            if found is not None and not self._is_due(found):
                return found
            with self.workshop() as folder:
                processed = work(folder)
                if found is not None and processed.stops:
                    return self._stopped_again(found)
                if found is not None:
                    self._drop(self.entry(sha256))
                self._put(folder, processed)
        return processed

    def _stopped_again(self, found: Processed) -> Processed:
        """The entry that stands, counted once more: what was made of it then is no worse, and others may be reading it."""
        manifest = self.entry(found.sha256) / "manifest.json"
        counted = replace(found, stops=found.stops + 1)
        content = canonical_json(json.loads(manifest.read_bytes()) | {"processed": plain(counted)})
        part = manifest.with_name(f".manifest.{secrets.token_hex(6)}")
        part.write_bytes(content)
        part.replace(manifest)
        return counted

    def _is_due(self, processed: Processed) -> bool:
        """Whether an entry is to be made again: its work was stopped in an earlier build."""
        if processed.is_lasting:
            return False
        try:
            return (self.entry(processed.sha256) / "manifest.json").stat().st_mtime < self._began
        except OSError:
            return True

    @contextlib.contextmanager
    def workshop(self) -> Iterator[Path]:
        """A folder for unfinished work, removed afterwards."""
        folder = self._scratch()
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def info(self) -> StoreInfo:
        """Count what is there."""
        entries = list(self._entries())
        return StoreInfo(
            folder=self.folder,
            entries=len(entries),
            size_bytes=sum(entry.size_bytes for entry in entries),
            limit_bytes=self.limit_bytes,
            outdated_entries=sum(entry.folder.parent.parent.name != self.version for entry in entries),
            oldest_use=min((entry.used for entry in entries), default=0.0),
        )

    def clear(self) -> StoreInfo:
        """Remove every entry that no running build uses; return what was removed."""
        before = self.info()
        self._remove_until(0)
        after = self.info()
        return StoreInfo(
            folder=self.folder,
            entries=before.entries - after.entries,
            size_bytes=before.size_bytes - after.size_bytes,
            limit_bytes=self.limit_bytes,
            outdated_entries=before.outdated_entries - after.outdated_entries,
            oldest_use=before.oldest_use,
        )

    def prune(self) -> int:
        """Bring the folder within its limit; return how many entries were removed."""
        self._written = 0
        self._sweep()
        return self._remove_until(self.limit_bytes)

    def _put(self, made: Path, processed: Processed) -> None:
        files = {item.name: _sha256(item) for item in sorted(made.iterdir())}
        manifest = made / "manifest.json"
        with manifest.open("wb") as out:
            out.write(canonical_json({"schema": _SCHEMA, "files": files, "processed": plain(processed)}))
            out.flush()
            os.fsync(out.fileno())
        self._written += sum(item.stat().st_size for item in made.iterdir())
        final = self.entry(processed.sha256)
        final.parent.mkdir(exist_ok=True)
        try:
            made.rename(final)
        except OSError:
            # What stands there is damaged; or another build was faster, and its entry holds the same bytes.
            if not final.is_dir():
                raise
            if self.find(processed.sha256) is None:
                self._drop(final)
                made.rename(final)
        if self._written > PRUNE_BYTES:
            self.prune()

    @contextlib.contextmanager
    def _key(self, sha256: str) -> Iterator[None]:
        # 256 lock files serve all keys: a folder of a lock file for each content would never be emptied.
        lock = filelock.FileLock(self.folder / "locks" / f"{self.version}-{sha256[:2]}")
        try:
            lock.acquire(timeout=LOCK_SECONDS)
        except filelock.Timeout:
            yield
            return
        try:
            yield
        finally:
            lock.release()

    def _entries(self) -> Iterator[_Entry]:
        for folder in sorted(self.folder.glob("*/??/*")):
            try:
                stat = folder.stat()
                size = sum(item.stat().st_size for item in os.scandir(folder) if item.is_file(follow_symlinks=False))
            except (FileNotFoundError, NotADirectoryError):
                continue
            yield _Entry(folder, stat.st_mtime, size)

    def _remove_until(self, limit_bytes: int) -> int:
        began = self._oldest_run()
        entries = sorted(self._entries(), key=lambda entry: (entry.folder.parent.parent.name == self.version, entry.used))
        total, removed = sum(entry.size_bytes for entry in entries), 0
        for entry in entries:
            if total <= limit_bytes:
                break
            if entry.used < began:
                self._drop(entry.folder)
                total, removed = total - entry.size_bytes, removed + 1
        return removed

    def _oldest_run(self) -> float:
        """When the oldest build began that is still running; runs whose process has died are tidied away."""
        oldest = time.time() + 1.0
        for file in (self.folder / "runs").iterdir():
            if self._run.is_locked and file == Path(self._run.lock_file):
                with contextlib.suppress(FileNotFoundError):
                    oldest = min(oldest, file.stat().st_mtime)
                continue
            lock = filelock.FileLock(file)
            began = oldest
            try:
                began = file.stat().st_mtime
                lock.acquire(blocking=False)
            except FileNotFoundError:
                continue
            except filelock.Timeout:
                oldest = min(oldest, began)
                continue
            file.unlink(missing_ok=True)  # while it is held: a run that begins under this name then sees that it is gone
            lock.release()
        return oldest

    def _sweep(self) -> None:
        """Remove what killed builds left in `work/`: folders whose run is gone."""
        self._oldest_run()
        for folder in (self.folder / "work").iterdir():
            if not (self.folder / "runs" / folder.name.rpartition("-")[0]).exists():
                shutil.rmtree(folder, ignore_errors=True)

    def _scratch(self) -> Path:
        """A name in `work/` that is this run's."""
        return self.folder / "work" / f"{Path(self._run.lock_file).name}-{secrets.token_hex(6)}"

    def _drop(self, folder: Path) -> None:
        """Take an entry away at once, by a rename, so that nobody finds half of it."""
        aside = self._scratch()
        with contextlib.suppress(FileNotFoundError):
            folder.rename(aside)
            shutil.rmtree(aside, ignore_errors=True)


def _open(folder: Path, limit_bytes: int, began: float) -> Store:
    return Store(folder, limit_bytes, began=began)


def _sha256(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
