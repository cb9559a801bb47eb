"""The guide in every form: complete, the same bytes twice, and nothing that a page or workbook could run."""

import io

import openpyxl
import pytest
from pikepdf import Pdf

from reviewer.model.parts import Lane
from reviewer.render.guide import pages, tables
from reviewer.render.guide.rows import limit_words, part_rows
from reviewer.site.check.pages import read_page

SENTENCES = [field.plain.zh for part in part_rows() for field in part.fields]


def test_rows_begin_with_the_student_and_end_with_the_tables() -> None:
    keys = [part.key for part in part_rows()]
    assert keys[:3] == ["基本資料", "學習紀錄", "學期成績與學習相對表現資訊"]
    assert keys[-3:] == ["課程計畫", "造字", "報名資料"]
    assert len(keys) == len(set(keys)) == 22
    assert [part.key for part in part_rows() if part.lane is Lane.CERTIFIED] == ["課程學習成果"]


def test_a_limit_says_since_when() -> None:
    assert str(limit_words("media_bytes")) == "每個影音檔至多 10 MB（109-1 起） / a medium has at most 10 MB (from 109-1)"


def test_the_plain_guide_as_markdown_has_every_sentence() -> None:
    text = tables.plain_markdown()
    assert [sentence for sentence in SENTENCES if sentence not in text] == []
    assert text.startswith("# 學習歷程檔案裡有什麼 / What is in a learning portfolio\n")


def test_the_technical_table_names_type_source_limits_aliases_and_version() -> None:
    line = next(line for line in tables.technical_markdown().splitlines() if line.startswith("| 項目 |"))
    assert line == "| 項目 | Event | 文字 text | 學生填報 |  | 競賽項目組別 | 1 |"
    line = next(line for line in tables.technical_markdown().splitlines() if line.startswith("| 課程學習成果文件檔案連結 |"))
    assert line == "| 課程學習成果文件檔案連結 | Document | 檔名 file | 學生填報・教師認證 | 每個文件檔至多 4 MB（109-1 起） |  | 1 |"


@pytest.mark.parametrize("plain", [True, False])
def test_the_page_is_one_file_that_asks_for_nothing(plain: bool) -> None:
    page = pages.html(plain=plain)
    facts = read_page(page.decode())
    assert {address for address in facts.addresses if not address.startswith(("#", "data:font/"))} == set()
    assert {address[1:] for address in facts.addresses if address.startswith("#")} <= facts.ids
    assert page == pages.html(plain=plain)


@pytest.mark.parametrize("plain", [True, False])
def test_the_workbook_has_every_field_once(plain: bool) -> None:
    data = tables.workbook(plain=plain)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet.max_row == len(SENTENCES) + 1
    assert sheet.freeze_panes == "A2"
    assert data == tables.workbook(plain=plain)


def test_the_paper_has_a_bookmark_for_every_part_and_the_same_bytes_twice() -> None:
    data = pages.pdf(plain=True)
    with Pdf.open(io.BytesIO(data)) as document:
        assert document.Root.MarkInfo.Marked
        with document.open_outline() as outline:
            assert [str(item.title) for item in outline.root] == ["檔案", *(part.key for part in part_rows())]
    assert data == pages.pdf(plain=True)
