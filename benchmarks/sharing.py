"""What a second department of the same student costs: `python -m benchmarks.sharing [--students 5]`, on the example schools.

For each student with two applications: his first dossier with nothing in the cache, then his second. Processor time of this process and of
the child in which attachments are processed, without what a build does once (finding the packages, reading the configuration, starting the child).
Every figure is the median over the students. What could still be shared is measured beside it: the sheet of courses, which is the same for every
department, laid out by itself. `warm_paper_to_cold_dossier` is the second dossier's paper alone, its attachments taken to be processed already, over the
whole of the first dossier: not a ratio of like with like, but what a second department would cost that takes no file that the first did not take.
"""

import argparse
import csv
import statistics
import tempfile
from collections import defaultdict
from pathlib import Path

from benchmarks import results
from benchmarks.dossiers import EXAMPLES, Prepared, prepare
from benchmarks.processor import cpu_of
from reviewer.attachments import jobs
from reviewer.attachments.cache import Store
from reviewer.fonts import rare
from reviewer.render.environment import environment
from reviewer.render.pdf.document import dossier_pdf, engine
from reviewer.render.pdf.engine import tune_worker

Parts = dict[str, list[float]]
"""Seconds by step, in the order of the dossiers."""


def pairs() -> list[tuple[str, str, str]]:
    """Students with their first two applications."""
    found: dict[str, list[str]] = defaultdict(list)
    with (EXAMPLES / "applications.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[row["學生"]].append(f"{row['校系代碼']}/{row['應試號碼']}")
    return [(student, names[0], names[1]) for student, names in sorted(found.items()) if len(names) > 1]


def make(name: str, store: Store, parts: Parts) -> None:
    """Make one dossier, page and paper; none for a name that nobody has, which still starts the child."""
    jobs.call(jobs.Request(job="blank", path="", folder=str(store.folder / "work"), numbers=()), type(None))
    for each in prepare(EXAMPLES, store, only=name.__eq__):
        parts["paper"].append(cpu_of(lambda each=each: dossier_pdf(each.view, each.files, each.processed, store, plan=each.plan)))  # type: ignore[misc] # a default
        parts["files"].append(len(each.originals))
        parts["known"].append(len(each.originals.keys() & _seen))
        _seen.update(each.originals)
        _last.append(each)
    jobs.close()


_seen: set[str] = set()
_last: list[Prepared] = []


def record_seconds(dossier: Prepared) -> float:
    """The sheet of courses, laid out and written as a document of its own."""
    if dossier.view.record is None:
        return 0.0
    tables = environment(dossier.view.language).get_template("pdf/record.html").module.record_tables(dossier.view.record)  # type: ignore[attr-defined] # a macro
    html = f'<!DOCTYPE html><html lang="zh-Hant-TW"><head><title>A</title></head><body>{tables}</body></html>'
    return statistics.median(cpu_of(lambda: engine().lay_out(html, {}, dossier.plan)) for _ in range(3))


def measure(student: str, first: str, second: str, folder: Path) -> dict[str, float]:
    """One student."""
    parts: Parts = defaultdict(list)
    with Store(folder / student) as store:
        setup = statistics.median(cpu_of(lambda: make("", store, parts)) for _ in range(3))
        cold, warm = (cpu_of(lambda name=name: make(name, store, parts)) - setup for name in (first, second))  # type: ignore[misc] # a default
    record = record_seconds(_last[-1])
    paper = parts["paper"][1]
    return {
        "first_s": cold,
        "first_paper_s": parts["paper"][0],
        "second_s": warm,
        "second_paper_s": paper,
        "second_own_files": parts["files"][1] - parts["known"][1],
        "second_files": parts["files"][1],
        "record_s": record,
        "ratio": warm / cold,
        "warm_paper_to_cold_dossier": paper / cold,
        "ratio_were_the_record_free": (warm - record) / cold,
    }


def main() -> None:
    """Measure and write benchmarks/results/sharing.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=5)
    options = parser.parse_args()
    rare.plan(())
    engine()
    tune_worker()
    with tempfile.TemporaryDirectory() as folder:
        rows = [measure(*pair, Path(folder)) for pair in pairs()[: options.students]]
    results.write(
        "sharing", {"students": len(rows), "medians": {key: round(statistics.median(row[key] for row in rows), 3) for key in rows[0]}}
    )


if __name__ == "__main__":
    main()
