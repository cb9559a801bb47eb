"""How long a page takes to be readable when it is opened from the disk: `python -m benchmarks.opening [--students 330]`. Chromium, from file://, a new browser each run.

The pages are those of a cohort of 500, made by benchmarks.cohort of the site of 330 students.

Readable is when text was painted (first contentful paint) and the page's own scripts have run (load event), as the browser itself tells it.
"""

import argparse
import statistics
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import results
from benchmarks.cohort import DOSSIERS, cohort, largest
from benchmarks.dossiers import site_of

RUNS = 5
_TIMES = """() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const page = performance.getEntriesByType('navigation')[0];
  return [paint ? paint.startTime : page.domContentLoadedEventEnd, page.loadEventEnd];
}"""


def times(page_path: Path) -> dict[str, float]:
    """Medians of first paint and load in milliseconds."""
    rows = []
    with sync_playwright() as playwright:
        for _ in range(RUNS):
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(page_path.absolute().as_uri(), wait_until="load")
            page.wait_for_function("() => performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
            rows.append(page.evaluate(_TIMES))
            browser.close()
    return {"first_paint_ms": round(statistics.median(row[0] for row in rows)), "load_ms": round(statistics.median(row[1] for row in rows))}


def main() -> None:
    """Measure a cohort's page and its longest dossier page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=330)
    source = largest(site_of(parser.parse_args().students, results.WORK))
    page = cohort(source, results.WORK / "opening-500")
    dossier = max(page.parent.glob("*/index.html"), key=lambda path: path.stat().st_size)
    results.write("opening", {"runs": RUNS, "dossiers_in_cohort": DOSSIERS, "cohort": times(page), "dossier": times(dossier)})


if __name__ == "__main__":
    main()
