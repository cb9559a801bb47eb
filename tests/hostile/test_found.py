"""What fuzzing found stays mended: every file in `found/<target>/` once raised something."""

import time
from pathlib import Path

import pytest

from tests.hostile.targets import FOUND, TARGETS
from tools.fuzz import functions_of

FILES = sorted(path for path in FOUND.rglob("*") if path.is_file() and path.name != "README.md")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_it_stays_mended(path: Path) -> None:
    began = time.monotonic()
    TARGETS[path.parent.name][0](path.read_bytes())
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_takes_what_it_starts_from(name: str) -> None:
    target, seeds, _ = TARGETS[name]
    made = seeds()
    assert made
    for seed in (*made, b"", b"\0", *(seed[: len(seed) // 2] for seed in made)):
        target(seed)


def test_methods_and_cached_functions_guide_the_search_too() -> None:
    guided = {function.__qualname__ for function in functions_of(("reviewer.packages", "reviewer.attachments"))}
    assert {"Contents.read", "Entry.__init__", "unpack", "_Scan.child", "Opened.root", "open_package"} <= guided
