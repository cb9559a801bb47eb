"""Review files for the tests: a rater, his dossiers, levels by dimension, written as the desk writes them."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reviewer.marks.merging import Merged, MergeRequest, merge
from reviewer.resources import data_folder
from reviewer.selection import config
from reviewer.selection.rubrics import Rubric, rubric_sha256

CONFIG = data_folder("site_config")
DIMENSIONS = ("record", "outcomes", "performances", "statement", "others")
WEIGHTS = {"record": 30, "outcomes": 30, "performances": 15, "statement": 20, "others": 5}
MIDDLE = {"excellent": 95.0, "very-good": 84.5, "good": 74.5, "fair": 64.5, "weak": 29.5}
BASE = "a" * 64


def rubric() -> Rubric:
    return config.load(CONFIG).rubrics["default"]


def version(value: object, *, by: str = "d-1", counter: int = 1, at: str = "08:00:00", on: str = BASE, **seen: int) -> dict[str, Any]:
    devices = {name.replace("_", "-"): number for name, number in seen.items()}
    return {"value": value, "at": f"2026-03-28T{at}.000Z", "by": by, "seen": {**devices, by: counter}, "on": on}


def record(levels: Mapping[str, object], *, turn: int = 1, on: str = BASE, graded: bool = True, **fields: object) -> dict[str, Any]:
    """A dossier's record. `levels` is level by dimension; a number is an exact score."""
    made: dict[str, Any] = {}
    for counter, (dimension, value) in enumerate(levels.items(), start=1):
        kind = "level" if isinstance(value, str) else "score"
        made[f"{kind}:{dimension}"] = [version(value, counter=counter, on=on)]
    made["graded"] = [version(graded, counter=50, on=on)]
    made |= {name: [version(value, counter=51, on=on)] for name, value in fields.items()}
    reading = {"d-1": {"first": "2026-03-28T08:00:00.000Z", "last": "2026-03-28T08:12:00.000Z", "seconds": 700, "turn": turn}}
    return {"bases": {on: {"A": "1" * 16, "J": "2" * 16}}, "reading": reading, "fields": made}


def same(level: object) -> dict[str, object]:
    """The same level in every dimension: the total is the level's points."""
    return dict.fromkeys(DIMENSIONS, level)


def review(who: str, dossiers: Mapping[str, Any], /, **changes: Any) -> dict[str, Any]:
    """A whole review file; the rater's id follows from his name."""
    file = {
        "format": "reviewer-marks",
        "version": 1,
        "department": {"code": "001012", "name": "資訊工程學系"},
        "admission_year": 115,
        "rubric": {"id": "default", "sha256": rubric_sha256(rubric())},
        "rater": {"id": f"r-{hashlib.sha256(who.encode()).hexdigest()[:16]}", "name": who},
        "saved_at": "2026-03-28T09:00:00.000Z",
        "dossiers": dict(dossiers),
    }
    return {**file, **changes}


def rater_id(name: str) -> str:
    return str(review(name, {})["rater"]["id"])


def save(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def merged(folder: Path, *files: Mapping[str, Any], **request: Any) -> Merged:
    paths = tuple(save(folder, f"{index}.json", file) for index, file in enumerate(files, start=1))
    return merge(MergeRequest(files=paths, config=CONFIG, **request))
