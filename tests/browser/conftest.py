"""Real Chromium on a department's folder from file://, as a reviewer opens it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from reviewer.render.html import dossier_page
from reviewer.render.view import cohort_row, dossier_view
from reviewer.render.words import PLAIN
from tests import factories
from tests.browser.offline import WATCH, watched
from tests.desk import THIRTY, write_desk
from tests.environment import of_a_reader
from tests.pages import write_department

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=20_000)  # milliseconds: what is waited for comes in a moment, on a machine that does other work beside too

LONG = "以沙克・法厄荻兒・魯夫拉桑・巴納伊・撒奇萊雅・Kacaw Fotol-Sapalengaw"
"""A name that no layout may abbreviate."""


@pytest.fixture(scope="session")
def department(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A department's folder: one dossier with everything, and a list of applicants with long names."""
    folder = tmp_path_factory.mktemp("department")
    names = ("王思源", LONG, "林亭妤", "歐陽宇軒")
    made = [factories.dossier(applicant_number=f"1021000{7 + at}"[-8:], name=name) for at, name in enumerate(names)]
    rows = tuple(cohort_row(one, PLAIN, pdf=False) for one in made)
    write_department(folder, factories.dossier(name=LONG), factories.processed(), rows)
    for one in made[1:]:  # the desk makes the next dossier ready, so it is there
        (folder / one.applicant_number).mkdir()
        (folder / one.applicant_number / "index.html").write_text(dossier_page(dossier_view(one, {})), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A department's folder with thirty dossiers, as the product writes it."""
    return write_desk(tmp_path_factory.mktemp("thirty"), THIRTY)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = watched(playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, env=of_a_reader()))
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A computer whose window is a desk's."""
    made = chromium.new_context(viewport={"width": 1440, "height": 900})
    yield made
    made.close()


@pytest.fixture
def machines(chromium: Browser) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """Two computers."""
    both = chromium.new_context(), chromium.new_context()
    yield both
    for each in both:
        each.close()


@pytest.fixture(autouse=True)
def nothing_leaves_the_folder() -> Iterator[None]:
    """Holds for every test with a browser, after its windows have closed."""
    yield
    assert WATCH.taken() == []


@pytest.fixture
def opened(chromium: Browser) -> Iterator["Opener"]:
    opener = Opener(chromium)
    yield opener
    opener.close()


class Opener:
    """Opens pages and remembers what went wrong and what was asked for."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.requests: list[str] = []

    def page(self, path: Path, *, width: int = 1440, height: int = 900, scripts: bool = True, dark: bool = False) -> Page:
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts, color_scheme="dark" if dark else "light"
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(path.as_uri())
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()
