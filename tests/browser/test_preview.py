"""A preview in a real browser: side by side without a sideways scroll on a phone, offline as it lies, loading again when it is served."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Opener
from tests.browser.offline import WATCH

CHECKOUT = Path(__file__).resolve().parents[2]
REVIEWER = str(Path(sys.executable).with_name("reviewer"))
NUMBER = "10110005"


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fixtures")
    subprocess.run(
        [sys.executable, "-m", "fixtures.generate", "--uploads", "--out", str(folder)], cwd=CHECKOUT, check=True, capture_output=True
    )
    return folder / "uploads/013398"


@pytest.fixture(scope="module")
def running(uploads: Path, demo_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Running"]:
    """`reviewer preview --serve`, as a person starts it; ended by Ctrl-C."""
    out = tmp_path_factory.mktemp("preview") / "out"
    command = [
        REVIEWER,
        "preview",
        str(uploads),
        "--department",
        "001012",
        "--department",
        "001023",
        "--student",
        NUMBER,
        "--out",
        str(out),
        "--serve",
    ]
    process = subprocess.Popen(
        command, cwd=CHECKOUT, env={"PATH": "/usr/bin:/bin", "XDG_CACHE_HOME": str(demo_cache), "PYTHONUNBUFFERED": "1", "LANG": "C.UTF-8"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - a test runner in the background may ignore it
    )  # fmt: skip
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            WATCH.served.append(found[0])
            yield Running(found[0], out)
            WATCH.served.remove(found[0])
            break
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0, "".join(said) + rest
    assert "預覽已結束。 / The preview has ended." in rest


class Running:
    """A preview that is being served."""

    def __init__(self, address: str, out: Path) -> None:
        self.address = address
        self.out = out


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", ["index.html", "student-11202018.html", f"001012/{NUMBER}/index.html"])
def test_pages_read_well_from_disk(running: Running, opened: Opener, name: str, width: int) -> None:
    page = opened.page(running.out / name, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator(".watermark-line").first).to_have_text("預覽，尚未封裝")
    assert opened.complaints == []
    # The watermark is decoration beneath the words: hidden from readers, and so faint on purpose.
    found = Axe().run(page, context={"exclude": [[".watermark"]]}, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    assert found.response["violations"] == []


LINES = """() => {
  const row = document.querySelector("td.where").closest("tr");
  for (const cell of row.querySelectorAll("td:not(.where)")) cell.textContent = "Before the school year is switched: one outcome waits for certification, none was not sent. ".repeat(4);
  row.querySelector(".where").textContent = "school.toml";
  for (const other of row.parentElement.querySelectorAll("tr")) if (other !== row) other.remove();
  const range = document.createRange();
  range.selectNodeContents(row.querySelector(".where"));
  return range.getClientRects().length;
}"""
"""On how many lines a file's name stands between long sentences."""


def test_a_file_s_name_stands_on_one_line(running: Running, opened: Opener) -> None:
    assert opened.page(running.out / "index.html").evaluate(LINES) == 1


def test_departments_stand_side_by_side_and_on_a_phone_one_below_the_other(running: Running, opened: Opener) -> None:
    wide = opened.page(running.out / "student-11202018.html")
    first, second = (wide.locator(".preview-column").nth(at).bounding_box() for at in (0, 1))
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"]
    expect(wide.frame_locator(".preview-frame >> nth=1").locator("h1")).to_contain_text(NUMBER)
    narrow = opened.page(running.out / "student-11202018.html", width=390, height=844)
    first, second = (narrow.locator(".preview-column").nth(at).bounding_box() for at in (0, 1))
    assert first is not None
    assert second is not None
    assert first["y"] + first["height"] <= second["y"]
    expect(narrow.locator(".preview-frame").first).to_be_hidden()


def test_a_page_that_is_served_loads_again_when_a_file_changes(running: Running, uploads: Path, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{running.address}001012/{NUMBER}/")
    expect(page.locator(".identity")).to_contain_text("臺中市")
    move(uploads, "花蓮縣")
    expect(page.locator(".identity")).to_contain_text("花蓮縣", timeout=120_000)
    assert complaints == []
    context.close()


def move(uploads: Path, county: str) -> None:
    """Change the student's county in the roster."""
    path = uploads / "學生資料名冊.xlsx"
    book = load_workbook(path)
    sheet = book["學生資料"]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[heads.index("應試號碼")].value == NUMBER)
    row[heads.index("縣市")].value = county
    book.save(path)
