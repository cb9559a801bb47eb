"""Whether memory is flat: `python -m benchmarks.memory [--students 66 330] [--jobs 2]` builds two exports and compares the peaks.

The two builds whose parents are compared make no PDFs, so that they are alike; the smaller is then built with its PDFs, for the worker.

The parent's peak is the kernel's own (VmHWM). A worker's is the largest sum of resident memory over it and its sandbox child, looked at ten
times a second; pages that processes share are counted for each, so the figure is on the safe side. Linux only.
"""

import argparse
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.dossiers import CONFIG, export_of

LOOK_SECONDS = 0.1
FLAT = 1.10
"""The larger build's parent may peak at so many times the smaller's."""
WORKER_MB = 700
"""A worker with its sandbox child."""


@dataclass(frozen=True, slots=True)
class Process:
    """One line of the process table."""

    parent: int
    """Its parent's id."""
    resident_kb: int
    """Resident memory."""
    peak_kb: int
    """Peak of the resident memory."""


def processes() -> dict[int, Process]:
    """All processes of this machine that can be seen."""
    found = {}
    for place in Path("/proc").glob("[0-9]*/status"):
        try:
            rows = dict(line.split(":", 1) for line in place.read_text().splitlines() if ":" in line)
        except (OSError, ValueError):
            continue
        kb = {name: int(rows[name].split()[0]) for name in ("VmRSS", "VmHWM") if name in rows}
        if kb:
            found[int(place.parent.name)] = Process(int(rows["PPid"]), kb["VmRSS"], kb.get("VmHWM", 0))
    return found


def below(root: int, table: dict[int, Process]) -> dict[int, int]:
    """Resident memory of each grandchild of `root` (a worker: the pool's server stands between) with everything below it."""
    children: dict[int, list[int]] = defaultdict(list)
    for pid, process in table.items():
        children[process.parent].append(pid)

    def whole(pid: int) -> int:
        return table[pid].resident_kb + sum(whole(child) for child in children[pid])

    return {worker: whole(worker) for server in children[root] for worker in children[server]}


def measure(students: int, folder: Path, *, jobs: int, pdf: bool) -> dict[str, Any]:
    """Build an export anew and watch it; the cache is the folder's, so that a second build finds the attachments there."""
    export = export_of(students, folder)
    site = folder / f"memory-site-{students}"
    subprocess.run(["rm", "-rf", site], check=True)
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "reviewer",
        "build",
        export / "central",
        "--applications",
        export / "applications.csv",
    ]
    command += [
        "--config",
        CONFIG,
        "--out",
        site,
        "--cache",
        folder / "cache",
        "--jobs",
        str(jobs),
        "--json",
        *([] if pdf else ["--no-pdf"]),
    ]
    began = time.monotonic()
    with (folder / "memory-report.json").open("wb") as report:
        build = subprocess.Popen(command, stdout=report, stderr=subprocess.DEVNULL)
        parent_kb = worker_kb = workers = 0
        while build.poll() is None:
            table = processes()
            if build.pid in table:
                parent_kb = max(parent_kb, table[build.pid].peak_kb)
                found = below(build.pid, table)
                worker_kb, workers = max([worker_kb, *found.values()]), max(workers, len(found))
            time.sleep(LOOK_SECONDS)
    record = results.report_of(folder / "memory-report.json")
    return {
        "students": students,
        "dossiers": record["made"],
        "pdf": pdf,
        "parent_peak_mb": round(parent_kb / 1024, 1),
        "worker_peak_mb": round(worker_kb / 1024, 1),
        "workers_seen": workers,
        "seconds": round(time.monotonic() - began, 1),
    }


def main() -> None:
    """Measure, write benchmarks/results/memory.json, fail when memory is not flat."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, nargs=2, default=(66, 330), help="students of the two exports; 1.54 dossiers each")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--work", type=Path, default=results.WORK)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    few, many = options.students
    found = {}
    for name, students, pdf in (("small", few, False), ("large", many, False), ("paper", few, True)):
        found[name] = measure(students, options.work, jobs=options.jobs, pdf=pdf)
        print(name, found[name], flush=True)
    growth = found["large"]["parent_peak_mb"] / found["small"]["parent_peak_mb"]
    worker = max(each["worker_peak_mb"] for each in found.values())
    results.write("memory", {**found, "parent_growth": round(growth, 3)})
    if growth > FLAT or worker > WORKER_MB:
        sys.exit(f"memory is not flat: the parent grows {growth:.2f} times, a worker holds up to {worker} MB")


if __name__ == "__main__":
    main()
