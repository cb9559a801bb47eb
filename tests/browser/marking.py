"""Marking at a desk and its review file, as a reviewer does it with keys and buttons."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.marks_desk import NUMBERS

FIRST = NUMBERS[0]

DISK = """const file = {text: "", at: 1, granted: "granted"};
const handle = {
  name: "own.json",
  queryPermission: async () => file.granted,
  requestPermission: async () => (file.granted = "granted"),
  getFile: async () => ({size: file.text.length, lastModified: file.at, text: async () => file.text}),
  createWritable: async () => {
    if (file.full) throw new DOMException("full", "QuotaExceededError");
    let text = "";
    return { write: async (part) => { text += part; }, close: async () => { file.text = text; file.at += 1; } };
  },
};
// A browser empties what is chosen as a place to save.
window.showSaveFilePicker = async ({ suggestedName }) => {
  Object.assign(file, { text: "", suggested: suggestedName });
  return handle;
};
window.showOpenFilePicker = async () => [handle];
window.disk = file;"""
"""A file in the page's memory that answers both pickers and behaves as one on the disk."""


def start(context: BrowserContext, desk: Path, number: str = FIRST, *, name: str = "林教授") -> Page:
    page = context.new_page()
    page.goto(f"{desk.as_uri()}#/d/{number}")
    expect(page.locator(".rubric-title")).to_contain_text(number)
    if name:
        page.fill("#rater-name", name)
        page.press("#rater-name", "Enter")
        expect(page.locator("#rater-name")).to_have_count(0)
    return page


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    page.evaluate("async () => (await Reviewer.marks.ready).settle()")


def download(page: Page, button: str = "下載 .json") -> str:
    page.click(".saved-open")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    page.get_by_role("button", name="關閉").click()
    return Path(waiting.value.path()).read_bytes().decode()


def take(page: Page, text: str, name: str = "marks.json") -> str:
    page.click(".saved-open")
    page.set_input_files("#marks-file", {"name": name, "mimeType": "application/json", "buffer": text.encode()})
    expect(page.locator(".panel-said p").first).to_be_visible()
    return "\n".join(page.locator(".panel-said p").all_inner_texts())


def hold(page: Page, button: str) -> None:
    page.click(".saved-open")
    page.get_by_role("button", name=button).click()
    expect(page.locator(".panel-said")).to_have_text("之後每一項變更都會寫進「own.json」。")
    page.get_by_role("button", name="關閉").click()


def remove(page: Page) -> None:
    page.click(".saved-open")
    page.get_by_role("button", name="從這台電腦移除評分…").click()
    page.get_by_role("button", name="確定移除：評分只留在檔案裡").click()
    expect(page.locator(".panel-said")).to_have_text("已從這台電腦移除。要繼續評分，請讀入你的檔案。")
    page.get_by_role("button", name="關閉").click()


def press_only(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
