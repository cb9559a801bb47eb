"""Workbooks as offices have them: each fault has its own sentence, with sheet, row and column."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from fixtures.workbook import write_workbook
from reviewer.intake import kinds
from reviewer.intake.uploads import open_uploads
from reviewer.model.parts import OUTCOMES
from tests.unit.intake.building import build

HEAD = ["學號", "服務名稱", "服務單位名稱", "開始日期", "結束日期", "服務學習時數"]
ROW = ["11300001", "說故事", "市立圖書館", "1130901", "1131201", "12"]
NAME = "學生自填多元表現名冊.xlsx"


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    return build({}, tmp_path / "uploads")


def told(folder: Path) -> list[str]:
    with open_uploads(folder) as opened:
        return [str(finding.problem) for finding in opened.reading.findings]


def rows(folder: Path, kind: str = "服務學習紀錄") -> list[dict[str, str]]:
    with open_uploads(folder) as opened:
        return [dict(row.cells) for row in opened.ledger.of_kind(kind)]


def book(folder: Path, *, name: str = NAME) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.active.title = "服務學習紀錄"
    made.active.append(HEAD)
    made.active.append(ROW)
    made.save(folder / name)
    return made


def test_a_sound_workbook_says_nothing(uploads: Path) -> None:
    book(uploads)
    assert told(uploads) == []
    assert rows(uploads) == [dict(zip(HEAD, ROW, strict=True))]


def test_a_password(uploads: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    (uploads / NAME).write_bytes(ole)
    assert told(uploads) == [f"{NAME}：活頁簿設有密碼，無法讀取。請在 Excel「檔案／資訊／保護活頁簿」取消密碼後另存。"]


@pytest.mark.parametrize("name", ["學生自填多元表現名冊.xls", NAME])
def test_an_old_workbook_under_either_name(uploads: Path, name: str) -> None:
    (uploads / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    assert told(uploads) == [f"{name}：這是舊版 Excel 檔（.xls），未讀取。請在 Excel 以「Excel 活頁簿（.xlsx）」另存。"]


def test_macros(uploads: Path) -> None:
    book(uploads)
    with zipfile.ZipFile(uploads / NAME, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert told(uploads) == [f"{NAME}：活頁簿含有巨集，不予讀取。請另存成不含巨集的 .xlsx。"]


def test_a_merged_heading(uploads: Path) -> None:
    made = book(uploads)
    made.active.merge_cells("D1:E1")
    made.save(uploads / NAME)
    assert told(uploads) == [
        f"{NAME} · 服務學習紀錄 · 第 1 列：標題列有合併儲存格（D1:E1），欄位無法對應，未讀取。請取消合併，讓每一欄有自己的名稱。"
    ]


def test_a_merged_title_above_the_headings_is_harmless(uploads: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "服務學習紀錄"
    made.active.append(["113 學年度服務學習紀錄"])
    made.active.append(HEAD)
    made.active.append(ROW)
    made.active.merge_cells("A1:F1")
    made.save(uploads / NAME)
    assert told(uploads) == []
    assert [row["服務名稱"] for row in rows(uploads)] == ["說故事"]


def test_a_formula(uploads: Path) -> None:
    made = book(uploads)
    made.active["F2"] = "=6+6"
    made.save(uploads / NAME)
    assert told(uploads) == [
        f"{NAME} · 服務學習紀錄 · 第 2 列 · F：儲存格是公式，採用上次計算的結果。請將公式複製後「貼上值」，以免內容隨其他檔案改變。"
    ]


def test_a_million_empty_rows(uploads: Path) -> None:
    made = book(uploads)
    made.active["A1048576"] = " "
    made.save(uploads / NAME)
    assert told(uploads) == [
        f"{NAME} · 服務學習紀錄：工作表延伸到第 1,048,576 列，其中大多是空白列，已略過。可刪除資料下方的空白列，檔案會小很多。"
    ]
    assert len(rows(uploads)) == 1


def test_a_lock_file(uploads: Path) -> None:
    book(uploads)
    (uploads / f"~${NAME}").write_bytes(b"\x05admin")
    assert told(uploads) == [
        f"~${NAME}：「{NAME}」正被 Excel 開啟（有鎖定檔 ~$），讀到的可能不是最後存檔的內容。請在 Excel 存檔並關閉後再執行一次。"
    ]


def test_no_workbook_at_all(uploads: Path) -> None:
    (uploads / NAME).write_bytes(b"PK\x03\x04 torn")
    assert told(uploads) == [
        f"{NAME}：名冊無法讀取（不是完整的活頁簿），其中的資料全部未採用。請用 Excel 或 LibreOffice 開啟、核對後另存為 .xlsx。"
    ]


@pytest.mark.parametrize("torn", [slice(0, 4), slice(-12, None)])
def test_a_damaged_sheet_gives_nothing_and_the_other_rosters_are_read(uploads: Path, torn: slice) -> None:
    """Bytes of the packed sheet overwritten at either end: the stream, its end or its check sum is wrong."""
    book(uploads)
    path = uploads / NAME
    data, sheet = bytearray(path.read_bytes()), "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(sheet)
    begin = entry.header_offset + 30 + len(sheet)
    place = range(begin, begin + entry.compress_size)[torn]
    data[place.start : place.stop] = b"\xff" * len(place)
    path.write_bytes(data)
    (uploads / "學生自填多元表現名冊_服務學習紀錄.csv").write_text(",".join(HEAD) + "\n" + ",".join(ROW) + "\n", encoding="utf-8")
    assert told(uploads) == [
        f"{NAME} · 服務學習紀錄：名冊無法讀取（檔案已損壞），其中的資料全部未採用。請用 Excel 或 LibreOffice 開啟、核對後另存為 .xlsx。"
    ]
    assert len(rows(uploads)) == 1


def test_one_word_in_the_last_cell_costs_one_row(uploads: Path) -> None:
    made = book(uploads)
    made.active["XFD20000"] = "x"
    made.save(uploads / NAME)
    assert told(uploads) == [f"{NAME} · 服務學習紀錄 · 第 20000 列：這一列沒有學號，未採用。請補上學號；若是備註或合計，請移到名冊之外。"]
    assert len(rows(uploads)) == 1


def test_a_quotation_mark_without_its_counterpart_costs_its_row_only(uploads: Path) -> None:
    name = "學生自填多元表現名冊_服務學習紀錄.csv"
    lines = [",".join(HEAD), ",".join(ROW), ",".join(["11300001", '"打掃', *ROW[2:]]), ",".join(ROW)]
    (uploads / name).write_text("\n".join(lines), encoding="utf-8")
    assert told(uploads) == [
        f'{name} · 第 3 列：這一列有一個引號（"）沒有成對，整列未採用；其後各列照常讀取。請在這一列補上或刪去引號，再執行一次。'
    ]
    assert len(rows(uploads)) == 2


def test_columns_that_do_not_begin_at_the_first(uploads: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "服務學習紀錄"
    made.active.append([])
    made.active.append(["", "", *HEAD])
    made.active.append(["", "", *ROW])
    made.save(uploads / NAME)
    assert told(uploads) == []
    assert rows(uploads) == [dict(zip(HEAD, ROW, strict=True))]


def test_dates_of_the_workbook_are_written_as_people_write_them(uploads: Path) -> None:
    made = book(uploads)
    made.active["D2"] = openpyxl.utils.datetime.from_excel(45536)
    made.save(uploads / NAME)
    assert rows(uploads)[0]["開始日期"] == "2024/09/01"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950", "big5"])
def test_three_encodings_of_csv(uploads: Path, encoding: str) -> None:
    text = ",".join(HEAD) + "\r\n" + ",".join(ROW) + "\r\n"
    (uploads / "學生自填多元表現名冊_服務學習紀錄.csv").write_bytes(text.encode(encoding))
    assert told(uploads) == []
    assert rows(uploads) == [dict(zip(HEAD, ROW, strict=True))]


def test_a_csv_in_no_encoding(uploads: Path) -> None:
    name = "學生自填多元表現名冊_服務學習紀錄.csv"
    (uploads / name).write_bytes((",".join(HEAD) + "\n").encode() + b"\xff\xff\xff\n")
    assert told(uploads) == [f"{name}：檔案既不是 UTF-8 也不是 Big5（CP950），第 2 行起無法解讀。請在 Excel 以「CSV UTF-8」另存。"]


def test_names_of_files_in_decomposed_form_are_found(uploads: Path) -> None:
    workbook = write_workbook({"服務學習紀錄": [[*HEAD, "證明文件連結"], [*ROW, "caf\u00e9.png"]]})
    (uploads / NAME).write_bytes(workbook)
    (uploads / "files" / "11300001" / "cafe\u0301.png").write_bytes(b"\x89PNG")
    with open_uploads(uploads) as opened:
        student = next(opened.students())
        assert [upload.name if upload else None for _, _, upload in student.performances["服務學習紀錄"][0].files] == ["caf\u00e9.png"]


@pytest.mark.parametrize("sheet", ["學期", "補修", "重修", "重讀", "轉學轉科", "借讀"])
def test_sheets_of_the_roster_of_outcomes_are_outcomes(sheet: str) -> None:
    assert kinds.kind_of_sheet(sheet, "學生課程學習成果名冊") == OUTCOMES


def test_sheets_of_the_roster_of_marks_are_marks() -> None:
    named = [kinds.kind_of_sheet(sheet, "學生成績名冊") for sheet in ("學期成績", "補修成績", "轉學轉科成績")]
    assert named == [kinds.MARKS, kinds.EXTRA_MARKS, kinds.EXTRA_MARKS]
