"""Help for tests of the real desk in real browsers: what is typed to grade a dossier, what must then be there, and when a dossier can be read."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page, expect

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.desk import NUMBERS
from tests.environment import of_a_reader

CRITERIA = ("record", "outcomes", "performances", "statement", "others")
"""Of the shipped rubric."""

LEVELS = ("excellent", "very-good", "good", "fair", "weak")
"""Its levels, by the keys 1 to 5."""

GRADES = ("2c3c1c2c4", "1c1c1c1c1", "5c4c3c2c1", "3c3c2c5c5")
"""Keys for the five criteria; neighbouring dossiers get different ones, so that a key which is late or early shows."""

CHANGES = 7
"""How many changes it is to give five levels, cite a place and say that one is done."""


def graded(numbers: Sequence[str], end: str = "") -> tuple[str, dict[str, dict[str, str]]]:
    """What is typed to mark these dossiers one after the other, the first of which is open; and the levels that each must have then."""
    keys = {number: GRADES[int(number) % len(GRADES)] for number in numbers}
    levels = {number: [LEVELS[int(key) - 1] for key in its if key.isdigit()] for number, its in keys.items()}
    return f"{end}J".join(keys.values()) + end, {number: dict(zip(CRITERIA, its, strict=True)) for number, its in levels.items()}


ALL_LEVELS = """async () => {
  const store = await Reviewer.marks.ready;
  await store.settle();
  return Object.fromEntries(Reviewer.desk.data.dossiers.map(({ number }) => [number, store.values(number).level]).filter(([, given]) => Object.keys(given).length));
}"""
"""Levels by dossier, once all is kept; dossiers without any are left out."""

LIKE = f"""async (expected) => {{
  const sorted = (levels) => JSON.stringify(Object.entries(levels).map(([number, its]) => [number, Object.entries(its).sort()]).sort());
  return sorted(await ({ALL_LEVELS})()) === sorted(expected);
}}"""


def have_levels(page: Page, expected: dict[str, dict[str, str]]) -> None:
    """All levels are these, once the keys that are still on their way have acted."""
    with suppress(Error):
        page.wait_for_function(LIKE, arg=expected)
    assert page.evaluate(ALL_LEVELS) == expected


CITED = """async () => {
  const store = await Reviewer.marks.ready;
  return Object.fromEntries(Reviewer.desk.data.dossiers.map(({ number }) => [number, store.values(number).evidence.map((each) => each.anchor)]).filter(([, its]) => its.length));
}"""
"""Cited places by dossier."""

STATES = (
    "async () => { const store = await Reviewer.marks.ready; return Reviewer.desk.data.dossiers.map(({ number }) => store.state(number)); }"
)
"""How far each dossier is."""

VALUES = "number => Reviewer.marks.ready.then(async store => { await store.settle(); return store.values(number); })"
"""What is given to a dossier, once all is kept."""

KEPT = "async () => { await (await Reviewer.marks.ready).settle(); return true; }"
"""Waits until everything so far is kept."""


@contextmanager
def killable(chromium: Browser, profile: Path) -> Iterator[tuple[Page, Callable[[], None]]]:
    """A Chromium of its own process on a profile that stays, and what kills it."""
    context = chromium.browser_type.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=ARGUMENTS, env=of_a_reader(), viewport={"width": 1440, "height": 900}
    )
    process = int((profile / "SingletonLock").readlink().name.rpartition("-")[2])

    def kill() -> None:
        with context.expect_event("close"):
            os.kill(process, signal.SIGKILL)

    yield context.new_page(), kill
    context.close()


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


def reading(context: BrowserContext, desk: Path, number: str = NUMBERS[0], *, width: int = 1440, height: int = 900) -> Page:
    """A dossier that is being read."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.goto((desk / "index.html").as_uri() + f"#/d/{number}")
    shown(page, number)
    page.evaluate(KEPT)
    return page


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
