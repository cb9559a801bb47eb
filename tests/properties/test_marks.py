"""Laws of merging marks: the order and the grouping of files make no difference, and nothing that nobody has seen is lost."""

import functools
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.marks.reading import parse_review_file
from reviewer.marks.versions import differing, dominates, merge_dossiers, merge_readings, merge_versions, text

DEVICES = ("d-1", "d-2", "d-3")


@st.composite
def versions(draw: st.DrawFn) -> dict[str, Any]:
    by = draw(st.sampled_from(DEVICES))
    seen = draw(st.dictionaries(st.sampled_from(DEVICES), st.integers(0, 3)))
    seen[by] = draw(st.integers(1, 3))
    minute = draw(st.integers(0, 2))
    return {
        "value": draw(st.sampled_from(["good", "fair", None, 1, True])),
        "at": f"2026-03-28T08:0{minute}:00.000Z",
        "by": by,
        "seen": seen,
        "on": "a" * 64,
    }


FIELDS = st.lists(versions(), max_size=4)
TIMES = st.integers(0, 5).map(lambda minute: f"2026-03-28T08:0{minute}:00.000Z")
READINGS = st.dictionaries(
    st.sampled_from(DEVICES),
    st.fixed_dictionaries({"first": TIMES, "last": TIMES, "seconds": st.integers(0, 9), "turn": st.integers(1, 9)}),
)
RECORDS = st.fixed_dictionaries(
    {
        "bases": st.dictionaries(st.sampled_from("ab"), st.dictionaries(st.sampled_from("AJ"), st.sampled_from("12"))),
        "reading": READINGS,
        "fields": st.dictionaries(st.sampled_from(["level:record", "note:"]), FIELDS.filter(bool), max_size=2),
    }
)


@given(FIELDS, FIELDS, FIELDS)
def test_versions_merge_the_same_in_every_order_and_grouping(one: list[Any], two: list[Any], three: list[Any]) -> None:
    assert merge_versions(one, two) == merge_versions(two, one)
    assert merge_versions(merge_versions(one, two), three) == merge_versions(one, merge_versions(two, three))
    merged = merge_versions(one, two)
    assert merge_versions(merged, merged) == merged
    assert merge_versions(merged, one) == merged


@given(FIELDS, FIELDS)
def test_what_goes_was_seen_by_what_stays(one: list[Any], two: list[Any]) -> None:
    merged = merge_versions(one, two)
    for version in (*one, *two):
        assert version in merged or any(dominates(left, version) for left in merged)
    assert len({text(value) for value in differing(merged)}) == len(differing(merged))


@given(READINGS, READINGS, READINGS)
def test_readings_merge_the_same_in_every_order_and_grouping(one: Any, two: Any, three: Any) -> None:
    assert merge_readings(one, two) == merge_readings(two, one)
    assert merge_readings(merge_readings(one, two), three) == merge_readings(one, merge_readings(two, three))
    assert merge_readings(one, one) == one


@settings(max_examples=50)
@given(st.lists(st.dictionaries(st.sampled_from(["1", "2"]), RECORDS), min_size=1, max_size=3))
def test_whole_files_merge_the_same_in_every_order(files: list[Any]) -> None:
    empty: dict[str, Any] = {}
    forwards = functools.reduce(merge_dossiers, files, empty)
    assert functools.reduce(merge_dossiers, [*files[::-1], *files], empty) == functools.reduce(merge_dossiers, [*files, *files], empty)
    assert forwards.keys() == {number for file in files for number in file}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5) | st.sampled_from(["format", "dossiers", "rater"]), inner, max_size=3)
    ),
)


@given(JSON | st.builds(lambda rest: {"format": "reviewer-marks", "version": 1, **(rest if isinstance(rest, dict) else {})}, JSON))
def test_whatever_stands_in_a_file_is_read_or_refused_with_a_sentence(value: Any) -> None:
    file, problems = parse_review_file(json.dumps(value).encode(), "a.json")
    assert file is not None or problems[0].remedy.zh


@given(st.binary(max_size=60))
def test_whatever_bytes_a_file_holds_it_is_refused_with_a_sentence(data: bytes) -> None:
    file, problems = parse_review_file(data, "a.json")
    assert file is None
    assert problems[0].what.zh.endswith("沒有併入。")
