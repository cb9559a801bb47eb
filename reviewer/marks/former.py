"""The re-read folder of an earlier merge, where the present one makes none: it goes, whole, with the earlier marks in it; what others put there stays.

Only what this command made is touched: a real folder, with sums and with desk data that say what it is for.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from reviewer.marks import findings
from reviewer.marks.desk_data import is_for_rereading, raw_desk
from reviewer.model.problem import Problem, Where
from reviewer.site import disk, layout, sums
from reviewer.site.swap import beside, restore, swap

_SHOWN = 10
"""Files that are named."""


def is_foreign(folder: Path) -> bool:
    """Whether something stands there that this command did not make."""
    if not os.path.lexists(folder):
        return False
    names = folder / layout.SUMS
    if folder.is_symlink() or not folder.is_dir() or not names.is_file():
        return True
    try:
        # An emptied one holds what others saved and sums that name nothing.
        return bool(names.read_bytes()) and not is_for_rereading(raw_desk(folder))
    except (OSError, ValueError, RecursionError):
        return True


def remove_former(folder: Path) -> tuple[Problem, ...]:
    """Remove an earlier folder of ours, if there is one; returns what is to be said of it."""
    former, told = folder.with_name(f".{folder.name}.removed"), []
    try:
        restore(folder, beside(folder))
        disk.remove_tree(former)
        if not folder.exists():
            return ()
        named, _ = sums.read(folder / layout.SUMS)
        own = [path for path in sums.files_below(folder) if path not in named and path != layout.SUMS]
        if named:
            told.append(findings.REREAD_REMOVED.at(Where(), folder=folder, count=len(raw_desk(folder).get("dossiers", ()))))
        if named or not own:
            _put_in_place(folder, own, former)
    except OSError as error:
        return (findings.REREAD_STAYS.at(Where(), folder=folder, reason=error.strerror or type(error).__name__),)
    if own:
        told.append(findings.REREAD_KEPT.at(Where(), folder=folder, count=len(own), files="、".join(own[:_SHOWN])))
    return tuple(told)


def _put_in_place(folder: Path, own: Sequence[str], former: Path) -> None:
    """Let the folder vanish in one step, or in one step hold nothing but what others put there, with sums that name nothing."""
    if not own:
        folder.rename(former)
    else:
        former.mkdir()
        (former / layout.SUMS).touch()
        for path in own:
            (former / path).parent.mkdir(parents=True, exist_ok=True)
            disk.link_or_copy(folder / path, former / path)
        disk.flush(former)
        former = swap(former, folder, beside(folder))
    disk.remove_tree(former)
