"""Shared by all tests: the demo's site, built once for all that look at it, whichever worker asks first."""

import os
import subprocess
import sys
from pathlib import Path

import filelock
import hypothesis
import pytest

# A busy machine is no fault of the code: what is slow is bounded by tests of time, not by the deadline of an example.
hypothesis.settings.register_profile("reviewer", deadline=None)
hypothesis.settings.load_profile("reviewer")


@pytest.fixture(scope="session")
def demo_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of derived files of this run, shared by all workers, cold at first."""
    root = tmp_path_factory.getbasetemp()
    return (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / "demo-cache"


@pytest.fixture(scope="session")
def demo_site(demo_cache: Path) -> Path:
    """`out/demo` as `make demo` makes it, built with an empty cache."""
    site = demo_cache.parent / "demo-site"
    with filelock.FileLock(f"{site}.lock"):
        if not site.exists():
            build(demo_cache, ["demo", "--out", str(site)])
    return site


def build(cache: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Run `reviewer` as a user does, with a cache of its own; it must end with status 0."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(
        [str(Path(sys.executable).with_name("reviewer")), *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done
