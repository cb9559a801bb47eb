"""Every state of the desk holds WCAG 2.2 AA, loses nothing at any width, and keeps still: light and dark, more contrast, both themes."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from reviewer.render.theme import theme_files
from tests.browser import everything, states
from tests.browser.states import Desk

DEPARTMENT = "001012"
COLOURS = ["color-contrast"]
SIZES = ["target-size"]


@dataclass(frozen=True, slots=True)
class Mode:
    """A window and how it looks; in `other` colours words are looked at once more; with the large theme, widths and targets in the default one too."""

    width: int
    height: int
    light: Literal["light", "dark"] = "light"
    contrast: Literal["no-preference", "more"] = "no-preference"
    large: bool = False
    other: tuple[Literal["light", "dark"], Literal["no-preference", "more"]] | None = None


MODES = {
    "wide": Mode(1440, 900, other=("dark", "more")),
    "at 200 %": Mode(640, 450, light="dark", large=True),
    "a phone": Mode(390, 844, contrast="more", other=("dark", "no-preference")),
    "at 400 %": Mode(320, 256, contrast="more", large=True),
}
"""Each state is seen at each width, and in each colour and theme at one or more of them."""


@pytest.fixture(scope="module")
def folder(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A department of the demo, with the second theme beside its own."""
    made = tmp_path_factory.mktemp("states") / DEPARTMENT
    shutil.copytree(demo_site / DEPARTMENT, made, copy_function=os.link)
    (made / "theme/large.css").write_bytes(theme_files("large")["style.css"])
    return made


@contextmanager
def desk(chromium: Browser, folder: Path, mode: Mode, *, marked: bool) -> Iterator[Desk]:
    """A desk in a window of its own, with the marks of `states.FILL` or without any."""
    context = chromium.new_context(
        viewport={"width": mode.width, "height": mode.height}, color_scheme=mode.light, contrast=mode.contrast, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector("html.desk-on")
    if mode.large:
        assert page.evaluate(everything.WITH_THEME, "large.css") is True
    opened = Desk(page, sorted(path.name for path in folder.iterdir() if path.name.isdigit()))
    if marked:
        assert page.evaluate(states.FILL, opened.numbers) is None
    yield opened
    context.close()


def wrong(here: Desk, mode: Mode) -> list[object]:
    """What is found in the state that the desk is in."""
    page = here.page
    page.evaluate(everything.FRAMES)
    found = [axe(page), said(page, everything.WIDER), said(page, everything.MOVING)]
    if mode.other:
        take(page, *mode.other)
        found.append(axe(page, COLOURS))
        take(page, mode.light, mode.contrast)
    if mode.large:
        page.evaluate(everything.WITH_THEME, "style.css")
        found += [said(page, everything.WIDER), axe(page, SIZES)]
        page.evaluate(everything.WITH_THEME, "large.css")
    return [one for one in found if one]


def axe(page: Page, rules: list[str] | None = None) -> object:
    return everything.lasting(page, lambda: everything.axe(page, rules=rules))


def said(page: Page, script: str) -> object:
    return everything.lasting(page, lambda: page.evaluate(script))


INK = "() => getComputedStyle(document.body).color"
DRAWN = """(former) => {
  const { color } = getComputedStyle(document.body);
  return color !== former && [...document.querySelectorAll("#queue-list [data-name]")].every((name) => getComputedStyle(name).color === color);
}"""
"""Chromium takes up another scheme after some frames, rows that are laid out when they are reached last."""


def take(page: Page, light: Literal["light", "dark"], contrast: Literal["no-preference", "more"]) -> None:
    """Change the scheme, and wait until all of the desk has it."""
    former = page.evaluate(INK)
    page.emulate_media(color_scheme=light, contrast=contrast)
    page.wait_for_function(DRAWN, arg=former)


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
@pytest.mark.parametrize("marked", [True, False], ids=["at work", "just begun"])
def test_every_state_of_the_desk_is_for_everybody(chromium: Browser, folder: Path, mode: Mode, marked: bool) -> None:
    found: dict[str, list[object]] = {}
    with desk(chromium, folder, mode, marked=marked) as here:
        for state in states.MARKED if marked else states.BARE:
            state(here)
            found[state.__name__] = wrong(here, mode)
    assert {name: said for name, said in found.items() if said} == {}
