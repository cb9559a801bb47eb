"""What a second department of the same student costs: `python -m benchmarks.sharing [--students 4]`, on the example schools.

For each student with two applications: his first dossier with nothing in the cache, then his second. Processor time of this process and of
the children in which attachments are processed, without finding the packages and reading the configuration, which a build does once.
"""

import argparse
import csv
import statistics
import tempfile
from collections import defaultdict
from pathlib import Path

from benchmarks import results
from benchmarks.dossiers import EXAMPLES, prepare
from benchmarks.stages import cpu_of
from reviewer.attachments import jobs
from reviewer.attachments.cache import Store
from reviewer.fonts import rare
from reviewer.render.pdf.document import dossier_pdf, engine
from reviewer.render.pdf.engine import tune_worker


def pairs() -> list[tuple[str, str, str]]:
    """Students with their first two applications."""
    found: dict[str, list[str]] = defaultdict(list)
    with (EXAMPLES / "applications.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[row["學生"]].append(f"{row['校系代碼']}/{row['應試號碼']}")
    return [(student, names[0], names[1]) for student, names in sorted(found.items()) if len(names) > 1]


def make(name: str, store: Store, parts: dict[str, list[float]]) -> None:
    """Make one dossier: page and paper."""
    for each in prepare(EXAMPLES, store, only=name.__eq__):
        parts["paper"].append(cpu_of(lambda each=each: dossier_pdf(each.view, each.files, each.processed, store, plan=each.plan)))  # type: ignore[misc] # a default
    jobs.close()


def main() -> None:
    """Measure and write benchmarks/results/sharing.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=4)
    options = parser.parse_args()
    rare.plan(())
    engine()
    tune_worker()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for student, first, second in pairs()[: options.students]:
            with Store(Path(folder) / student) as store:
                found: dict[str, list[float]] = defaultdict(list)
                setup = statistics.median(cpu_of(lambda: make("", store, found)) for _ in range(3))  # noqa: B023 - called at once
                cold, warm = (cpu_of(lambda: make(name, store, found)) - setup for name in (first, second))  # noqa: B023 - called at once
                rows.append({"first_s": cold, "second_s": warm, "second_paper_s": found["paper"][1], "ratio": warm / cold})
                print(student, {key: round(value, 2) for key, value in rows[-1].items()}, flush=True)
    results.write(
        "sharing", {"students": len(rows), "medians": {key: round(statistics.median(row[key] for row in rows), 3) for key in rows[0]}}
    )


if __name__ == "__main__":
    main()
