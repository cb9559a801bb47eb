"""Every way in which a package can be odd, one a function that spoils the sound package; `expected.toml` says what is then told."""

from collections.abc import Callable
from pathlib import Path

from tests.faults.packages.making import Files, good, write_folder

Make = Callable[[Path], Path]
"""Writes a package below an empty folder and returns its location."""
CASES: dict[str, Make] = {}
"""Makers by the case's name, filled by the modules `*_cases.py`."""


def case(make: Make) -> Make:
    """Register a maker under its function's name."""
    CASES[make.__name__] = make
    return make


def spoiled(change: Callable[[Files], None]) -> Make:
    """Register a case that changes the files of the sound package, as a folder."""

    def make(folder: Path) -> Path:
        files = good()
        change(files)
        return write_folder(folder / "package", files)

    CASES[change.__name__] = make
    return make
