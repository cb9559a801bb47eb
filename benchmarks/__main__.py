"""All benchmarks by one command: `python -m benchmarks` (make bench); `python -m benchmarks --check` compares with the committed figures (benchmarks.check)."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import check, page, results


def run(module: str, *more: str) -> str:
    """Run a benchmark in a process of its own; its output."""
    print(f"benchmarks.{module} …", file=sys.stderr, flush=True)
    return subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *more], check=True, stdout=subprocess.PIPE, text=True).stdout


PARTS: dict[str, tuple[list[str], list[str]]] = {
    "build": (["--runs", "5"], ["--runs", "1"]),
    "stages": ([], ["--rounds", "1"]),
    "textsheet": ([], ["--rounds", "1"]),
    "memory": ([], ["--students", "3", "6"]),
    "incremental": ([], ["--students", "6"]),
    "finishing": ([], ["--students", "3", "6"]),
    "index": ([], ["--students", "6", "--builds", "1"]),
    "opening": ([], ["--students", "6"]),
    "sharing": ([], ["--students", "1"]),
    "desk": ([], []),
}
"""Every part with its arguments, and with those of the quick look."""


def measure(parts: Mapping[str, list[str]]) -> list[str]:
    """Run parts with their arguments one after another; return the names of those that failed. What a part measured is kept whatever becomes of the next."""
    failed = []
    began = time.monotonic()
    for number, (name, arguments) in enumerate(parts.items(), 1):
        print(f"[{number}/{len(parts)}, {time.monotonic() - began:.0f} s]", end=" ", file=sys.stderr, flush=True)
        try:
            print(run(name, *arguments), end="", file=sys.stderr)
        except subprocess.CalledProcessError as error:
            failed.append(name)
            print(f"benchmarks.{name} failed with status {error.returncode}; the other parts go on", file=sys.stderr)
    print(f"{time.monotonic() - began:.0f} s in all", file=sys.stderr)
    return failed


def elsewhere(name: str) -> Path:
    """A folder of its own, empty of figures, where all parts write from now on: none that are committed are touched."""
    folder = results.WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    for path in (folder / "results").glob("*.json"):
        path.unlink()
    os.environ[results.ELSEWHERE] = str(folder)
    return folder


def measured_elsewhere(parts: Mapping[str, list[str]]) -> dict[str, dict[str, Any]]:
    """Figures of these parts, measured for the check."""
    elsewhere("check")
    measure(parts)
    return {part: results.read(part) for part in parts}


def main() -> None:
    """Run everything, or the check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="measure anew, in a folder apart, and compare with the committed figures")
    parser.add_argument("--page-only", action="store_true", help="write RESULTS.md and results.html from the figures that are there")
    parser.add_argument(
        "--quick", action="store_true", help="the smallest sizes, in a folder of its own: whether every part works, no figures to keep"
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, default=[], help="these parts only")
    options = parser.parse_args()
    if options.check:
        sys.exit(check.check(results.read, measured_elsewhere))
    folder = elsewhere("quick") if options.quick else results.HERE
    chosen = {name: arguments[options.quick] for name, arguments in PARTS.items() if not options.only or name in options.only}
    failed = [] if options.page_only else measure(chosen)
    page.write(folder)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
