"""Departments in and out: schemas, prose, tables, new files; what is written by hand stays, what is exported can be read back."""

import io
import json
import shutil
import tomllib
from pathlib import Path

import openpyxl
import pytest

from reviewer.model.codes import Group, shipped_code_sets
from reviewer.model.formulas import neutral, unneutral
from reviewer.model.problem import Stop, Where
from reviewer.resources import data_folder
from reviewer.selection.config import Configuration, load
from reviewer.selection.exporting import as_csv, as_json, as_workbook, export
from reviewer.selection.importing import plan_import, plan_new, write_changes
from reviewer.selection.json_schemas import schemas
from reviewer.selection.prose import ProseFault, parse, show
from reviewer.selection.prose_codes import prose_of, settings_of
from reviewer.selection.starter import EXAMPLE, write_starter
from reviewer.selection.toml_writing import changed_department
from tests.benchmarks.generate_departments import generate

PUBLISHED = "修課紀錄(A)、課程學習成果(B、C、D)、多元表現(F、J、M、N)、學習歷程自述(P、Q)、其他(R.本系個人資料表、S.英檢(TOEIC、TOEFL)成績)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder("site_config"), tmp_path / "config"))


@pytest.mark.parametrize("name", sorted(schemas()))
def test_shipped_schemas_are_those_of_the_models(name: str) -> None:
    assert (data_folder("site_config") / "schemas" / name).read_bytes() == schemas()[name]


def test_every_shipped_file_names_its_schema() -> None:
    root = data_folder("site_config")
    for path in sorted(root.rglob("*.toml")):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first.startswith("#:schema "), path
        assert (path.parent / first.removeprefix("#:schema ")).is_file(), path


def test_the_published_line() -> None:
    prose = parse(PUBLISHED)
    assert show(prose) == PUBLISHED
    settings, problems = settings_of(prose, shipped_code_sets()["university"], Where())
    assert problems == ()
    assert settings == {
        "course_record": True,
        "outcomes": ["B", "C", "D"],
        "performances": ["F", "J", "M"],
        "summary": True,
        "statements": ["P", "Q"],
        "others": [{"code": "R", "name": "本系個人資料表"}, {"code": "S", "name": "英檢(TOEIC、TOEFL)成績"}],
        "order": [],
    }


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("修課紀錄(A", "第 7 個字「行尾」看不懂，這裡應是頓號或右括號。"),
        ("修課記錄(A)", "第 1 個字「修課記錄(A)」看不懂，這裡應是部分的名稱（修課紀錄、課程學習成果、多元表現、學習歷程自述、其他）。"),
        ("其他(R.)", "第 6 個字「)」看不懂，這裡應是名稱。"),
        ("多元表現(ff)", "第 6 個字「ff)」看不懂，這裡應是代碼。"),
        ("修課紀錄(A)等", "第 8 個字「等」看不懂，這裡應是頓號或行尾。"),
    ],
)
def test_a_line_that_is_not_of_the_form(line: str, sentence: str) -> None:
    with pytest.raises(ProseFault) as fault:
        parse(line)
    assert fault.value.problem(Where()).what.zh == sentence


def test_shipped_departments_as_published_lines() -> None:
    departments = load(data_folder("site_config")).departments
    assert show(prose_of(departments["001023"])) == "修課紀錄(A)、課程學習成果(B、C、E)、多元表現(F、I、N)、學習歷程自述(O、P)"
    for selection in departments.values():
        settings, problems = settings_of(parse(show(prose_of(selection))), selection.code_set, Where())
        assert problems == ()
        assert settings["performances"] == list(selection.codes_of(Group.PERFORMANCE))


def test_import_of_lines_keeps_comments_and_shows_a_diff(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "lines.txt"
    source.write_text(f"001012 資訊工程學系：{PUBLISHED}\n# 註解\n001555 數學系：修課紀錄（Ａ）、其他（Ｒ．問卷）\n", encoding="utf-8")
    plan = plan_import(source, folder)
    assert plan.problems == ()
    assert [change.code for change in plan.changes] == ["001012", "001555"]
    assert '-outcomes = ["B", "C"]                       # 課程學習成果：共用一格' in plan.changes[0].diff
    assert '+outcomes = ["B", "C", "D"]                  # 課程學習成果：共用一格' in plan.changes[0].diff
    write_changes(folder, plan.changes)
    text = (folder / "departments/001012.toml").read_text(encoding="utf-8")
    assert "# 多元表現剛好四項；其他項目由校系自訂名稱。" in text
    assert 'name = { zh = "本系個人資料表", en = "Personal data form of the department" }' in text
    departments = load(folder).departments
    assert departments["001012"].codes_of(Group.PERFORMANCE) == ("F", "J", "M")
    assert departments["001012"].accent == "#1f5f8b"
    assert departments["001555"].item("R") is not None
    assert plan_import(source, folder).changes == ()


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_what_was_exported_is_read_back_without_a_change(tmp_path: Path, ending: str) -> None:
    generate(tmp_path / "config", 40, seed=3)
    shutil.copytree(data_folder("site_config") / "departments", tmp_path / "config/departments", dirs_exist_ok=True)
    configuration = load_with_guides(tmp_path / "config")
    export(configuration, tmp_path / f"table{ending}")
    plan = plan_import(tmp_path / f"table{ending}", tmp_path / "config")
    assert [str(problem) for problem in plan.problems] == []
    assert [change.diff for change in plan.changes] == []
    assert plan.unchanged_count == 42
    (tmp_path / "empty").mkdir()
    shutil.copy(tmp_path / "config/site.toml", tmp_path / "empty/site.toml")
    write_changes(tmp_path / "empty", plan_import(tmp_path / f"table{ending}", tmp_path / "empty").changes)
    again = load(tmp_path / "empty").departments
    assert {code: row.sections for code, row in again.items()} == {code: row.sections for code, row in configuration.departments.items()}


def load_with_guides(folder: Path) -> Configuration:
    for name in ("guides", "logos"):
        shutil.copytree(data_folder("site_config") / name, folder / name)
    return load(folder)


def test_faults_of_a_table_are_told_with_row_and_column(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "table.csv"
    rows = [
        "校系代碼,系所名稱,A,F,J,學年度",
        "1012,資工,●,,,115",
        "001777,化學系,●,或許,,一一五",
        "001778,物理系,V,V,,115",
        "001778,物理系,V,,,115",
    ]
    source.write_text("\n".join(rows), encoding="cp950")
    plan = plan_import(source, folder)
    assert not plan.sound
    assert [str(problem) for problem in plan.problems] == [
        "table.csv：檔案不是 UTF-8 編碼，以 Big5（CP950）讀取。請核對文字；建議改存為 UTF-8。",
        "table.csv · 第 2 列 · 校系代碼：「1012」不能用在這一欄。校系代碼是 6 個英數字；Excel 若吃掉了前面的 0，請把這一欄改成文字格式。",
        "table.csv · 第 3 列 · 學年度：「一一五」不能用在這一欄。要寫整數。",
        "table.csv · 第 3 列 · F：「或許」不能用在這一欄。採計請填 ●，不採計請留空白。",
        "table.csv · 第 5 列：校系代碼 001778 在第 4 列已經有了。請合併成一列。",
    ]


def test_a_cross_is_not_guessed_at(folder: Path, tmp_path: Path) -> None:
    """V and X in one table: in the next office a cross means yes."""
    source = tmp_path / "table.csv"
    source.write_text("校系代碼,系所名稱,A,B,F,J,R\n001777,數學系,V,X,V,×,x\n001778,物理系,V,V,V,╳,×\n", encoding="utf-8")
    plan = plan_import(source, folder)
    assert [str(problem) for problem in plan.problems] == [
        f"table.csv · 第 2 列 · {column}：「{cell}」不能用在這一欄。採計請填 ●，不採計請留空白。"
        for column, cell in (("B", "X"), ("R", "x"))
    ]


def test_a_code_under_another_section_is_told(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "lines.txt"
    source.write_text("001777 數學系：修課紀錄(A)、多元表現(J、N)、學習歷程自述(O、F)\n", encoding="utf-8")
    assert ["F" in str(problem) and "學習歷程自述" in str(problem) for problem in plan_import(source, folder).problems] == [True]


@pytest.mark.parametrize("name", ["電機工程學系(甲組)", "醫學系（公費生）", "數學系"])
def test_names_with_brackets_are_names(folder: Path, tmp_path: Path, name: str) -> None:
    source = tmp_path / "lines.txt"
    source.write_text(f"001777 {name}：修課紀錄(A)、多元表現(J)\n", encoding="utf-8")
    plan = plan_import(source, folder)
    assert plan.problems == ()
    assert [change.code for change in plan.changes] == ["001777"]
    assert name.replace("（", "(")[:4] in plan.changes[0].diff.replace("（", "(")


def test_five_categories_in_a_table_are_refused(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "table.csv"
    source.write_text("校系代碼,校系名稱,F,G,H,I,J\n001777,化學系,V,V,V,V,V\n", encoding="utf-8")
    assert [problem.what.zh for problem in plan_import(source, folder).problems] == [
        "001777 化學系 採計了 5 項多元表現（F、G、H、I、J），至多 4 項。"
    ]


def test_a_table_without_headings(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "table.csv"
    source.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Stop, match="找不到標題列"):
        plan_import(source, folder)


def test_a_comment_behind_a_changed_line_stays() -> None:
    before = 'code = "001012"\nname = "化學系"   # 名稱\noutcomes = ["B"]  # 兩項\nmax_outcomes = 2\n'
    after = changed_department(before, {"name": "應用化學系", "outcomes": ["B", "C"], "statements": []})
    assert after == 'code = "001012"\nname = "應用化學系" # 名稱\noutcomes = ["B", "C"] # 兩項\nmax_outcomes = 2\n'


INJECTION = '=HYPERLINK("http://example.org","x")'


@pytest.mark.parametrize("cell", ["=1+1", "+886", "-1", "@x", "'quoted", "\tx", "plain", ""])
def test_neutral_cells_are_read_back(cell: str) -> None:
    assert unneutral(neutral(cell)) == cell
    assert neutral(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_no_formula_leaves_the_house(folder: Path) -> None:
    path = folder / "departments/001023.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('zh = "社會學系"', f"zh = '{INJECTION}'"), encoding="utf-8")
    configuration = load(folder)
    sheet = openpyxl.load_workbook(io.BytesIO(as_workbook(configuration))).worksheets[0]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == INJECTION)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert "\"'=HYPERLINK(" in as_csv(configuration).decode("utf-8-sig")


def test_the_workbook_is_easy_to_use_and_always_the_same(folder: Path) -> None:
    configuration = load(folder)
    data = as_workbook(configuration)
    assert data == as_workbook(configuration)
    sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    assert [sheet.title for sheet in sheets] == ["校系（大學）", "校系（四技）", "代碼", "準備指引"]
    assert (sheets[0].freeze_panes, sheets[0].auto_filter.ref, sheets[0].max_row) == ("C2", "A1:AF3", 3)
    assert sheets[0]["I1"].value == "A 修課紀錄"
    assert sheets[3]["C2"].value.startswith("# 資訊工程學系審查資料準備指引")


def test_json_for_programs(folder: Path) -> None:
    data = json.loads(as_json(load(folder)))
    assert [department["code"] for department in data["departments"]] == ["001012", "001023", "101004"]
    assert data["departments"][2]["sections"][0] == {"group": "statement", "codes": ["D-2"]}
    assert data["departments"][0]["own_names"]["R"]["zh"] == "本系個人資料表"


def test_an_unknown_ending(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Stop, match=r"不認得檔名結尾「\.doc」。請用其中一種：\.xlsx、\.csv、\.json、\.html。"):
        export(load(folder), tmp_path / "table.doc")


def test_a_new_university_from_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    write_starter(folder, code="009", zh="海洋大學", en="Ocean University", year=115, code_set="university")
    change, problems = plan_new(folder, "009012", {"name": "航海系", "course_record": True, "performances": ["F"], "others": []})
    assert problems == ()
    write_changes(folder, (change,))
    assert load(folder).departments["009012"].university_name.en == "Ocean University"
    with pytest.raises(Stop, match="校系 009012 已經有設定檔。"):
        plan_new(folder, "009012", {})
    with pytest.raises(Stop, match="裡已經有設定。"):
        write_starter(folder, code="009", zh="海洋大學", en="Ocean University", year=115, code_set="university")


def test_the_commented_example_is_valid(folder: Path) -> None:
    uncommented = "\n".join(
        line.removeprefix("# ") if " = " in line and not line.startswith("#:") else line for line in EXAMPLE.splitlines()
    )
    assert set(tomllib.loads(uncommented)) >= {"order", "masks", "guide_text", "university_code"}
    (folder / "departments/001012.toml").write_text(EXAMPLE, encoding="utf-8")
    assert load(folder).departments["001012"].codes_of(Group.OTHER) == ("R",)
