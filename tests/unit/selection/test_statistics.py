"""Counts over departments, what changed, and the trial before publishing."""

import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from reviewer.model.codes import Group
from reviewer.model.selection import Mask, SectionChoice, Selection
from reviewer.resources import data_folder
from reviewer.selection.config import load
from reviewer.selection.dry_run import DryRun, dry_run
from reviewer.selection.statistics import count
from reviewer.selection.statistics_output import statistics_json, statistics_page, statistics_workbook, write_statistics
from reviewer.selection.trial_packages import run_trial
from tests.unit.selection.samples import performance, portfolio, selection, upload


def department(code: str, *performances: str, **changes: object) -> Selection:
    sections = (SectionChoice(group=Group.PERFORMANCE, codes=performances),)
    return replace(selection(department_code=code, sections=sections), **changes)  # type: ignore[arg-type]


NOW = {
    "001001": department("001001", "F", "J", field="資訊學群"),
    "001002": department("001002", "J", "F", field="資訊學群"),
    "001003": department("001003", "J", field="文史哲學群", masks=frozenset({Mask.NAME})),
}
LAST = {
    "001001": department("001001", "F", "K", admission_year=114),
    "001003": department("001003", "J", admission_year=114, max_performances=6),
    "001009": department("001009", "L", admission_year=114),
}


def test_counts_of_codes_and_combinations() -> None:
    found = count(NOW).sets[0]
    assert {row.code: row.departments for row in found.codes if row.departments} == {"F": 2, "J": 3}
    assert round(found.codes[5].percent, 1) == 66.7
    combinations = [(row.codes, row.departments) for row in found.combinations if row.group is Group.PERFORMANCE]
    assert combinations == [(("F", "J"), 2), (("J",), 1)]
    assert [(row.field, row.total) for row in found.fields] == [("資訊學群", 2), ("文史哲學群", 1)]
    assert sum(row.departments for row in found.combinations if row.group is Group.STATEMENT) == 3


def test_changes_against_last_year() -> None:
    found = count(NOW, LAST)
    assert [(row.code, row.kind, row.added, row.removed, [words.zh for words in row.other]) for row in found.changes] == [
        ("001001", "changed", ("J",), ("K",), []),
        ("001002", "new", ("F", "J"), (), []),
        ("001003", "changed", (), (), ["多元表現上限 6 → 10", "遮蔽的資料"]),
        ("001009", "gone", (), ("L",), []),
    ]
    assert [(year.year, year.total) for year in found.sets[0].years] == [(114, 3), (115, 3)]
    assert {row.code: row.before for row in found.sets[0].codes if row.before} == {"F": 1, "J": 1, "K": 1, "L": 1}


def test_the_trial_counts_who_would_have_nothing() -> None:
    students = [
        portfolio(performances=(performance("競賽參與紀錄", 0), performance("作品成果紀錄", 0))),
        portfolio(performances=(performance("作品成果紀錄", 0),)),
        portfolio(uploads=(upload("多元表現"),)),
    ]
    trials = dry_run([("001001", student) for student in students], NOW, LAST)
    assert [(row.codes, row.applicants, row.empty, row.empty_before) for row in trials] == [(("F",), 3, 2, 2), (("J",), 3, 1, None)]
    assert round(trials[0].percent, 1) == 66.7


def test_statistics_in_every_form(tmp_path: Path) -> None:
    statistics = count(NOW, LAST)
    trial = DryRun(trials=dry_run([("001001", portfolio())], NOW, None), packages=1, problems=())
    sheets = openpyxl.load_workbook(io.BytesIO(statistics_workbook(statistics, trial))).worksheets
    assert [sheet.title for sheet in sheets] == ["大學 各代碼", "大學 組合", "大學 各學群", "大學 各年", "與另一年比較", "試算"]
    assert [cell.value for cell in sheets[5][2]] == ["001001", "資訊工程學系", "F", "高中自主學習計畫與成果", 1, 1, 100, None]
    assert json.loads(statistics_json(statistics, trial))["dry_run"]["trials"][0]["empty"] == 1
    page = statistics_page(statistics, trial).decode()
    assert "3 個校系：大學 3 個。與另一設定相比，4 個校系有變動。" in page
    assert "<script" not in page
    assert 'role="img" aria-label="各代碼有多少校系採計。最多的是 J 競賽表現，3 個校系；外框是另一設定。"' in page
    write_statistics(tmp_path / "deep" / "stats.html", statistics, trial)
    assert (tmp_path / "deep" / "stats.html").read_bytes() == page.encode()


@pytest.mark.parametrize("form", ["committee", "central"])
def test_the_trial_on_the_example_packages(form: str) -> None:
    fixtures = data_folder("fixtures")
    departments = load(data_folder("site_config")).departments
    applications = fixtures / "applications.csv" if form == "central" else None
    trial = run_trial(fixtures / form, applications, departments, None)
    applicants = {row.department_code: row.applicants for row in trial.trials}
    assert sorted(applicants) == ["001012", "001023", "101004"]
    assert all(row.empty <= row.applicants for row in trial.trials)
    assert sum(applicants.values()) >= 24


def test_a_department_may_be_counted_without_a_field() -> None:
    rows = count({"1": replace(NOW["001001"], field="")}).sets[0].fields
    assert [row.field for row in rows] == ["（未填學群）"]
