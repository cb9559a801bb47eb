"""Every rule has cases on disk that pass and cases that do not, told to the sentence."""

import tomllib
from pathlib import Path

import pytest

from reviewer.intake.rules.register import RULES, rule_set
from reviewer.model.dates import Semester
from reviewer.model.problem import ProblemKind
from tests.unit.intake.building import CASES, checked

FOUND = sorted(path for path in CASES.glob("*/*/*.toml"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("path", FOUND, ids=lambda path: "/".join(path.with_suffix("").parts[-3:]))
def test_case(path: Path, tmp_path: Path, cache: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    rule = path.parent.parent.name
    told = [str(finding.problem) for finding in checked(case, tmp_path, cache).findings if finding.rule == rule]
    assert told == case.get("expected", [])
    assert bool(told) == (path.parent.name == "invalid")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_passing_and_a_failing_case(rule: object) -> None:
    code = getattr(rule, "code", "")
    assert list((CASES / code / "valid").glob("*.toml"))
    assert list((CASES / code / "invalid").glob("*.toml"))


def test_every_folder_of_cases_is_a_rule() -> None:
    folders = {path.name for path in CASES.iterdir() if path.is_dir()}
    assert folders == {rule.code for rule in RULES} | {"reading"}


def test_what_a_rule_can_find_is_declared_once() -> None:
    kinds = [kind for rule in RULES for kind in rule.kinds]
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(ProblemKind.registry[kind.code] is kind for kind in kinds)


def test_a_rule_holds_between_its_dates() -> None:
    rule = RULES[0]
    assert rule.holds(Semester(108, 1))
    assert not rule.holds(Semester(107, 2))


def test_the_rule_set_has_a_name() -> None:
    assert rule_set() == rule_set()
    assert len(rule_set()) == 16
