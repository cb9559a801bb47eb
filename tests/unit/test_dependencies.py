"""What pyproject.toml declares is what the package imports, and what the locks pin."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))

LOADED_BY_ANOTHER = {"brotli": "fontTools loads it to write WOFF2"}
"""Declared, never imported by us."""


def name_of(requirement: str) -> str:
    """Return the normalised distribution name that a requirement or a line of a lock begins with."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


DECLARED = {name_of(line) for line in PROJECT["project"]["dependencies"]}


def imported_modules() -> Iterator[str]:
    """Yield the top-level names that reviewer/ imports from outside, whether at the top of a module or inside a function."""
    for path in (CHECKOUT / "reviewer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def imported_distributions() -> set[str]:
    """Return the distributions that provide what reviewer/ imports."""
    modules = set(imported_modules()) - sys.stdlib_module_names - {"reviewer"}
    provided_by = packages_distributions()
    assert sorted(modules - provided_by.keys()) == [], "imported but not installed"
    return {name_of(provided_by[module][0]) for module in modules}


def locked(name: str) -> set[str]:
    """Return the distributions that a lock pins."""
    text = (CHECKOUT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return {name_of(line) for line in re.findall(r"^(\S+==\S+)", text, re.MULTILINE)}


def test_what_is_imported_is_declared() -> None:
    assert sorted(imported_distributions() - DECLARED) == []


def test_what_is_declared_is_imported() -> None:
    assert sorted(DECLARED - imported_distributions() - LOADED_BY_ANOTHER.keys()) == []


def test_declared_lists_are_sorted_and_have_lower_bounds() -> None:
    for lines in (PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"].values()):
        assert lines == sorted(lines, key=name_of)
        assert [line for line in lines if ">=" not in line] == []


@pytest.mark.parametrize(("lock", "groups"), [("run", ["install"]), ("test", ["install", "test"])])
def test_locks_pin_what_is_declared(lock: str, groups: list[str]) -> None:
    wanted = DECLARED | {name_of(line) for group in groups for line in PROJECT["dependency-groups"][group]}
    assert sorted(wanted - locked(lock)) == []


@pytest.mark.parametrize("lock", ["run", "test"])
def test_locks_carry_hashes_and_no_address(lock: str) -> None:
    text = (CHECKOUT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    pins = re.split(r"^(?=\S+==)", text, flags=re.MULTILINE)[1:]
    assert pins
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []
    assert re.findall(r"://|--index-url|--find-links|@ ", text) == []


def test_what_runs_is_what_was_tested() -> None:
    run, test = (
        set(re.findall(r"^(\S+==\S+)", (CHECKOUT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("run", "test")
    )
    assert sorted(run - test) == []
