"""Seconds per dossier of a whole build, by stage, with one process and with two: `python -m benchmarks.build [--export DIR] [--runs N]`.

Writes benchmarks/results/build.json. Each run builds the export (one department of the example schools) anew into an empty folder: with a cold cache and one
worker, with that cache, now warm, and one worker, then two; last with another cold cache and two. Figures are medians over the runs. `cpu_s` is the workers' own processor
time, without the children that attachments are processed in; `whole_cpu_s` is that of the whole command, these children, its start and the finishing of the
department included.
"""

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import processor, results
from benchmarks.dossiers import CONFIG, EXAMPLES

CASES = (
    ("cold cache, 1 process", "first", 1),
    ("warm cache, 1 process", "first", 1),
    ("warm cache, 2 processes", "first", 2),
    ("cold cache, 2 processes", "second", 2),
)
"""Name, cache, workers; a cache is cold when it is met for the first time."""


def measure(export: Path, runs: int) -> dict[str, dict[str, float]]:
    """Medians by case."""
    found: dict[str, list[dict[str, float]]] = {}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for number, (name, cache, workers) in enumerate(CASES):
                found.setdefault(name, []).append(one(export, root / f"site-{number}", root / f"cache-{cache}", workers))
    return {name: {key: round(statistics.median(row[key] for row in rows), 4) for key in rows[0]} for name, rows in found.items()}


def one(export: Path, site: Path, cache: Path, workers: int) -> dict[str, float]:
    """One build, by the command itself."""
    arguments = [sys.executable, "-m", "reviewer", "build", str(export), "--config", str(CONFIG)]
    spent = processor.command([*arguments, "--out", str(site), "--cache", str(cache), "--jobs", str(workers), "--json"])
    return figures(json.loads(spent.output), spent, sum(path.stat().st_size for path in cache.rglob("*") if path.is_file()))


def figures(report: dict[str, Any], spent: processor.Spent, cache_bytes: int) -> dict[str, float]:
    """Per dossier."""
    count = report["made"]
    pages = sum(department["pages"] for department in report["departments"])
    size = sum(department["size_bytes"] for department in report["departments"])
    row = {
        "dossiers": float(count),
        "pages": pages / count,
        "megabytes": size / count / 2**20,
        "cache_megabytes": cache_bytes / count / 2**20,
    }
    row |= {"wall_s": spent.wall_s / count, "cpu_s": report["cpu_seconds"] / count, "whole_cpu_s": spent.cpu_s / count}
    return row | {f"stage_{name}_s": seconds / count for name, seconds in report["stages"]}


def gains(cases: dict[str, dict[str, float]]) -> dict[str, float]:
    """How many times as many dossiers two processes make as one, with a warm and with a cold cache."""
    return {
        cache: round(cases[f"{cache} cache, 1 process"]["wall_s"] / cases[f"{cache} cache, 2 processes"]["wall_s"], 2)
        for cache in ("warm", "cold")
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--export", type=Path, default=EXAMPLES / "committee" / "101" / "101004")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measure(options.export, options.runs)
    results.write("build", {"runs": options.runs, "cases": found, "two_processes_to_one": gains(found)})
    if options.json:
        json.dump(found, sys.stdout, indent=1)
        return
    keys = list(dict.fromkeys(key for row in found.values() for key in row))
    print("per dossier".ljust(22) + "".join(name.rjust(26) for name in found))
    for key in keys:
        print(key.ljust(22) + "".join(f"{row.get(key, 0.0):26.3f}" for row in found.values()))


if __name__ == "__main__":
    main()
