"""A small page with the panes of marks, as the desk includes them: rubric and the line of what is saved, from file://, under the pages' own policy."""

import json
from pathlib import Path
from typing import Any

from reviewer.model.text import Text
from reviewer.render.environment import content_security_policy
from reviewer.resources import data_folder
from reviewer.selection.rubrics import Rubric, load_rubrics, rubric_sha256
from reviewer.selection.themes.contract import theme
from reviewer.selection.themes.tokens import tokens_css

NUMBERS = tuple(f"1021{at:04d}" for at in range(1, 31))
"""Applicants of the desk."""

STYLES = ("base", "marks", "rubric", "saved")
"""The style sheets that the panes need."""

OWN = ("marks", "rubric", "notes", "saved")
"""How their scripts are named."""

KEYS = """
Reviewer.keys = { all: [], add(one) { this.all.push(one); } };
document.addEventListener("keydown", (event) => {
  if (Reviewer.marks.typing(event.target) && event.target.type !== "radio") return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const found = Reviewer.keys.all.find((one) => one.key === event.key);
  if (!found) return;
  event.preventDefault();
  found.run();
});
"""
"""What the desk does with keys, in small."""

PAGE = """<!doctype html>
<html lang="zh-Hant-TW" class="desk-on"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>desk</title>
<link rel="stylesheet" href="style.css"><link rel="stylesheet" href="small.css"><script src="script.js" defer></script><script src="desk.js" defer></script></head>
<body><header>{saved}</header><main id="main"><h1 class="visually-hidden">資訊工程學系</h1>{rubric}</main>
<section class="guide" hidden><div class="prose"><h3 id="g">我們看什麼</h3><p>請依評量尺規閱讀，先看摘要。</p></div></section></body></html>
"""


def rubric() -> Rubric:
    """The shipped rubric."""
    rubrics, problems = load_rubrics(data_folder("site_config"))
    assert not problems
    return rubrics["default"]


def words(text: Text) -> str:
    """As pages in Chinese say it."""
    return text.zh


def desk_data(**changes: Any) -> dict[str, Any]:
    """`data/desk.js` of a department with thirty applicants."""
    its = rubric()
    slots = [("s-A", "A", "修課紀錄"), ("s-B", "B–E", "課程學習成果"), ("s-J", "J", "競賽表現"), ("s-O", "O", "高中學習歷程反思")]
    data: dict[str, Any] = {
        "department": {"code": "001012", "name": "資訊工程學系"},
        "university": "範例大學",
        "admission_year": 115,
        "masks": [],
        "rubric": {
            "id": its.id,
            "sha256": rubric_sha256(its),
            "name": words(its.name),
            "levels": [{"id": level.id, "name": words(level.name), "low": level.low, "high": level.high} for level in its.levels],
            "dimensions": [
                {
                    "id": one.id,
                    "name": words(one.name),
                    "weight": one.weight,
                    "groups": [group.value for group in one.groups],
                    "descriptors": {level: words(text) for level, text in one.descriptors},
                }
                for one in its.dimensions
            ],
            "raters": its.raters,
        },
        "slots": [{"id": slot, "label": label, "title": title, "group": ""} for slot, label, title in slots],
        "dossiers": [dossier(number) for number in NUMBERS],
    }
    return data | changes


def dossier(number: str, *, state: str = "1") -> dict[str, Any]:
    """One applicant; `state` makes another hash of slot J, as after a rebuild."""
    return {
        "number": number,
        "folder": number,
        "name": "王思源",
        "page": f"{number}/index.html",
        "school": "市立示範高中",
        "school_type": "日間部",
        "group": "普通科",
        "sha256": state * 64,
        "slots": {"s-A": "a" * 16, "s-B": "b" * 16, "s-J": state * 16, "s-O": "c" * 16},
        "standing": {},
        "items": [
            {"anchor": "J-2", "slot": "s-J", "title": "全國能源科技創意實作競賽"},
            {"anchor": "B-1", "slot": "s-B", "title": "河川水質調查報告"},
        ],
    }


def write_desk(folder: Path, data: dict[str, Any] | None = None) -> Path:
    """Write the page and what it needs; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {
        name: (data_folder("templates") / "desk" / f"{name}.html")
        .read_text(encoding="utf-8")
        .split("#}")[-1]
        .replace('{{ _("評分") }}', "評分")
        .replace('{{ _("存檔") }}', "存檔")
        for name in ("rubric", "saved")
    }
    (folder / "index.html").write_text(PAGE.format(policy=content_security_policy(), **parts), encoding="utf-8")
    contract = theme()
    styles = [tokens_css(contract), *(contract.text(f"css/{name}.css") for name in STYLES)]
    (folder / "style.css").write_text("\n".join(styles), encoding="utf-8")
    (folder / "small.css").write_text("body { max-width: 400px; } header { padding: 8px 16px; }", encoding="utf-8")
    own = [contract.text(name) for name in contract.desk_scripts if Path(name).stem.startswith(OWN)]
    script = [contract.text("js/reviewer.js"), *own, KEYS, contract.text("js/start.js")]
    (folder / "script.js").write_text("\n".join(script), encoding="utf-8")
    (folder / "desk.js").write_text(f"Reviewer.marks.open({json.dumps(data or desk_data(), ensure_ascii=False)});", encoding="utf-8")
    return folder / "index.html"
