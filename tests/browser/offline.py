"""No request leaves the folder: every browser that the tests start is watched, and what it asked for beyond the folder of its page is kept here.

`conftest.py` asserts after each test that there is nothing, so that no test has to say it.
"""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request, WebSocket

WITHIN = ("data:", "blob:", "about:")
"""What a page makes itself."""


class Watch:
    """What was asked for beyond the folder; addresses of servers that a test runs itself are named."""

    def __init__(self) -> None:
        self.left: list[str] = []
        self.served: list[str] = []

    def see(self, url: str, page: str, *, goes: bool) -> None:
        """Look at a request for `url` by a page; `goes` when the whole window goes there, which may be to another folder of this disk."""
        if url.startswith((*WITHIN, *self.served)) or (goes and url.startswith("file:")):
            return
        if url.startswith("file:") and page.startswith("file:") and path_of(url).is_relative_to(home(path_of(page))):
            return
        self.left.append(f"{url} (by {page})")

    def taken(self) -> list[str]:
        """What was asked for since the last time."""
        left, self.left = self.left, []
        return left


WATCH = Watch()
"""Of this process."""


def path_of(url: str) -> Path:
    """The place on the disk that an address names."""
    return Path(unquote(urlsplit(url).path))


def home(page: Path) -> Path:
    """The folder that a page may ask in: the one that holds the theme, from the page upwards; of a page without one, its own."""
    return next((folder for folder in page.parents if (folder / "theme").is_dir()), page.parent)


def watch(context: BrowserContext) -> BrowserContext:
    """Watch all that a context's pages, frames and windows ask for."""

    def requested(request: Request) -> None:
        try:
            frame = request.frame
        except Exception:  # noqa: BLE001 - Playwright tells it so: the frame of a new window's first request is not there yet
            WATCH.see(request.url, "a window that opens", goes=True)
            return
        top = frame
        while top.parent_frame:
            top = top.parent_frame
        WATCH.see(request.url, top.url, goes=request.is_navigation_request() and top == frame)

    def opened(page: Page) -> None:
        def connected(socket: WebSocket) -> None:
            WATCH.see(socket.url, page.url, goes=False)

        page.on("websocket", connected)

    context.on("request", requested)
    context.on("page", opened)
    return context


def watched(browser: Browser) -> Browser:
    """A browser each of whose contexts is watched, those with a profile of their own too."""

    def watching(make: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
        @wraps(make)
        def made(*arguments: Any, **options: Any) -> BrowserContext:
            return watch(make(*arguments, **options))

        return made

    def new_page(**options: Any) -> Page:
        context = browser.new_context(**options)
        page = context.new_page()
        page.on("close", lambda _: context.close())
        return page

    browser.new_context = watching(browser.new_context)  # type: ignore[method-assign]
    browser.new_page = new_page  # type: ignore[method-assign]
    kind = browser.browser_type
    kind.launch_persistent_context = watching(kind.launch_persistent_context)  # type: ignore[method-assign]
    return browser
