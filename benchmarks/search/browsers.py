"""Figures of the search on pages: `python -m benchmarks.search.browsers [DOSSIERS…]` (500 and 1,500 by default), from file://, Chromium and Firefox.

For each size: seconds for making the records and writing the shards, bytes against the UTF-8 text, milliseconds from opening the page (with a
query in its address) to the first ranked result and to the complete one, and of later queries with their first twenty results put in place.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.search import corpus
from reviewer.render.environment import environment
from reviewer.render.theme import theme_files
from reviewer.search import shards, spool
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.firefox import Firefox

FIRST_QUERY = "機器人"
ROUNDS = 5
OBSERVE = """
(function () {
  window.seen = {};
  var look = new MutationObserver(function () {
    if (!window.seen.first && document.querySelector('.search-dossier')) { window.seen.first = performance.now(); }
    var section = document.querySelector('.search');
    if (!window.seen.ready && section && section.dataset.searchState === 'ready' && document.querySelector('.search-dossier')) {
      window.seen.ready = performance.now();
    }
  });
  look.observe(document, { childList: true, subtree: true, attributes: true });
})();
"""
SEEN = """() => new Promise(done => { const look = () => window.seen.ready ? done(window.seen) : setTimeout(look, 5); look(); })"""
AHEAD = """() => new Promise(done => reviewerSearch.readAhead(() => done(true)))"""
ASK = """queries => queries.map(written => {
  const list = document.createElement('ol'), start = performance.now();
  const query = reviewerSearch.parseQuery(written), found = reviewerSearch.evaluate(query);
  list.append(...found.slice(0, 20).map(each => reviewerSearch.dossierItem(each, query.terms)));
  return [performance.now() - start, found.length];
})"""
Call = Callable[..., Any]


def queries() -> list[str]:
    """Single characters to long words, Latin, mixed, rare, several words, phrases, exclusions, fields."""
    singles = [word[0] for word in corpus.SUBJECTS[:12]] + list(corpus.RARE)
    mixed = [
        "AI 機器人",
        "機器人 社團",
        '"自主學習"',
        "科展 -實驗",
        "code:J 幹部",
        "semester:113-1 社團",
        "has:video 程式設計",
        "台灣",
        "ｐｙｔｈｏｎ",
    ]
    return [*singles, *corpus.SUBJECTS, *corpus.LATIN, *mixed, "不會出現的字串"]


def write(folder: Path, count: int) -> None:
    """Write a department's folder with the real page parts; print what writing costs."""
    start, made, text_bytes = time.process_time(), {}, 0
    writer = corpus.Writer(1)
    found = {corpus.number(index): tuple(corpus.dossier(writer, corpus.number(index))) for index in range(count)}
    start = time.process_time()
    for number, documents in found.items():
        made[number] = spool.encode(spool.record(number, documents))
    records = time.process_time() - start
    text_bytes = sum(len(segment.encode()) for documents in found.values() for each in documents for segment in each.segments)
    start = time.process_time()
    written = shards.write(folder / "data", ((number, number) for number in made), made.__getitem__)
    seconds = time.process_time() - start
    print(
        f"{count} dossiers: records {1000 * records / count:.1f} ms each, shards {seconds:.2f} s; {written / 1e6:.1f} MB, {written / text_bytes:.2f} × UTF-8 text"
    )
    (folder / "theme").mkdir()
    for name, content in theme_files().items():
        (folder / "theme" / name).write_bytes(content)
    box = environment().from_string('{% from "search/box.html" import search_box %}{{ search_box("data/") }}').render()
    page = (
        '<!doctype html><html lang="zh-Hant-TW"><meta charset="utf-8"><title>search</title><link rel="stylesheet" href="theme/style.css">'
    )
    text = f'{page}<script src="observe.js"></script><script src="theme/script.js" defer></script><script src="theme/desk.js" defer></script><main>{box}</main>'
    (folder / "index.html").write_text(text, encoding="utf-8")
    (folder / "observe.js").write_text(OBSERVE, encoding="utf-8")


def measure(name: str, open_page: Callable[[], None], call: Call) -> None:
    """Print the figures of one browser."""
    seen = []
    for _ in range(ROUNDS):
        open_page()
        seen.append(call(SEEN))
    first, ready = (statistics.median(each[key] for each in seen) for key in ("first", "ready"))
    call(AHEAD)
    times = [spent for _ in range(3) for spent, _ in call(ASK, queries())]
    cuts = statistics.quantiles(times, n=100)
    print(
        f"  {name}: first result {first:.0f} ms, complete {ready:.0f} ms; later p50 {cuts[49]:.1f}, p95 {cuts[94]:.1f} ms ({len(times)} queries)"
    )


def main(counts: list[int]) -> None:
    """Measure every size."""
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="reviewer-search-") as place:
            folder = Path(place)
            write(folder, count)
            page = folder / "index.html"
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)

                def fresh(browser: Any = browser, page: Path = page) -> None:
                    for context in browser.contexts:
                        context.close()
                    browser.new_context().new_page().goto(f"{page.as_uri()}#q={FIRST_QUERY}")

                def ask(function: str, *arguments: object, browser: Any = browser) -> Any:
                    tab = browser.contexts[0].pages[0]
                    return json.loads(
                        tab.evaluate(f"async given => JSON.stringify(await ({function})(...JSON.parse(given)))", json.dumps(arguments))
                    )

                measure("Chromium", fresh, ask)
                browser.close()
            firefox = Firefox()

            def again(firefox: Firefox = firefox, page: Path = page) -> None:
                firefox.open(page.with_name("observe.js"))
                firefox.open(page, fragment=f"#q={FIRST_QUERY}")

            measure("Firefox", again, firefox.call)
            firefox.close()


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [500, 1500])
