"""Every kind of problem that the room can report is told in a test, word for word."""

import importlib
import pkgutil
from pathlib import Path

import reviewer.packages
from reviewer.model.problem import ProblemKind, Severity
from tests.faults.packages.telling import EXPECTED


def declared() -> dict[str, ProblemKind]:
    modules = [importlib.import_module(f"reviewer.packages.{found.name}") for found in pkgutil.iter_modules(reviewer.packages.__path__)]
    kinds = [value for module in modules for value in vars(module).values() if isinstance(value, ProblemKind)]
    return {kind.code: kind for kind in kinds}


def test_each_is_told_by_a_case_or_a_unit_test() -> None:
    told = EXPECTED.read_text(encoding="utf-8")
    told += "".join(
        path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("test_*.py")) if path.name != Path(__file__).name
    )
    assert [code for code in declared() if f" {code} " not in told] == []


def test_sentences_end_and_are_in_both_languages() -> None:
    for kind in declared().values():
        for text in (kind.what, kind.remedy):
            assert text.zh.endswith(("。", "{reason}")), kind.code
            assert text.en.endswith((".", "{reason}")), kind.code
        assert kind.severity in Severity
