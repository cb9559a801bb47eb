"""Screenshots of the demo's pages and the desk's states for the README and for looking at: `make screenshots`.

Usage: python tools/screenshots.py SITE OUT. Pages are opened from file:// in the system's Chromium; $CHROMIUM names another one. The clock of the
pages stands still and the marks are made up here, so that two runs over the same site differ in nothing but what changed in the product.
"""

import datetime as dt
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from reviewer.marks.report import report
from tests.unit.marks.building import DIMENSIONS, merged, record, review

WIDTHS_PX = {"wide": 1440, "narrow": 390}
HEIGHTS_PX = {"wide": 1000, "narrow": 844}
MOST_BYTES = 150_000
"""A picture above this is saved with a palette."""
SETTLED = """async () => {
  await document.fonts.ready;
  const seen = (one) => one.checkVisibility() && one.getBoundingClientRect().bottom > 0 && one.getBoundingClientRect().top < innerHeight;
  return document.readyState !== 'loading' && [...document.images].every((one) => one.complete || !seen(one));
}"""
"""Films are not waited for: they are never loaded whole."""
COLOURS = (256, 160, 96)
"""Colours of a palette: as many as fit into MOST_BYTES, and never fewer than the last."""
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-partial-raster", "--disable-skia-runtime-opts", "--force-color-profile=srgb")
"""Without the last three a rounded corner differs by one step of grey from run to run, as tiles happen to be drawn."""
NOW = dt.datetime(2026, 4, 20, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
LEVELS = ("excellent", "very-good", "good", "very-good", "good", "fair", "very-good")
RATERS = ("林玉梅", "Elizabeth Chang", "陳柏翰")


def department(site: Path) -> Path:
    """The first department of a site."""
    return min(folder for folder in site.iterdir() if (folder / "SHA256SUMS").exists())


def applicants(folder: Path) -> list[str]:
    """The applicants of a department, by number."""
    return sorted(each.name for each in folder.iterdir() if (each / "dossier.pdf").exists())


def save(page: Page, target: Path) -> None:
    """What the window shows, once fonts and pictures in view are there."""
    for frame in page.frames:
        if frame is page.main_frame or frame.frame_element().is_visible():
            frame.wait_for_function(SETTLED)
    content = page.screenshot(animations="disabled", caret="hide")
    target.write_bytes(small(content))


def small(content: bytes) -> bytes:
    """A picture as it is, or with a palette where it is large.

    A colour of few pixels, a button's or a link's, keeps its place in the palette: the usual way, median cut, gives the places by area, and mixes such
    a colour with greys.
    """
    if len(content) <= MOST_BYTES:
        return content
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    made = content
    for colours in COLOURS:
        with io.BytesIO() as file:
            picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
            made = file.getvalue()
        if len(made) <= MOST_BYTES:
            break
    return made


@contextmanager
def window(browser: Browser, address: str, *, width: str = "wide", dark: bool = False) -> Iterator[Page]:
    """A page in a browser of its own: nothing is kept from one picture to the next."""
    size = ViewportSize(width=WIDTHS_PX[width], height=HEIGHTS_PX[width])
    context = browser.new_context(
        viewport=size, color_scheme="dark" if dark else "light", reduced_motion="reduce", locale="zh-TW", timezone_id="Asia/Taipei"
    )
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    page.goto(address)
    yield page
    context.close()


@contextmanager
def desk(browser: Browser, folder: Path, route: str = "", *, width: str = "wide", dark: bool = False) -> Iterator[Page]:
    """The department's page at one of its addresses, ready; a dossier named there can be read."""
    with window(browser, f"{(folder / 'index.html').as_uri()}{route}", width=width, dark=dark) as page:
        page.wait_for_selector("html.desk-on")
        page.wait_for_function("() => Reviewer.marks.ready.then(() => true)")
        if route.startswith("#/d/"):
            shown(page, route.split("/")[2])
        yield page


def shown(page: Page, number: str) -> None:
    """Wait until a dossier stands in its frame."""
    page.wait_for_selector(f'iframe[data-shown][src^="{number}/"]')
    page.wait_for_function("number => Reviewer.desk.reading.frames.frames.get(number)?.ready", arg=number)


def at(page: Page, number: str, anchor: str) -> None:
    """Go to a place in a dossier."""
    page.evaluate("hash => { location.hash = hash; }", f"#/d/{number}/{anchor}")
    shown(page, number)
    page.wait_for_function("anchor => Reviewer.desk.place()?.anchor === anchor", arg=anchor)


def press(page: Page, keys: str) -> None:
    """Keys, one by one, until what they did is kept."""
    for key in keys:
        page.keyboard.press(key)
    page.evaluate("async () => (await Reviewer.marks.ready).settle()")


def begin(page: Page) -> None:
    """Say who marks, and leave the field."""
    if page.locator("#rater-name").count():
        page.fill("#rater-name", RATERS[0])
        page.press("#rater-name", "Enter")
    page.keyboard.press("Escape")


def grade(page: Page, number: str, levels: str, evidence: list[str]) -> None:
    """Levels for a dossier and the places that bear them out, by keyboard as a reviewer does it; with a level for each criterion it is done."""
    at(page, number, "s-A")
    page.wait_for_function("number => document.querySelector('.rubric-title')?.textContent.includes(number)", arg=number)
    page.keyboard.press("Escape")
    for step, level in enumerate(levels):
        if step < len(evidence):
            at(page, number, evidence[step])
        press(page, ("c" if step else "") + level + ("e" if step < len(evidence) else ""))
    if len(levels) == page.locator(".criterion").count():
        press(page, "d")


def places(page: Page) -> list[str]:
    """Where the graded dossier is read: its record, a page of an outcome, an item of a performance."""
    found: list[str] = (
        page.frame_locator("iframe[data-shown]")
        .locator("html")
        .evaluate(
            """() => ['s-A', [...document.querySelectorAll('[id^="B"]')].map((each) => each.id).findLast((id) => /-[0-9]+$/.test(id)),
        document.querySelector('[id^="J-"]')?.id].filter(Boolean)"""
        )
    )
    return found


def pages(browser: Browser, site: Path, out: Path) -> None:
    """A dossier by itself, and the office's build report."""
    folder = department(site)
    number = applicants(folder)[0]
    for name, path in (("dossier", f"{folder.name}/{number}/index.html"), ("report", "build-report.html")):
        with window(browser, (site / path).as_uri()) as page:
            save(page, out / f"{name}-wide.png")


def states(browser: Browser, folder: Path, out: Path) -> None:
    """The desk: its list, a dossier being graded, two side by side, how the applicants spread, the keys, what is saved; the tabs of a phone; dark."""
    second, third, _, first = applicants(folder)[:4]
    with desk(browser, folder) as page:
        save(page, out / "cohort-wide.png")
    with desk(browser, folder, f"#/d/{first}") as page:
        evidence = places(page)
        begin(page)
        grade(page, second, "12213", [])
        grade(page, third, "32224", [])
        grade(page, first, "213", evidence)
        at(page, first, evidence[1])
        save(page, out / "desk-wide.png")
        page.keyboard.press("?")
        save(page, out / "desk-keys.png")
        page.keyboard.press("Escape")
        page.click(".saved-open")
        save(page, out / "desk-saved.png")
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur(); location.hash = '#/cohort'")
        page.wait_for_selector("#desk-cohort figure")
        save(page, out / "desk-cohort.png")
        page.evaluate("hash => { location.hash = hash; }", f"#/compare/{first},{second}/s-O")
        ready = "() => [...Reviewer.desk.compare.columns.values()].filter(each => [...each.frames.frames.values()][0].ready).length === 2"
        page.wait_for_function(ready)
        save(page, out / "desk-compare.png")
    with desk(browser, folder, f"#/d/{first}", dark=True) as page:
        begin(page)
        grade(page, first, "213", evidence)
        at(page, first, "cover")
        save(page, out / "desk-dark.png")
    with desk(browser, folder, f"#/d/{first}", width="narrow") as page:
        for name, tab in (("queue", "順序"), ("dossier", "檔案"), ("rubric", "評分")):
            page.locator("#desk-tabs").get_by_role("button", name=tab).click()
            save(page, out / f"desk-{name}-narrow.png")


def made_up(place: int, rater: int) -> dict[str, object]:
    """Made-up levels: much the same for all raters, now and then one apart, seldom two."""
    return {
        name: LEVELS[(place * 3 + step + (rater if (place + step * rater) % 3 == 0 else 0)) % len(LEVELS)]
        for step, name in enumerate(DIMENSIONS)
    }


def merged_marks(browser: Browser, folder: Path, out: Path) -> None:
    """The report of `reviewer marks merge` over made-up marks of three reviewers."""
    numbers = applicants(folder)
    files = [
        review(name, {number: record(made_up(place, step), turn=place + 1) for place, number in enumerate(numbers)})
        for step, name in enumerate(RATERS)
    ]
    with tempfile.TemporaryDirectory() as made:
        (Path(made) / "report.html").write_bytes(report(merged(Path(made), *files, cut=5, rehearsal=tuple(numbers[:2]))))
        with window(browser, (Path(made) / "report.html").as_uri()) as page:
            save(page, out / "marks-report.png")
            page.evaluate("document.querySelector('#raters').scrollIntoView({ behavior: 'instant' })")
            save(page, out / "marks-raters.png")


def main() -> None:
    """Take every screenshot."""
    site, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        pages(browser, site, out)
        states(browser, department(site), out)
        merged_marks(browser, department(site), out)
        browser.close()


if __name__ == "__main__":
    main()
