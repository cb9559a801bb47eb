"""A file that appears whole or not at all, and errors of the target in words."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from reviewer.model.problem import Stop, Where
from reviewer.site import disk
from reviewer.site.delivery import findings


@contextlib.contextmanager
def target_errors(place: Path) -> Iterator[None]:
    """Turn errors of writing to `place` into `Stop`."""
    try:
        yield
    except OSError as error:
        raise stop_for(error, place) from error


def stop_for(error: OSError, place: Path) -> Stop:
    """Put an error of the target into words."""
    where = Where(file=str(place))
    if error.errno in disk.FULL_ERRORS:
        return Stop(findings.NO_SPACE.at(where, place=place))
    return Stop(findings.NOT_WRITABLE.at(where, place=place, reason=error.strerror or type(error).__name__))


@contextlib.contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the target's name when the block ends well, and vanishes otherwise. Raises `Stop` when another run writes it.

    What a run that was killed left behind has the same name as the next one's and is written anew.
    """
    part = target.with_name(f".{target.name}.part")
    descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    with os.fdopen(descriptor, "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop(findings.BUSY.at(Where(file=str(target)), place=target)) from None
        try:
            file.truncate()
            yield file
            file.flush()
            os.fsync(file.fileno())
            part.replace(target)
        except BaseException:  # even an interrupt leaves no half-written file
            part.unlink(missing_ok=True)
            raise
    disk.flush_folder(target.parent)
