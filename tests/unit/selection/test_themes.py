"""The contract that every theme keeps, and what is said of one that does not."""

import shutil
from pathlib import Path

import pytest

from reviewer.resources import data_folder
from reviewer.selection.config import inspect
from reviewer.selection.themes import contract
from reviewer.selection.themes.rules import theme_problems


@pytest.mark.parametrize("name", contract.known())
def test_a_theme_that_ships_has_no_fault(name: str) -> None:
    assert [str(problem) for problem in theme_problems(name)] == []


def test_there_is_more_than_one() -> None:
    assert contract.known() == ("default", "large")


def sentences(folder: Path, toml: str, **sheets: str) -> list[str]:
    """What is said of a theme `mine` with this contract and these style sheets."""
    mine = folder / "mine"
    (mine / "css").mkdir(parents=True)
    (mine / contract.CONTRACT).write_text(f'name = "試"\n{toml}', encoding="utf-8")
    for name, text in sheets.items():
        (mine / "css" / f"{name}.css").write_text(text, encoding="utf-8")
    return [f"{problem.where}：{problem.what.zh}{problem.remedy.zh}" for problem in theme_problems("mine", folder)]


def test_a_theme_of_three_lines_is_a_theme(tmp_path: Path) -> None:
    assert sentences(tmp_path, '[colour.light]\naccent = "#1f5f8b"\n') == []
    theme = contract.theme("mine", tmp_path)
    assert theme.colours["light"]["accent"] == "#1f5f8b"
    assert theme.colours["dark"] == contract.theme().colours["dark"]
    assert theme.styles == contract.theme().styles
    assert theme.path("css/base.css") == data_folder("themes") / "default" / "css" / "base.css"


CASES = {
    "unknown key": ("style = []", {}, ["mine/theme.style：沒有「style」這個設定。是不是要寫「styles」？"]),
    "unknown token": (
        '[type]\nsize-smal = "1rem"',
        {},
        ["mine/theme.type.size-smal：沒有「size-smal」這個設定。是不是要寫「size-small」？"],
    ),
    "not a colour": ('[colour.light]\nink = "black"', {}, ["mine/theme.colour.light.ink：「black」不能用在這裡。格式不對：要像 #1f5f8b。"]),
    "too small": (
        '[type]\nsize-text = "0.5rem"',
        {},
        ["mine/theme.type.size-text：「0.5rem」不能當作 size-text 的值。請寫 0.8125rem 以上，例如 1.125rem。"],
    ),
    "lines that touch": ('[type]\nleading = "1"', {}, ["mine/theme.type.leading：「1」不能當作 leading 的值。請寫 1.3 以上的數字。"]),
    "no length": (
        '[space]\nunit = "8px; } body { display: none"',
        {},
        ["mine/theme.space.unit：「8px; } body { display: none」不能當作 unit 的值。請寫長度，例如 8px 或 1.5rem。"],
    ),
    "pale ink": (
        '[colour.light]\nquiet = "#999999"',
        {},
        [
            "mine/theme.colour.light.quiet：quiet（#999999）在 wash（#f3efe6）上的對比只有 2.5，至少要 4.5。同色系可以用 #6d6d6d。",
        ],
    ),
    "pale edges": (
        '[colour.dark]\nrule-strong = "#444444"',
        {},
        [
            "mine/theme.colour.dark.rule-strong：rule-strong（#444444）在 sheet（#24221f）上的對比只有 1.6，至少要 3.0。同色系可以用 #6d6d6d。"
        ],
    ),
    "missing file": (
        'add_styles = ["css/mine.css"]',
        {},
        ["mine/theme.styles：主題列出的檔案 css/mine.css 不存在，預設主題也沒有。請補上檔案，或從 theme.toml 刪掉這一行。"],
    ),
    "import": (
        'add_styles = ["css/mine.css"]',
        {"mine": "/* a */\n@import url(https://example.org/a.css);\n"},
        [
            "mine/css/mine.css · 第 2 列：樣式檔要讀取「url(https://example.org/a.css)」。請把檔案放進主題資料夾、列在 files，只寫檔名；不能用 @import 或網址。",
            "mine/css/mine.css · 第 2 列：樣式檔要讀取「https://example.org/a.css」。請把檔案放進主題資料夾、列在 files，只寫檔名；不能用 @import 或網址。",
        ],
    ),
    "address": (
        'add_styles = ["css/mine.css"]',
        {"mine": 'main { background: url("//example.org/a.png") }'},
        [
            "mine/css/mine.css · 第 1 列：樣式檔要讀取「//example.org/a.png」。請把檔案放進主題資料夾、列在 files，只寫檔名；不能用 @import 或網址。"
        ],
    ),
    "hides": (
        'add_styles = ["css/mine.css"]',
        {"mine": ".problems { display: none }\n@media (min-width: 1px) { .slot-sentence { opacity: 0.01 !important; } }"},
        [
            "mine/css/mine.css · 第 1 列：「.problems」用 display: none 隱藏內容。每位審查委員要看到同樣的內容；請刪掉這一行。",
            "mine/css/mine.css · 第 2 列：「.slot-sentence」用 opacity: 0.01 隱藏內容。每位審查委員要看到同樣的內容；請刪掉這一行。",
        ],
    ),
    "not CSS": (
        'add_styles = ["css/mine.css"]',
        {"mine": "main { color: }\n.entry { } }"},
        [
            "mine/css/mine.css · 第 2 列：樣式檔有看不懂的地方：EOF reached before {} block for a qualified rule。請檢查這一行的括號、冒號與分號。"
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_fault_has_its_sentence(tmp_path: Path, case: str) -> None:
    toml, sheets, expected = CASES[case]
    assert sentences(tmp_path, toml, **sheets) == expected


def test_what_the_default_theme_hides_may_be_taken_over_as_it_stands(tmp_path: Path) -> None:
    rail = (data_folder("themes") / "default" / "css" / "attachment.css").read_text(encoding="utf-8")
    assert sentences(tmp_path, "", attachment=rail.replace("720px", "760px")) == []


def test_the_configuration_s_check_names_a_theme_that_does_not_exist(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    shutil.copytree(data_folder("site_config"), folder)
    site = folder / "site.toml"
    site.write_text(site.read_text(encoding="utf-8").replace('theme = "default"', 'theme = "lage"'), encoding="utf-8")
    assert [f"{problem.what.zh}{problem.remedy.zh}" for problem in inspect(folder).problems] == ["找不到「lage」。是不是要寫「large」？"]
