"""Processor seconds: of this process, of a command with all its descendants, of a fixed piece of work to compare machines by.

A build's workers are children of a server process that is nobody's child any more once the command has ended, so that the command's own account of its
children lacks them. This process adopts such orphans and waits for them; the kernel then counts them here. Linux only; elsewhere they are missed.
"""

import contextlib
import ctypes
import hashlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_PR_SET_CHILD_SUBREAPER = 36
_CALIBRATION_RUNS = 5
_PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a command took."""

    wall_s: float
    """From its start to its end."""
    cpu_s: float
    """Of it and of all that it started, ended by themselves or not."""
    status: int
    """Its exit status."""
    output: bytes
    """What it printed."""


def cpu_of(work: Callable[[], object]) -> float:
    """Processor time of this process and of those that it waited for."""
    before = _cpu()
    work()
    return _cpu() - before


def command(arguments: Sequence[str]) -> Spent:
    """Run a command and wait for everything that it started."""
    _adopt_orphans()
    before, began = _children(), time.monotonic()
    done = subprocess.run(arguments, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    wall = time.monotonic() - began
    _wait_for_orphans()
    return Spent(wall_s=wall, cpu_s=_children() - before, status=done.returncode, output=done.stdout)


def calibration() -> float:
    """Processor seconds of a piece of work that never changes, much like the program's own: JSON, hashes, text, small objects, in one process.

    Seconds of another benchmark divided by these say less of the machine, and of who else uses it, than the seconds do: both are measured in one run.
    """
    return statistics.median(cpu_of(_fixed_work) for _ in range(_CALIBRATION_RUNS))


def _fixed_work() -> None:
    rows = [{"number": f"{number:08d}", "words": ["學習歷程", "檔案"] * 6, "sizes": list(range(number % 40))} for number in range(4_000)]
    for _ in range(3):
        text = json.dumps(rows, ensure_ascii=False, sort_keys=True)
        hashlib.sha256(text.encode()).hexdigest()
        read = json.loads(text)
        sorted("".join(row["words"]) + row["number"] for row in read)
        {row["number"].translate({48: 65}): tuple(row["sizes"]) for row in read}


def _adopt_orphans() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _wait_for_orphans() -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < end:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.01)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _cpu() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime + _children()
