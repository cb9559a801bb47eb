"""All benchmarks by one command: `python -m benchmarks` (make bench); `python -m benchmarks --check` compares with the committed figures.

The check measures the steps anew (benchmarks.stages, two rounds) and compares ratios and not seconds: machines differ, and so does their load from
minute to minute, but both sides of a ratio are measured in the same round. Rounds on a busy machine of two cores part by up to 15 %, so what is
more than 25 % worse than the committed ratio has grown, not jittered.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import page, results

TOLERANCE = 0.25
"""See above."""

COMPARED = ("weasyprint_plain_to_ours", "chromium_to_ours", "pypdf_merge_to_ours")
"""Higher is better."""


def run(module: str, *more: str) -> str:
    """Run a benchmark in a process of its own; its output."""
    print(f"benchmarks.{module} …", file=sys.stderr, flush=True)
    return subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *more], check=True, stdout=subprocess.PIPE, text=True).stdout


def worse(committed: dict[str, float], measured: dict[str, float]) -> list[str]:
    """What is worse than the committed ratios by more than the tolerance, as sentences."""
    return [
        f"{name}: {measured[name]:.2f}, committed {committed[name]:.2f}; more than {TOLERANCE:.0%} worse"
        for name in COMPARED
        if name in committed and measured[name] < committed[name] * (1 - TOLERANCE)
    ]


def check() -> int:
    """Measure in a scratch folder and compare; 1 when something is worse."""
    committed: dict[str, Any] = results.read("stages")
    kept = (results.FOLDER / "stages.json").read_bytes()
    try:
        run("stages", "--rounds", "2")
        measured = results.read("stages")
    finally:
        (results.FOLDER / "stages.json").write_bytes(kept)
    found = worse(committed["ratios"], measured["ratios"])
    for name in COMPARED:
        print(f"{name:<28} committed {committed['ratios'][name]:6.2f}  now {measured['ratios'][name]:6.2f}")
    print("\n".join(found) if found else f"nothing is worse by more than {TOLERANCE:.0%}")
    return 1 if found else 0


def build_figures(runs: int) -> None:
    """The whole build by stage (benchmarks.build), kept with the ratio of two processes to one."""
    with tempfile.TemporaryDirectory():
        cases = json.loads(run("build", "--runs", str(runs), "--json"))
    gain = cases["warm cache, 1 process"]["wall_s"] / cases["warm cache, 2 processes"]["wall_s"]
    results.write("build", {"runs": runs, "cases": cases, "two_processes_to_one": round(gain, 2)})


def main() -> None:
    """Run everything, or the check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--page-only", action="store_true", help="write RESULTS.md and results.html from the figures that are there")
    parser.add_argument("--runs", type=int, default=3, help="runs of the whole build")
    options = parser.parse_args()
    if options.check:
        sys.exit(check())
    if not options.page_only:
        build_figures(options.runs)
        run("stages")
        run("memory", "--no-pdf")
        run("incremental", "--no-pdf")
        run("opening")
        run("sharing")
    page.write(Path(__file__).resolve().parent)


if __name__ == "__main__":
    main()
