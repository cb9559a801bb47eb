"""One folder takes the place of another: in one step where the system can, else in two renames, between which the former one stands aside, whole.

Whoever swaps says where it stands aside, and calls `restore` before he looks at the target again: a run that was stopped between the two renames is then undone.
"""

import ctypes
import os
from pathlib import Path

from reviewer.site import disk

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def swap(staged: Path, target: Path, aside: Path) -> Path:
    """Let `staged` stand at `target`. Returns where the former folder is now: at `staged`, at `aside`, or nowhere when there was none. Raises OSError."""
    if not target.exists():
        staged.rename(target)
        return aside
    if exchange(staged, target):
        return staged
    disk.remove_tree(aside)
    target.rename(aside)
    staged.rename(target)
    return aside


def beside(folder: Path) -> Path:
    """Where a folder stands aside that has no staging of its own."""
    return folder.with_name(f".{folder.name}.old")


def restore(target: Path, aside: Path) -> None:
    """Put a folder back that was left aside when a run was stopped between the two renames. Raises OSError."""
    if aside.is_dir() and not target.exists():
        aside.rename(target)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False when this system or file system cannot."""
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return False
    return int(function(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)) == 0
