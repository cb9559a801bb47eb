"""Uploads from small tables: a base of one student, one course, one outcome and one performance, and what a case changes of it."""

import copy
import csv
import io
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit

from reviewer.intake.checking import Checked, check
from reviewer.intake.history import History, read_history
from reviewer.intake.looks import Looks
from reviewer.intake.packing import PackRequest, pack
from reviewer.intake.uploads import open_uploads

CASES = Path(__file__).resolve().parents[3] / "fixtures" / "intake"
ASSETS = CASES.parent / "assets"
BASE = tomllib.loads((CASES / "base.toml").read_text(encoding="utf-8"))
ROSTERS = {
    "students": "學生資料名冊.csv",
    "marks": "學生成績名冊_學期成績.csv",
    "means": "學生成績名冊_學期平均.csv",
    "outcomes": "學生課程學習成果名冊.csv",
    "competitions": "學生自填多元表現名冊_競賽參與紀錄.csv",
    "clubs": "學生自填多元表現名冊_團體活動時間紀錄.csv",
}
TABLES = {"plan": "課程計畫.csv", "glyphs": "造字/造字.csv", "applications": "申請名單.csv"}


def build(case: Mapping[str, Any], folder: Path) -> Path:
    """Write the uploads of a case."""
    folder.mkdir(parents=True)
    school = merged(BASE["school"], case.get("school", {}))
    (folder / "school.toml").write_text(tomlkit.dumps(school), encoding="utf-8")
    for key, name in ROSTERS.items():
        rows = [merged(BASE[key][0], row) for row in case[key]] if key in case else BASE[key]
        if rows:
            (folder / name).write_text(table(rows), encoding="utf-8")
    for key, name in TABLES.items():
        if key in case:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(case[key], encoding="utf-8")
    for name, words in case.get("rosters", {}).items():
        (folder / name).write_text(words, encoding="utf-8")
    for name, words in {**BASE["files"], **case.get("files", {})}.items():
        write_file(folder / "files" / name, words)
    for name, words in case.get("applied", {}).items():
        write_file(folder / "applications" / name, words)
    return folder


def write_file(path: Path, words: str) -> None:
    """`asset:NAME`, `text:WORDS`, `size:BYTES:NAME` (an asset with bytes after its end), or `none`."""
    kind, _, rest = words.partition(":")
    if kind == "none":
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "asset":
        path.write_bytes(asset(rest))
    elif kind == "size":
        size, _, name = rest.partition(":")
        path.write_bytes(asset(name).ljust(int(size), b"\n"))
    else:
        path.write_text(rest, encoding="utf-8")


def asset(name: str) -> bytes:
    """A committed attachment."""
    return next(path for path in (ASSETS / "made" / name, ASSETS / "tests" / name) if path.is_file()).read_bytes()


def checked(case: Mapping[str, Any], folder: Path, cache: Path) -> Checked:
    """Check the uploads of a case; what it says of `before` is packed first, and compared with."""
    with Looks(cache, 1) as looks:
        history = History()
        if "before" in case:
            with open_uploads(build(case["before"], folder / "before")) as uploads:
                found = check(uploads, looks, History())
                pack(uploads, found, (), PackRequest(target=folder / "packed", rule_set=found.rule_set))
            history = read_history(folder / "packed")
        with open_uploads(build(case, folder / "uploads")) as uploads:
            return check(uploads, looks, history)


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a table with a case's values in it."""
    result: dict[str, Any] = copy.deepcopy(dict(base))
    for key, value in change.items():
        result[key] = merged(result[key], value) if isinstance(value, dict) and isinstance(result.get(key), dict) else value
    return result


def table(rows: list[dict[str, str]]) -> str:
    """Rows as CSV; columns in the order in which they first occur."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
