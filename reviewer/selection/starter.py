"""`reviewer init`: a commented configuration for a new university, which the check accepts as soon as it has a department."""

from pathlib import Path

from reviewer.model.problem import ExitStatus, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.resources import data_folder
from reviewer.selection.importing import write_text
from reviewer.selection.json_schemas import write_schemas
from reviewer.selection.schema import SiteFile
from reviewer.selection.toml_files import check_shape
from reviewer.selection.toml_writing import toml_value

FOLDER_NOT_EMPTY = ProblemKind(
    "init-folder-not-empty",
    Severity.ERROR,
    Text("資料夾「{folder}」裡已經有設定。", "The folder “{folder}” holds a configuration already."),
    Text("請換一個資料夾；若只要更新 schemas，請加 --schemas。", "Choose another folder; to renew the schemas alone, add --schemas."),
)

_SITE = """\
#:schema schemas/site.json
# 全校共用的設定；校系檔（departments/<校系代碼>.toml）可以逐項改寫。
# What holds for the whole university; a department file may override each line.

university_code = {code}
university_name = {name}
admission_year = {year:<16}# 招生學年度（民國） · admission year (ROC)
code_set = {code_set:<22}# university 大學 · technology 四技 · codes/ 裡自訂的 · or one of your own in codes/
theme = "default"               # 版面主題 · theme
rubric = "default"              # rubrics/default.toml
language = "zh-Hant"            # 審查頁面的語言：zh-Hant 或 en · language of the pages: zh-Hant or en
# accent = "#1f5f8b"            # 強調色；在紙色上的對比須達 WCAG AA · accent colour
"""

EXAMPLE = """\
#:schema ../schemas/department.json
# 範例：存成 departments/<校系代碼>.toml 再修改，或執行 reviewer departments new <校系代碼>。
# An example: save it as departments/<code>.toml and adapt it, or run reviewer departments new <code>.

code = "001012"                             # 校系代碼，與檔名相同 · the same as the file's name
name = { zh = "資訊工程學系", en = "Department of Computer Science" }
field = "資訊學群"                          # 學群：統計與公開網頁依此分類 · field of study

course_record = true                        # A 修課紀錄
outcomes = ["B", "C"]                       # 課程學習成果：共用一格 · one slot for all
performances = ["F", "J", "K", "M"]         # 多元表現：大學至多四項 · at most four for universities
summary = true                              # N 多元表現綜整心得
statements = ["O", "P", "Q"]                # 學習歷程自述
others = [{ code = "R", name = { zh = "本系個人資料表", en = "Personal data form" } }]

# order = ["statements", "course_record"]   # 各部分的先後；沒列出的排在後面 · order of the sections
# max_outcomes = 3                          # 至多幾件 · at most
# max_performances = 10
# masks = ["name", "school", "low_income", "photo"]   # 不讓審查委員看到的 · what reviewers do not see
# originals = true                          # 提供原始頁面影像；不能與 masks 並用 · not together with masks
# accent = "#1f5f8b"
# guide = "guides/001012.md"                # 準備指引（Markdown） · the department's guide
# guide_text = "請在 R 說明最想解決的一個問題。"
# code_set = "university"
# university_code = "001"                   # 與 site.toml 不同時才寫 · only where it differs from site.toml
"""


def write_starter(folder: Path, *, code: str, zh: str, en: str, year: int, code_set: str) -> tuple[Path, ...]:
    """Write a new configuration, without an English name where there is none; return its files. Raises `Stop` when the folder is not empty or a value cannot stand."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Stop(FOLDER_NOT_EMPTY.at(Where(file=str(folder)), folder=folder), status=ExitStatus.USAGE)
    name = {"zh": zh, "en": en} if en else zh
    values = {"university_code": code, "university_name": name, "admission_year": year, "code_set": code_set}
    _, problems = check_shape(SiteFile, values, "site.toml", {})
    if problems:
        raise Stop(*problems, status=ExitStatus.USAGE)
    site = _SITE.format(code=toml_value(code), name=toml_value(name), year=year, code_set=toml_value(code_set))
    shipped = data_folder("site_config")
    texts = {
        "site.toml": site,
        "departments/example.toml.txt": EXAMPLE,
        "codes/README.md": (shipped / "codes/README.md").read_text(encoding="utf-8"),
        "rubrics/default.toml": (shipped / "rubrics/default.toml").read_text(encoding="utf-8"),
    }
    for name, text in texts.items():
        write_text(folder / name, text)
    return (*(folder / name for name in texts), *write_schemas(folder))
