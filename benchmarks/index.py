"""Building the office's index and asking it, and asking a department's folder: `python -m benchmarks.index [--students 66]`, on the site that `benchmarks.memory` built.

Processor time for building; wall milliseconds of a query within one process, the folder's and the index's first reading told apart. The queries are
words that the site's own pages hold, of one to six characters, and some that nobody wrote. What a browser takes stands in benchmarks/search/browsers.py.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.stages import cpu_of
from reviewer.search import department, indexing, office
from reviewer.search.collection import load

RUNS = 5
QUERIES = 40
ABSENT = ("鸞鳳和鳴", "zzyzx", "量子重力波")


def words(folder: Path) -> list[str]:
    """Words to ask for: pieces of the folder's own text, the same ones each time."""
    dice = random.Random(8)  # noqa: S311 - a choice, not a secret
    texts = [each.record.text for each in load(folder).dossiers]
    found = []
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
    for _ in range(RUNS):
        for word in asked:
            began = time.perf_counter()
            search(folder, word)
            spent.append(1000 * (time.perf_counter() - began))
    cuts = statistics.quantiles(spent, n=20)
    return {"first_ms": round(spent[0], 1), "p50_ms": round(statistics.median(spent), 1), "p95_ms": round(cuts[18], 1)}


def main() -> None:
    """Measure and write benchmarks/results/index.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=66)
    site = results.WORK / f"memory-site-{parser.parse_args().students}"
    folder = max(indexing.departments(site), key=lambda path: (path / "index.html").stat().st_size)
    asked = words(folder)
    built = []
    with tempfile.TemporaryDirectory() as name:
        for number in range(RUNS):
            index = Path(name) / f"index-{number}"
            built.append(cpu_of(lambda index=index: indexing.index_site(site, index, workers=1)))  # type: ignore[misc] # a default
        size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
        figures = {
            "dossiers": sum(len(load(each).dossiers) for each in indexing.departments(site)),
            "department_dossiers": len(load(folder).dossiers),
            "queries": len(asked),
            "index_cpu_s": round(statistics.median(built), 3),
            "index_mb": round(size / 2**20, 2),
            "index": ask(office.search, index, asked),
            "folder": ask(department.search, folder, asked),
        }
    results.write("index", figures)


if __name__ == "__main__":
    main()
