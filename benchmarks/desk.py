"""How quickly the desk answers: `python -m benchmarks.desk [SITE]`. Chromium, headless, from file://, a cohort of 500 dossiers.

The cohort is made of the pages and row facts of a site's largest department (the example schools', built without PDF when none is given) by
benchmarks.cohort. Times are taken in the desk's page, from the key or the address to the
second frame that was painted after the dossier's page said that it can be read (`ready`) and was uncovered:

- opening: a dossier that no frame holds yet, anywhere in the queue;
- switching: J, once the next dossier waits in its hidden frame, as it does while one reads;
- page: the desk itself, from its address to the queue being there;
- floor: an empty page opened in a frame of the same desk and painted twice, which is what browser and machine cost whatever a dossier holds.

Beside the time on the clock stands the processor time of the page's main thread, which a busy machine changes less: for an opening and a switch it
holds the work that follows too, the next dossier being made ready.
"""

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import results
from benchmarks.cohort import DOSSIERS, FIRST, cohort, largest

OPENINGS, SWITCHES, PAGES = 30, 30, 3
REST_MS = 400
"""Between two openings or switches, so that the work that follows one is not counted with the next."""

_PAINTED = "const painted = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));"
_READY = "const ready = number => { const frame = Reviewer.desk.reading.frames.frames.get(number); return frame && frame.ready && frame.element.hasAttribute('data-shown'); };"
_WAIT = "const until = test => new Promise(done => { const look = () => test() ? done() : setTimeout(look, 1); look(); });"
OPEN = f"""async number => {{ {_PAINTED} {_READY} {_WAIT}
  const start = performance.now();
  Reviewer.desk.go(number);
  await until(() => ready(number));
  await painted();
  return performance.now() - start;
}}"""
SWITCH = f"""async () => {{ {_PAINTED} {_READY} {_WAIT}
  const next = Reviewer.desk.queue.beside(Reviewer.desk.current(), 1);
  await until(() => Reviewer.desk.reading.frames.frames.get(next)?.ready);
  await painted();
  const start = performance.now();
  Reviewer.keys.press({{ key: "J" }});
  await until(() => ready(next));
  await painted();
  return performance.now() - start;
}}"""

FLOOR = f"""async () => {{ {_PAINTED}
  const start = performance.now();
  const frame = document.createElement("iframe");
  frame.src = "empty.html";
  const there = new Promise(done => frame.addEventListener("load", done, {{ once: true }}));
  document.getElementById("desk-frames").append(frame);
  await there;
  await painted();
  const took = performance.now() - start;
  frame.remove();
  return took;
}}"""


def _summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"median_ms": round(statistics.median(ordered)), "p95_ms": round(ordered[int(0.95 * (len(ordered) - 1))]), "runs": len(ordered)}


def _fresh(browser: Browser, page_path: Path) -> tuple[Page, float]:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(page_path.absolute().as_uri(), wait_until="load")
    page.wait_for_selector(f"html.desk-on #queue-list > li:nth-child({DOSSIERS})", state="attached")
    return page, float(page.evaluate("performance.now()"))


def _each(page: Page, script: str, arguments: list[str | None]) -> dict[str, Any]:
    """Run a script so often; its own time, and the main thread's processor time."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration")) * 1000

    times, processor = [], []
    for argument in arguments:
        before = spent()
        times.append(page.evaluate(script, argument))
        page.wait_for_timeout(REST_MS)
        processor.append(spent() - before)
    return {**_summary(times), "processor_median_ms": round(statistics.median(processor))}


def measure(page_path: Path) -> dict[str, Any]:
    """All four in milliseconds."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        pages = []
        for _ in range(PAGES):
            page, took = _fresh(browser, page_path)
            pages.append(took)
            page.context.close()
        page, _took = _fresh(browser, page_path)
        page.evaluate(OPEN, str(FIRST + DOSSIERS - 1))  # the first opening reads the typeface and the theme
        opening = _each(page, OPEN, [str(FIRST + at * 11 + 5) for at in range(OPENINGS)])
        floor = _each(page, FLOOR, [None] * OPENINGS)
        page.evaluate(OPEN, str(FIRST))
        switching = _each(page, SWITCH, [None] * SWITCHES)
        browser.close()
    return {"opening": opening, "switching": switching, "page": _summary(pages), "floor": floor}


def main() -> None:
    """Measure a site's largest department, taken 500 dossiers wide."""
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else results.WORK / "desk-site"
    if len(sys.argv) == 1:  # built again, however it stands: an older build's pages would be measured else
        subprocess.run([sys.executable, "-m", "reviewer", "demo", "--out", str(site)], check=True)
    page = cohort(largest(site), results.WORK / "desk-500")
    (page.parent / "empty.html").write_text('<!doctype html><meta charset="utf-8"><title>empty</title><p>1', encoding="utf-8")
    sizes = [path.stat().st_size for path in page.parent.glob("2*/index.html")]
    measured = measure(page)
    results.write(
        "desk",
        {
            "dossiers": DOSSIERS,
            "dossier_page_kb": {"median": round(statistics.median(sizes) / 1024), "most": round(max(sizes) / 1024)},
            "desk_js_kb": round((page.parent / "data" / "desk.js").stat().st_size / 1024),
            **measured,
            "ratios": {
                f"{name}_to_floor": round(measured[name]["median_ms"] / measured["floor"]["median_ms"], 2)
                for name in ("opening", "switching")
            },
        },
    )
    print(json.dumps(results.read("desk"), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
