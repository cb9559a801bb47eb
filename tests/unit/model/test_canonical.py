import datetime as dt
from decimal import Decimal

import pytest

from reviewer.model.canonical import canonical_json, canonical_sha256, plain
from reviewer.model.dates import Day, Semester
from reviewer.model.portfolio import Score
from reviewer.model.problem import Severity


def test_values_of_the_model_as_json() -> None:
    value = {
        "b": Score(raw="85", value=Decimal("85.0")),
        "a": (Day(dt.date(2025, 3, 27)), Semester(113, 1), Severity.NOTE, frozenset({"y", "x"}), None),
    }
    assert canonical_json(value).decode() == '{"a":["2025-03-27","113-1","note",["x","y"],null],"b":{"raw":"85","value":"85.0"}}'


def test_fields_may_be_left_out_at_every_depth() -> None:
    assert plain((Score(raw="85", value=None),), without={"value"}) == [{"raw": "85"}]


def test_the_order_of_members_does_not_matter_to_the_hash() -> None:
    assert canonical_sha256({"a": 1, "b": 2}) == canonical_sha256({"b": 2, "a": 1})


def test_lone_surrogates_pass_and_what_is_no_value_does_not() -> None:
    assert canonical_json("\ud83c") == b'"\\ud83c"'
    with pytest.raises(TypeError, match="not a value of the model: object"):
        plain(object())
