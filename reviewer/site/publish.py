"""A department's folder appears whole or not at all (law 5): staged beside the site, flushed, exchanged in one step.

The steps of `publish`, and what `recover` finds at the next run when the machine stopped between them:

1. the record that belongs to the new folder is written into staging    → nothing was exchanged; staging is used again
2. the two folders are exchanged (`swap`)                               → the new folder stands; its record is put in place
3. the record replaces the former one                                   → only staging is left to clear
4. staging, which now holds the former folder, is removed

Where the file system cannot exchange two folders, step 2 is two renames; between them the published folder is missing and the former one
lies in staging, from where `recover` puts it back.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from reviewer.model.problem import ExitStatus, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.site import disk, layout, record, sums
from reviewer.site.swap import restore, swap

BUSY = ProblemKind(
    "target-busy",
    Severity.ERROR,
    Text("另一個 reviewer build 正在寫入 {site}。", "Another reviewer build is writing to {site}."),
    Text("請等它結束後再執行，或用 --out 指定其他資料夾。", "Wait until it has ended, or name another folder with --out."),
)

FOREIGN = ProblemKind(
    "target-foreign",
    Severity.ERROR,
    Text(
        "{site} 已有其他檔案（如 {name}），而且不是 reviewer 產生的網站。",
        "{site} already holds other files (such as {name}) and is not a site made by reviewer.",
    ),
    Text("請用 --out 指定新的或空的資料夾。", "Name a new or empty folder with --out."),
)


@contextlib.contextmanager
def sole_build(paths: layout.Paths) -> Iterator[None]:
    """Hold the site for this build alone; a second build is refused. Unwritable, foreign and busy targets raise `Stop`."""
    site = paths.site
    with disk.target_errors(site):
        try:
            site.mkdir(parents=True, exist_ok=True)
            if not paths.state.is_dir():
                _refuse_foreign(site)
                paths.state.mkdir()
        except (FileExistsError, NotADirectoryError) as error:
            raise disk.stop_for(error, site) from error
        lock = FileLock(paths.lock, mode=0o644)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise Stop(BUSY.at(Where(file=str(site)), site=site), status=ExitStatus.NOTHING) from error
    try:
        yield
    finally:
        lock.release()


def _refuse_foreign(site: Path) -> None:
    foreign = next((entry for entry in sorted(site.iterdir()) if entry.name != layout.STATE), None)
    if foreign is not None:
        raise Stop(FOREIGN.at(Where(file=str(site)), site=site, name=foreign.name), status=ExitStatus.USAGE)


def publish(paths: layout.Paths, code: str) -> None:
    """Put the staged folder of a department in the place of the published one. Staging must be complete, its record included."""
    staged, target = paths.staged(code), paths.department(code)
    paths.records.mkdir(exist_ok=True)
    disk.flush(staged.root)
    swap(staged.site, target, staged.old)
    disk.flush_folder(paths.site)
    _settle(paths, code)


def withdraw(paths: layout.Paths, code: str) -> None:
    """Remove the published folder of a department that is no longer built: its record last, by which the next build knows what is to go."""
    target = paths.department(code)
    if target.is_dir():
        trash = paths.staging / f"{code}.removed"
        disk.remove_tree(trash)
        paths.staging.mkdir(parents=True, exist_ok=True)
        target.rename(trash)
    paths.record(code).unlink(missing_ok=True)
    disk.remove_tree(paths.staging / f"{code}.removed")
    disk.remove_tree(paths.staged(code).root)


def recover(paths: layout.Paths) -> None:
    """Finish or undo what a build that was stopped left behind; finished dossiers in staging stay there for this run."""
    if not paths.staging.is_dir():
        return
    for root in sorted(paths.staging.iterdir()):
        if root.name.endswith(".removed"):
            disk.remove_tree(root)
            continue
        code, staged = root.name, paths.staged(root.name)
        target = paths.department(code)
        restore(target, staged.old)
        if staged.record.is_file() and record.header(staged.record).sums_sha256 == sums_sha256(target):
            _settle(paths, code)
        disk.remove_tree(staged.scratch)


def clear(paths: layout.Paths) -> None:
    """Remove staging at the end of a build that went through."""
    disk.remove_tree(paths.staging)


def sums_sha256(folder: Path) -> str:
    """Hash of a department's SHA256SUMS: names the folder's whole content; empty when there is none."""
    try:
        return sums.sha256_of(folder / layout.SUMS)
    except OSError:
        return ""


def _settle(paths: layout.Paths, code: str) -> None:
    staged = paths.staged(code)
    paths.records.mkdir(exist_ok=True)
    staged.record.replace(paths.record(code))
    disk.flush_folder(paths.records)
    disk.remove_tree(staged.root)
