"""All benchmarks by one command: `python -m benchmarks` (make bench); `python -m benchmarks --check` compares with the committed figures.

The check measures the steps anew (benchmarks.stages, two rounds) and compares ratios and not seconds: machines differ, and so does their load from
minute to minute, but both sides of a ratio are measured in the same round. Rounds on a busy machine of two cores part by up to 15 %, so what is
more than 25 % worse than the committed ratio has grown, not jittered.
"""

import argparse
import os
import subprocess
import sys
import time
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


PARTS: dict[str, tuple[list[str], list[str]]] = {
    "build": (["--runs", "5"], ["--runs", "1"]),
    "stages": ([], ["--rounds", "1"]),
    "memory": ([], ["--students", "3", "6"]),
    "incremental": ([], ["--students", "6"]),
    "index": ([], ["--students", "3"]),
    "opening": ([], ["--students", "3"]),
    "sharing": ([], ["--students", "1"]),
    "desk": ([], []),
}
"""Every part with its arguments, and with those of the quick look; later parts use the sites that `memory` builds. A quarter of an hour on two quiet cores."""


def measure(*, quick: bool, only: list[str]) -> list[str]:
    """Run the parts one after another; return the names of those that failed. What a part measured is kept whatever becomes of the next."""
    failed = []
    began = time.monotonic()
    chosen = [name for name in PARTS if not only or name in only]
    for number, name in enumerate(chosen, 1):
        print(f"[{number}/{len(chosen)}, {time.monotonic() - began:.0f} s]", end=" ", file=sys.stderr, flush=True)
        try:
            print(run(name, *PARTS[name][quick]), end="", file=sys.stderr)
        except subprocess.CalledProcessError as error:
            failed.append(name)
            print(f"benchmarks.{name} failed with status {error.returncode}; the other parts go on", file=sys.stderr)
    print(f"{time.monotonic() - began:.0f} s in all", file=sys.stderr)
    return failed


def main() -> None:
    """Run everything, or the check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare the steps' ratios with the committed figures")
    parser.add_argument("--page-only", action="store_true", help="write RESULTS.md and results.html from the figures that are there")
    parser.add_argument(
        "--quick", action="store_true", help="the smallest sizes, in a folder of its own: whether every part works, no figures to keep"
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=[], help="these parts only")
    options = parser.parse_args()
    if options.check:
        sys.exit(check())
    folder = results.HERE
    if options.quick:
        folder = results.WORK / "quick"
        folder.mkdir(parents=True, exist_ok=True)
        os.environ[results.ELSEWHERE] = str(folder)
    failed = [] if options.page_only else measure(quick=options.quick, only=options.only)
    page.write(folder)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
