"""The workbook: formulas that everybody can read, results beside them that are theirs, and strangers' words that stay words."""

import io
import random
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reviewer.marks.merging import Merged
from reviewer.marks.workbook import workbook
from tests.unit.marks.building import DIMENSIONS, MIDDLE, merged, record, review, same, version
from tests.unit.marks.calculating import Sheets

NOTE: dict[str, Any] = {"note:": "@SUM(A1)\n很好"}
EVIL = '=HYPERLINK("http://x","y")'


def cohort(folder: Path) -> Merged:
    """Three raters on eight dossiers, with exact scores, gaps and a name that would like to be a formula."""
    chance = random.Random(7)  # noqa: S311 - example marks
    files = []
    for name in (EVIL, "林玉梅", "+陳大文"):
        dossiers = {}
        for number in range(8):
            levels: dict[str, object] = {dimension: chance.choice(list(MIDDLE)) for dimension in DIMENSIONS}
            if number == 3:
                levels["record"] = 88.25
            if number == 5:
                del levels["others"]
            dossiers[f"0168646{number}"] = record(levels, turn=number + 1, flag="-1", **NOTE)
        files.append(review(name, dossiers))
    return merged(folder, *files, cut=2, rehearsal=("01686460", "01686461"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return workbook(cohort(tmp_path_factory.mktemp("files")))


def test_one_sheet_a_question(made: bytes) -> None:
    assert openpyxl.load_workbook(io.BytesIO(made)).sheetnames == [
        "尺規", "評分", "總分", "評分者", "標準化", "差分檢核", "一致性", "試評一致性", "試評評分者", "待處理", "評語與依據", "問題",
    ]  # fmt: skip


def test_every_formula_comes_to_what_is_written_beside_it(made: bytes) -> None:
    formulas, results = openpyxl.load_workbook(io.BytesIO(made)), openpyxl.load_workbook(io.BytesIO(made), data_only=True)
    sheets = Sheets(formulas)
    counted: dict[str, int] = {}
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            counted[sheet.title] = counted.get(sheet.title, 0) + 1
            computed, written = sheets.value(sheet.title, cell.coordinate), results[sheet.title][cell.coordinate].value
            place = f"{sheet.title} {cell.coordinate} {cell.value}"
            if isinstance(computed, int | float):
                # Findings of the difference check are written with two decimals.
                assert written == pytest.approx(computed, abs=0.0051 if sheet.title == "差分檢核" else 2e-6), place
            else:
                assert (written or "") == (computed or ""), place
    assert {title: counted[title] > 8 for title in ("評分", "總分", "評分者", "標準化", "差分檢核")} == dict.fromkeys(
        counted.keys() - {"尺規"}, True
    )
    assert counted["尺規"] == 5


def test_marks_about_which_two_versions_differ_are_counted_by_no_formula(tmp_path: Path) -> None:
    one, apart = record(same("excellent")), record(same("excellent"))
    one["fields"]["score:record"] = [version(92, counter=60)]
    apart["fields"] = {"score:record": [version(98, by="d-2", at="08:30:00")]}
    made = workbook(merged(tmp_path, review("王明德", {"1": one}), review("王明德", {"1": apart}, saved_at="2026-03-29T09:00:00.000Z")))
    sheet = openpyxl.load_workbook(io.BytesIO(made))["評分"]
    heads = [cell.value for cell in sheet[1]]
    total = next(cell.coordinate for cell, head in zip(sheet[2], heads, strict=True) if head and "總分" in str(head))
    assert Sheets(openpyxl.load_workbook(io.BytesIO(made))).value("評分", total) in ("", None)


def test_the_formulas_read_as_a_person_would_write_them(tmp_path: Path) -> None:
    done = merged(tmp_path, review("王明德", {"1": record(same("excellent"))}), review("林玉梅", {"1": record(same("good"))}))
    book = openpyxl.load_workbook(io.BytesIO(workbook(done)))
    marks, totals, raters, check = book["評分"], book["總分"], book["評分者"], book["差分檢核"]
    assert [cell.value for cell in marks[2]][:6] == [
        "1",
        "林玉梅",
        "是",
        "佳",
        None,
        '=IF(E2<>"",E2,IF(D2<>"",VLOOKUP(D2,\'尺規\'!$A$2:$D$6,4,FALSE),""))',
    ]
    assert marks["S2"].value == (
        "=IF(COUNT(F2,I2,L2,O2,R2)=5,ROUND((F2*'尺規'!$G$2+I2*'尺規'!$G$3+L2*'尺規'!$G$4+O2*'尺規'!$G$5+R2*'尺規'!$G$6)/100,6),\"\")"
    )
    assert [cell.value for cell in totals[2]][:8] == [
        "1", "林玉梅", "='評分'!$S$2", "王明德", "='評分'!$S$3", "=AVERAGE(C2,E2)", "=MAX(C2,E2)-MIN(C2,E2)", "=IF(ROUND(G2,6)>'尺規'!$I$2,\"是\",\"\")",
    ]  # fmt: skip
    assert raters["F2"].value == "=IF(COUNT('評分'!$S$2:$S$2)=0,\"\",AVERAGE('評分'!$S$2:$S$2))"
    assert [cell.value for cell in check[2]][:8] == ["總分相差", "1", None, "王明德", "='評分'!$S$3", "林玉梅", "='評分'!$S$2", "=E2-G2"]
    assert check["H3"].value == "=MATCH(G3,'尺規'!$A$2:$A$6,0)-MATCH(E3,'尺規'!$A$2:$A$6,0)"


def test_words_of_strangers_stay_words(made: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made))
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith(tuple("=+-@"))
    ]
    strangers = [cell for cell in cells if cell.data_type != "f"]
    assert {cell.value for cell in strangers} == {EVIL, "+陳大文", "@SUM(A1)\n很好", "-1"}
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in strangers)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        formulas = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
    assert b"HYPERLINK" not in formulas
    assert b"hyperlink" not in formulas


def test_same_marks_same_bytes(made: bytes, tmp_path: Path) -> None:
    assert workbook(cohort(tmp_path)) == made


def test_open_things_are_listed(made: bytes) -> None:
    rows = [tuple(cell.value for cell in row) for row in openpyxl.load_workbook(io.BytesIO(made))["待處理"].iter_rows(min_row=2)]
    assert [row for row in rows if row[0] == "尚缺評分" and row[2] == "林玉梅"] == [("尚缺評分", "01686465", "林玉梅", "其他", None)]
    assert [row for row in rows if row[0] == "評分者不足"] == [("評分者不足", "01686465", None, "0 位，應有 2 位", None)]
