"""The watch over requests sees what it must see: a page that asks beyond its folder, in whatever way, is told of by every kind of browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.firefox import Firefox
from tests.browser.offline import WATCH
from tests.environment import of_a_reader

ELSEWHERE = "http://127.0.0.1:47999"
"""Where nobody listens; a request is one all the same."""

ASKING = {
    "a picture": (f'<img src="{ELSEWHERE}/a">', f"{ELSEWHERE}/a"),
    "a frame": (f'<iframe src="{ELSEWHERE}/b"></iframe>', f"{ELSEWHERE}/b"),
    "a script": (f'<script>fetch("{ELSEWHERE}/c", {{mode: "no-cors"}})</script>', f"{ELSEWHERE}/c"),
    "a socket": (
        f'<script>var socket = new WebSocket("{ELSEWHERE.replace("http", "ws")}/d")</script>',
        f"{ELSEWHERE.replace('http', 'ws')}/d",
    ),
    "a file beside the folder": ('<img src="../beside.png">', "beside.png"),
    "a frame's picture": ('<iframe src="inner.html"></iframe>', f"{ELSEWHERE}/e"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "folder"
    (made / "theme").mkdir(parents=True)
    (made / "one").mkdir()
    (made / "inner.html").write_text(f'<img src="{ELSEWHERE}/e">', encoding="utf-8")
    (made / "theme/style.css").write_text("", encoding="utf-8")
    return made


def written(folder: Path, body: str) -> Path:
    page = folder / "index.html"
    page.write_text(f"<!doctype html><title>x</title>{body}", encoding="utf-8")
    return page


def asked(context: BrowserContext, page: Path) -> list[str]:
    tab = context.new_page()
    tab.goto(page.as_uri(), wait_until="load")
    tab.wait_for_function(
        "() => !('socket' in window) || socket.readyState === WebSocket.CLOSED"
    )  # the page's load event does not wait for sockets
    context.close()
    return WATCH.taken()


@pytest.mark.parametrize(("body", "address"), ASKING.values(), ids=ASKING)
def test_chromium_tells_of_whatever_asks_beyond_the_folder(chromium: Browser, folder: Path, body: str, address: str) -> None:
    (told,) = asked(chromium.new_context(), written(folder, body))
    assert address in told
    assert told.endswith(f"(by {(folder / 'index.html').as_uri()})")


def test_so_does_one_with_a_profile_of_its_own(chromium: Browser, folder: Path, tmp_path: Path) -> None:
    context = chromium.browser_type.launch_persistent_context(
        tmp_path / "profile", executable_path=CHROMIUM, args=ARGUMENTS, env=of_a_reader()
    )
    (told,) = asked(context, written(folder, ASKING["a picture"][0]))
    assert told.startswith(f"{ELSEWHERE}/a ")


def test_a_window_that_a_page_opens_is_watched_too(chromium: Browser, folder: Path) -> None:
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(written(folder, f'<a href="{ELSEWHERE}/f" target="_blank">x</a>').as_uri())
    with context.expect_event("request", lambda request: request.url.startswith(ELSEWHERE)):
        tab.click("a")
    context.close()
    assert [told.partition(" ")[0] for told in WATCH.taken()] == [f"{ELSEWHERE}/f"]


def test_firefox_tells_of_the_network(folder: Path) -> None:
    """Of files it tells nothing; both browsers ask for the same ones."""
    firefox = Firefox()
    firefox.open(written(folder, ASKING["a picture"][0] + ASKING["a frame's picture"][0]))
    firefox.close()
    assert sorted(told.partition(" ")[0] for told in WATCH.taken()) == [f"{ELSEWHERE}/a", f"{ELSEWHERE}/e"]


def test_what_stands_in_the_folder_may_be_asked_for(chromium: Browser, folder: Path) -> None:
    page = folder / "one" / "index.html"
    page.write_text('<!doctype html><title>x</title><link rel="stylesheet" href="../theme/style.css"><img src="data:,">', encoding="utf-8")
    assert asked(chromium.new_context(), page) == []
