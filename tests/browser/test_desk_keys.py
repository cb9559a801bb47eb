"""Keys at the real desk count in the order in which they were typed, whatever has the focus when they are; sent without a pause.

In Firefox too: test_desk_thirty.py types thirty dossiers there."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.desking import CITED, KEPT, graded, have_levels, open_desk, shown
from tests.desk import THIRTY

FIRST, SECOND, THIRD = THIRTY[:3]


def test_every_level_is_on_its_criterion_and_dossier_however_fast_one_types(context: BrowserContext, thirty: Path) -> None:
    page = open_desk(context, thirty, f"#/d/{FIRST}")
    shown(page, FIRST)
    keys, expected = graded(THIRTY)
    page.keyboard.type(keys)
    page.wait_for_function("number => Reviewer.desk.current() === number", arg=THIRTY[-1])
    have_levels(page, expected)


def test_a_place_is_cited_that_was_gone_to_just_before(context: BrowserContext, thirty: Path) -> None:
    page = open_desk(context, thirty, f"#/d/{FIRST}")
    shown(page, FIRST)
    page.keyboard.type("jecjjekeJgJe")
    page.wait_for_function("number => Reviewer.desk.current() === number", arg=SECOND)
    expect(page.locator(".chip a")).to_have_attribute("href", f"#/d/{SECOND}/s-J")
    page.evaluate(KEPT)
    assert page.evaluate(CITED) == {FIRST: ["s-A", "BE-1", "s-B-C-D"], SECOND: ["s-J"]}


GROWS = """async () => {
  const MOMENT_MS = 400; // as long as a page takes to be at rest once it is loaded, and to tell of another place
  const moment = () => new Promise((done) => setTimeout(done, MOMENT_MS));
  await document.fonts.ready;
  await moment();
  const moved = new Promise((done) => addEventListener("scroll", done, { once: true }));
  document.getElementById("BE-1").style.paddingTop = "600px";
  await moved;
  await moment();
}"""
"""Something above the window is laid out larger than it was, as pictures are when they arrive; the browser keeps what is read where it stands."""


def test_what_is_laid_out_late_makes_no_other_place_the_one_that_is_read(context: BrowserContext, thirty: Path) -> None:
    page = open_desk(context, thirty, f"#/d/{FIRST}")
    frame = shown(page, FIRST)
    page.keyboard.type("gJ1")
    frame.wait_for_function("() => Math.abs(document.getElementById('s-J').getBoundingClientRect().top - 24) < 3")
    frame.evaluate(GROWS)
    page.keyboard.press("e")
    expect(page.locator(".chip a")).to_have_attribute("href", f"#/d/{FIRST}/s-J")


def test_what_is_typed_behind_n_stands_in_the_note_and_gives_no_level(context: BrowserContext, thirty: Path) -> None:
    page = open_desk(context, thirty, f"#/d/{FIRST}")
    shown(page, FIRST)
    page.keyboard.type("2n1 of 3: see J")
    note = page.locator("#note-dossier")
    expect(note).to_have_value("1 of 3: see J")
    expect(note).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.type("c3n 5")
    page.keyboard.press("Escape")
    page.keyboard.type("c1")
    expect(page.locator("#level-performances-excellent")).to_be_checked()
    have_levels(page, {FIRST: {"record": "very-good", "outcomes": "good", "performances": "excellent"}})
    expect(note).to_have_value("1 of 3: see J 5")


def test_escape_leaves_a_field_for_the_dossier_and_the_dossier_for_the_queue(context: BrowserContext, thirty: Path) -> None:
    page = open_desk(context, thirty, f"#/d/{FIRST}")
    shown(page, FIRST)
    page.keyboard.press("n")
    expect(page.locator("#note-dossier")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("iframe[data-shown]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f"#queue-list li[data-number='{FIRST}'] a")).to_be_focused()


def test_a_score_may_be_typed_at_once(context: BrowserContext, thirty: Path) -> None:
    page = open_desk(context, thirty, f"#/d/{FIRST}")
    shown(page, FIRST)
    page.keyboard.type("s87")
    expect(page.locator("#score-record")).to_have_value("87")
    page.keyboard.press("Enter")
    expect(page.locator("#level-record-very-good")).to_be_checked()
    have_levels(page, {FIRST: {"record": "very-good"}})


def test_a_note_is_seen_while_it_is_written_also_where_the_rubric_was_folded_away(context: BrowserContext, thirty: Path) -> None:
    page = open_desk(context, thirty, f"#/d/{FIRST}")
    shown(page, FIRST)
    page.keyboard.press("]")
    expect(page.locator("#desk-rubric")).to_be_hidden()
    page.keyboard.type("n2")
    expect(page.locator("#note-dossier")).to_be_visible()
    expect(page.locator("#note-dossier")).to_have_value("2")


def test_two_strokes_keep_their_order_and_a_dialog_lets_nothing_through(context: BrowserContext, thirty: Path) -> None:
    page = open_desk(context, thirty, f"#/d/{FIRST}")
    shown(page, FIRST)
    page.keyboard.type("gN2g2c3?45")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("1")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.wait_for_function("() => Reviewer.desk.place()?.anchor === 's-N'")
    # The second 2 was the second stroke of g, which leads nowhere.
    have_levels(page, {FIRST: {"record": "very-good", "outcomes": "good"}})
    # Nor do keys give levels behind the panel of what is saved.
    page.click(".saved-open")
    page.keyboard.type("5")
    page.get_by_role("button", name="關閉").click()
    page.evaluate(KEPT)
    have_levels(page, {FIRST: {"record": "very-good", "outcomes": "good"}})


def test_keys_of_a_frame_that_was_closed_since_count(context: BrowserContext, thirty: Path) -> None:
    """Comparing ends with J, and its frames with it."""
    page = open_desk(context, thirty, f"#/compare/{FIRST},{THIRD}/s-A")
    page.wait_for_function(
        "() => [...Reviewer.desk.compare.columns.values()].filter(each => [...each.frames.frames.values()][0].ready).length === 2"
    )
    page.frame_locator("#compare-columns iframe >> nth=1").locator("#s-A h4").first.click()
    page.keyboard.type("J3c1")
    page.wait_for_function("number => Reviewer.desk.current() === number", arg=FIRST)
    have_levels(page, {FIRST: {"record": "good", "outcomes": "excellent"}})


@pytest.mark.parametrize(("view", "key"), [("", "J"), ("", "j"), ("#/cohort", "K"), ("#/guide", "k")])
def test_from_every_view_a_key_opens_the_first_dossier(context: BrowserContext, thirty: Path, view: str, key: str) -> None:
    page = open_desk(context, thirty, view)
    page.keyboard.press(key)
    page.wait_for_function("number => Reviewer.desk.current() === number", arg=FIRST)


def test_or_the_one_that_was_read_last_also_after_a_restart(context: BrowserContext, thirty: Path) -> None:
    page = open_desk(context, thirty)
    page.keyboard.type("JJJ")
    shown(page, THIRD)
    page.evaluate("location.hash = '#/cohort'")
    page.wait_for_function("() => document.documentElement.dataset.view === 'cohort'")
    page.keyboard.press("J")
    page.wait_for_function("number => Reviewer.desk.current() === number", arg=THIRD)
    page.evaluate(KEPT)
    page.close()
    page = open_desk(context, thirty)
    page.keyboard.press("J")
    page.wait_for_function("number => Reviewer.desk.current() === number", arg=THIRD)


def test_what_the_queue_does_not_list_is_not_opened(context: BrowserContext, thirty: Path) -> None:
    page = open_desk(context, thirty, f"#/d/{FIRST}")
    shown(page, FIRST)
    page.evaluate("location.hash = '#/'")
    page.locator("#queue-options summary").click()
    page.select_option("#queue-type", "夜間部・普通班")
    page.keyboard.press("Escape")
    page.keyboard.press("J")
    page.wait_for_function("number => Reviewer.desk.current() === number", arg=SECOND)
