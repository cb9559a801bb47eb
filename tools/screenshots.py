"""Screenshots of the demo's pages for the README and for looking at: `make screenshots`.

Usage: python tools/screenshots.py SITE OUT. Pages are opened from file:// in the system's Chromium; $CHROMIUM names another one.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

WIDTHS_PX = {"wide": 1440, "narrow": 390}
HEIGHT_PX = 1000


def shots(site: Path) -> list[tuple[str, str, str]]:
    """Name, address within the site, and fragment of every page that is shown."""
    department = min(folder for folder in site.iterdir() if (folder / "SHA256SUMS").exists())
    applicant = min(folder.name for folder in department.iterdir() if (folder / "dossier.pdf").exists())
    return [
        ("cohort", f"{department.name}/index.html", ""),
        ("dossier", f"{department.name}/{applicant}/index.html", ""),
        ("outcome", f"{department.name}/{applicant}/index.html", "#BE-1"),
        ("office", "index.html", ""),
        ("report", "build-report.html", ""),
    ]


def take(page: Page, address: str, target: Path) -> None:
    """Open a page, wait for its fonts and pictures in view, and save what is seen."""
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=target)


def main() -> None:
    """Take every screenshot in both widths."""
    site, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for label, width in WIDTHS_PX.items():
            page = browser.new_page(viewport={"width": width, "height": HEIGHT_PX})
            for name, path, fragment in shots(site):
                take(page, f"{(site / path).as_uri()}{fragment}", out / f"{name}-{label}.png")
        browser.close()


if __name__ == "__main__":
    main()
