"""A build with nothing to do and a build with one changed package: `python -m benchmarks.incremental [--students 330]`.

The export is that of `benchmarks.memory`, so that its site is built once for both. Wall time of the whole command, start of Python included, since
that is what a user waits for; processor time beside it.
"""

import argparse
import csv
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import results
from benchmarks.dossiers import CONFIG, export_of

RUNS = 5


def run(export: Path, site: Path, cache: Path, *more: str) -> tuple[float, float, int]:
    """Wall and processor seconds of one command, and the dossiers that it made."""
    command = [sys.executable, "-m", "reviewer", "build", str(export / "central"), "--applications", str(export / "applications.csv")]
    command += ["--config", str(CONFIG), "--out", str(site), "--cache", str(cache), "--json", *more]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    answer = subprocess.run(command, check=False, capture_output=True)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, int(json.loads(answer.stdout)["made"])


def _applied(export: Path) -> list[Path]:
    """Packages that an application names: others are not read, and changing one would measure nothing."""
    with (export / "applications.csv").open(encoding="utf-8-sig", newline="") as file:
        return [export / "central" / name for name in sorted({row["學生"] for row in csv.DictReader(file)})]


def main() -> None:
    """Measure and write benchmarks/results/incremental.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=330)
    parser.add_argument("--work", type=Path, default=results.WORK)
    options = parser.parse_args()
    export, site, cache = (
        export_of(options.students, options.work),
        options.work / f"memory-site-{options.students}",
        options.work / "cache",
    )
    more = ["--no-pdf"]
    run(export, site, cache, *more)
    idle = [run(export, site, cache, *more) for _ in range(RUNS)]
    package = next(path for path in _applied(export) if path.is_dir() and any(path.glob("*多元表現.json")))
    changed = []
    part = next(package.glob("*多元表現.json"))
    original = part.read_bytes()
    for turn in range(RUNS):
        # Another file with the same name: attachments and parts may be hard links.
        part.unlink()
        part.write_bytes(original + b" " * (turn + 1))
        changed.append(run(export, site, cache, *more))
    part.unlink()
    part.write_bytes(original)
    if not all(row[2] for row in changed):
        sys.exit("the changed package was not made again: there is nothing to measure")
    report = results.report_of(site / "build-report.json")
    results.write(
        "incremental",
        {
            "dossiers": int(report["kept"]) + int(report["made"]),
            "pdf": False,
            "no_op": {
                "wall_s": round(statistics.median(row[0] for row in idle), 3),
                "cpu_s": round(statistics.median(row[1] for row in idle), 3),
                "made": idle[-1][2],
            },
            "one_change": {
                "wall_s": round(statistics.median(row[0] for row in changed), 3),
                "cpu_s": round(statistics.median(row[1] for row in changed), 3),
                "made": changed[-1][2],
            },
        },
    )


if __name__ == "__main__":
    main()
