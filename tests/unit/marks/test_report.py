"""The report: sentences, plots with their tables, nothing that runs, nothing that blames."""

import dataclasses
import html
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reviewer.marks.merging import Merged
from reviewer.marks.plots import plain, signed
from reviewer.marks.report import report, report_view
from reviewer.marks.shapes import Cut, Difference
from reviewer.marks.workbook import workbook
from reviewer.model.text import Text
from tests.unit.marks.building import merged, record, review, same

GIVEN = ("excellent", "good", "fair", "good", "very-good", "good", "fair", "weak", "good", "good", "excellent", "fair")
OTHER = ("good", "good", "good", "good", "very-good", "fair", "fair", "fair", "good", "good", "very-good", "fair")


def two(folder: Path, name: str = "王明德", **request: Any) -> Merged:
    files = [
        review(who, {f"016864{place:02d}": record(same(level), turn=place + 1) for place, level in enumerate(levels)})
        for who, levels in ((name, GIVEN), ("林玉梅", OTHER))
    ]
    return merged(folder, *files, **request)


def test_the_verdict_comes_first(tmp_path: Path) -> None:
    view = report_view(two(tmp_path))
    assert view.headline.zh == "合併了 2 位評分者對 12 份檔案的評分；12 份的評分已經足夠，2 份需要再閱。"
    assert view.headline.en == "Marks of 2 raters on 12 dossiers were merged; 12 are complete, 2 should be read again."
    assert [(figure.label.zh, figure.value) for figure in view.figures] == [
        ("評分者", "2 位"), ("檔案", "12 份"), ("完整的評分", "24 筆"), ("需要再閱", "2 份"), ("未決的版本", "0 處"), ("沒有併入的檔案", "0 個"),
    ]  # fmt: skip
    assert view.rules.zh == "規則來自校系的評量尺規：總分相差超過 15 分；同一向度相差 2 個等第以上；兩位評分者的平均相差超過 10 分。"
    assert view.rules.en == (
        "By the department's rubric: totals more than 15 points apart; 2 or more levels apart in one dimension; "
        "means of two raters more than 10 points apart."
    )


def test_a_row_a_dossier_says_what_parts_its_raters(tmp_path: Path) -> None:
    rows = report_view(two(tmp_path)).differences.rows
    assert [row[0] for row in rows] == ["01686400", "01686407"]
    first = rows[0][1]
    assert isinstance(first, tuple)
    assert first[:2] == (
        Text("總分：王明德 95.00，林玉梅 74.50（20.50 分）", "Total: 20.50 apart"),
        Text("修課紀錄：王明德 傑出，林玉梅 佳（2 個等第）", "Course record: Outstanding, Good; 2 levels apart"),
    )
    # 可 and 不佳 are one level apart, 64.5 and 29.5 points more than 15.
    assert rows[1][1] == (Text("總分：林玉梅 64.50，王明德 29.50（35.00 分）", "Total: 35.00 apart"),)


def test_the_line_of_admission_is_a_sentence(tmp_path: Path) -> None:
    cut = report_view(two(tmp_path, cut=4)).cut
    assert cut is not None
    # Means: 89.75 (11th), 84.75 (1st), 84.5 (5th), then 74.5 three times (2nd, 4th, 9th, 10th are four).
    assert cut.zh == ("錄取 4 名，最後一名的平均總分是 74.50；同分的有 4 份，錄取線從中間經過：01686401、01686403、01686408、01686409。")


def test_every_plot_has_a_table_and_words(tmp_path: Path) -> None:
    view = report_view(two(tmp_path, rehearsal=("01686400", "01686401")))
    assert [plot.id for plot in view.plots] == ["severity", "agreement", "order"]
    severity, agreement, order = view.plots
    # Wang less Lin: 20.5 − 10 + 10 − 35 + 10.5 = −4 over twelve dossiers; his squares 1012.5 + 20 + 192 + 144 + 1849 = 3217.5, over eleven, root.
    assert severity.table.rows == (("林玉梅", "+0.3", "12 份", "72.83", "7.18"), ("王明德", "−0.3", "12 份", "72.50", "17.10"))
    assert [row[0].zh for row in agreement.table.rows if isinstance(row[0], Text)] == [
        "修課紀錄",
        "課程學習成果",
        "多元表現",
        "學習歷程自述",
        "其他",
        "總分",
    ]
    assert [row[0] for row in order.table.rows][::9] == ["1–10 %", "91–100 %"]
    for plot in view.plots:
        for drawing in (plot.wide, plot.narrow):
            assert '<svg class="plot-' in drawing
            assert "<title" in drawing
            assert "style=" not in drawing


def test_the_page_is_one_file_that_runs_nothing_and_asks_nobody(tmp_path: Path) -> None:
    page = report(two(tmp_path, name='<img src=x onerror="x">')).decode()
    head = html.unescape(page[: page.index("<style>")])
    assert re.search(
        r'http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'sha256-[^\']+\'; script-src \'none\';', head
    )
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;img src=x onerror=" in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert not re.search(r"\sstyle=", page)


def test_nothing_is_coloured_by_value(tmp_path: Path) -> None:
    page = report(two(tmp_path)).decode()
    drawings = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert drawings
    assert {colour for drawing in drawings for colour in re.findall(r'(?:fill|stroke)="([^"]+)"', drawing)} <= {"currentColor", "none"}


def test_raters_stand_by_name_not_by_severity(tmp_path: Path) -> None:
    view = report_view(two(tmp_path))
    names = [str(row[0]) for row in view.raters.rows]
    assert names == sorted(names)


def test_without_shared_dossiers_it_says_why_there_is_no_plot(tmp_path: Path) -> None:
    view = report_view(merged(tmp_path, review("王明德", {"1": record(same("good"))})))
    assert view.plots == ()
    assert [words.zh for words in view.no_plots] == [
        "沒有兩位評分者評過同一份檔案，看不出寬嚴。",
        "一致性目前無法計算，原因見試算表。",
        "閱讀順序的資料太少，沒有畫出。",
    ]
    assert view.open.rows == ((Text("評分者不足", "too few raters"), "1", "", Text("1 位，應有 2 位", "1 of 2")),)


def test_numbers_have_a_real_minus() -> None:
    assert [signed(value) for value in (2.34, -2.34, 0.04, -0.04, None)] == ["+2.3", "−2.3", "0.0", "0.0", "–"]
    assert [plain(value) for value in (74.5, -0.125, None)] == ["74.50", "−0.12", "–"]


@pytest.mark.parametrize("shared", [True, False])
def test_every_head_sentence_and_word_of_its_own_has_english_beside_it(tmp_path: Path, *, shared: bool) -> None:
    """The office reads Chinese; whoever reads only English finds each heading, column and rule beside it, marked as English."""
    alone = review("王明德", {"1": record(same("good"))})
    page = report(two(tmp_path, cut=4, rehearsal=("01686400", "01686401")) if shared else merged(tmp_path, alone)).decode()
    body = page[page.index("<main") :]
    parts = [part[0] for part in re.finditer(r"<(h1|h2|th|summary|figcaption|dt|p|li)[ >].*?</\1>", body, re.DOTALL)]
    assert len(parts) > 40
    assert [part for part in parts if ' lang="en">' not in part] == []


def test_a_phone_which_has_no_heads_says_both_words_before_each_value(tmp_path: Path) -> None:
    page = report(two(tmp_path)).decode()
    cells = re.findall(r"<td data-label=\"([^\"]+)\" data-beside=\"([^\"]+)\"", page)
    assert ("應試號碼", "Applicant number") in cells
    assert len(cells) == len(re.findall(r"<td", page))


def test_who_marked_none_of_the_rehearsal_s_dossiers_is_said(tmp_path: Path) -> None:
    some = {f"0168640{place}": record(same("good"), turn=place + 1) for place in range(3)}
    none = {"01686402": record(same("good")), "01686400": record({"record": None})}
    partly = {"01686400": record({"record": "good"}), "01686402": record(same("good"), turn=2)}
    files = (review("王明德", some), review("林玉梅", none), review("陳大文", partly))
    done = merged(tmp_path, *files, rehearsal=("01686400", "01686401"))
    table = report_view(done).rehearsal
    assert table is not None
    assert [row[:3] for row in table.rows] == [
        ("林玉梅", "0／2", Text("沒有評試評檔案", "marked none of them")),
        ("王明德", "2／2", Text("是", "yes")),
        ("陳大文", "0／2", Text("是", "yes")),
    ]
    page = report(done).decode()
    assert '沒有評試評檔案 <span class="beside" lang="en">marked none of them</span>' in page
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(done)))["試評評分者"]
    assert [(row[0], row[2]) for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        ("林玉梅", "沒有評試評檔案 / marked none of them"),
        ("王明德", "是"),
        ("陳大文", "是"),
    ]


def test_one_of_something_is_singular(tmp_path: Path) -> None:
    numbers = ("01686400", "01686401")
    one = merged(tmp_path, review("王明德", {number: record(same("good")) for number in numbers}), cut=1)
    apart = Difference(
        kind="level", number=numbers[0], dimension="record", raters=("a", "b"), values=("傑出", "優"), apart=1.0, reread=False
    )
    rubric = dataclasses.replace(one.rubric, raters=1, max_total_difference=1, level_difference=1, max_rater_mean_difference=1)
    cut = Cut(admitted=1, line=74.5, tied=numbers)
    raters = tuple(dataclasses.replace(one.outcome.raters[0], id=name, name=name) for name in ("a", "b"))
    outcome = dataclasses.replace(one.outcome, differences=(apart,), cut=cut, raters=(*one.outcome.raters, *raters))
    done = dataclasses.replace(one, rubric=rubric, outcome=outcome)
    page = re.sub(r"<[^>]+>", "", report(done).decode())
    for words in (
        "totals more than 1 point apart; 1 or more levels apart in one dimension; means of two raters more than 1 point apart.",
        "Course record: Outstanding, Very good; 1 level apart",
        "1 is admitted; 2 dossiers share 74.50, and the line falls between them.",
        "Each dossier needs at least 1 rater.",
        "每份檔案至少要有 1 位評分者。",
    ):
        assert words in page
    alone = merged(tmp_path, review("王明德", {numbers[0]: record(same("good"))}))
    assert report_view(alone).headline.en == "Marks of 1 rater on 1 dossier were merged; 0 are complete, none needs to be read again."
    for words in (page, report(alone).decode()):
        assert not re.search(r"(?<![\d.])1 (raters|dossiers|points|levels apart|are|were|files|rows|conflicts)\b", words)
