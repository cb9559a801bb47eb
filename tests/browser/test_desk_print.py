"""What the desk prints: its list, once; of a dossier, whose pages stand in a frame, where it can be printed from."""

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from tests.browser.desking import open_desk, shown
from tests.desk import NAMES, NUMBERS, write_desk

FIRST, SECOND = NUMBERS[0], NUMBERS[2]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first of the dossiers has a PDF, the others have none."""
    folder = write_desk(tmp_path_factory.mktemp("print"))
    (folder / FIRST / "dossier.pdf").write_bytes(b"%PDF-1.4")
    data = folder / "data" / "desk.js"
    data.write_text(data.read_text(encoding="utf-8").replace('"pdf":""', f'"pdf":"{FIRST}/dossier.pdf"', 1), encoding="utf-8")
    return folder


def printed(page: Page) -> list[str]:
    """The words of each sheet, without blanks."""
    return [re.sub(r"\s", "", sheet.extract_text()) for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (FIRST, "檔案不從審查桌列印。請按檔案上方的「PDF」，從那裡列印；或按「單獨開啟」，列印那一頁。"),
        (SECOND, "檔案不從審查桌列印。請按檔案上方的「單獨開啟」，列印那一頁。"),
    ],
)
def test_an_open_dossier_prints_one_sheet_that_says_where_it_is_printed(
    context: BrowserContext, desk: Path, number: str, sentence: str
) -> None:
    page = open_desk(context, desk, f"#/d/{number}")
    shown(page, number)
    expect(page.locator("#desk-read .on-paper")).to_be_hidden()
    (sheet,) = printed(page)
    assert sheet == re.sub(r"\s", "", f"{NAMES[NUMBERS.index(number)]}{number}{sentence}")


def test_applicants_side_by_side_print_a_sentence_too(context: BrowserContext, desk: Path) -> None:
    page = open_desk(context, desk, f"#/compare/{FIRST},{SECOND}/s-A")
    page.wait_for_function("() => Reviewer.desk.compare.numbers.length === 2")
    (sheet,) = printed(page)
    assert sheet == "並排比較：A修課紀錄檔案不從審查桌列印。請分別打開每一份，從那裡列印。"


@pytest.mark.parametrize("fragment", ["", "#/d/nix", "#/compare/nix/s-A"])
def test_the_queue_is_never_printed_and_the_list_once(context: BrowserContext, desk: Path, fragment: str) -> None:
    page = open_desk(context, desk, fragment)
    words = "".join(printed(page))
    assert words.count(SECOND) == (0 if fragment else 1)
    assert "不從審查桌列印" not in words
    assert "全部列出" not in words


def test_the_line_above_a_dossier_leads_to_its_pdf(context: BrowserContext, desk: Path) -> None:
    page = open_desk(context, desk, f"#/d/{FIRST}")
    link = page.locator("#desk-read [data-acts]").get_by_role("link", name="PDF")
    expect(link).to_have_attribute("href", f"{FIRST}/dossier.pdf")
    expect(link).to_have_attribute("target", "_blank")
    page.evaluate("hash => { location.hash = hash }", f"#/d/{SECOND}")
    shown(page, SECOND)
    expect(link).to_have_count(0)
