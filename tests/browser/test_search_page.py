"""The search on a department's page: by keyboard alone, with an input method, announced, and landing on the marked place."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from reviewer.search import shards
from reviewer.search.documents import documents
from reviewer.search.spool import spool
from tests import factories
from tests.browser.conftest import Opener
from tests.browser.firefox import Firefox

READY = "[data-search-state=ready]"


@pytest.fixture(scope="module")
def searchable(department: Path) -> Path:
    """The department's folder with the search files of its one dossier."""
    dossier = factories.dossier()
    made = spool(dossier, factories.processed())
    shards.write(department / "data", [(dossier.applicant_number, dossier.applicant_number)], lambda _number: made)
    return department


@pytest.fixture(scope="module")
def word() -> str:
    """A word that stands on a page of an attachment."""
    pages = (each for each in documents(factories.dossier(), factories.processed()) if each.suffix and each.segments)
    return str(re.findall(r"[一-鿿]{3,4}", next(pages).segments[0])[0])


@pytest.fixture(scope="module")
def firefox() -> Iterator[Firefox]:
    browser = Firefox()
    yield browser
    browser.close()


def ask(page: Page, query: str) -> None:
    """What is typed by an input method belongs to the field that has the focus, so that it is waited for."""
    page.keyboard.press("/")
    expect(page.locator("#search-field")).to_be_focused()
    page.keyboard.type(query)
    page.wait_for_selector(READY)


def test_by_keyboard_alone_from_the_page_to_the_marked_place(searchable: Path, opened: Opener, word: str) -> None:
    page = opened.page(searchable / "index.html")
    ask(page, word)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^找到 1 份檔案，共出現 \d+ 次。"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className") == "search-place"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "search-field"
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    shown = page.wait_for_selector("iframe[data-shown]")
    frame = shown.content_frame() if shown else None
    assert frame is not None
    frame.wait_for_selector("mark.search-hit")
    assert frame.locator("mark.search-hit").first.inner_text() == word
    assert frame.evaluate("document.activeElement.tagName") == "MARK"
    page.go_back()
    expect(page.locator("#search-field")).to_have_value(word)
    expect(page.locator(".search-place").first).to_be_visible()
    assert opened.complaints == []


def test_an_input_method_is_left_alone_until_it_is_done(searchable: Path, opened: Opener, word: str) -> None:
    page = opened.page(searchable / "index.html")
    page.keyboard.press("/")
    expect(page.locator("#search-field")).to_be_focused()
    page.wait_for_selector(READY)
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": word[:2], "selectionStart": 2, "selectionEnd": 2})
    assert page.locator(".search-place").count() == 0
    session.send("Input.insertText", {"text": word})
    expect(page.locator(".search-place").first).to_be_visible()
    expect(page.locator("#search-field")).to_have_value(word)


def test_facets_narrow_and_widen(searchable: Path, opened: Opener, word: str) -> None:
    page = opened.page(searchable / "index.html")
    ask(page, word)
    facet = page.locator(".search-facet button").first
    facet.click()
    expect(page.locator("#search-field")).to_have_value(re.compile(rf"^{word} code:\S+$"))
    expect(page.locator(".search-facet button[aria-pressed=true]")).to_have_count(1)
    page.locator(".search-facet button[aria-pressed=true]").click()
    expect(page.locator("#search-field")).to_have_value(word)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ('"機器人', "引號沒有結束，已當作一直到最後。如果不是這個意思，請補上結尾的引號。"),
        ("foo:x", "沒有「foo」這個搜尋欄位。可用的欄位：code:、applicant:、semester:、source:、has:；若要搜尋這幾個字本身，請加引號。"),
        ("字" * 501, "搜尋字串太長（上限 500 字）。請只留下最要緊的幾個詞。"),
        ("機器\u202e人", "搜尋字串含有看不見或不完整的字元，已略過。不需處理；若結果不如預期，請重新輸入。"),
        ("-機器人", "只有要排除的詞，沒有要搜尋的詞。請再輸入一個以上要搜尋的詞，或加上 code: 等欄位。"),
    ],
    ids=["unclosed quote", "unknown field", "too long", "bidirectional", "only exclusions"],
)
def test_a_query_that_needs_a_word_gets_its_sentence(searchable: Path, opened: Opener, query: str, sentence: str) -> None:
    page = opened.page(searchable / "index.html")
    page.locator("#search-field").fill(query)
    page.wait_for_selector(READY)
    expect(page.locator(".search-said p")).to_have_text([sentence])


def test_a_missing_shard_is_named(searchable: Path, opened: Opener, word: str) -> None:
    shard = searchable / "data" / shards.shard_name(0)
    content = shard.read_bytes()
    shard.unlink()
    try:
        page = opened.page(searchable / "index.html")
        ask(page, word)
        expect(page.locator(".search-said p")).to_have_text(
            ["搜尋資料 data/text-00.js 不在資料夾中，其中 0 份檔案搜尋不到；其餘照常。請重新複製整個校系資料夾。"]
        )
        expect(page.locator(".search-place").first).to_be_visible()
    finally:
        shard.write_bytes(content)


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_among_results(searchable: Path, opened: Opener, word: str, width: int) -> None:
    page = opened.page(searchable / "index.html", width=width)
    ask(page, word)
    expect(page.locator(".search-facet").first).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_firefox_finds_and_marks_it_too(searchable: Path, firefox: Firefox, word: str) -> None:
    firefox.open(searchable / "index.html", fragment=f"#q={word}")
    address = firefox.call(
        """() => new Promise(done => { const look = () => {
          const link = document.querySelector('[data-search-state=ready] .search-place');
          link ? done(link.getAttribute('href')) : setTimeout(look, 20); }; look(); })"""
    )
    page, _, rest = address.partition("?")
    firefox.open(searchable / page, fragment=f"?{rest}")
    marked = firefox.call(
        """() => new Promise(done => { const look = () => {
          const mark = document.querySelector('mark.search-hit');
          mark ? done(mark.textContent) : setTimeout(look, 20); }; look(); })"""
    )
    assert marked == word
