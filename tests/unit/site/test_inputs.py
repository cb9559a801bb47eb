"""What a dossier's bytes depend on: every file of the product and every library that takes part in making one is in its fingerprint."""

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import reviewer
from reviewer.attachments.versions import LIBRARIES
from reviewer.site import inputs

PACKAGE = Path(reviewer.__file__).parent

IN_A_FRESH_PROCESS = """
import importlib.metadata, json, sys
import reviewer.packages.opening, reviewer.site.dossier, reviewer.site.department
shipped = importlib.metadata.packages_distributions()
tops = {name.partition(".")[0] for name in sys.modules}
print(json.dumps({
    "files": [module.__file__ for name, module in sys.modules.items() if name.partition(".")[0] == "reviewer" and module.__file__],
    "libraries": sorted({one for top in tops for one in shipped.get(top, ())}),
}))
"""
"""What a worker loads to make a dossier, and the build to make a department's pages."""


def plain(name: str) -> str:
    """A distribution's name as PyPI compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def loaded() -> dict[str, list[str]]:
    done = subprocess.run([sys.executable, "-c", IN_A_FRESH_PROCESS], capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def hashed() -> set[str]:
    return {path.relative_to(PACKAGE).as_posix() for path in inputs.code_files()}


def is_around(name: str) -> bool:
    return any(name == one or name.startswith(f"{one}/") for one in inputs.AROUND)


def test_every_module_that_makes_a_dossier_or_its_department_is_hashed(loaded: dict[str, list[str]]) -> None:
    names = {Path(file).relative_to(PACKAGE).as_posix() for file in loaded["files"]}
    assert {"site/dossier.py", "site/department.py", "site/theme.py", "site/check/dossiers.py"} <= names
    assert {name for name in names - hashed() if not is_around(name)} == set()


def test_every_library_that_makes_a_dossier_or_its_department_is_hashed(loaded: dict[str, list[str]]) -> None:
    known = {plain(name) for name in (*inputs.LIBRARIES, *inputs.BESIDE_THE_BYTES)}
    assert {name for name in map(plain, loaded["libraries"]) if name not in known | {"portfolio-reviewer"}} == set()


def test_what_hashed_modules_load_late_is_hashed_too() -> None:
    """Attachments are read in child processes, and some modules are loaded only when they are needed: the fresh process saw none of those."""
    shipped = importlib.metadata.packages_distributions()
    tops = {module.partition(".")[0] for path in inputs.code_files() if path.suffix == ".py" for module in imported(path)}
    libraries = {plain(one) for top in tops for one in shipped.get(top, ())} - {"portfolio-reviewer"}
    assert libraries - {plain(name) for name in (*inputs.LIBRARIES, *inputs.BESIDE_THE_BYTES)} == set()
    rooms = {module.split(".")[1] for path in inputs.code_files() if path.suffix == ".py" for module in imported(path, "reviewer.")}
    assert rooms == {*inputs.CODE_ROOMS, "resources", "__version__"}
    assert {"resources.py", "__init__.py"} <= hashed()


def test_every_library_that_derives_files_from_attachments_is_in_the_version_of_what_is_kept() -> None:
    shipped = importlib.metadata.packages_distributions()
    room = [
        path for path in inputs.code_files() if path.relative_to(PACKAGE).as_posix().startswith("attachments/") and path.suffix == ".py"
    ]
    tops = {module.partition(".")[0] for path in room for module in imported(path)}
    libraries = {plain(one) for top in tops for one in shipped.get(top, ())} - {"portfolio-reviewer"}
    assert libraries - {"filelock", "platformdirs", "pydantic"} == {plain(name) for name in LIBRARIES}


def imported(path: Path, prefix: str = "") -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [f"{node.module}.{alias.name}" for alias in node.names] if isinstance(node, ast.ImportFrom) and node.module else []
        yield from (name for name in names if name.startswith(prefix))


def test_data_and_words_are_hashed_as_well_as_modules() -> None:
    assert {"model/data/folding.json", "render/pdf/fonts.conf", "render/locale/en/LC_MESSAGES/reviewer.po"} <= hashed()


def test_what_stands_around_the_making_is_there_and_not_hashed() -> None:
    assert [name for name in sorted(inputs.AROUND) if not (PACKAGE / name).exists()] == []
    assert [name for name in hashed() if is_around(name) or name.endswith(".pyc")] == []


def test_a_library_that_is_not_installed_has_no_version() -> None:
    versions = dict(inputs.versions())
    assert versions["weasyprint"] == importlib.metadata.version("weasyprint")
    assert versions["python"] == sys.version.partition(" ")[0]
    assert [name for name in inputs.LIBRARIES if not versions[name]] == []
