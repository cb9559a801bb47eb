"""The public page and the statistics from file://: search, filters, comparison, nothing asked of the network, readable without scripts and on a phone."""

import shutil
from pathlib import Path

import pytest

from reviewer.resources import data_folder
from reviewer.selection.config import Configuration, load
from reviewer.selection.exporting import export
from reviewer.selection.statistics import count
from reviewer.selection.statistics_output import write_statistics
from tests.benchmarks.generate_departments import generate
from tests.browser.conftest import Opener


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Configuration:
    folder = tmp_path_factory.mktemp("departments") / "config"
    generate(folder, 60, seed=5)
    for name in ("departments", "guides", "logos"):
        shutil.copytree(data_folder("site_config") / name, folder / name, dirs_exist_ok=True)
    return load(folder)


@pytest.fixture(scope="module")
def public(configuration: Configuration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "departments.html"
    export(configuration, path)
    return path


def test_search_and_filters(public: Path, opened: Opener) -> None:
    page = opened.page(public)
    shown = page.locator(".row:visible")
    total = shown.count()
    page.fill("#words", "資訊 ００１０１２")
    assert shown.locator("summary b").all_inner_texts() == ["資訊工程學系"]
    assert page.inner_text("#count") == "1"
    page.click("button[type=reset]")
    page.wait_for_function("(total) => document.getElementById('count').textContent === total", arg=str(total))
    page.locator(".chip[data-code='J']").first.click()
    page.locator(".chip[data-code='K']").first.click()
    codes = [row.get_attribute("data-codes") or "" for row in shown.all()]
    assert codes
    assert all(" J " in row and " K " in row for row in codes)
    page.click("button[type=reset]")
    page.select_option("#maximum", "3")
    assert {row.get_attribute("data-maximum") for row in shown.all()} == {"3"}
    page.fill("#words", "沒有這個系")
    assert page.locator(".none:visible").first.inner_text() == "沒有符合的校系。請減少條件，或按「全部清除」。"
    assert opened.complaints == []


def test_departments_side_by_side(public: Path, opened: Opener) -> None:
    page = opened.page(public)
    assert not page.locator("#compare").is_visible()
    page.check("#d001023 .pick input")
    page.check("#d101004 .pick input")
    assert page.locator("#compare-table th[scope=col]").all_inner_texts()[1].startswith("101004 工業設計系")
    rows = page.locator("#compare-table th[scope=row]").all_inner_texts()
    assert rows[:6] == ["修課紀錄", "課程學習成果", "多元表現", "多元表現綜整心得", "學習歷程自述", "其他"]
    assert page.locator("#compare-table tr").nth(6).locator("td").all_inner_texts() == ["不採計", "D-3 設計作品集"]
    assert opened.complaints == []


def test_nothing_is_asked_of_the_network(public: Path, opened: Opener) -> None:
    opened.page(public)
    assert [request for request in opened.requests if not request.startswith(("file:", "data:"))] == []
    assert len([request for request in opened.requests if request.startswith("file:")]) == 1


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_no_sideways_scrolling(public: Path, opened: Opener, width: int) -> None:
    page = opened.page(public, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_reads_without_scripts(public: Path, opened: Opener) -> None:
    page = opened.page(public, scripts=False)
    assert not page.locator("#filters").is_visible()
    assert page.locator("#d001012 .codes").inner_text().split() == ["A", "B", "C", "F", "J", "K", "M", "N", "O", "P", "Q", "R"]
    page.locator("#d001012 summary").click()
    assert "請在 R 說明最想解決的一個問題" in page.locator("#d001012 .detail").inner_text()


def test_columns_stand_under_their_heads(public: Path, opened: Opener) -> None:
    page = opened.page(public)
    head = page.locator("section.departments").first.locator(".code-heads li", has_text="N").first.bounding_box()
    cell = page.locator("#d001012 .codes li", has_text="N").first.bounding_box()
    assert head is not None
    assert cell is not None
    assert abs(head["x"] - cell["x"]) < 1


def test_statistics_are_a_page_of_their_own(configuration: Configuration, tmp_path: Path, opened: Opener) -> None:
    write_statistics(tmp_path / "stats.html", count(configuration.departments, load(data_folder("site_config")).departments), None)
    page = opened.page(tmp_path / "stats.html", width=390)
    assert page.locator("svg[role=img]").count() >= 5
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.complaints == []
