from pathlib import Path

import pytest
from openpyxl import Workbook

from reviewer.model.application import Application, Tick
from reviewer.model.problem import Stop
from reviewer.packages.address import Discovery, PackageAddress
from reviewer.packages.applications import from_tree, match, read_table
from tests.faults.packages.telling import line

HEAD = "應試號碼,校系代碼,學生,勾選項目\n"


def table(folder: Path, *rows: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    path = folder / "applications.csv"
    path.write_bytes((head + "".join(f"{row}\n" for row in rows)).encode(encoding))
    return path


def told(path: Path) -> list[str]:
    return [line(problem) for problem in read_table(path)[1]]


def stopped(path: Path) -> list[str]:
    with pytest.raises(Stop) as stop:
        read_table(path)
    return [line(problem) for problem in stop.value.problems]


def application(ticks: tuple[Tick, ...] | None = ()) -> Application:
    return Application(applicant_number="01686463", department_code="001012", package_id="S0001", ticks=ticks)


def test_a_row_is_an_application(tmp_path: Path) -> None:
    found, problems = read_table(table(tmp_path, "01686463,001012,S0001,課程學習成果[0];競賽參與紀錄[2]; 其他多元表現[1]"))
    assert found == (application((Tick("課程學習成果", 0), Tick("競賽參與紀錄", 2), Tick("其他多元表現紀錄", 1))),)
    assert problems == ()


def test_nothing_ticked_is_an_empty_tuple(tmp_path: Path) -> None:
    assert read_table(table(tmp_path, "01686463,001012,S0001,"))[0] == (application(()),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_without_a_word(tmp_path: Path, encoding: str) -> None:
    assert read_table(table(tmp_path, "01686463,001012,S0001,", encoding=encoding)) == ((application(()),), ())


def test_big5_with_a_note(tmp_path: Path) -> None:
    path = table(tmp_path, "01686463,001012,S0001,競賽參與紀錄[0]", encoding="cp950")
    assert read_table(path)[0] == (application((Tick("競賽參與紀錄", 0),)),)
    assert told(path) == ["note read-as-cp950 applications.csv：檔案不是 UTF-8 編碼，以 Big5（CP950）讀取。請核對文字；建議改存為 UTF-8。"]


def test_columns_in_any_order_below_a_title(tmp_path: Path) -> None:
    path = table(tmp_path, "x,S0001,,001012,01686463", head="114 學年度申請表\n\n備註,學 生,勾選項目,校系代碼,應試號碼\n")
    assert read_table(path) == ((application(()),), ())


def test_a_workbook_with_numbers_for_codes(tmp_path: Path) -> None:
    path = tmp_path / "applications.xlsx"
    book = Workbook()
    book.active.append(["請勿修改"])
    sheet = book.create_sheet("申請")
    for row in (["申請表"], ["應試號碼", "校系代碼", "學生", "勾選項目"], [1686463, 1012, "S0001", "課程學習成果[0]"]):
        sheet.append(row)
    book.save(path)
    assert read_table(path)[0] == (application((Tick("課程學習成果", 0),)),)
    assert told(path) == [
        "note leading-zeros-restored applications.xlsx · 申請 · 第 3 列 · 應試號碼：應試號碼「1686463」少了開頭的 0，以「01686463」讀取。建議將該欄設為文字格式。",
        "note leading-zeros-restored applications.xlsx · 申請 · 第 3 列 · 校系代碼：校系代碼「1012」少了開頭的 0，以「001012」讀取。建議將該欄設為文字格式。",
    ]


def test_ticks_that_cannot_be_read_are_told_and_the_rest_stands(tmp_path: Path) -> None:
    path = table(tmp_path, "01686463,001012,S0001,競賽參與紀錄[0];競賽[1];課程學習成果;競賽參與紀錄[0]")
    assert read_table(path)[0] == (application((Tick("競賽參與紀錄", 0),)),)
    assert told(path) == [
        "warning tick-unreadable applications.csv · 第 2 列 · 勾選項目：勾選項目「競賽[1]」無法解讀，未計入。請寫成「課程學習成果[0]」或「競賽參與紀錄[2]」，以分號分隔。",
        "warning tick-unreadable applications.csv · 第 2 列 · 勾選項目：勾選項目「課程學習成果」無法解讀，未計入。請寫成「課程學習成果[0]」或「競賽參與紀錄[2]」，以分號分隔。",
        "note tick-twice applications.csv · 第 2 列 · 勾選項目：勾選項目「競賽參與紀錄[0]」重複，計一次。無須處理。",
    ]


def test_rows_that_cannot_be_used_are_told_and_left_out(tmp_path: Path) -> None:
    path = table(tmp_path, "01686463,001012,S0001,", "../../x,001012,S0002,", ",001012,S0003,", "01686464,台大,S0004,", ",,,")
    assert read_table(path)[0] == (application(()),)
    assert told(path) == [
        "error application-code-unusable applications.csv · 第 3 列 · 應試號碼：應試號碼「../../x」不是 4 到 12 碼的英數字，這一列未採用。請更正後再執行一次。",
        "error application-cell-missing applications.csv · 第 4 列 · 應試號碼：沒有填「應試號碼」，這一列未採用。請補上後再執行一次。",
        "error application-code-unusable applications.csv · 第 5 列 · 校系代碼：校系代碼「台大」不是 6 碼的英數字，這一列未採用。請更正後再執行一次。",
    ]


MARK_MISSING = '這一列有一個引號（"）沒有成對，整列未採用；其後各列照常讀取。請在這一列補上或刪去引號，再執行一次。'
SWALLOWED = '裡有換行，這一列未採用：多半是引號（"）沒有成對，後面的列被併進這一格（'


@pytest.mark.parametrize("after", ["01686465,001012,S0003,", '01686465,001012,S0003,"課程學習成果[0]"', '01686465,001012,S0003,""'])
def test_one_quotation_mark_costs_its_row_and_no_other(tmp_path: Path, after: str) -> None:
    """Whether the text ends within it, or another mark ends it a thousand rows later."""
    many = [f"1{number:07},001012,T{number}," for number in range(1_000)]
    path = table(tmp_path, "01686463,001012,S0001,", '01686464,001012,"S0002,', *many, after)
    found, problems = read_table(path)
    assert [line(problem) for problem in problems] == [f"error row-quote applications.csv · 第 3 列：{MARK_MISSING}"]
    assert (
        problems[0].what.en
        == 'A quotation mark (") in this row has no counterpart; the row is not taken. The rows after it are read as usual.'
    )
    assert problems[0].remedy.en == "Add or delete the mark in this row and run again."
    assert len(found) == 1_002


def test_two_quotation_marks_that_swallow_rows_are_told_in_any_column(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "01686463,001012,S0001,",
        '01686464,001012,"S0002,',
        "01686465,001012,S0003,",
        '01686466,001012,S0004",',
        "01686467,001012,S0005,",
    )
    assert len(read_table(path)[0]) == 2
    assert told(path) == [
        f"error application-cell-of-lines applications.csv · 第 3 列 · 學生：「學生」{SWALLOWED}S0002,‹U+000A›01686465,001012,S0003,‹U+000A›01686466,…）。請在這一列補上或刪去引號，再執行一次。"
    ]
    path = table(tmp_path, "01686463,001012,S0001,", '01686464,001012,S0002,"課程學習成果[0]', '01686465,001012,S0003,課程學習成果[1]"')
    assert [problem.code for problem in read_table(path)[1]] == ["application-cell-of-lines"]
    assert read_table(path)[1][0].what.en == (
        "“勾選項目” holds line breaks; the row is not taken. Most likely a quotation mark has no counterpart, and this cell swallowed the rows after it "
        "(課程學習成果[0]‹U+000A›01686465,001012,S0003,課程學習成果[…)."
    )


def test_ticks_may_stand_one_on_a_line(tmp_path: Path) -> None:
    path = table(tmp_path, '01686463,001012,S0001,"課程學習成果[0]', '競賽參與紀錄[0]"')
    assert read_table(path) == ((application((Tick("課程學習成果", 0), Tick("競賽參與紀錄", 0))),), ())


def test_marks_in_pairs_but_out_of_place_are_read_as_spreadsheets_read_them(tmp_path: Path) -> None:
    assert read_table(table(tmp_path, '01686463,001012,"S"0001,')) == ((application(()),), ())


def test_a_cell_beyond_the_limit_is_told(tmp_path: Path) -> None:
    path = table(tmp_path, "01686463,001012,S0001,", f"01686464,001012,S0002,{'x' * 140_000}", "01686465,001012,S0003,")
    assert len(read_table(path)[0]) == 2
    assert told(path) == [
        "error row-cell-long applications.csv · 第 3 列：這一列有一格超過 131,072 字，整列未採用。請縮短那一格，再執行一次。"
    ]


@pytest.mark.parametrize("filler", ["\n" * 1_100_000, "," * 5_100_000])
def test_a_table_of_nothing_but_breaks_is_refused_before_it_is_taken_apart(tmp_path: Path, filler: str) -> None:
    path = tmp_path / "applications.csv"
    path.write_text(HEAD + filler, encoding="utf-8")
    assert stopped(path) == [
        "error table-too-large applications.csv：表格超過 1,048,576 列或 5,000,000 格，未讀取。請刪除空白列與空白欄，或分成數個檔案。"
    ]


def test_a_row_twice_and_one_number_for_two_students(tmp_path: Path) -> None:
    path = table(tmp_path, "01686463,001012,S0001,", "01686463,001012,S0001,競賽參與紀錄[0]", "01686463,001022,S0002,")
    assert len(read_table(path)[0]) == 2
    assert told(path) == [
        "warning application-twice applications.csv · 第 3 列：與第 2 列的應試號碼與校系代碼相同，採用第 2 列。請刪除其中一列。",
        "warning application-two-packages applications.csv · 第 4 列 · 學生：應試號碼 01686463 在第 2 列的學生是「S0001」，這一列是「S0002」。請確認應試號碼與學生是否正確。",
    ]


def test_a_column_twice(tmp_path: Path) -> None:
    path = table(tmp_path, "01686463,001012,S0001,,S0009", head="應試號碼,校系代碼,學生,勾選項目,學生\n")
    assert read_table(path)[0] == (application(()),)
    assert told(path) == ["warning column-twice applications.csv：欄位「學生」出現不只一次，採用第一個。請刪除或改名。"]


def test_no_table(tmp_path: Path) -> None:
    path = tmp_path / "沒有.csv"
    assert stopped(path) == [f"error table-not-there 沒有.csv：找不到表格「{path}」。請確認路徑是否正確。"]


def test_a_table_without_its_columns(tmp_path: Path) -> None:
    path = table(tmp_path, "1,2", head="應試號碼,學生\n")
    assert stopped(path) == [
        f"error table-columns applications.csv：表格「{path}」缺少欄位：校系代碼、勾選項目。請在第一列補上這些欄位名稱。"
    ]


def test_a_table_without_a_usable_row(tmp_path: Path) -> None:
    assert stopped(table(tmp_path)) == ["error applications-empty applications.csv：申請表沒有任何可用的資料列。請確認檔案是否正確。"]


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "applications.xlsx"
    path.write_bytes(b"PK\x03\x04 no")
    assert stopped(path) == [
        f"error table-unreadable applications.xlsx：表格「{path}」無法讀取（不是完整的活頁簿）。請以 Excel 或 LibreOffice 開啟後另存為 .xlsx 或 .csv（UTF-8）。"
    ]


def test_a_workbook_named_csv(tmp_path: Path) -> None:
    path = tmp_path / "applications.csv"
    path.write_bytes(b"PK\x03\x04 no")
    assert stopped(path) == [
        f"error table-unreadable applications.csv：表格「{path}」無法讀取（內容是 Excel 活頁簿，不是文字）。請以 Excel 或 LibreOffice 開啟後另存為 .xlsx 或 .csv（UTF-8）。"
    ]


def _committee(*numbers: str) -> Discovery:
    packages = tuple(
        PackageAddress(package_id=number, location=f"/x/{number}", university_code="001", department_code="001012", applicant_number=number)
        for number in numbers
    )
    return Discovery(packages=packages, form="committee", problems=())


def test_in_the_committees_tree_everything_was_ticked() -> None:
    found = from_tree(_committee("01686463"))
    assert found == (Application(applicant_number="01686463", department_code="001012", package_id="01686463", ticks=None),)
    assert match(_committee("01686463"), found).pairs == ((found[0], _committee("01686463").packages[0]),)


def test_applications_find_their_students_and_tell_of_those_who_are_not_there() -> None:
    packages = tuple(PackageAddress(package_id=name, location=f"/x/{name}") for name in ("S0001", "0071", "S0009"))
    rows = tuple(
        Application(applicant_number=f"0168646{n}", department_code="001012", package_id=name, ticks=())
        for n, name in enumerate(("S0001", "71", "S0002"))
    )
    found = match(Discovery(packages=packages, form="central", problems=()), rows)
    assert [(application.package_id, address.package_id) for application, address in found.pairs] == [("S0001", "S0001"), ("71", "0071")]
    assert [address.package_id for address in found.idle] == ["S0009"]
    assert [line(problem) for problem in found.problems] == [
        "note student-zeros 001012：學生「71」少了開頭的 0，對應到資料夾「0071」。建議將「學生」欄設為文字格式。",
        "note student-not-there 001012：申請表列有學生「S0002」（應試號碼 01686462），但匯出資料裡沒有。若應該要有，請確認匯出是否完整。",
    ]
