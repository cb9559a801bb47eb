"""The configuration folder: what it gives, and every fault of all files at once, asserted to the sentence."""

import shutil
from pathlib import Path

import pytest

from reviewer.model.codes import Group
from reviewer.model.problem import ExitStatus, Severity, Stop
from reviewer.model.selection import Mask
from reviewer.resources import data_folder
from reviewer.selection import contrast
from reviewer.selection.config import inspect, load
from reviewer.selection.themes.contract import SCHEMES, theme
from tests.unit.selection.samples import FAULTY

CASES = sorted(case.name for case in FAULTY.iterdir())


def sentences(case: Path) -> str:
    return "".join(f"{p.severity}　{p}\n　　{p.what.en} {p.remedy.en}\n" for p in inspect(case).problems)


@pytest.mark.parametrize("case", CASES)
def test_every_fault_is_told_with_its_place_and_what_to_do(case: str) -> None:
    assert sentences(FAULTY / case) == (FAULTY / case / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_a_faulty_configuration_stops_the_run(case: str) -> None:
    with pytest.raises(Stop) as stop:
        load(FAULTY / case)
    assert stop.value.status is ExitStatus.USAGE
    assert {problem.severity for problem in stop.value.problems} == {Severity.ERROR}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Stop, match=f"找不到設定資料夾「{tmp_path}/none」。請用 --config 指定，或用 reviewer init 建立一份。"):
        load(tmp_path / "none")


def test_the_shipped_departments() -> None:
    configuration = load(data_folder("site_config"))
    assert list(configuration.departments) == ["001012", "001023", "101004"]
    computing, sociology, design = configuration.departments.values()
    assert computing.codes_of(Group.PERFORMANCE) == ("F", "J", "K", "M")
    assert computing.codes_of(Group.SUMMARY) == ("N",)
    assert computing.item("R") is not None
    assert computing.guide.startswith("# 資訊工程學系審查資料準備指引")
    assert sociology.masks == {Mask.NAME, Mask.SCHOOL}
    assert sociology.university_code == "001"
    assert design.university_name.zh == "示範科技大學"
    assert design.code_set.id == "technology"
    assert [section.group for section in design.sections] == [
        Group.STATEMENT,
        Group.OUTCOME,
        Group.COURSE_RECORD,
        Group.PERFORMANCE,
        Group.SUMMARY,
        Group.OTHER,
    ]
    assert configuration.rubrics["default"].dimensions[0].weight == 30
    assert configuration.problems == ()


def test_a_department_of_another_university_is_only_noted(tmp_path: Path) -> None:
    shutil.copytree(data_folder("site_config"), tmp_path / "config")
    (tmp_path / "config/departments/002001.toml").write_text('code = "002001"\nname = "化學系"\ncourse_record = true\n', encoding="utf-8")
    problems = load(tmp_path / "config").problems
    assert [str(problem) for problem in problems] == [
        "departments/002001.code：校系代碼 002001 的前三碼與大學代碼 001 不同。若無誤可以不理會；否則請更正其中一個。"
    ]


THIRD_SET = """
extends = "technology"
id = "military"
name = ["軍校", "military schools"]
max_categories = 2
items = [
  { code = "A", group = "course_record", name = ["修課紀錄", "Course record"] },
  { code = "P-1", group = "performance", name = ["體能表現", "Fitness"] },
  { code = "P-2", group = "performance", name = ["競賽表現", "Competitions"] },
  { code = "P-3", group = "performance", name = ["服務", "Service"] },
]
assignments = [{ kind = "競賽參與紀錄", code = "P-2" }]
outcome_field = ""
outcome_values = {}
department_codes = ["Z-1"]
"""


def test_a_third_code_set_needs_no_code(tmp_path: Path) -> None:
    shutil.copytree(data_folder("site_config"), tmp_path / "config")
    (tmp_path / "config/codes").mkdir(exist_ok=True)
    (tmp_path / "config/codes/military.toml").write_text(THIRD_SET, encoding="utf-8")
    department = tmp_path / "config/departments/001099.toml"
    department.write_text('code = "001099"\nname = "軍事系"\ncode_set = "military"\nperformances = ["P-2", "P-1"]\n', encoding="utf-8")
    selection = load(tmp_path / "config").departments["001099"]
    assert selection.codes_of(Group.PERFORMANCE) == ("P-2", "P-1")
    assert selection.code_set.performance_code("競賽參與紀錄", {}) == "P-2"
    assert selection.max_performances == 10
    department.write_text(department.read_text(encoding="utf-8").replace('"P-1"', '"P-1", "P-3"'), encoding="utf-8")
    with pytest.raises(Stop, match="001099 軍事系 採計了 3 項多元表現（P-2、P-1、P-3），至多 2 項。"):
        load(tmp_path / "config")


def test_an_assignment_of_a_shipped_set_can_be_changed(tmp_path: Path) -> None:
    shutil.copytree(data_folder("site_config"), tmp_path / "config")
    (tmp_path / "config/codes").mkdir(exist_ok=True)
    text = 'extends = "university"\nassignments = [{ kind = "職場學習紀錄", code = "I" }]\n'
    (tmp_path / "config/codes/university.toml").write_text(text, encoding="utf-8")
    selection = load(tmp_path / "config").departments["001012"]
    assert selection.code_set.performance_code("職場學習紀錄", {}) == "I"
    assert selection.code_set.max_categories == 4


@pytest.mark.parametrize("colour", ["#ffee00", "#ff0000", "#888888", "#00aaff"])
def test_the_proposed_colour_is_readable(colour: str) -> None:
    for scheme in SCHEMES:
        grounds = theme().grounds(scheme)
        assert contrast.worst(contrast.readable(colour, grounds), grounds) >= contrast.AA_TEXT


def test_contrast_of_black_and_white() -> None:
    assert round(contrast.ratio("#000000", "#ffffff"), 1) == 21.0
