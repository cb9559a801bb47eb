"""A department in English, in real Chromium: no Chinese words of ours on any page or view, nothing missing, nothing wider than a phone."""

from pathlib import Path

import pytest

from reviewer.model.language import Language
from reviewer.render.view import cohort_row
from reviewer.render.words import Lettering
from reviewer.search import shards
from reviewer.search.spool import spool
from tests import factories
from tests.browser.conftest import Opener
from tests.pages import write_department

UNMARKED = r"""() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement: home } = walker.currentNode;
    if (/[\p{Script=Han}，。、：；「」（）]/u.test(data) && !home.closest("script, style") && !home.closest("[lang]").lang.startsWith("zh")) found.push(data.trim());
  }
  return found;
}"""

OUTSIDE_THE_RAIL = """() => {
  const edge = document.querySelector(".rail").getBoundingClientRect().right;
  return [...document.querySelectorAll(".rail a > span:not(.visually-hidden), .rail a[href='#cover']")].filter(each => {
    const range = document.createRange();
    range.selectNodeContents(each);
    return range.getBoundingClientRect().right > edge - 8;
  }).map(each => each.textContent);
}"""
"""Words of the rail that come closer to its edge than a gap, or over it."""

MIXED = ("Write a note on ",)
"""Buttons of ours that end in an item's own name."""


@pytest.fixture(scope="session")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("english")
    letters = Lettering(language=Language.ENGLISH)
    rows = (cohort_row(factories.dossier(), letters, pdf=False),)
    dossier, processed = factories.dossier(), factories.processed()
    write_department(folder, dossier, processed, rows, language=Language.ENGLISH)
    number = dossier.applicant_number
    shards.write(folder / "data", [(number, number)], lambda _number: spool(dossier, processed), Language.ENGLISH)
    return folder


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("address", ["10210007/index.html", "help.html", "index.html"])
def test_pages_fit_and_say_nothing_in_chinese(english: Path, opened: Opener, address: str, width: int) -> None:
    page = opened.page(english / address, width=width)
    page.wait_for_load_state("load")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate(UNMARKED) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.complaints == []


@pytest.mark.parametrize("width", [1440, 390])
def test_the_desk_says_nothing_in_chinese_in_any_view(english: Path, opened: Opener, width: int) -> None:
    page = opened.page(english / "index.html", width=width)
    page.wait_for_selector("html.desk-on")
    for route, ready in (("#/d/10210007", "#desk-read"), ("#/cohort", "#desk-cohort"), ("#/search", ".search"), ("#/", "#desk-list")):
        page.evaluate("route => { location.hash = route; }", route)
        page.wait_for_selector(ready, state="visible")
        assert [words for words in page.evaluate(UNMARKED) if not words.startswith(MIXED)] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.wait_for_selector("#keys-dialog[open]")
    assert [words for words in page.evaluate(UNMARKED) if not words.startswith(MIXED)] == []
    assert opened.complaints == []


@pytest.mark.parametrize("width", [1440, 1024])
def test_the_rail_holds_its_words_and_values_stand_in_line(english: Path, opened: Opener, width: int) -> None:
    page = opened.page(english / "10210007" / "index.html")
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_load_state("load")
    assert page.evaluate(OUTSIDE_THE_RAIL) == []
    lefts = page.evaluate("Array.from(document.querySelectorAll('.identity dd'), value => Math.round(value.getBoundingClientRect().left))")
    columns = page.evaluate("getComputedStyle(document.querySelector('.identity')).gridTemplateColumns.split(' ').length")
    assert columns > 1
    assert len(set(lefts)) == columns
    states = page.evaluate(
        "Array.from(document.querySelectorAll('.contents-state'), state => [state.textContent.trim(), state.offsetHeight])"
    )
    assert {height < 40 for words, height in states if words == "not provided"} == {True}


def test_the_search_answers_in_english(english: Path, opened: Opener) -> None:
    page = opened.page(english / "index.html")
    page.evaluate("location.hash = '#/search'")
    page.fill("#search-field", "王思源")
    page.get_by_text("1 dossier found").wait_for()
    page.wait_for_selector(".search-results li")
    assert page.evaluate(UNMARKED) == []
    page.fill("#search-field", "color:red")
    page.get_by_text("There is no search field “color”.").wait_for()
    assert opened.complaints == []


def test_a_sentence_without_a_translation_is_said_as_it_stands_in_the_source(english: Path, opened: Opener) -> None:
    page = opened.page(english / "help.html")
    page.wait_for_load_state("load")
    assert page.evaluate("Reviewer.say('沒有這一句 {n}', {n: 1})") == "沒有這一句 1"
    assert page.evaluate("[1, 3].map((n) => Reviewer.say('再列 {n} 處', {n}))") == ["1 more place", "3 more places"]
    assert page.evaluate("Reviewer.say('constructor')") == "constructor"
