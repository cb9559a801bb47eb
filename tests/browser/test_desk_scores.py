"""Scores as they are typed at the real desk: what is refused says what to write and leaves no beginning behind, and each stays with its dossier."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.desking import VALUES, reading, shown
from tests.desk import NUMBERS, write_desk

FIRST, SECOND = NUMBERS[:2]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_desk(tmp_path_factory.mktemp("scores"))


def test_a_score_between_two_levels_says_what_to_write_and_is_forgotten_when_it_is_mended(context: BrowserContext, desk: Path) -> None:
    page = reading(context, desk)
    said = page.locator("[data-dimension=record] .criterion-said")
    score = page.locator("#score-record")
    page.keyboard.type("s89.5")
    page.keyboard.press("Enter")
    expect(said).to_have_text("89.5 在「優 80–89」和「傑出 90–100」之間，沒有記下。請填 89 或 90。")
    expect(score).to_be_focused()
    expect(score).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Backspace")
    expect(said).to_be_empty()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("101")
    page.keyboard.press("Enter")
    expect(said).to_have_text("101 超出尺規的分數，沒有記下。請填 0 到 100 之間的分數。")
    page.keyboard.press("Escape")
    page.keyboard.press("J")
    shown(page, SECOND)
    expect(said).to_be_empty()
    expect(score).to_have_value("")
    page.keyboard.press("K")
    shown(page, FIRST)
    expect(said).to_be_empty()
    assert page.evaluate(VALUES, FIRST)["score"] == {}


@pytest.mark.parametrize(("former", "standing"), [("", "優"), ("85\n", "優 85")])
def test_no_beginning_of_a_refused_score_is_left_as_a_mark(context: BrowserContext, desk: Path, former: str, standing: str) -> None:
    page = reading(context, desk)
    page.keyboard.type("2s" + former)
    if former:
        expect(page.locator("#score-record")).not_to_be_focused()
        page.keyboard.press("s")
    expect(page.locator("#score-record")).to_be_focused()
    page.keyboard.press("Control+A")
    score = [85] if former else []
    for key, kept in zip("89.5", (score, [89], [89], score), strict=True):
        page.keyboard.press(key)
        assert [one for one in page.evaluate(VALUES, FIRST)["score"].values() if one is not None] == kept  # what a crash now would leave
    page.keyboard.press("Escape")
    expect(page.locator("[data-dimension=record] .criterion-said")).to_have_text(
        re.compile(f"^89.5 在「優 80–89」和「傑出 90–100」之間，沒有記下。請填 89 或 90。\\s*記著的仍是「{standing}」。$")
    )
    expect(page.locator("[data-dimension=record] .criterion-state")).to_have_text(standing)
    expect(page.locator("#score-record")).to_have_value("89.5")
    assert [one for one in page.evaluate(VALUES, FIRST)["score"].values() if one is not None] == score
    page.reload()
    shown(page, FIRST)
    expect(page.locator("#score-record")).to_have_value("85" if former else "")
    expect(page.locator("[data-dimension=record] .criterion-state")).to_have_text(standing)


def test_enter_waits_for_the_score_before_it(context: BrowserContext, desk: Path) -> None:
    page = reading(context, desk)
    page.keyboard.type("s85\nc1cs72\nc3")
    expect(page.locator("#level-statement-good")).to_be_checked()
    given = page.evaluate(VALUES, FIRST)
    assert given["score"] == {"record": 85, "performances": 72}
    assert given["level"] == {"record": "very-good", "outcomes": "excellent", "performances": "good", "statement": "good"}


@pytest.mark.parametrize(("typed", "kept"), [("85", {"record": 85}), ("89.5", {})])
def test_a_score_that_is_being_typed_stays_with_its_dossier_when_the_browser_goes_back(
    context: BrowserContext, desk: Path, typed: str, kept: dict[str, int]
) -> None:
    page = reading(context, desk, SECOND)
    page.keyboard.press("K")
    shown(page, FIRST)
    page.keyboard.type("2s" + typed)
    page.go_back()
    shown(page, SECOND)
    expect(page.locator("#score-record")).to_have_value("")
    page.keyboard.press("Escape")
    page.keyboard.press("K")
    shown(page, FIRST)
    assert page.evaluate(VALUES, SECOND)["score"] == {}
    given = page.evaluate(VALUES, FIRST)["score"]
    assert {dimension: score for dimension, score in given.items() if score is not None} == kept
