"""The report: everything at once, by rule, student and teacher, in a workbook and in copies of the rosters; nothing in it becomes a formula."""

import csv
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from reviewer.intake import pages
from reviewer.intake.answers import read_answers
from reviewer.intake.checking import Checked, check
from reviewer.intake.history import History
from reviewer.intake.looks import Looks
from reviewer.intake.packing import PackRequest, pack
from reviewer.intake.practice import set_up
from reviewer.intake.receipts import write_receipts
from reviewer.intake.report_book import write_marked_rosters, write_report_book
from reviewer.intake.report_view import report_json, report_view
from reviewer.intake.uploads import open_uploads
from reviewer.model.problem import ExitStatus, Stop
from reviewer.packages import discovery
from tests.unit.intake.building import build, checked

FAULTY = {
    "students": [{"姓名": "=cmd|' /C calc'!A0"}],
    "outcomes": [{"課程學習成果簡述": "", "認證狀態": "N", "認證時間": ""}],
    "competitions": [{"競賽名稱": "+1+1", "競賽等級代碼": ",3"}],
}


@pytest.fixture
def found(tmp_path: Path) -> Checked:
    return checked(FAULTY, tmp_path, tmp_path / "cache")


def test_the_view_groups_by_rule_student_and_teacher(found: Checked) -> None:
    view = report_view(found)
    assert view.headline.zh == "1 位學生中，1 位有錯誤需要更正，其他可以封裝。"
    assert [(group.anchor, group.counts) for group in view.rules] == [
        ("rule-abstract", "錯誤 1"),
        ("rule-certification", "提醒 1"),
        ("rule-year-change", "提醒 1"),
        ("rule-values", "備註 1"),
    ]
    assert [(group.heading, len(group.lines)) for group in view.students] == [("11300001 =cmd|' /C calc'!A0", 3)]
    assert [(group.heading, [line.what.zh for line in group.lines]) for group in view.teachers] == [
        ("黃美玲", ["「國語文」等待黃美玲認證。"])
    ]
    assert len(view.rules) + len(view.clean_rules) == 25


def test_the_json_holds_every_finding(found: Checked) -> None:
    value = json.loads(json.dumps(report_json(found), ensure_ascii=False))
    assert (value["status"], value["held"], len(value["findings"])) == (3, ["11300001"], 4)
    assert value["findings"][0]["problem"]["where"]["column"] == "課程學習成果簡述"


def test_the_page_escapes_what_strangers_typed(tmp_path: Path) -> None:
    found = checked(
        {"students": [{"姓名": "<script>alert(1)</script>"}], "outcomes": [{"課程學習成果簡述": ""}]}, tmp_path, tmp_path / "cache"
    )
    text = pages.page("intake/report.html", "檢核結果", report_view(found))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    pages.write_pages(tmp_path / "out", {"report.html": text})
    assert {path.name for path in (tmp_path / "out" / "theme").iterdir()} >= {"style.css", "fonts.css", "script.js", "fonts"}


def test_nothing_in_the_workbook_is_a_formula(found: Checked, tmp_path: Path) -> None:
    path = write_report_book(found, tmp_path / "out")
    sheet = openpyxl.load_workbook(path)["檢核結果"]
    cells = {cell.value: cell for row in sheet for cell in row if cell.value}
    name = cells["=cmd|' /C calc'!A0"]
    assert (name.data_type, name.quotePrefix) == ("s", True)
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert [cell.value for cell in sheet[2]][:8] == [
        "錯誤",
        "11300001",
        "=cmd|' /C calc'!A0",
        "三年1班",
        "學生課程學習成果名冊.csv",
        None,
        "2",
        "課程學習成果簡述",
    ]
    assert sheet.max_row == 5


def test_the_copies_of_rosters_have_their_cells_coloured(found: Checked, tmp_path: Path) -> None:
    written = write_marked_rosters(found, tmp_path / "out")
    assert [path.name for path in written] == ["學生自填多元表現名冊_競賽參與紀錄.xlsx", "學生課程學習成果名冊.xlsx"]
    sheet = openpyxl.load_workbook(written[0])["名冊"]
    heading = [cell.value for cell in sheet[1]]
    cell = sheet.cell(2, heading.index("競賽等級代碼") + 1)
    assert (cell.value, cell.fill.start_color.rgb) == (",3", "00DDE7F0")
    assert cell.comment.text == "備註：「競賽等級代碼」寫成「,3」，多了逗號。請從原系統更正匯出格式。"
    assert sheet.cell(2, heading.index("競賽名稱") + 1).data_type == "s"
    assert [(plain.value, plain.comment) for plain in sheet[1] if plain.comment] == []


def test_receipts_list_what_was_packed_and_answers_hold_back(tmp_path: Path) -> None:
    folder = build({"students": [{}, {"學號": "11300002", "姓名": "王大明", "班級": "三年2班"}]}, tmp_path / "uploads")
    with open_uploads(folder) as uploads, Looks(tmp_path / "cache", 1) as looks:
        found = check(uploads, looks, History())
        request = PackRequest(target=tmp_path / "packed", rule_set=found.rule_set)
        pack(uploads, found, (), request)
        result = write_receipts(tmp_path / "packed", tmp_path / "receipts")
        assert (result.students, result.classes, result.problems) == (2, 2, ())
        page = (tmp_path / "receipts" / "013398-11300001.html").read_text(encoding="utf-8")
        assert "關係圖.pdf" in page
        assert "教師已認證" in page
        table = tmp_path / "receipts" / "answers.csv"
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["學號"] for row in rows] == ["11300001", "11300002"]
        rows[0] |= {"確認": "否", "異議說明": "少了一件"}
        rows[1]["確認"] = "是"
        with table.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        answers = read_answers([table], uploads.roster)
        assert (answers.confirmed, dict(answers.contested), answers.problems) == (frozenset({"11300002"}), {"11300001": "少了一件"}, ())
        assert pack(uploads, found, answers.contested, request).held == ("11300001",)
        write_receipts(tmp_path / "packed", tmp_path / "receipts")
    assert ">1 student. Each confirms" in (tmp_path / "receipts" / "receipts.html").read_text(encoding="utf-8")
    assert [address.package_id for address in discovery.discover(tmp_path / "packed").packages] == ["013398-11300002"]


def test_answers_that_are_neither_yes_nor_no(tmp_path: Path) -> None:
    table = tmp_path / "answers.csv"
    table.write_text("學號,確認,異議說明\n11300001,也許,\n11399999,是,\n11300002,,\n", encoding="utf-8")
    answers = read_answers([table], ["11300001", "11300002"])
    assert (answers.confirmed, dict(answers.contested)) == (frozenset(), {})
    assert answers.held == {"11300001"}
    assert [str(problem) for problem in answers.problems] == [
        "answers.csv · 第 2 列 · 確認：學號 11300001 的回覆「也許」既不是「是」也不是「否」，看不出有沒有異議，暫不封裝。請在「確認」欄填「是」或「否」。",
        "answers.csv · 第 3 列 · 學號：學號 11399999 不在名冊上，這一列未採用。請確認學號。",
    ]


def test_practice_has_just_the_mistakes_that_its_guide_names(tmp_path: Path) -> None:
    made = set_up(tmp_path / "practice")
    assert made.students == 8
    with open_uploads(tmp_path / "practice") as uploads, Looks(tmp_path / "cache", 1, inside=False) as looks:
        found = check(uploads, looks, History())
    assert found.status is ExitStatus.SOME
    assert sorted(
        finding.problem.code for finding in found.findings if finding.student in found.held and finding.problem.severity == "error"
    ) == [
        "abstract-too-long",
        "outcome-link",
        "outcome-not-own-course",
        "upload-not-there",
    ]
    with pytest.raises(Stop, match="已經有檔案"):
        set_up(tmp_path / "practice")
