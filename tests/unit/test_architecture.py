"""The shape of the code: rooms, imports, sizes, docstrings (DESIGN, STYLE)."""

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "reviewer"
MODULES = {str(path.relative_to(CHECKOUT)): path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
LONGEST_MODULE_LINES = 400
MEDIAN_MODULE_LINES = 150
LONGEST_FUNCTION_LINES = 60


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("reviewer", cache_dir=None)


def functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a module."""
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def cycles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules that can reach each other, by taking away again and again what imports nothing that is left."""
    left = {module: targets & imports.keys() for module, targets in imports.items()}
    while free := {module for module, targets in left.items() if not targets}:
        left = {module: targets - free for module, targets in left.items() if module not in free}
    return [sorted(left)] if left else []


def test_imports_run_downwards_only() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--config", CHECKOUT / "pyproject.toml"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_intake_and_selection_do_not_know_each_other(graph: grimp.ImportGraph) -> None:
    rooms = {frozenset((importer.split(".")[1], imported.split(".")[1])) for importer, imported in room_imports(graph)}
    assert frozenset(("intake", "selection")) not in rooms


def room_imports(graph: grimp.ImportGraph) -> Iterator[tuple[str, str]]:
    """Yield each import of one module by another, both inside a room."""
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            if "." in importer and "." in imported:
                yield importer, imported


def test_modules_have_no_cycles(graph: grimp.ImportGraph) -> None:
    assert cycles({module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules}) == []


def test_cycles_are_found() -> None:
    assert cycles({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == [["a", "b", "c"]]


def test_no_module_imports_its_own_package(graph: grimp.ImportGraph) -> None:
    """A package's __init__ may gather its modules' names for others; taken from within, that would be a hidden cycle."""
    within = [
        (importer, imported)
        for importer, imported in room_imports(graph)
        if importer.startswith(imported + ".") and importer.count(".") == imported.count(".") + 1
    ]
    assert within == []


def test_modules_are_short() -> None:
    lengths = {name: text.count("\n") for name, text in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE_LINES} == {}
    assert statistics.median(lengths.values()) <= MEDIAN_MODULE_LINES


@pytest.mark.parametrize("name", MODULES)
def test_functions_are_short(name: str) -> None:
    lengths = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions(MODULES[name])}
    assert {function: length for function, length in lengths.items() if length > LONGEST_FUNCTION_LINES} == {}


@pytest.mark.parametrize("name", MODULES)
def test_module_says_what_it_is(name: str) -> None:
    assert not MODULES[name] or ast.get_docstring(ast.parse(MODULES[name]))
