"""What an office opens in a spreadsheet is words, whatever it begins with."""

import io

import openpyxl
import pytest

from reviewer.selection.table_columns import neutral
from reviewer.selection.workbooks import Sheet, workbook_bytes

FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://evil.example","x")', "＝1+1")


@pytest.mark.parametrize("words", FORMULAS)
def test_a_cell_is_never_a_formula(words: str) -> None:
    made = workbook_bytes((Sheet(title="一", headings=(words,), rows=((words,),)),))
    for row in openpyxl.load_workbook(io.BytesIO(made)).worksheets[0].iter_rows():
        for cell in row:
            assert cell.data_type == "s"
            assert cell.number_format == "@"


@pytest.mark.parametrize("words", FORMULAS)
def test_a_line_of_csv_is_never_a_formula(words: str) -> None:
    assert neutral(words)[:1] not in ("=", "+", "-", "@", "\t", "\r", "＝")


def test_words_stay_as_they_are() -> None:
    assert [neutral(words) for words in ("資訊工程學系", "", "A-1")] == ["資訊工程學系", "", "A-1"]
