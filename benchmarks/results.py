"""Where figures are kept: one JSON file a benchmark in benchmarks/results/, each with the machine and its load."""

import datetime as dt
import json
import os
import platform
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ELSEWHERE = "REVIEWER_BENCHMARKS"
"""Environment variable that names another folder for figures: a quick look overwrites none that are committed."""
FOLDER = HERE / "results"
"""Committed figures."""
WORK = HERE.parent / "out" / "bench"
"""Exports, caches and sites that benchmarks make; git ignores it."""


def folder() -> Path:
    """Where figures are read and written now."""
    return Path(os.environ.get(ELSEWHERE, HERE)) / "results"


def write(name: str, figures: dict[str, Any]) -> None:
    """Keep a benchmark's figures."""
    folder().mkdir(exist_ok=True)
    machine = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
        "load_1_5_15": [round(load, 1) for load in os.getloadavg()],
        "day": dt.datetime.now(tz=dt.UTC).date().isoformat(),
    }
    text = json.dumps({"machine": machine, **figures}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder() / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def read(name: str) -> dict[str, Any]:
    """A benchmark's figures; empty when there are none."""
    try:
        found: dict[str, Any] = json.loads((folder() / f"{name}.json").read_text(encoding="utf-8"))
    except OSError:
        return {}
    return found


def report_of(path: Path) -> dict[str, Any]:
    """A build report that `--json` printed."""
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report
