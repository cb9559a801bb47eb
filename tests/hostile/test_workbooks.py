"""Workbooks that would take all memory or show two readers two things are refused by name before a reader opens them."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from reviewer.model.problem import Stop
from reviewer.packages.applications import read_table

HEADINGS = ["應試號碼", "校系代碼", "學生", "勾選項目"]
FIRST = ["10110042", "001012", "stu-1", "課程學習成果[0]"]
NAME = "xl/worksheets/sheet1.xml"
INLINE = '<c t="inlineStr"><is><t>{}</t></is></c>'


def workbook(change: Callable[[dict[str, bytes]], None] = lambda _: None, **places: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    sheet.append(FIRST)
    for place, words in places.items():
        sheet[place] = words
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_sheet(xml: bytes) -> bytes:
    def change(files: dict[str, bytes]) -> None:
        head, _, rest = files[NAME].partition(b"<sheetData>")
        files[NAME] = head + b"<sheetData>" + xml + b"</sheetData>" + rest.partition(b"</sheetData>")[2]

    return workbook(change)


def entity_bomb() -> bytes:
    entities = b'<!ENTITY a "aaaaaaaaaaaaaaaa">' + b"".join(b'<!ENTITY %c "' % (98 + n) + b"&%c;" % (97 + n) * 30 + b'">' for n in range(9))

    def change(files: dict[str, bytes]) -> None:
        files[NAME] = (
            files[NAME].replace(b"<worksheet", b"<!DOCTYPE x [" + entities + b"]><worksheet", 1).replace(b"<v>0</v>", b"<v>&j;</v>")
        )

    return workbook(change)


def two_of_a_name() -> bytes:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(NAME, b"<worksheet/>")
    return out.getvalue()


def lying_size() -> bytes:
    data = bytearray(workbook(lambda files: files.update({"xl/sharedStrings.xml": b"<sst>" + b" " * 5_000_000 + b"</sst>"})))
    at = data.rfind(b"xl/sharedStrings.xml") - 46
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(data)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a word in the last cell": (lambda: workbook(XFD1048576="x"), "檔案過大"),
    "a row a million down, one far to the right": (lambda: workbook(A1048576="x", ZZ9="x"), "檔案過大"),
    "places beyond every sheet": (lambda: with_sheet(b'<row r="999999999"><c r="ZZZ999999999"><v>1</v></c></row>'), "檔案過大"),
    "single quotes and blanks": (lambda: with_sheet(b"<row><c r\n=\t'XFD1048576'><v>1</v></c></row>"), "檔案過大"),
    "cells without places": (lambda: with_sheet(b"<row>" + b"<c/>" * 16_000 + b"</row>" + b"<row/>" * 1_000), "檔案過大"),
    "half a gigabyte of blanks": (lambda: workbook(lambda files: files.update({"xl/x.bin": bytes(500 * 2**20)})), "檔案過大"),
    "two sheets of one name": (two_of_a_name, "不是完整的活頁簿"),
    "a size that is a lie": (lying_size, "不是完整的活頁簿"),
    "no zip": (lambda: b"PK\x03\x04" + bytes(200), "不是完整的活頁簿"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_before_it_is_opened(name: str, tmp_path: Path) -> None:
    make, reason = REFUSED[name]
    path = tmp_path / "名單.xlsx"
    path.write_bytes(make())
    began = time.monotonic()
    with pytest.raises(Stop) as stop:
        read_table(path)
    assert time.monotonic() - began < 10
    assert (
        str(stop.value) == f"名單.xlsx：表格「{path}」無法讀取（{reason}）。請以 Excel 或 LibreOffice 開啟後另存為 .xlsx 或 .csv（UTF-8）。"
    )


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    path = tmp_path / "名單.xlsx"
    path.write_bytes(entity_bomb())
    began = time.monotonic()
    applications, _ = read_table(path)
    assert time.monotonic() - began < 5
    assert [application.applicant_number for application in applications] == ["10110042"]


def test_formulas_are_words_not_computed(tmp_path: Path) -> None:
    path = tmp_path / "名單.xlsx"
    path.write_bytes(workbook(C3='=HYPERLINK("http://example.org","x")', A3="10110043", B3="001012"))
    applications, _ = read_table(path)
    assert "http" not in str(applications)
