"""Krippendorff's alpha against published values, and against a computation of our own that shares nothing with the library's."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.marks.agreement import agreements, alpha
from tests.unit.marks.building import merged, record, review, rubric, same

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units, missing data.
PUBLISHED = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def judged(rows: tuple[tuple[float | None, ...], ...]) -> dict[str, dict[str, float]]:
    units = {
        str(unit): {str(rater): value for rater, row in enumerate(rows) if (value := row[unit]) is not None} for unit in range(len(rows[0]))
    }
    return {unit: values for unit, values in units.items() if len(values) > 1}


def oracle(values: dict[str, dict[str, float]], metric: str) -> float:
    """Alpha from its definition: mean squared distance within units over mean squared distance of all pairs, pair by pair."""
    everything = [value for unit in values.values() for value in unit.values()]

    def distance(one: float, other: float) -> float:
        if metric == "interval":
            return (one - other) ** 2
        low, high = sorted((one, other))
        ranks = [0.5 if value in (low, high) else 1.0 for value in everything if low <= value <= high]
        return 0.0 if low == high else sum(ranks) ** 2

    within = sum(
        sum(distance(one, other) for one, other in itertools.permutations(unit.values(), 2)) / (len(unit) - 1) for unit in values.values()
    )
    among = sum(distance(one, other) for one, other in itertools.permutations(everything, 2)) / (len(everything) - 1)
    return 1 - within / among


def test_published_values() -> None:
    assert alpha(judged(PUBLISHED), "ordinal") == pytest.approx(0.815, abs=0.0005)
    assert alpha(judged(PUBLISHED), "interval") == pytest.approx(0.849, abs=0.0005)


MATRICES = st.integers(2, 5).flatmap(
    lambda raters: st.lists(st.tuples(*[st.none() | st.integers(0, 4)] * raters), min_size=2, max_size=12).map(
        lambda units: judged(tuple(zip(*units, strict=True)))
    )
)


@settings(max_examples=60, deadline=None)
@given(MATRICES, st.sampled_from(["ordinal", "interval"]))
def test_the_library_says_what_the_definition_says(values: dict[str, dict[str, float]], metric: str) -> None:
    everything = {value for unit in values.values() for value in unit.values()}
    if len(everything) > 1:
        assert alpha(values, metric) == pytest.approx(oracle(values, metric), abs=1e-6)


def test_two_raters_by_hand(tmp_path: object) -> None:
    # Interval: (1,1) (2,2) (3,4). Within: 2·1 = 2. All values 1 1 2 2 3 4: mean 13/6, squares sum 41/6, pairs 2·6·41/6 = 82, over 5 = 16.4.
    assert alpha({"a": {"w": 1, "l": 1}, "b": {"w": 2, "l": 2}, "c": {"w": 3, "l": 4}}, "interval") == pytest.approx(1 - 2 / 16.4, abs=1e-6)


def test_when_it_cannot_be_computed_it_says_why(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("files")
    one = merged(folder, review("王", {"1": record(same("good"))}), review("林", {"1": record(same("fair"))})).outcome
    assert {item.why_not.zh for item in one.agreement if item.why_not} == {"由兩位以上評分者評過的檔案只有 1 份，少於 2 份，無法計算。"}
    flat = {"1": record(same("good")), "2": record(same("good"))}
    all_same = merged(folder, review("王", flat), review("林", flat)).outcome
    assert {item.why_not.zh for item in all_same.agreement if item.why_not} == {
        "所有評分都相同，沒有變化可供比較，無法計算（不等於不一致）。"
    }
    assert [(item.dimension, item.metric, item.alpha, item.dossiers) for item in all_same.agreement][-1] == ("", "interval", None, 2)


def test_nothing_was_marked() -> None:
    assert [item.dossiers for item in agreements((), rubric())] == [0] * 6
