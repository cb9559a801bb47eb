"""All cases, found by their modules' names."""

import importlib
from pathlib import Path

from tests.faults.packages.casebook import CASES

for _module in sorted(Path(__file__).parent.glob("*_cases.py")):
    if not _module.name.startswith("test_"):
        importlib.import_module(f"tests.faults.packages.{_module.stem}")

NAMES = tuple(CASES)
"""Every case, by module."""


def make(name: str, folder: Path) -> Path:
    """Write a case below a folder, which is made; return its location."""
    folder.mkdir(parents=True, exist_ok=True)
    return CASES[name](folder)
