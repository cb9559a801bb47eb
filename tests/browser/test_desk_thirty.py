"""Thirty dossiers by keyboard alone at the real desk, through a crash of the browser's process, in both browsers.

What is promised: every change that the line above counts as kept is there after a crash that comes the moment after, with nothing waited for.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desking import ALL_LEVELS, CHANGES, CITED, STATES, graded, killable
from tests.browser.firefox import Firefox
from tests.desk import THIRTY

LINE = "() => document.querySelector('.saved-line').textContent"
CURRENT = "() => Reviewer.desk.current()"
BEFORE = 16
"""Dossiers that are done before the crash."""


class Desk(Protocol):
    """A browser at the desk."""

    def press(self, keys: str) -> None:
        """Press keys without a pause."""

    def call(self, function: str) -> Any:
        """Ask the page."""

    def until(self, function: str) -> None:
        """Wait until the page says yes."""

    def kill(self) -> None:
        """SIGKILL to the browser's process."""


class Chromium:
    """Chromium as the tests ask it."""

    def __init__(self, page: Page, kill: Callable[[], None]) -> None:
        self.press, self.call, self.kill = page.keyboard.type, page.evaluate, kill
        self._page = page

    def until(self, function: str) -> None:
        self._page.wait_for_function(function)


@contextmanager
def opened(name: str, chromium: Browser, profile: Path, path: Path) -> Iterator[Desk]:
    if name == "chromium":
        with killable(chromium, profile) as (page, kill):
            page.goto(path.as_uri())
            yield Chromium(page, kill)
        return
    firefox = Firefox(profile)
    firefox.open(path)
    yield firefox
    firefox.close()


def told(line: str) -> int:
    """How many changes the line counts as kept."""
    found = re.search(r"已存在這個瀏覽器；(\d+) 項變更還沒有存成檔案", line)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("name", ["chromium", "firefox"])
def test_thirty_dossiers_by_keyboard_through_a_crash(name: str, chromium: Browser, thirty: Path, tmp_path: Path) -> None:
    index = thirty / "index.html"
    done, rest = THIRTY[:BEFORE], THIRTY[BEFORE:]
    _, expected = graded(THIRTY)
    with opened(name, chromium, tmp_path, index) as desk:
        desk.press("J" + graded(done, "ed")[0])
        desk.until(f"() => ({LINE})().includes('；{BEFORE * CHANGES} 項變更還沒有存成檔案')")
        desk.press("J" + graded(rest[:1])[0][:5])
        counted = told(desk.call(LINE))
        desk.kill()
    with opened(name, chromium, tmp_path, index) as desk:
        given, line = desk.call(ALL_LEVELS), desk.call(LINE)
        assert told(line) >= counted >= BEFORE * CHANGES
        assert {number: given[number] for number in done} == {number: expected[number] for number in done}
        assert given.get(rest[0], {}).items() <= expected[rest[0]].items()
        assert desk.call(STATES)[:BEFORE] == ["graded"] * BEFORE
        # He goes on where he was: at the dossier that was read last, or the one before if nothing of the last had been told as kept.
        desk.press("J")
        desk.until("() => Reviewer.desk.current() !== null")
        assert desk.call(CURRENT) in (done[-1], rest[0])
        desk.press(("J" if desk.call(CURRENT) == done[-1] else "") + graded(rest, "ed")[0])
        desk.until(f"() => ({LINE})().includes('；{len(THIRTY) * CHANGES} 項變更還沒有存成檔案')")
        assert desk.call(STATES) == ["graded"] * len(THIRTY)
        assert desk.call(ALL_LEVELS) == expected
        assert desk.call(CITED) == {number: ["cover"] for number in THIRTY}
