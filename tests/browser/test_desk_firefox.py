"""The desk in the system's own Firefox under its strict rules for files: what differs there, and that the rules are really on."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.desking import ALL_LEVELS, KEPT, graded
from tests.browser.firefox import Firefox
from tests.desk import THIRTY

FIRST, SECOND, THIRD = THIRTY[:3]
SHOWN = "(number) => Reviewer.desk.current() === number && Reviewer.desk.reading.frames.frames.get(number)?.ready"
AT = "(hash) => location.hash === hash"
VIEW = "(view) => document.documentElement.dataset.view === view"
PLACE = "(anchor) => Reviewer.desk.place()?.anchor === anchor"
BUTTON = "(words) => [...document.querySelectorAll('button')].find((each) => each.checkVisibility() && each.textContent.startsWith(words))"
SAID = "() => [...document.querySelectorAll('.panel-said p')].map((each) => each.textContent).join('\\n')"


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="module")
def browser(thirty: Path, downloads: Path) -> Iterator[Firefox]:
    (thirty / "other.html").write_text('<!doctype html><meta charset="utf-8"><title>other</title>', encoding="utf-8")
    firefox = Firefox(preferences={"browser.download.folderList": 2, "browser.download.dir": str(downloads)})
    yield firefox
    firefox.close()


@pytest.fixture
def desk(browser: Firefox, thirty: Path) -> Firefox:
    """The desk with the first dossier open, nothing marked."""
    browser.open(thirty / "other.html")
    browser.open(thirty / "index.html", fragment=f"#/d/{FIRST}")
    browser.until(SHOWN, FIRST)
    return browser


def click(firefox: Firefox, words: str) -> None:
    """Press the button that begins with these words, once it is there."""
    firefox.until(f"(words) => Boolean(({BUTTON})(words))", words)
    firefox.call(f"(words) => ({BUTTON})(words).click()", words)


def test_frames_talk_and_addresses_lead_back(desk: Firefox) -> None:
    desk.press("jj")
    desk.until(PLACE, "s-B-C-D")
    desk.press("gN")
    desk.until(PLACE, "s-N")
    desk.press("J")
    desk.until(SHOWN, SECOND)
    for view in ("cohort", "guide"):
        desk.call("(hash) => { location.hash = hash; }", f"#/{view}")
        desk.until(VIEW, view)
    desk.back()
    desk.until(VIEW, "cohort")
    desk.back()
    desk.until(SHOWN, SECOND)
    desk.back()
    desk.until(PLACE, "s-N")
    assert desk.call("() => Reviewer.desk.current()") == FIRST


def test_compare_scrolls_together(desk: Firefox) -> None:
    desk.press("xJx")
    desk.until(SHOWN, SECOND)
    desk.press("v")
    desk.until(AT, f"#/compare/{FIRST},{SECOND}/s-A")
    ready = "() => { const all = [...Reviewer.desk.compare.columns.values()].map((each) => [...each.frames.frames.values()][0]); return all.length === 2 && all.every((each) => each.ready); }"
    desk.until(ready)
    desk.press("j")
    desk.until(AT, f"#/compare/{FIRST},{SECOND}/s-B-C-D")
    for number in (FIRST, SECOND):
        desk.until("() => document.querySelector('#s-B-C-D').getClientRects().length > 0", frame=f"{number}/")
    x, y = desk.call(
        "() => { const box = document.querySelector('#compare-columns iframe').getBoundingClientRect(); return [box.left + 40, box.top + 100].map(Math.round); }"
    )
    desk.scroll(x, y, 300)
    desk.until("() => scrollY > 100", frame=f"{FIRST}/")
    desk.until("() => scrollY > 100", frame=f"{SECOND}/")


def test_the_rules_for_files_are_strict_and_the_store_is_this_files_alone(desk: Firefox, thirty: Path) -> None:
    """Else all the rest would prove nothing."""
    desk.press("1")
    desk.until("() => Reviewer.marks.ready.then((store) => store.status().safe > 0)")
    names = "async () => (await indexedDB.databases()).map((each) => each.name)"
    fetched = "(name) => fetch(name).then(() => 'read', (error) => error.name)"
    frame = """() => { try { return document.querySelector("iframe").contentDocument === null ? "closed" : "open"; } catch (error) { return error.name; } }"""
    assert desk.call(names) == ["reviewer"]
    assert desk.call(frame) == "closed"
    desk.open(thirty / "other.html")
    assert desk.call(names) == []
    assert desk.call(fetched, "index.html") == "TypeError"
    desk.open(thirty / "index.html")
    assert desk.call(names) == ["reviewer"]
    assert desk.call(ALL_LEVELS) == {FIRST: {"record": "excellent"}}
    desk.call("async () => { const store = await Reviewer.marks.ready; await Reviewer.marks.removeAll(store); }")


def test_no_file_can_be_held_so_that_it_is_downloaded_and_read_in_elsewhere(desk: Firefox, downloads: Path, thirty: Path) -> None:
    keys, expected = graded((FIRST,), "ed")
    desk.press(keys)
    desk.call(KEPT)
    desk.until("() => document.querySelector('#rater-name') !== null")
    desk.call(
        "() => { const field = document.querySelector('#rater-name'); field.value = '林教授'; field.form.requestSubmit(); }",
    )
    click(desk, "存檔")
    acts = "() => [...document.querySelectorAll('.saved-panel [data-act]')].map((each) => each.dataset.act)"
    assert desk.call("() => typeof window.showSaveFilePicker") == "undefined"
    assert desk.call(acts) == ["json", "csv", "take"]
    click(desk, "下載 .json")
    file = downloaded(desk, downloads / "marks-001012-115-林教授.json")
    assert json.loads(file.read_text(encoding="utf-8"))["rater"]["name"] == "林教授"

    other = Firefox()
    other.open(thirty / "index.html", fragment=f"#/d/{FIRST}")
    other.until(SHOWN, FIRST)
    click(other, "存檔")
    other.choose("#marks-file", file)
    other.until("() => document.querySelector('.panel-said p') !== null")
    said, levels = other.call(SAID), other.call(ALL_LEVELS)
    other.close()
    assert said == f"讀入「{file.name}」：1 份檔案的 7 項有變動。"
    assert levels == expected


def downloaded(firefox: Firefox, path: Path) -> Path:
    """A file that the browser writes, once it is whole."""

    def whole() -> Any:
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None

    for _ in range(500):
        if whole():
            return path
        firefox.call("() => new Promise((done) => setTimeout(done, 20))")
    raise AssertionError(f"{path} never came")
