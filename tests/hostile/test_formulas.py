"""What an office opens in a spreadsheet is words, whatever it begins with: every table that we write, opened and looked at cell by cell."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import sync_playwright

from fixtures.minizip import write_zip
from reviewer import resources
from reviewer.intake.checking import Checked, check
from reviewer.intake.grids import open_csv
from reviewer.intake.history import History
from reviewer.intake.looks import Looks
from reviewer.intake.packing import PackRequest, pack
from reviewer.intake.practice import set_up
from reviewer.intake.receipts import write_receipts
from reviewer.intake.report_book import write_marked_rosters, write_report_book
from reviewer.intake.transfer.reading import read_transfer
from reviewer.intake.uploads import open_uploads
from reviewer.marks.workbook import workbook as marks_workbook
from reviewer.model.formulas import STARTS, neutral, unneutral
from reviewer.model.selection import Selection
from reviewer.model.text import Text
from reviewer.render.guide import tables as guide
from reviewer.selection.config import load
from reviewer.selection.exporting import export
from reviewer.selection.statistics import count
from reviewer.selection.statistics_output import write_statistics
from tests.environment import of_a_reader
from tests.unit.intake.building import build, checked
from tests.unit.marks.building import merged, record, review, same

FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://evil.example","x")',
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'=1+1",
)
IN_TABLES = ("=1+1", "+1+1", "＝1+1", "＠x")
"""One row each: whether a beginning is known is the rule's business, whether it is asked that of every writer."""
TEMPTING = tuple(STARTS)
OURS = frozenset({"尺規", "評分", "總分", "評分者", "標準化", "差分檢核", "一致性", "試評一致性", "試評評分者", "待處理"})
"""Sheets of the marks workbook that hold formulas of ours."""

Write = Callable[[Path], Iterator[Path]]
WRITERS: dict[str, Write] = {}


def writer(write: Write) -> Write:
    """Writes every table of its kind with `IN_TABLES` in it."""
    WRITERS[write.__name__] = write
    return write


def departments() -> dict[str, Selection]:
    """A department a formula, which is its name, its field and its guide."""
    shipped = load(resources.data_folder("site_config")).departments["001012"]
    return {
        f"00101{place}": replace(shipped, department_code=f"00101{place}", name=Text(words, words), guide=words, field=words)
        for place, words in enumerate(IN_TABLES)
    }


@writer
def departments_export(folder: Path) -> Iterator[Path]:
    configuration = replace(load(resources.data_folder("site_config")), departments=departments())
    for ending in (".xlsx", ".csv"):
        export(configuration, folder / f"departments{ending}")
        yield folder / f"departments{ending}"


@writer
def statistics(folder: Path) -> Iterator[Path]:
    now = departments()
    before = {code: replace(one, admission_year=one.admission_year - 1, masks=frozenset()) for code, one in now.items()}
    write_statistics(folder / "statistics.xlsx", count(now, dict(list(before.items())[:1])), None)
    yield folder / "statistics.xlsx"


def school(folder: Path) -> Path:
    """Students whose names, and whose works' words, are formulas."""
    students = [{"學號": f"1130000{place}", "姓名": words, "班級": words} for place, words in enumerate(IN_TABLES, 1)]
    return build({"students": students, "outcomes": [{"課程學習成果簡述": words} for words in IN_TABLES]}, folder)


@writer
def intake_report(folder: Path) -> Iterator[Path]:
    faulty = {
        "students": [{"姓名": words} for words in IN_TABLES],
        "competitions": [{"競賽名稱": words, "競賽等級代碼": words} for words in IN_TABLES],
    }
    found: Checked = checked(faulty, folder, folder / "cache")
    yield write_report_book(found, folder)
    yield from write_marked_rosters(found, folder)


@writer
def receipts(folder: Path) -> Iterator[Path]:
    with open_uploads(school(folder / "uploads")) as uploads, Looks(folder / "cache", 1) as looks:
        found = check(uploads, looks, History())
        pack(uploads, found, (), PackRequest(target=folder / "packed", rule_set=found.rule_set))
    write_receipts(folder / "packed", folder / "receipts")
    yield folder / "receipts" / "answers.csv"


def transfer(words: str) -> dict[str, object]:
    """A transferred student in whose words a formula stands wherever one can, a field's name among them."""
    return {
        "基本資料": {"身分證號": f"A12345678{IN_TABLES.index(words)}", "姓名": words, "學號": words},
        "課程學習成果紀錄": [{"科目名稱": words, "課程學習成果簡述": words, words: words, "實際修課學年度": "113", "實際修課學期": "1"}],
        "多元表現": {"競賽參與紀錄": [{"競賽名稱": words, "內容簡述": words}]},
    }


def transferred(folder: Path) -> Path:
    """The uploads of a school after it read two transfers, the second into the rosters of the first."""
    uploads = build({}, folder / "uploads")
    for part in (IN_TABLES[:2], IN_TABLES[2:]):
        data = json.dumps([transfer(words) for words in part], ensure_ascii=False).encode()
        (folder / "x.zip").write_bytes(write_zip({"170497_2025_09_01_08_30_00.json": data}))
        read_transfer(folder / "x.zip", uploads)
    return uploads


@writer
def transfer_rosters(folder: Path) -> Iterator[Path]:
    yield from transferred(folder).glob("異動生*.csv")


@writer
def practice(folder: Path) -> Iterator[Path]:
    set_up(folder / "practice")
    yield from (folder / "practice").glob("*.xlsx")


@writer
def schema(folder: Path) -> Iterator[Path]:
    for plain in (True, False):
        (folder / f"schema-{plain}.xlsx").write_bytes(guide.workbook(plain=plain))
        yield folder / f"schema-{plain}.xlsx"


def noted(words: str) -> dict[str, object]:
    """A dossier's marks with a note and a flag."""
    notes: dict[str, Any] = {"note:": words}
    return record(same("good"), flag=words, **notes)


@writer
def merged_marks(folder: Path) -> Iterator[Path]:
    files = [review(words, {f"0168646{number}": noted(words) for number in range(2)}) for words in IN_TABLES]
    (folder / "marks.xlsx").write_bytes(marks_workbook(merged(folder, *files, cut=2)))
    yield folder / "marks.xlsx"


SCRIPT = """
  (words) => {
    const levels = words.map((each) => ({id: each, name: each}));
    const given = {level: {d: words[0]}, score: {}, evidence: words.map((each) => ({dimension: "d", title: each})), flag: words[1],
                   note: Object.fromEntries(words.map((each) => [each, each])), conflicts: []};
    const marks = window.Reviewer.marks;
    Object.assign(marks, {valuesOf: () => given, readingOf: () => null, totalOf: () => ({total: 1}), levelOf: (_, id) => levels.find((each) => each.id === id)});
    const record = {fields: {"level:d": [{at: words[2]}]}};
    const stores = words.map((each) => ({
      desk: {department: {code: each}, admission_year: each}, rater: {id: each, name: each},
      rubric: {dimensions: [{id: "d", name: each, weight: -1}]},
      numbers: () => [each], get: () => record, state: () => "graded",
    }));
    return stores.map((store) => marks.csv(store));
  }
"""


def _written_by_a_browser() -> list[str]:
    script = resources.data_folder("themes") / "default" / "js" / "marks-csv.js"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--no-first-run"], env=of_a_reader()
        )
        page = browser.new_page()
        page.evaluate("window.Reviewer = {marks: {}, say: (words) => words}")
        page.add_script_tag(content=script.read_text(encoding="utf-8"))
        made: list[str] = page.evaluate(SCRIPT, list(IN_TABLES))
        browser.close()
    return made


@writer
def marks_of_a_desk(folder: Path) -> Iterator[Path]:
    # In a thread of its own: another test's event loop may still stand in this one.
    with ThreadPoolExecutor(1) as thread:
        made = thread.submit(_written_by_a_browser).result()
    for place, words in enumerate(made):
        (folder / f"{place}.csv").write_bytes(words.encode())
        yield folder / f"{place}.csv"


WITHOUT_STRANGERS = frozenset({"practice", "schema"})
"""Made of what ships with the product."""


@pytest.mark.parametrize("name", WRITERS)
def test_no_table_holds_a_formula_of_a_stranger(name: str, tmp_path: Path) -> None:
    met = set()
    paths = list(WRITERS[name](tmp_path))
    assert paths
    for path in paths:
        met |= set(_words_of_workbook(path) if path.suffix == ".xlsx" else _words_of_csv(path))
    assert name in WITHOUT_STRANGERS or set(IN_TABLES) <= {unneutral(words) for words in met}


def _words_of_workbook(path: Path) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(path).worksheets:
        ours = path.name == "marks.xlsx" and sheet.title in OURS
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
            if not (cell.data_type == "f" and ours):
                assert cell.data_type == "s", (path.name, cell)
                assert cell.quotePrefix or not cell.value.startswith(TEMPTING), (path.name, cell)
                assert cell.hyperlink is None
                yield cell.value


def _words_of_csv(path: Path) -> Iterator[str]:
    text = path.read_bytes().decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        for cell in row:
            assert not cell.startswith(TEMPTING) or _is_number(cell), (path.name, cell)
            yield cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_the_formulas_of_the_marks_workbook_name_no_stranger_s_words(tmp_path: Path) -> None:
    (path,) = merged_marks(tmp_path)
    formulas = [
        cell.value
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas
    assert not [formula for formula in formulas if any(words in formula for words in IN_TABLES)]


def test_rosters_of_a_transfer_are_read_back_as_they_came(tmp_path: Path) -> None:
    uploads = transferred(tmp_path)
    cells = {cell for path in uploads.glob("異動生*.csv") for grid in open_csv(path, path.name)[0] for _, row in grid.rows for cell in row}
    assert set(IN_TABLES) <= cells
    assert not [cell for cell in cells if cell.startswith("'")]


def test_an_apostrophe_in_a_school_s_own_table_is_an_apostrophe(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("學號\n'=1\n", encoding="utf-8")
    (grid,), _ = open_csv(tmp_path / "x.csv", "學生自填多元表現名冊.csv")
    assert [list(cells) for _, cells in grid.rows] == [["學號"], ["'=1"]]


@pytest.mark.parametrize("words", [*FORMULAS, "", "資訊工程學系", "A-1", "''", "'=", "O'Neill", "''=1"])
def test_what_is_neutralised_is_read_back(words: str) -> None:
    assert not neutral(words).startswith(TEMPTING)
    assert unneutral(neutral(words)) == words


def test_words_stay_as_they_are() -> None:
    assert [neutral(words) for words in ("資訊工程學系", "", "A-1")] == ["資訊工程學系", "", "A-1"]
