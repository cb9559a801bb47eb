"""Pictures of docs/gallery.md, taken from a built demo: one outcome of each sort of school, as a reviewer sees it.

Usage: python tools/gallery_pictures.py SITE OUT. Pages are opened from file:// in the system's Chromium; $CHROMIUM names another one.
"""

import io
import os
import sys
from pathlib import Path

from PIL import Image, ImageOps
from playwright.sync_api import Page, sync_playwright

WIDTH_PX = 1240
HEIGHT_PX = 620
"""The entry's head with course, certification and abstract, and the top of its first page."""

MARGIN_PX, PAPER = 20, "#faf8f4"
"""What stands around it: the page's own ground."""

SHOWN = {
    "general": ("001012", "10110005", "#BE-2"),
    "electrical": ("101004", "10110523", "article.entry-outcome"),
    "design": ("101004", "10110560", "article.entry-outcome"),
    "experimental": ("001012", "10110819", "#BE-2"),
    "text-health": ("101004", "10110153", ".sheet[data-health]:not([data-health=text])"),
    "timeline": ("001012", "10110005", ".glance-timeline"),
}
"""Department, applicant and element of every picture."""


def take(page: Page, address: str, element: str) -> bytes:
    """The first such element, from its top, at most HEIGHT_PX of it."""
    page.goto(address)
    page.evaluate("document.fonts.ready")
    found = page.locator(element).first
    found.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    return found.screenshot()


def save(picture: bytes, target: Path) -> None:
    """Cut to size, few colours: a page of text needs no more."""
    with Image.open(io.BytesIO(picture)) as image:
        cut = image.crop((0, 0, image.width, min(HEIGHT_PX, image.height)))
        framed = ImageOps.expand(cut.convert("RGB"), MARGIN_PX, PAPER)
        framed.quantize(128).save(target, optimize=True)


def main() -> None:
    """Take every picture."""
    site, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": WIDTH_PX, "height": 1000})
        for name, (department, applicant, element) in SHOWN.items():
            save(take(page, (site / department / applicant / "index.html").as_uri(), element), out / f"gallery-{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
