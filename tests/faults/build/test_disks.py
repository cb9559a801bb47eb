"""Builds onto disks that are really full and really read-only: tmpfs of a few MB in a mount namespace of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.build.conftest import copy_export

SCRIPT = Path(__file__).with_name("small_disk.py")
NAMESPACE = ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "--mount", "--map-root-user")
CHANGED = "001/001023/10110301/10110301_學習歷程自述_O.md"


def cannot_mount() -> str:
    """Why this machine lets nobody mount a file system; empty where it does."""
    if sys.platform != "linux":
        return "mount namespaces are Linux's"
    try:
        tried = subprocess.run([*NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "no unshare on this machine"
    return tried.stderr.strip()


REASON = cannot_mount()
pytestmark = pytest.mark.skipif(bool(REASON), reason=f"no file system can be mounted: {REASON}")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("disks")
    export = copy_export(folder / "export")
    done = subprocess.run(
        [*NAMESPACE, sys.executable, SCRIPT, export, export / CHANGED, cache, folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_full_disk_leaves_the_site_as_it_was(told: dict[str, Any]) -> None:
    assert told["first"]["status"] == 0
    for moment in ("full", "nearly", "later"):
        assert told[moment]["status"] == 1, (moment, told[moment]["said"])
        assert "There is no space left to write " in told[moment]["said"]
        assert "Traceback" not in told[moment]["said"]
        assert told[moment]["site"] == told["first"]["site"], moment


def test_with_room_again_the_next_run_completes(told: dict[str, Any]) -> None:
    assert (told["after"]["status"], told["after"]["staging"]) == (0, False)
    assert told["after"]["site"] != told["first"]["site"]
    assert told["grown"]["site"] == told["after"]["site"]


def test_a_disk_too_small_for_the_first_build_holds_no_half_folder(told: dict[str, Any]) -> None:
    assert told["too small"]["status"] == 1
    assert "There is no space left to write " in told["too small"]["said"]
    assert told["too small"]["site"] == {}
    assert (told["grown"]["status"], told["grown"]["staging"]) == (0, False)


def test_a_full_cache_stops_with_its_place(told: dict[str, Any]) -> None:
    assert told["cache full"]["status"] == 1
    assert "There is no space left to write " in told["cache full"]["said"]
    assert "/narrow/cache" in told["cache full"]["said"]
    assert told["cache full"]["site"] == {}


def test_a_read_only_disk_is_told_and_nothing_changes(told: dict[str, Any]) -> None:
    for moment in ("read-only", "read-only, new"):
        assert told[moment]["status"] == 1
        assert "(Read-only file system). The previous site is untouched." in told[moment]["said"]
    assert told["read-only"]["site"] == told["after"]["site"]
    assert told["writable again"]["status"] == 0
    assert told["writable again"]["site"] != told["after"]["site"]
