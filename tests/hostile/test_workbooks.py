"""What the cells of a workbook claim costs nothing; what would take memory or show two readers two things is refused by name."""

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
RELATIONS = "xl/_rels/workbook.xml.rels"
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
    """The sheet unpacks to five megabytes and says that it is a hundred bytes."""
    data = bytearray(workbook(lambda files: files.update({NAME: files[NAME] + b" " * 5_000_000})))
    at = data.rfind(NAME.encode()) - 46
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def flipped(part: str) -> bytes:
    """One byte of a part's packed stream."""
    data = bytearray(workbook())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo(part)
    data[entry.header_offset + 30 + len(part) + entry.compress_size // 2] ^= 0xFF
    return bytes(data)


def one_string_for_all() -> bytes:
    """A hundred kilobytes of file, 4,000 million characters of cells."""

    def change(files: dict[str, bytes]) -> None:
        relation = b'<Relationship Id="strings" Type="x/sharedStrings" Target="strings.xml"/></Relationships>'
        files[RELATIONS] = files[RELATIONS].replace(b"</Relationships>", relation)
        files["xl/strings.xml"] = b"<sst><si><t>" + b"x" * 200_000 + b"</t></si></sst>"
        rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 20_001))
        files[NAME] = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"

    return workbook(change)


def a_thousand_sheets_of_one_part() -> bytes:
    def change(files: dict[str, bytes]) -> None:
        sheets = b"".join(b'<sheet name="%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(1_000))
        files["xl/workbook.xml"] = b'<workbook xmlns:r="r"><sheets>' + sheets + b"</sheets></workbook>"

    return workbook(change)


def encrypted() -> bytes:
    data = bytearray(workbook())
    data[data.rfind(NAME.encode()) - 46 + 8] |= 1
    return bytes(data)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a cell beyond every sheet": (lambda: with_sheet(b'<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), "檔案過大"),
    "a row beyond every sheet": (lambda: with_sheet(b'<row r="4294967295"><c><v>1</v></c></row>'), "檔案過大"),
    "cells without places": (lambda: with_sheet(b"<row>" + b"<c/>" * 16_385 + b"</row>"), "檔案過大"),
    "five hundred rows of a far cell": (lambda: with_sheet(b"".join(b'<row><c r="XFD%d"/></row>' % n for n in range(500))), "檔案過大"),
    "half a gigabyte of blanks": (lambda: workbook(lambda files: files.update({"xl/x.bin": bytes(500 * 2**20)})), "檔案過大"),
    "one long string that every cell names": (one_string_for_all, "檔案過大"),
    "rows in no order": (lambda: with_sheet(b'<row r="5"/><row r="2"/>'), "檔案已損壞"),
    "cells in no order": (lambda: with_sheet(b'<row><c r="B1"/><c r="A1"/></row>'), "檔案已損壞"),
    "a place that is none": (lambda: with_sheet("<row><c r='甲1'><v>1</v></c></row>".encode()), "檔案已損壞"),
    "a shared string that is not there": (lambda: with_sheet(b'<row><c t="s"><v>-1</v></c></row>'), "檔案已損壞"),
    "elements within elements": (lambda: with_sheet(b"<x>" * 1_000_000 + b"</x>" * 1_000_000), "檔案已損壞"),
    "values within values": (lambda: with_sheet(b"<row><c>" + b"<v>" * 100_000 + b"</v>" * 100_000 + b"</c></row>"), "檔案已損壞"),
    "a tag without an end": (lambda: with_sheet(b'<row x="' + b" " * 30_000_000 + b'"/>'), "檔案已損壞"),
    "entities": (entity_bomb, "檔案已損壞"),
    "a byte of the sheet": (lambda: flipped(NAME), "檔案已損壞"),
    "a byte of the styles": (lambda: flipped("xl/styles.xml"), "檔案已損壞"),
    "a size that is a lie": (lying_size, "檔案已損壞"),
    "a password": (encrypted, "設有密碼"),
    "two sheets of one name": (two_of_a_name, "不是完整的活頁簿"),
    "a thousand sheets of one part": (a_thousand_sheets_of_one_part, "不是完整的活頁簿"),
    "no zip": (lambda: b"PK\x03\x04" + bytes(200), "不是完整的活頁簿"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_by_name(name: str, tmp_path: Path) -> None:
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


FAR = b'<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>'

CLAIMS: dict[str, bytes] = {
    "a word in the last cell": FAR,
    "single quotes and blanks": FAR.replace(b'r="XFD1048576"', b"r" + b" " * 40 + b"=\n\t'XFD1048576'"),
    "a prefix of forty letters": FAR.replace(b"<row", b"<" + b"a" * 40 + b":row", 1).replace(b"</row", b"</" + b"a" * 40 + b":row"),
    "a place in references to characters": FAR.replace(b"XFD1", b"XFD&#49;"),
}


@pytest.mark.parametrize("elsewhere", [False, True])
@pytest.mark.parametrize("name", CLAIMS)
def test_what_a_cell_claims_costs_no_memory(name: str, elsewhere: bool, tmp_path: Path) -> None:
    """One row is one row, wherever it stands and whatever the sheet's part is called; as a grid it would be 137 GB of empty cells."""

    def change(files: dict[str, bytes]) -> None:
        files[NAME] = (
            files[NAME]
            .replace(b"</sheetData>", CLAIMS[name] + b"</sheetData>")
            .replace(b"<worksheet ", b'<worksheet xmlns:%s="x" ' % (b"a" * 40))
        )
        if elsewhere:
            files["xl/x.xml"] = files.pop(NAME)
            files[RELATIONS] = files[RELATIONS].replace(b"/" + NAME.encode(), b"x.xml")

    path = tmp_path / "名單.xlsx"
    path.write_bytes(workbook(change))
    applications, problems = read_table(path)
    assert [application.applicant_number for application in applications] == ["10110042"]
    assert {problem.where.row for problem in problems} == {1_048_576}


def test_formulas_are_words_not_computed(tmp_path: Path) -> None:
    path = tmp_path / "名單.xlsx"
    path.write_bytes(workbook(C3='=HYPERLINK("http://example.org","x")', A3="10110043", B3="001012"))
    applications, _ = read_table(path)
    assert "http" not in str(applications)
