"""The rule by which marks become one: the browser's and Python's give the same answers, for the shared cases and for whatever hypothesis thinks of."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from reviewer.marks import versions
from tests.browser.firefox import Firefox
from tests.marks_desk import write_desk

CASES = sorted((Path(__file__).parents[1] / "marks_cases").glob("*.json"))
FUNCTIONS = {
    "field": "Reviewer.marks.mergeVersions",
    "reading": "Reviewer.marks.mergeReading",
    "bases": "(one, other) => Reviewer.marks.mergeRecords({bases: one, reading: {}, fields: {}}, {bases: other, reading: {}, fields: {}}).bases",
    "dossiers": """(one, other) => {
      const all = {...one};
      for (const [number, its] of Object.entries(other)) all[number] = number in one ? Reviewer.marks.mergeRecords(one[number], its) : its;
      return all;
    }""",
}
FOLD = "(lists) => lists.reduce(%s)"
DEVICES = ("d-1", "d-2", "d-2~ab")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_desk(tmp_path_factory.mktemp("marks-merge"))


@pytest.fixture(scope="module")
def page(chromium: Browser, desk: Path) -> Iterator[Page]:
    context = chromium.new_context()
    opened = context.new_page()
    opened.goto(desk.as_uri())
    yield opened
    context.close()


@pytest.fixture(scope="module")
def firefox(desk: Path) -> Iterator[Firefox]:
    browser = Firefox()
    browser.open(desk)
    yield browser
    browser.close()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_browser_follows_the_shared_cases_in_every_order(page: Page, path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    for order in itertools.permutations(case["inputs"]):
        assert page.evaluate(FOLD % FUNCTIONS[case["kind"]], [*order, order[0]]) == case["merged"]
    if case["kind"] == "field":
        assert page.evaluate("(list) => Reviewer.marks.inConflict(list)", case["merged"]) is case["conflict"]


def test_firefox_follows_them_too(firefox: Firefox) -> None:
    for path in CASES:
        case = json.loads(path.read_text(encoding="utf-8"))
        assert firefox.call(FOLD % FUNCTIONS[case["kind"]], case["inputs"]) == case["merged"], path.stem


@st.composite
def field_lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for _ in range(draw(st.integers(0, 4))):
        by = draw(st.sampled_from(DEVICES))
        seen = {device: draw(st.integers(1, 3)) for device in draw(st.sets(st.sampled_from(DEVICES))) | {by}}
        value = draw(st.sampled_from([None, True, 1, 85.5, "好", "🙂\u007f", {"title": "J-2", "entry": "J-2"}]))
        made.append({"value": value, "at": f"2026-03-28T08:00:0{draw(st.integers(0, 2))}.000Z", "by": by, "seen": seen, "on": "a" * 64})
    return versions.merge_versions(made, [])


@given(st.lists(st.tuples(field_lists(), field_lists(), field_lists()), min_size=1, max_size=12))
@settings(max_examples=40)
def test_both_languages_agree_and_the_order_of_merging_does_not_count(page: Page, cases: list[tuple[Any, Any, Any]]) -> None:
    answers = page.evaluate(
        """(cases) => cases.map(([a, b, c]) => {
          const merge = Reviewer.marks.mergeVersions;
          return [merge(merge(a, b), c), merge(a, merge(b, c)), merge(merge(c, b), a), merge(merge(merge(a, b), c), b)];
        })""",
        cases,
    )
    for (one, other, third), answer in zip(cases, answers, strict=True):
        expected = versions.merge_versions(versions.merge_versions(one, other), third)
        assert answer == [expected] * 4
