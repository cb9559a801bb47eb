"""Whether memory is flat: `python -m benchmarks.memory [--students 66 3300]`; 66 students are 98 dossiers, 3,300 are 4,949 (of three departments).

- **parent**: both builds with workers in whose place stand finished dossiers (`benchmarks.finished`): each job gets a dossier that the real build
  below made, as hard links. All that the parent does is real, and five thousand take two minutes instead of hours.
- **idle**: the real command on those sites once more, with nothing to do.
- **real**: the smaller export built by real workers without PDFs; its dossiers are the models of the above.
- **paper**: the same with PDFs, one worker and a cold cache, so that the worker meets everything; `--paper` names another number of students.

The parent's peak is the kernel's own (VmHWM). A worker's is the largest sum of resident memory over it and its sandbox child, looked at ten
times a second; pages that processes share are counted for each, so the figure is on the safe side. Linux only.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.dossiers import CONFIG, export_of
from benchmarks.finished import lay_out
from reviewer.site.layout import Paths

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


def watch(export: Path, site: Path, cache: Path, *more: str) -> dict[str, Any]:
    """Run the command and watch it."""
    command = [sys.executable, "-m", "reviewer", "build", str(export / "central"), "--applications", str(export / "applications.csv")]
    command += ["--config", str(CONFIG), "--out", str(site), "--cache", str(cache), "--json", *more]
    began = time.monotonic()
    report = site.with_name(f"{site.name}.json")
    with report.open("wb") as answer:
        build = subprocess.Popen(command, stdout=answer, stderr=subprocess.DEVNULL)
        parent_kb = worker_kb = workers = 0
        while build.poll() is None:
            table = processes()
            if build.pid in table:
                parent_kb = max(parent_kb, table[build.pid].peak_kb)
                found = below(build.pid, table)
                worker_kb, workers = max([worker_kb, *found.values()]), max(workers, len(found))
            time.sleep(LOOK_SECONDS)
    record = results.report_of(report)
    return {
        "made": record["made"],
        "kept": record["kept"],
        "parent_peak_mb": round(parent_kb / 1024, 1),
        "worker_peak_mb": round(worker_kb / 1024, 1),
        "workers_seen": workers,
        "seconds": round(time.monotonic() - began, 1),
    }


def fresh(folder: Path) -> Path:
    """A place where nothing is."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def of_finished(export: Path, site: Path, cache: Path, models: Path) -> dict[str, Any]:
    """The parent's work alone, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.finished", str(export), str(site), str(cache), "--finished", str(models)]
    answer: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return answer


def growth(few: dict[str, Any], many: dict[str, Any]) -> float:
    """How many times the smaller's peak the larger's is."""
    return round(float(many["parent_peak_mb"]) / float(few["parent_peak_mb"]), 3)


def main() -> None:
    """Measure, write benchmarks/results/memory.json, fail when memory is not flat."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, nargs=2, default=(66, 3300), help="students of the two exports; 1.5 dossiers each")
    parser.add_argument("--paper", type=int, default=0, help="students of the build with PDFs, the smaller export's if not given")
    parser.add_argument("--jobs", type=int, default=2, help="workers of the real build without PDFs")
    parser.add_argument("--work", type=Path, default=results.WORK)
    options = parser.parse_args()
    work = options.work
    work.mkdir(parents=True, exist_ok=True)
    few, many = options.students
    found: dict[str, Any] = {}
    real = fresh(work / f"memory-site-{few}")
    found["real"] = watch(export_of(few, work), real, work / "cache", "--no-pdf", "--jobs", str(options.jobs))
    lay_out(Paths(real), fresh(work / "memory-models"))
    for name, students in (("few", few), ("many", many)):
        export, site, cache = export_of(students, work), fresh(work / f"memory-finished-{name}"), fresh(work / f"memory-cache-{name}")
        found[f"parent_{name}"] = of_finished(export, site, cache, work / "memory-models")
        found[f"idle_{name}"] = watch(export, site, cache, "--no-pdf", "--jobs", "1")
        shutil.rmtree(site)
        print(name, found[f"parent_{name}"], found[f"idle_{name}"], flush=True)
    paper = export_of(options.paper or few, work)
    found["paper"] = watch(paper, fresh(work / "memory-paper"), fresh(work / "memory-cache-paper"), "--jobs", "1")
    print("paper", found["paper"], flush=True)
    found["parent_growth"] = growth(found["parent_few"], found["parent_many"])
    found["idle_growth"] = growth(found["idle_few"], found["idle_many"])
    worker = max(found[name]["worker_peak_mb"] for name in ("real", "paper"))
    results.write("memory", found)
    if max(found["parent_growth"], found["idle_growth"]) > FLAT or worker > WORKER_MB:
        sys.exit(
            f"memory is not flat: the parent grows {found['parent_growth']} times ({found['idle_growth']} with nothing to do), a worker holds up to {worker} MB"
        )


if __name__ == "__main__":
    main()
