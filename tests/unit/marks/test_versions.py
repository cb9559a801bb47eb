"""The merge rule: the shared cases, in every order and grouping."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from reviewer.marks.versions import differing, merge_bases, merge_dossiers, merge_readings, merge_versions, text

CASES = Path(__file__).resolve().parents[2] / "marks_cases"
NAMES = sorted(path.name for path in CASES.glob("*.json") if "kind" in json.loads(path.read_text(encoding="utf-8")))
RULES: dict[str, Any] = {"field": merge_versions, "reading": merge_readings, "bases": merge_bases, "dossiers": merge_dossiers}


def test_there_are_cases_of_every_kind() -> None:
    kinds = {json.loads((CASES / name).read_text(encoding="utf-8"))["kind"] for name in NAMES}
    assert kinds == RULES.keys()


@pytest.mark.parametrize("name", NAMES)
def test_case_in_every_order_and_grouping(name: str) -> None:
    case = json.loads((CASES / name).read_text(encoding="utf-8"))
    rule = RULES[case["kind"]]
    for order in itertools.permutations(case["inputs"]):
        left = order[0]
        for one in order[1:]:
            left = rule(left, one)
        right = order[-1]
        for one in order[-2::-1]:
            right = rule(one, right)
        assert left == case["merged"]
        assert right == case["merged"]
        assert rule(left, order[0]) == case["merged"]
    if case["kind"] == "field":
        assert (len(differing(case["merged"])) > 1) is case["conflict"]
    if case["kind"] == "dossiers":
        found = [
            [number, field]
            for number, one in case["merged"].items()
            for field, versions in one["fields"].items()
            if len(differing(versions)) > 1
        ]
        assert found == case["conflicts"]


def test_the_canonical_text_is_what_the_browser_writes() -> None:
    assert text({"b": [1.0, True, None, "系\x7f"], "a": 0.5}) == '{"a":0.5,"b":[1,true,null,"\\u7cfb\\u007f"]}'
