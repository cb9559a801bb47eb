"""Nothing that was graded is lost: storage failing or forbidden, two tabs at once. (The process killed: test_desk_thirty.py.)"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.desking import killable
from tests.browser.firefox import Firefox
from tests.marks_desk import NUMBERS, write_desk

SETTLED = "async (number) => { const store = await Reviewer.marks.ready; await store.settle(); return store.values(number); }"
SEEN = "([number, text]) => Reviewer.marks.ready.then((store) => store.versions(number, 'note:')[0].value === text)"
SET = "async ([number, ...pairs]) => { const store = await Reviewer.marks.ready; for (const pair of pairs) await store.set(number, ...pair); }"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_desk(tmp_path_factory.mktemp("marks-kept"))


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context()
    yield made
    made.close()


def go(page: Page, number: str) -> None:
    page.evaluate(f"location.hash = '#/d/{number}'")
    expect(page.locator(".rubric-title")).to_contain_text(number)


def test_the_line_counts_what_is_kept_and_nothing_before_it_is(context: BrowserContext, desk: Path) -> None:
    page = context.new_page()
    page.goto(desk.as_uri())
    go(page, NUMBERS[0])
    at_once, kept = page.evaluate(
        """async (number) => {
          const store = await Reviewer.marks.ready;
          const line = () => document.querySelector(".saved-line").textContent;
          await store.set(number, "flag", "a");
          store.set(number, "level:record", "good");
          const before = line();
          await store.settle();
          return [before, line()];
        }""",
        NUMBERS[0],
    )
    assert "；1 項變更還沒有存成檔案。" in at_once
    assert "；2 項變更還沒有存成檔案。" in kept


def test_a_write_that_fails_is_said_kept_and_tried_again(context: BrowserContext, desk: Path) -> None:
    page = context.new_page()
    page.goto(desk.as_uri())
    go(page, NUMBERS[0])
    page.evaluate(
        """() => { window.put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); }; }"""
    )
    page.keyboard.press("2")
    line = page.locator(".saved-line")
    expect(line).to_contain_text("項變更沒能存進瀏覽器，還留在這個頁面裡，正在重試。請不要關閉；也可以先存成檔案。")
    expect(page.locator(".saved")).to_have_attribute("data-tone", "alarm")
    expect(page.locator(".saved [role=alert]")).to_contain_text("沒能存進瀏覽器")
    expect(page.locator("#level-record-very-good")).to_be_checked()
    page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    expect(line).to_contain_text("已存在這個瀏覽器；1 項變更還沒有存成檔案。")
    page.reload()
    expect(page.locator("#level-record-very-good")).to_be_checked()


HELD = """() => {
  // Leave to write is what nobody can give in a headless browser; the handle, and its being kept, are real.
  FileSystemHandle.prototype.queryPermission = async () => "granted";
  FileSystemFileHandle.prototype.createWritable = async () => ({ write: async () => undefined, close: async () => undefined });
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    const handle = event.dataTransfer.items[0].getAsFileSystemHandle();
    window.showSaveFilePicker = () => handle;
  });
}"""
"""The picker is answered by a file that was dropped on the page: Chromium's own handle of a file on the disk."""


def test_the_hold_on_a_file_outlives_the_browser_and_asks_for_leave_again(chromium: Browser, desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_text("", encoding="utf-8")
    with killable(chromium, tmp_path / "profile") as (page, kill):
        page.goto(desk.as_uri())
        go(page, NUMBERS[0])
        page.evaluate(HELD)
        drop(page, file)
        page.fill("#rater-name", "林教授")
        page.press("#rater-name", "Enter")
        page.click(".saved-open")
        page.get_by_role("button", name="存進新的檔案，之後持續寫入…").click()
        expect(page.locator(".panel-said")).to_have_text("之後每一項變更都會寫進「own.json」。")
        page.get_by_role("button", name="關閉").click()
        page.keyboard.press("2")
        expect(page.locator(".saved-line")).to_contain_text("已存在這個瀏覽器和「own.json」。")
        page.evaluate(SETTLED, NUMBERS[0])
        kill()
    with killable(chromium, tmp_path / "profile") as (page, _kill):
        page.goto(desk.as_uri())
        go(page, NUMBERS[0])
        expect(page.locator(".saved-line")).to_contain_text("要繼續寫入「own.json」，請允許一次。")
        expect(page.get_by_role("button", name="允許寫入")).to_be_visible()
        held = """async () => {
          const handle = (await Reviewer.marks.ready).keeper.setting("handle");
          return [handle instanceof FileSystemFileHandle, handle.name, await handle.queryPermission({ mode: "readwrite" })];
        }"""
        assert page.evaluate(held) == [True, "own.json", "prompt"]


def drop(page: Page, file: Path) -> None:
    """Drop a file of the disk on the page."""
    session = page.context.new_cdp_session(page)
    data = {"items": [{"mimeType": "application/json", "data": ""}], "files": [str(file)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 200, "y": 200, "data": data})
    page.wait_for_function("() => window.showSaveFilePicker.toString().includes('=> handle')")


def test_without_storage_it_says_so_and_the_file_still_holds_everything(context: BrowserContext, desk: Path) -> None:
    context.add_init_script("Object.defineProperty(window, 'indexedDB', {get() { throw new DOMException('no', 'SecurityError'); }});")
    page = context.new_page()
    page.goto(desk.as_uri())
    line = page.locator(".saved-line")
    expect(line).to_have_text("這個瀏覽器不保存這個頁面的資料（私密視窗，或已停用）。可以評分，關閉之前請存成檔案。")
    go(page, NUMBERS[0])
    page.keyboard.press("2")
    expect(line).to_have_text("這個瀏覽器不保存這個頁面的資料（私密視窗，或已停用）：1 項變更只在這個頁面裡。關閉之前，請存成檔案。")
    page.fill("#rater-name", "林教授")
    page.press("#rater-name", "Enter")
    page.click(".saved-open")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下載 .json").click()
    assert '"very-good"' in Path(waiting.value.path()).read_text(encoding="utf-8")
    expect(line).to_contain_text("可以評分，關閉之前請存成檔案。")


def test_firefox_without_storage(desk: Path) -> None:
    firefox = Firefox(preferences={"network.cookie.cookieBehavior": 2})
    firefox.open(desk)
    words = firefox.call("async () => { await Reviewer.marks.ready; return document.querySelector('.saved-line').textContent; }")
    firefox.close()
    assert words == "這個瀏覽器不保存這個頁面的資料（私密視窗，或已停用）。可以評分，關閉之前請存成檔案。"


def test_two_tabs_lose_nothing_of_each_other(context: BrowserContext, desk: Path) -> None:
    one, other = context.new_page(), context.new_page()
    for page in (one, other):
        page.goto(desk.as_uri())
        go(page, NUMBERS[0])
    one.locator("#note-dossier").fill("前半")
    one.evaluate(SETTLED, NUMBERS[0])
    expect(other.locator("#note-dossier")).to_have_value("前半")
    # Both write in the same field: what the second saw was the note before the first went on.
    other.locator("#note-dossier").focus()
    one.locator("#note-dossier").fill("前半，一")
    one.evaluate(SETTLED, NUMBERS[0])
    other.wait_for_function(SEEN, arg=[NUMBERS[0], "前半，一"])
    other.keyboard.type("二")
    given = other.evaluate(SETTLED, NUMBERS[0])
    assert {version["value"] for version in given["conflicts"][0]["versions"]} == {"前半，一", "前半二"}
    expect(other.locator(".conflict-value")).to_have_count(2)
    for page in (one, other):
        page.locator("#note-dossier").blur()
    other.get_by_role("button", name="兩個都保留").click()
    expect(one.locator("#note-dossier")).to_have_value("前半，一\n前半二")
    expect(one.locator(".conflict")).to_have_count(0)


def test_a_tab_that_saw_nothing_of_the_other_writes_beside_it(context: BrowserContext, desk: Path) -> None:
    """Without messages between tabs, and without coming back to it."""
    context.add_init_script("window.BroadcastChannel = class { constructor() { throw new Error('none'); } };")
    one, other = context.new_page(), context.new_page()
    for page in (one, other):
        page.goto(desk.as_uri())
        go(page, NUMBERS[1])
    one.evaluate(SET, [NUMBERS[1], ["level:record", "good"]])
    other.evaluate(SET, [NUMBERS[1], ["level:record", "fair"], ["flag", "x"]])
    given = other.evaluate(SETTLED, NUMBERS[1])
    assert given["conflicts"][0]["field"] == "level:record"
    assert {version["value"] for version in given["conflicts"][0]["versions"]} == {"good", "fair"}
    assert given["level"]["record"] is None
