"""Marks in the department's own page: the keys act while the dossier in its frame has the focus, and what is read is what is cited."""

from pathlib import Path

from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import Opener

STATE = "(number) => Reviewer.marks.ready.then(async (store) => { await store.settle(); return store.state(number); })"


def test_grading_while_reading(department: Path, opened: Opener) -> None:
    page = opened.page(department / "index.html")
    number, anchor = factories.dossier().applicant_number, "J-1"
    page.wait_for_selector("html.desk-on")
    page.evaluate("(hash) => { location.hash = hash; }", f"#/d/{number}/{anchor}")
    page.wait_for_function("(anchor) => Reviewer.desk.place()?.anchor === anchor", arg=anchor)
    page.wait_for_selector(f'iframe[data-shown][src^="{number}/"]')
    page.frame_locator("iframe[data-shown]").locator(f"#{anchor} h4").click()
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    for key in "2e":
        page.keyboard.press(key)
    expect(page.locator("#level-record-very-good")).to_be_checked()
    expect(page.locator(".criterion[data-current] .chip a")).to_have_attribute("href", f"#/d/{number}/{anchor}")
    page.keyboard.press("n")
    expect(page.locator("#note-dossier")).to_be_focused()
    page.keyboard.type("2 好")
    expect(page.locator("#note-dossier")).to_have_value("2 好")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.keyboard.press("1")
    expect(page.locator("#level-outcomes-excellent")).to_be_checked()
    assert page.evaluate(STATE, number) == "reading"
    expect(page.locator(".saved-line")).to_contain_text("已存在這個瀏覽器；4 項變更還沒有存成檔案。")
