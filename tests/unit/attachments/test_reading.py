"""The reading view: what a page says, in the order in which an eye reads it."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from reviewer.attachments import drawing
from reviewer.attachments.reading.document import PageWords, read
from reviewer.model.processed import BlockKind, PageHealth
from tests.papers import Line, Picture, Thing, Words, lines, page_of_words, pdf, photograph, table, without_unicode, wrapped

STREAM = "本研究以校園周邊溪流為對象量測水溫與濁度並與公開資料比較我們在三個測點連續記錄十四天發現雨後濁度上升約三倍但在兩天內恢復"
TEA = "茶葉的發酵程度決定香氣我們向三家茶行請教並親手製作四批紅茶記錄溫度濕度與時間再請全班盲飲評分結果顯示低溫長時間較受歡迎"


def reading(data: bytes, folder: Path) -> tuple[PageWords, ...]:
    document = pypdfium2.PdfDocument(data)

    def picture(index: int) -> Image.Image:
        return drawing.draw(document[index], 900)

    try:
        return read(document, picture, folder)
    finally:
        document.close()


def shown(data: bytes, folder: Path) -> list[list[str]]:
    """Each page's blocks as text, headings with a # a level."""
    return [[f"{'#' * block.level} {block.text}".strip() for block in page.blocks] for page in reading(data, folder)]


def test_lines_of_a_paragraph_are_joined_without_blanks_between_ideographs(tmp_path: Path) -> None:
    page = lines(60, 100, wrapped(STREAM, 30))
    assert shown(pdf(page), tmp_path) == [[STREAM]]


def test_a_short_line_that_ends_a_sentence_ends_the_paragraph(tmp_path: Path) -> None:
    page = lines(60, 100, [*wrapped(STREAM[:40] + "。", 30), *wrapped(TEA[:50] + "。", 30)])
    assert shown(pdf(page), tmp_path) == [[STREAM[:40] + "。", TEA[:50] + "。"]]


def test_an_indented_line_begins_a_paragraph(tmp_path: Path) -> None:
    first, second = wrapped(STREAM[:56], 28), wrapped(TEA[:54], 28)
    page: list[Thing] = [
        Words(84, 100, first[0][:26]),
        Words(60, 120, first[0][26:] + first[1][:26]),
        *lines(60, 140, [first[1][26:] + "共" * 26]),
    ]
    page += [Words(84, 160, second[0][:26]), Words(60, 180, second[0][26:] + second[1])]
    made = shown(pdf(page), tmp_path)[0]
    assert made == [first[0] + first[1] + "共" * 26, second[0] + second[1]]


def test_words_of_latin_lines_are_joined_by_a_blank_and_hyphens_are_undone(tmp_path: Path) -> None:
    page = lines(60, 100, ["The purpose of this experi-", "ment is to measure tur-", "bidity after heavy rain"])
    assert shown(pdf(page), tmp_path) == [["The purpose of this experiment is to measure turbidity after heavy rain"]]


def test_lines_further_apart_than_usual_are_different_paragraphs(tmp_path: Path) -> None:
    page = [
        *lines(60, 100, wrapped(STREAM, 30), leading=17),
        *lines(60, 145, wrapped(TEA, 30), leading=17),
        *lines(60, 190, wrapped(STREAM, 30), leading=17),
    ]
    assert shown(pdf(page), tmp_path) == [[STREAM, TEA, STREAM]]


def test_columns_are_read_one_after_the_other_between_their_headings(tmp_path: Path) -> None:
    page: list[Thing] = [Words(150, 80, "溪流與茶葉的共同報告", 22, bold=True)]
    page += lines(60, 120, wrapped(STREAM, 16))
    page += lines(320, 120, wrapped(TEA, 16))
    page += [Words(60, 240, "三、結論", 16, bold=True), *lines(60, 270, wrapped(STREAM + TEA, 36))]
    assert shown(pdf(page), tmp_path) == [["# 溪流與茶葉的共同報告", STREAM, TEA, "## 三、結論", STREAM + TEA]]


def test_columns_that_the_file_draws_line_by_line_across_are_still_columns(tmp_path: Path) -> None:
    left, right = lines(60, 120, wrapped(STREAM, 16)), lines(320, 120, wrapped(TEA, 16))
    page = [line for pair in zip(left, right, strict=False) for line in pair]
    assert shown(pdf(page), tmp_path) == [[STREAM[:64], TEA[:64]]]


def test_headings_have_levels_by_their_sizes_in_the_document(tmp_path: Path) -> None:
    first = [Words(60, 80, "探究與實作報告", 24), Words(60, 120, "一、動機", 17), *lines(60, 150, wrapped(STREAM, 30))]
    second = [
        Words(60, 80, "（一）觀察", 14.5),
        *lines(60, 110, wrapped(TEA, 30)),
        Words(60, 170, "小結", 12, bold=True),
        *lines(60, 200, wrapped(TEA, 30)),
    ]
    assert shown(pdf(first, second), tmp_path) == [
        ["# 探究與實作報告", "## 一、動機", STREAM],
        ["### （一）觀察", TEA, "### 小結", TEA],
    ]


def test_a_ruled_table_is_read_row_by_row(tmp_path: Path) -> None:
    page = [
        *lines(60, 80, wrapped(STREAM, 30)),
        *table(60, 150, (60, 60, 60), [("測點", "水溫", "濁度"), ("上游", "21.5", "30"), ("", "22.5", "60")]),
    ]
    assert shown(pdf(page), tmp_path) == [[STREAM, "測點　水溫　濁度", "上游　21.5　30", "22.5　60"]]


def test_long_cells_of_a_form_keep_their_words_together(tmp_path: Path) -> None:
    page: list[Thing] = [Line(60, 100, 500, 100), Line(60, 180, 500, 180), Line(60, 260, 500, 260)]
    page += [Line(x, 100, x, 260) for x in (60, 140, 500)]
    page += [
        Words(66, 145, "研究動機"),
        *lines(146, 120, wrapped(STREAM, 28)),
        Words(66, 225, "研究方法"),
        *lines(146, 200, wrapped(TEA, 28)),
    ]
    assert shown(pdf(page), tmp_path) == [["研究動機", STREAM, "研究方法", TEA]]


def test_a_table_without_lines_is_read_row_by_row(tmp_path: Path) -> None:
    page = [Words(60 + 120 * column, 100 + 22 * row, f"第{row}列{column}") for row in range(1, 5) for column in range(3)]
    assert shown(pdf(page), tmp_path)[0] == [f"第{row}列0　第{row}列1　第{row}列2" for row in range(1, 5)]


def test_list_items_stay_apart_and_keep_their_second_line(tmp_path: Path) -> None:
    page = [
        *lines(60, 80, ["• " + STREAM[:28], "  "]),
        Words(74, 100, STREAM[28:40]),
        *lines(60, 120, ["• " + TEA[:9], "1. 第一步", "2. 第二步"]),
    ]
    assert shown(pdf(page), tmp_path) == [["• " + STREAM[:40], "• " + TEA[:9], "1. 第一步", "2. 第二步"]]


def test_a_picture_stands_between_the_words_around_it(tmp_path: Path) -> None:
    page = [*lines(60, 80, wrapped(STREAM, 30)), Picture(60, 150, 240, 180, photograph()), *lines(60, 360, wrapped(TEA, 30))]
    (made,) = reading(pdf(page), tmp_path)
    assert [block.kind for block in made.blocks] == [BlockKind.PARAGRAPH, BlockKind.PICTURE, BlockKind.PARAGRAPH]
    picture = made.blocks[1]
    assert (picture.picture, picture.width_px, picture.height_px) == ("c001-01.webp", 364, 273)
    with Image.open(tmp_path / "c001-01.webp") as cut:
        assert cut.size == (364, 273)


def test_a_picture_beside_words_follows_them_when_it_stands_on_their_right(tmp_path: Path) -> None:
    page = [Words(60, 80, "二、方法", 24), Picture(400, 110, 150, 150, photograph()), *lines(60, 130, wrapped(STREAM, 20))]
    (made,) = reading(pdf(page), tmp_path)
    assert [block.kind for block in made.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PICTURE]
    assert made.blocks[1].text == STREAM


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [
        [Words(60, 40, "自主學習成果報告", 9), *lines(60, 100, wrapped(text, 30)), Words(290, 815, f"- {number} -", 9)]
        for number, text in enumerate((STREAM, TEA, STREAM[::-1], TEA[::-1]), start=1)
    ]
    assert shown(pdf(*pages), tmp_path) == [["自主學習成果報告", STREAM], [TEA], [STREAM[::-1]], [TEA[::-1]]]


def test_what_returns_on_two_pages_only_is_kept(tmp_path: Path) -> None:
    pages = [[Words(60, 40, "自主學習成果報告", 9), *lines(60, 100, wrapped(text, 30))] for text in (STREAM, TEA)]
    assert shown(pdf(*pages), tmp_path) == [["自主學習成果報告", STREAM], ["自主學習成果報告", TEA]]


def test_vertical_text_is_read_down_its_columns_from_the_right(tmp_path: Path) -> None:
    page = [
        Words(480 - 24 * column, 100 + 13 * row, letter)
        for column, text in enumerate(wrapped(STREAM, 20))
        for row, letter in enumerate(text)
    ]
    (made,) = reading(pdf(page), tmp_path)
    assert made.text.replace("\n", "") == STREAM


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_reads_as_it_is_seen(tmp_path: Path, rotate: int) -> None:
    page = [Words(60, 80, "探究與實作報告", 24), *lines(60, 130, wrapped(STREAM, 30))]
    assert shown(pdf(page, rotate=rotate), tmp_path) == [["# 探究與實作報告", STREAM]]


def test_text_that_runs_up_the_page_is_turned_to_be_read(tmp_path: Path) -> None:
    page = [Words(100 + 20 * count, 700, text, turn=90) for count, text in enumerate(wrapped(STREAM, 30))]
    assert shown(pdf(page), tmp_path) == [[STREAM]]


def test_words_in_another_direction_are_searched_but_not_read_within_the_text(tmp_path: Path) -> None:
    page = [*lines(60, 100, wrapped(STREAM, 30)), Words(200, 600, "草稿", 60, turn=45, grey=0.8)]
    (made,) = reading(pdf(page), tmp_path)
    assert [block.text for block in made.blocks] == [STREAM]
    assert made.text == f"{STREAM}\n草稿"


def test_letters_drawn_twice_to_look_bold_are_read_once(tmp_path: Path) -> None:
    page = [Words(60 + shift, 100, STREAM[:20]) for shift in (0, 0.3)]
    assert shown(pdf(page), tmp_path) == [[STREAM[:20]]]


def test_a_scan_is_a_scan(tmp_path: Path) -> None:
    (made,) = reading(pdf([Picture(0, 0, 595, 842, page_of_words())]), tmp_path)
    assert made == PageWords(health=PageHealth.SCAN)


def test_words_recognised_behind_a_scan_are_searched(tmp_path: Path) -> None:
    page: list[Thing] = [
        *(Words(60, 100 + 20 * count, text, mode=3) for count, text in enumerate(wrapped(STREAM, 30))),
        Picture(0, 0, 595, 842, page_of_words()),
    ]
    (made,) = reading(pdf(page), tmp_path)
    assert made == PageWords(health=PageHealth.SCAN, text=STREAM)


def test_nonsense_recognised_behind_a_scan_is_not_searched(tmp_path: Path) -> None:
    page: list[Thing] = [
        Words(60, 100, "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008\ue009\ue00a\ue00b\ue00c", mode=3),
        Picture(0, 0, 595, 842, page_of_words()),
    ]
    (made,) = reading(pdf(page), tmp_path)
    assert made == PageWords(health=PageHealth.SCAN)


def test_words_that_nobody_can_see_make_a_page_garbled(tmp_path: Path) -> None:
    page = [Words(60, 100 + 20 * count, text, grey=1.0) for count, text in enumerate(wrapped(STREAM, 30))]
    (made,) = reading(pdf(page), tmp_path)
    assert made == PageWords(health=PageHealth.GARBLED)


def test_an_empty_page_is_empty(tmp_path: Path) -> None:
    assert reading(pdf([]), tmp_path) == (PageWords(health=PageHealth.EMPTY),)


def test_a_page_of_drawn_outlines_is_a_scan_whatever_its_foot_says(tmp_path: Path) -> None:
    page: list[Thing] = [Words(280, 815, "第 1 頁", 9)]
    page += [Line(60, 100 + step, 500, 140 + step) for step in range(0, 600, 3)]
    (made,) = reading(pdf(page), tmp_path)
    assert made.health is PageHealth.SCAN


def test_codes_without_characters_make_a_page_garbled(tmp_path: Path) -> None:
    data = pdf(lines(60, 100, wrapped(STREAM, 30)))
    (made,) = reading(without_unicode(data), tmp_path)
    assert made == PageWords(health=PageHealth.GARBLED)
