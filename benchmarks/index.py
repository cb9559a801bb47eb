"""Building the office's index and asking it, and asking a department's folder: `python -m benchmarks.index [--students 330]`, 500 dossiers.

They are made by benchmarks.cohort of the site of 330 students. Processor time for building, which takes the better part of a minute and is
therefore measured three times; wall milliseconds of a query within one process, the folder's and the index's first reading told apart. The queries are
words that the site's own pages hold, of one to six characters, and some that nobody wrote. What a browser takes stands in benchmarks/search/browsers.py.
"""

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.cohort import cohort, largest
from benchmarks.dossiers import site_of
from benchmarks.processor import cpu_of
from reviewer.search import department, indexing, office
from reviewer.search.collection import load

ROUNDS = 5
QUERIES = 40
ABSENT = ("鸞鳳和鳴", "zzyzx", "量子重力波")


def words(folder: Path) -> list[str]:
    """Words to ask for: pieces of the folder's own text, the same ones each time."""
    dice = random.Random(8)  # noqa: S311 - a choice, not a secret
    texts = [each.record.text for each in load(folder).dossiers]
    found: list[str] = []
    while len(found) < QUERIES:
        text = dice.choice(texts)
        length, start = dice.randint(1, 6), dice.randrange(max(1, len(text) - 6))
        word = text[start : start + length]
        if word.isalnum():
            found.append(word)
    return [*found, *ABSENT]


def ask(search: Callable[[Path, str], Any], folder: Path, asked: list[str]) -> dict[str, float]:
    """Milliseconds: the first query, then the median and the 95th percentile over all words and runs."""
    spent = []
    for _ in range(ROUNDS):
        for word in asked:
            began = time.perf_counter()
            search(folder, word)
            spent.append(1000 * (time.perf_counter() - began))
    cuts = statistics.quantiles(spent, n=20)
    return {"first_ms": round(spent[0], 1), "p50_ms": round(statistics.median(spent), 1), "p95_ms": round(cuts[18], 1)}


def main() -> None:
    """Measure and write benchmarks/results/index.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=330)
    parser.add_argument("--builds", type=int, default=3, help="how often the index is built")
    options = parser.parse_args()
    site = results.WORK / "index-500"
    shutil.rmtree(site, ignore_errors=True)
    source = largest(site_of(options.students, results.WORK))
    folder = cohort(source, site / source.name).parent
    asked = words(folder)
    with tempfile.TemporaryDirectory() as name:
        indexes = [Path(name) / f"index-{number}" for number in range(options.builds)]
        built = [cpu_of(lambda index=index: indexing.index_site(site, index, workers=1)) for index in indexes]  # type: ignore[misc] # a default
        size = sum(path.stat().st_size for path in indexes[-1].rglob("*") if path.is_file())
        figures = {
            "dossiers": len(load(folder).dossiers),
            "different_dossiers": len(load(source).dossiers),
            "builds": options.builds,
            "rounds": ROUNDS,
            "queries": len(asked),
            "index_cpu_s": round(statistics.median(built), 3),
            "index_mb": round(size / 2**20, 2),
            "index": ask(office.search, indexes[-1], asked),
            "folder": ask(department.search, folder, asked),
        }
    results.write("index", figures)


if __name__ == "__main__":
    main()
