"""Seconds per dossier of a whole build, by stage, with one process and with two: `python -m benchmarks.build [--export DIR] [--runs N]`.

Writes benchmarks/results/build.json. Each run builds the export (one department of the example schools) anew into an empty folder: once with a cold cache, then with a warm one and one worker, then with two. Figures are
medians over the runs; processor time is that of the workers, without the children that attachments are processed in (cold cache).
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import results
from reviewer import resources
from reviewer.site.build import build
from reviewer.site.report import BuildReport
from reviewer.site.request import Request

CASES = (("cold cache, 1 process", True, 1), ("warm cache, 1 process", False, 1), ("warm cache, 2 processes", False, 2))


def measure(export: Path, runs: int) -> dict[str, dict[str, float]]:
    """Medians by case."""
    found: dict[str, list[dict[str, float]]] = {}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for number, (name, cold, workers) in enumerate(CASES):
                cache = root / (f"cache-{number}" if cold else "cache-0")
                found.setdefault(name, []).append(one(export, root / f"site-{number}", cache, workers))
    return {name: {key: round(statistics.median(row[key] for row in rows), 4) for key in rows[0]} for name, rows in found.items()}


def one(export: Path, site: Path, cache: Path, workers: int) -> dict[str, float]:
    """One build."""
    request = Request(
        packages=str(export), applications=None, config=resources.data_folder("site_config"), site=site, cache=cache, workers=workers
    )
    start = time.monotonic()
    report = build(request)
    return figures(report, time.monotonic() - start)


def figures(report: BuildReport, wall: float) -> dict[str, float]:
    """Per dossier."""
    count = report.made
    pages = sum(department.pages for department in report.totals.departments)
    size = sum(department.size_bytes for department in report.totals.departments)
    row = {"dossiers": float(count), "pages": pages / count, "megabytes": size / count / 2**20, "wall_s": wall / count}
    row["cpu_s"] = report.cpu_seconds / count
    return row | {f"stage_{name}_s": seconds / count for name, seconds in report.stages}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--export", type=Path, default=resources.data_folder("fixtures") / "committee" / "101" / "101004")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measure(options.export, options.runs)
    gain = found["warm cache, 1 process"]["wall_s"] / found["warm cache, 2 processes"]["wall_s"]
    results.write("build", {"runs": options.runs, "cases": found, "two_processes_to_one": round(gain, 2)})
    if options.json:
        json.dump(found, sys.stdout, indent=1)
        return
    keys = list(dict.fromkeys(key for row in found.values() for key in row))
    print("per dossier".ljust(22) + "".join(name.rjust(26) for name in found))
    for key in keys:
        print(key.ljust(22) + "".join(f"{row.get(key, 0.0):26.3f}" for row in found.values()))


if __name__ == "__main__":
    main()
