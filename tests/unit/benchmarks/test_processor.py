"""Processor time of a command is that of everything that it started, also of what it left behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import processor

CHECKOUT = Path(__file__).parents[3]
BUSY = "import time\nend = time.process_time() + 0.4\nwhile time.process_time() < end: pass\n"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="orphans can be adopted on Linux only")


def test_work_of_a_grandchild_that_nobody_waited_for_is_counted() -> None:
    leaves_it = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {BUSY!r}])\nprint('left')"
    # In a process of its own: one that adopts orphans and waits for all its children must have no others.
    measures = (
        "import sys\nfrom benchmarks.processor import command\n"
        f"spent = command([sys.executable, '-c', {leaves_it!r}])\nprint(spent.status, spent.output, spent.cpu_s >= 0.4)"
    )
    done = subprocess.run([sys.executable, "-c", measures], check=True, capture_output=True, text=True, cwd=CHECKOUT)
    assert done.stdout == "0 b'left\\n' True\n"


def test_work_in_this_process_is_counted() -> None:
    assert 0.4 <= processor.cpu_of(lambda: exec(BUSY, {})) < 2  # noqa: S102 - our own few lines


def test_calibration_is_a_piece_of_work_that_can_be_timed() -> None:
    assert processor.calibration() > 0.01
