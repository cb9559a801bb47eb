"""WCAG 2.2 AA on one page of every kind that the product writes, in its states, in light, dark and high contrast, in both themes, wide and narrow."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import filelock
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import factories
from tests.browser import everything
from tests.browser.firefox import Firefox

EXPECTED = (
    "intake/report.html",
    "plain.html",
    "preview/index.html",
    "public.html",
    "receipts/receipts.html",
    "site/N/N/index.html",
    "site/N/help.html",
    "site/N/index.html",
    "site/build-report.html",
    "site/index.html",
    "statistics.html",
    "technical.html",
)
"""Kinds that must be among those found, so that a walk that finds nothing is no success."""

VIOLATIONS = "window.violations = []; document.addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"

CONTRAST = ["color-contrast"]

COLOURED = ("intake/report.html", "preview/student-N.html", "public.html", "site/N/N/index.html", "site/N/index.html")
"""Kinds that together have every part that has a colour."""

Light = Literal["light", "dark"]
Contrast = Literal["no-preference", "more"]
SCHEMES: dict[str, tuple[tuple[Light, Contrast], ...]] = {
    "default": (("dark", "no-preference"), ("dark", "more")),
    "large": (("light", "more"), ("dark", "no-preference")),
}
"""Schemes in which each theme is looked at, beside the default theme's own light one."""


@pytest.fixture(scope="session")
def pages(demo_site: Path, demo_cache: Path) -> dict[str, Path]:
    folder = demo_cache.parent / "every-page"
    with filelock.FileLock(f"{folder}.lock"):
        if not folder.exists():
            everything.make(folder, demo_site, demo_cache)
    return everything.kinds(folder)


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 1440, "height": 900})
    made.add_init_script(VIOLATIONS)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    made = context.new_page()
    yield made
    made.close()


def opened(page: Page, path: Path, *, width: int = 1440, height: int = 900) -> Page:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(path.as_uri())
    page.evaluate(everything.LAY_OUT)
    return page


def test_every_kind_of_page_is_looked_at(pages: dict[str, Path]) -> None:
    assert [name for name in EXPECTED if name not in pages] == []


def found_on_all(
    pages: dict[str, Path], page: Page, look: Callable[[Page], object], *, width: int = 1440, height: int = 900
) -> dict[str, object]:
    """What a look finds on each page for good; pages without findings are left out, so that one assertion tells all."""
    found: dict[str, object] = {}
    for name, path in pages.items():
        opened(page, path, width=width, height=height)
        found[name] = everything.lasting(page, lambda: look(page))
    return {name: said for name, said in found.items() if said}


def test_axe_finds_nothing_on_a_wide_page_with_everything_open(pages: dict[str, Path], page: Page) -> None:
    def look(one: Page) -> object:
        one.evaluate(everything.OPEN_ALL)
        return everything.axe(one)

    # The guides are one long table each, the same at any width: the narrow page is enough.
    assert found_on_all({name: path for name, path in pages.items() if name not in ("plain.html", "technical.html")}, page, look) == {}


def test_axe_finds_nothing_on_a_narrow_page(pages: dict[str, Path], page: Page) -> None:
    assert found_on_all(pages, page, everything.axe, width=390, height=844) == {}


@pytest.mark.parametrize("view", ["reading", "sheet", "original"])
def test_axe_finds_nothing_in_any_view_of_the_attachments(department: Path, page: Page, view: str) -> None:
    opened(page, department / factories.dossier().applicant_number / "index.html")
    assert page.locator(f'.views button[data-view="{view}"]:visible').count() > 0
    page.evaluate(f"document.querySelectorAll('.views button[data-view=\"{view}\"]').forEach(button => button.click())")
    assert everything.axe(page) == []


@pytest.mark.parametrize("theme", ["default", "large"])
def test_words_are_readable_in_every_scheme(pages: dict[str, Path], page: Page, theme: str) -> None:
    """Tokens are computed in tests/unit/selection/test_themes.py; here it is what pages make of them."""
    found = {}
    for name, path in ((name, pages[name]) for name in COLOURED):
        opened(page, path)
        if theme == "large" and not page.evaluate(everything.WITH_THEME, "large.css"):
            continue
        for dark, contrast in SCHEMES[theme]:
            page.emulate_media(color_scheme=dark, contrast=contrast)
            found[name, dark, contrast] = everything.lasting(page, lambda: everything.axe(page, rules=CONTRAST))
        page.emulate_media(color_scheme="light", contrast="no-preference")
    assert {"site/N/N/index.html", "site/N/index.html"} <= {name for name, _, _ in found}
    assert {key: said for key, said in found.items() if said} == {}


@pytest.mark.parametrize("theme", ["default", "large"])
@pytest.mark.parametrize("width", [320, 390, 640, 1440])
def test_nothing_is_lost_at_any_width_or_at_twice_the_size(pages: dict[str, Path], page: Page, width: int, theme: str) -> None:
    """320 px is what 400 % leaves of a window of 1,280 px, 640 px what 200 % leaves."""

    def look(one: Page) -> object:
        if theme == "large":
            one.evaluate(everything.WITH_THEME, "large.css")
        folded = one.evaluate(everything.WIDER)
        one.evaluate(everything.OPEN_ALL)
        return folded + one.evaluate(everything.WIDER)

    assert found_on_all(pages, page, look, width=width) == {}


def test_nothing_is_lost_when_a_reader_spaces_the_text(pages: dict[str, Path], page: Page) -> None:
    def look(one: Page) -> object:
        one.evaluate(everything.SPACED)
        return one.evaluate(everything.WIDER)

    assert found_on_all(pages, page, look, width=390) == {}


@pytest.mark.parametrize("width", [390, 1440])
def test_the_focus_is_seen_and_never_covered(pages: dict[str, Path], page: Page, width: int) -> None:
    def look(one: Page) -> object:
        one.keyboard.press("Tab")
        return one.evaluate(everything.UNSEEN_FOCUS)

    assert found_on_all(pages, page, look, width=width) == {}


def test_headings_stand_in_the_order_in_which_they_are_read(pages: dict[str, Path], page: Page) -> None:
    assert found_on_all(pages, page, lambda one: one.evaluate(everything.OUT_OF_ORDER), width=390) == {}


def test_nothing_moves_when_a_reader_asks_for_less_motion(pages: dict[str, Path], page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    assert found_on_all(pages, page, lambda one: one.evaluate(everything.MOVING)) == {}


def test_every_page_says_its_language(pages: dict[str, Path], page: Page) -> None:
    tags = {name: opened(page, path).evaluate("document.documentElement.lang") for name, path in pages.items()}
    assert {name: tag for name, tag in tags.items() if tag not in ("zh-Hant-TW", "en")} == {}


def test_a_pressed_button_differs_where_the_system_sets_the_colours(pages: dict[str, Path], page: Page) -> None:
    page.emulate_media(forced_colors="active")
    opened(page, pages["site/N/N/index.html"])
    grounds = page.evaluate(
        "['true', 'false'].map(pressed => getComputedStyle(document.querySelector(`.views:not([hidden]) button[aria-pressed=\"${pressed}\"]`)).backgroundColor)"
    )
    assert grounds[0] != grounds[1]


def test_both_themes_show_the_same_words(pages: dict[str, Path], page: Page) -> None:
    """What one department's reviewers see, another's see too."""
    differ, looked = [], set()
    for name, path in pages.items():
        opened(page, path)
        page.evaluate(everything.WITHOUT_QUEUE)
        words = "document.body.innerText.replace(/\\s+/g, '')"
        before = page.evaluate(words)
        if page.evaluate(everything.WITH_THEME, "large.css"):
            looked.add(name)
            if page.evaluate(words) != before:
                differ.append(name)
    assert differ == []
    assert {"site/N/N/index.html", "site/N/index.html", "site/N/help.html"} <= looked


def test_a_reader_s_choice_holds_against_the_system_s_and_is_kept(pages: dict[str, Path], page: Page) -> None:
    opened(page, pages["site/index.html"])
    page.get_by_label("明暗").select_option("dark")
    page.get_by_label("對比").select_option("more")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == "rgb(0, 0, 0)"
    page.reload()
    assert page.evaluate(ground) == "rgb(0, 0, 0)"
    assert page.get_by_label("明暗").input_value() == "dark"
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    page.get_by_label("明暗").select_option("")
    page.get_by_label("對比").select_option("")
    assert page.evaluate(ground) == "rgb(250, 248, 244)"


def test_a_frame_looks_as_the_page_around_it(pages: dict[str, Path], page: Page) -> None:
    path = next(path for name, path in pages.items() if name.startswith("preview/student"))
    opened(page, path)
    page.locator("iframe").first.scroll_into_view_if_needed()
    page.get_by_label("明暗").select_option("dark")
    frame = page.locator("iframe").first.element_handle().content_frame()
    assert frame is not None
    frame.wait_for_function("() => document.documentElement.getAttribute('data-scheme') === 'dark'")
    assert frame.locator(".look").count() > 0
    assert frame.locator(".look").first.is_hidden()
    page.get_by_label("明暗").select_option("")


def test_chromium_sees_nothing_against_the_policy(pages: dict[str, Path], page: Page) -> None:
    assert found_on_all(pages, page, lambda one: one.evaluate("window.violations.slice()")) == {}


def test_firefox_sees_nothing_against_the_policy(pages: dict[str, Path]) -> None:
    browser = Firefox()
    try:
        browser.before_each_page(VIOLATIONS)
        found = {}
        for name, path in pages.items():
            browser.open(path)
            found[name] = browser.call("() => window.violations")
        assert {name: said for name, said in found.items() if said != []} == {}
    finally:
        browser.close()
