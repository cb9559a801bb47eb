"""Help for tests of the real desk in real browsers: what is typed to grade a dossier, what must then be there, and when a dossier can be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Frame, Page, expect

GRADE = "2c3c1c2c4ed"
"""A level for each of the five criteria, a cited place, done."""

LEVELS = {"record": "very-good", "outcomes": "good", "performances": "excellent", "statement": "very-good", "others": "fair"}
"""The levels that it gives."""

CHANGES = 7
"""How many changes it makes."""

ALL_LEVELS = """async () => {
  const store = await Reviewer.marks.ready;
  await store.settle();
  return Object.fromEntries(Reviewer.desk.data.dossiers.map(({ number }) => [number, store.values(number).level]).filter(([, given]) => Object.keys(given).length));
}"""
"""Levels by dossier, once all is kept; dossiers without any are left out."""

CITED = """async () => {
  const store = await Reviewer.marks.ready;
  return Object.fromEntries(Reviewer.desk.data.dossiers.map(({ number }) => [number, store.values(number).evidence.map((each) => each.anchor)]).filter(([, its]) => its.length));
}"""
"""Cited places by dossier."""

STATES = (
    "async () => { const store = await Reviewer.marks.ready; return Reviewer.desk.data.dossiers.map(({ number }) => store.state(number)); }"
)
"""How far each dossier is."""

KEPT = "async () => { await (await Reviewer.marks.ready).settle(); return true; }"
"""Waits until everything so far is kept."""


def open_desk(context: BrowserContext, folder: Path, fragment: str = "") -> Page:
    """The desk of a folder in a new tab."""
    page = context.new_page()
    page.goto((folder / "index.html").as_uri() + fragment)
    page.wait_for_selector("html.desk-on")
    return page


def shown(page: Page, number: str) -> Frame:
    """The frame that shows a dossier, once it can be read."""
    page.wait_for_selector(f'iframe[data-shown][src^="{number}/"]')
    page.wait_for_function("number => Reviewer.desk.reading.frames.frames.get(number)?.ready", arg=number)
    frame = page.locator("iframe[data-shown]").element_handle().content_frame()
    assert frame is not None
    return frame


def named(page: Page, name: str) -> None:
    """Say who marks."""
    page.fill("#rater-name", name)
    page.press("#rater-name", "Enter")
    expect(page.locator("#rater-name")).to_have_count(0)


@contextmanager
def panel(page: Page) -> Iterator[None]:
    """The panel of what is saved, open."""
    page.click(".saved-open")
    yield
    page.get_by_role("button", name="關閉").click()


def download(page: Page, to: Path) -> Path:
    """The review file, as the browser hands it to the disk."""
    with panel(page):
        with page.expect_download() as waiting:
            page.get_by_role("button", name="下載 .json").click()
        path = to / waiting.value.suggested_filename
        waiting.value.save_as(path)
    return path


def take(page: Page, path: Path) -> str:
    """Read a review file in; what the panel says of it. The panel stays open."""
    page.click(".saved-open")
    page.set_input_files("#marks-file", path)
    expect(page.locator(".panel-said p").first).to_be_visible()
    return "\n".join(page.locator(".panel-said p").all_inner_texts())
