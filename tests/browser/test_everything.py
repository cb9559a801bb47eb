"""The checks of everything.py find what they are for: each on a page with that fault alone, and nothing on a page without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import everything

SOUND = '<h1>一</h1><h2>二</h2><p>字</p><a href="#x">連結</a>'
FAULTS = {
    "wider than the window": ('<div style="width: 700px">寬</div>', everything.WIDER, "div. leaves the window"),
    "cut off": (
        '<p class="cut" style="width: 2em; white-space: nowrap; overflow: hidden">這一句放不下</p>',
        everything.WIDER,
        "p.cut is cut off",
    ),
    "no focus": ('<button class="plain" style="outline: none">按</button>', everything.UNSEEN_FOCUS, "button.plain shows no focus"),
    "covered": (
        '<button class="under">按</button><div style="position: fixed; inset: 0; background: #fff"></div>',
        everything.UNSEEN_FOCUS,
        "button.under is covered when it has the focus",
    ),
    "out of order": (
        '<div style="display: flex; flex-direction: column-reverse"><h3>先</h3><h3>後</h3></div>',
        everything.OUT_OF_ORDER,
        "後",
    ),
    "moving": ('<p class="moves" style="transition: color 1s">動</p>', everything.MOVING, "P.moves"),
}


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def write(page: Page, body: str) -> None:
    page.set_content(f'<!doctype html><html lang="zh-Hant-TW"><title>頁</title><main>{SOUND}{body}</main></html>')
    page.keyboard.press("Tab")


@pytest.mark.parametrize(("body", "look", "said"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(page: Page, body: str, look: str, said: str) -> None:
    write(page, body)
    assert said in page.evaluate(look)


def test_on_a_sound_page_nothing_is_found(page: Page) -> None:
    write(page, "<style>a:focus-visible { outline: 2px solid; }</style>")
    assert [page.evaluate(look) for look in (everything.WIDER, everything.UNSEEN_FOCUS, everything.OUT_OF_ORDER, everything.MOVING)] == [
        []
    ] * 4
    assert everything.axe(page) == []


def test_axe_finds_small_targets_and_pale_words(page: Page) -> None:
    write(
        page,
        '<p style="color: #bbb; background: #fff">淡淡的幾個字</p><button style="width: 9px; height: 9px; padding: 0">a</button><button style="width: 9px; height: 9px; padding: 0">b</button>',
    )
    assert {rule for rule, _ in everything.axe(page)} == {"color-contrast", "target-size"}
    assert [rule for rule, _ in everything.axe(page, rules=["target-size"])] == ["target-size"]
