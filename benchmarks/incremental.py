"""A build with nothing to do and a build with one changed package: `python -m benchmarks.incremental [--students 330]`.

Wall time of the whole command, start of Python included, since
that is what a user waits for; processor time of it and of all its workers beside it, in seconds and in those of a fixed piece of work that is measured in the
same run (benchmarks.processor): the latter can be compared with other days and, roughly, with other machines.
"""

import argparse
import csv
import json
import statistics
import sys
from pathlib import Path

from benchmarks import processor, results
from benchmarks.dossiers import CONFIG, export_of, site_of

RUNS = 5


def run(export: Path, site: Path, cache: Path) -> tuple[float, float, int]:
    """Wall and processor seconds of one command, and the dossiers that it made."""
    arguments = [sys.executable, "-m", "reviewer", "build", str(export / "central"), "--applications", str(export / "applications.csv")]
    arguments += ["--config", str(CONFIG), "--out", str(site), "--cache", str(cache), "--json", "--no-pdf"]
    spent = processor.command(arguments)
    return spent.wall_s, spent.cpu_s, int(json.loads(spent.output)["made"])


def figures(rows: list[tuple[float, float, int]], calibration_s: float) -> dict[str, float]:
    """Medians over the runs; each run must have made the same number of dossiers."""
    made = {row[2] for row in rows}
    if len(made) > 1:
        sys.exit(f"runs that should be alike made {sorted(made)} dossiers: there is nothing to measure")
    cpu = statistics.median(row[1] for row in rows)
    return {
        "wall_s": round(statistics.median(row[0] for row in rows), 3),
        "cpu_s": round(cpu, 3),
        "to_calibration": round(cpu / calibration_s, 3),
        "made": made.pop(),
    }


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
    export, cache = export_of(options.students, options.work), options.work / "cache"
    site = site_of(options.students, options.work)
    calibration_s = processor.calibration()
    idle = [run(export, site, cache) for _ in range(RUNS)]
    package = next(path for path in _applied(export) if path.is_dir() and any(path.glob("*多元表現.json")))
    changed = []
    part = next(package.glob("*多元表現.json"))
    original = part.read_bytes()
    for turn in range(RUNS):
        # Another file with the same name: attachments and parts may be hard links.
        part.unlink()
        part.write_bytes(original + b" " * (turn + 1))
        changed.append(run(export, site, cache))
    part.unlink()
    part.write_bytes(original)
    if not all(row[2] for row in changed):
        sys.exit("the changed package was not made again: there is nothing to measure")
    report = results.report_of(site / "build-report.json")
    results.write(
        "incremental",
        {
            "dossiers": int(report["kept"]) + int(report["made"]),
            "students": options.students,
            "runs": RUNS,
            "pdf": False,
            "calibration_s": round(calibration_s, 4),
            "no_op": figures(idle, calibration_s),
            "one_change": figures(changed, calibration_s),
        },
    )


if __name__ == "__main__":
    main()
