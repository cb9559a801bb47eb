"""WeasyPrint as we set it up: only handed-in content, only named faces, tagged pages, boxes where the frames are."""

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pdfua import validate

from reviewer.fonts.rare import plan
from reviewer.render.pdf import document
from reviewer.render.pdf.engine import Engine, UnexpectedRequest
from reviewer.render.words import PLAIN

HTML = (
    "<!DOCTYPE html><html lang='zh-Hant-TW'><head><title>01686463</title></head><body><h1 class='applicant'><span class='number'>01686463</span> {name}"
    "</h1>{more}<section class='sheet' data-attachment='附件 J-1a'><p class='sheet-frame'>框</p><div class='sheet-area' id='J-1a-p1'></div></section>"
    "</body></html>"
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def _fonts(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {
            str(item.BaseFont).split("+")[-1]
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0"
        }


def _boxes(words: pdfium.PdfTextPage, character: str) -> Iterator[tuple[float, float, float, float]]:
    text = words.get_text_range()
    return (words.get_charbox(place) for place in range(len(text)) if text[place] == character)


def test_a_frame_lies_within_the_page_and_is_as_high_as_the_style_sheet_says(engine: Engine) -> None:
    html = HTML.format(name="陳怡君", more="")
    area = engine.lay_out(html, {}, plan(map(ord, html))).areas["J-1a-p1"]
    left, bottom, right, top = area.box
    assert area.page_index == 1
    assert (top - bottom) / 72 * 25.4 == pytest.approx(244, abs=0.5)
    assert (right - left) / 72 * 25.4 == pytest.approx(172, abs=0.5)
    assert bottom > 50


def test_a_list_goes_on_with_the_number_it_was_given_and_no_line_leaves_the_page(engine: Engine) -> None:
    long = "長" * 120
    more = document.numbered(f'<div class="prose"><ol start="2021"><li>甲</li><li>乙</li></ol><pre><code>{long}</code></pre></div>')
    html = HTML.format(name="陳怡君", more=more)
    with pdfium.PdfDocument(engine.lay_out(html, {}, plan(map(ord, html))).pdf) as made:
        words = "".join(page.get_textpage().get_text_bounded() for page in made)
    assert "2021." in words
    assert "2022." in words
    assert words.count("長") == 120


@pytest.mark.parametrize(
    "more",
    [
        "<dl class='facts'><div class='fact'><dt>項目</dt><dd>{long}</dd></div></dl>",
        "<p class='text'>{long}</p>",
        "<div class='prose'><p>{long}</p><table><tr><td>{long}</td><td>乙</td></tr></table></div>",
        "<ul class='addresses'><li>{long}</li></ul>",
        "<h4 class='entry-heading'>{long}</h4>",
    ],
)
def test_no_word_is_so_long_that_it_leaves_the_sheet(engine: Engine, more: str) -> None:
    html = HTML.format(name="陳怡君", more=more.format(long="x" * 300))
    with pdfium.PdfDocument(engine.lay_out(html, {}, plan(map(ord, html))).pdf) as made:
        right = max(box[2] for page in made for box in _boxes(page.get_textpage(), "x"))
    assert right <= 595.28 - 18 / 25.4 * 72 + 0.5


def test_lines_of_a_fact_stay_lines(engine: Engine) -> None:
    html = HTML.format(name="陳怡君", more="<dl class='facts'><div class='fact'><dt>結果</dt><dd>聽力：495\n閱讀：490</dd></div></dl>")
    lines = [line.strip() for line in _text(engine.lay_out(html, {}, plan([])).pdf, 0).splitlines()]
    assert [line for line in lines if "：4" in line] in (["結果聽力：495", "閱讀：490"], ["結果 聽力：495", "閱讀：490"])


def test_only_the_projects_faces_are_used_and_all_are_embedded(engine: Engine) -> None:
    html = HTML.format(name="陳怡君", more="<p>😀</p>")
    assert _fonts(engine.lay_out(html, {}, plan(map(ord, "陳怡君"))).pdf) == {"Reviewer-Text", "Reviewer-Text-Bold"}


def test_rare_characters_take_fallback_faces_and_leave_the_next_document_as_it_was(engine: Engine) -> None:
    ordinary, rare = HTML.format(name="陳怡君", more=""), HTML.format(name="陳𡝕\U000f0123", more="")
    before = engine.lay_out(ordinary, {}, plan(map(ord, ordinary))).pdf
    drawn = engine.lay_out(rare, {}, plan(map(ord, rare))).pdf
    after = engine.lay_out(ordinary, {}, plan(map(ord, ordinary))).pdf
    assert {"Reviewer-tw-sung-ext-b", "Reviewer-tw-sung-plus"} <= _fonts(drawn)
    assert before == after
    assert len(drawn) < 40_000


@pytest.mark.parametrize("address", ["https://example.org/a.png", "file:///etc/passwd", "f/other.png", "data:image/png;base64,AAAA"])
def test_a_request_for_what_was_not_handed_in_ends_the_layout(engine: Engine, address: str) -> None:
    html = HTML.format(name="陳", more=f"<img src='{address}' alt='x'>")
    with pytest.raises(UnexpectedRequest, match="not handed in"):
        engine.lay_out(html, {"f/mine.png": b""}, plan([]))


def test_our_own_pages_conform_to_pdf_ua_as_far_as_a_checker_can_tell(engine: Engine, tmp_path: Path) -> None:
    html = HTML.format(name="陳怡君", more="<table><tr><th scope='col'>科目</th></tr><tr><td>國語文</td></tr></table>")
    path = tmp_path / "own.pdf"
    path.write_bytes(engine.lay_out(html, {}, plan([])).pdf)
    assert [str(finding) for finding in validate(str(path)).findings] == []


def _text(pdf: bytes, page_index: int) -> str:
    with pdfium.PdfDocument(pdf) as opened:
        text: str = opened[page_index].get_textpage().get_text_range()
    return text.replace("\r\n", "\n")


def test_header_cells_say_whether_they_head_a_row_or_a_column(engine: Engine) -> None:
    rows = "<tr><th scope='col'>科目</th><th scope='col'>成績</th></tr><tr><th scope='row'>國語文</th><td>85</td></tr>"
    pdf = engine.lay_out(HTML.format(name="陳怡君", more=f"<table>{rows}</table>"), {}, plan([])).pdf
    with pikepdf.open(io.BytesIO(pdf)) as tagged:
        headers = [item for item in tagged.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"]
        assert [str(header.A.Scope) for header in headers] == ["/Column", "/Column", "/Row"]


def test_contents_lead_to_their_page_by_a_rule_and_no_dot_is_read_aloud(engine: Engine) -> None:
    contents = "<nav class='contents'><ul><li><a href='#J-1a-p1'>J-1 競賽表現</a></li></ul></nav>"
    laid_out = engine.lay_out(HTML.format(name="陳怡君", more=contents), {}, plan([]))
    assert laid_out.areas["J-1a-p1"].page_index == 2
    assert _text(laid_out.pdf, 1).startswith("J-1 競賽表現 3\n")
    assert "." not in _text(laid_out.pdf, 1)


def test_running_heads_say_who_the_watermark_where_and_the_page(engine: Engine) -> None:
    watermark = "<p class='watermark' aria-hidden='true'>預覽，不得作為審查之用</p>"
    section = "<section class='section'><h2 class='section-heading' data-bookmark='x'>多元表現綜整心得與學習歷程自述</h2></section>"
    pdf = engine.lay_out(HTML.format(name="陳怡君", more=watermark + section), {}, plan([])).pdf
    assert _text(pdf, 2).split("\n")[-2:] == ["01686463　　預覽，不得作為審查之用 多元表現綜整心得與學習歷程自述", "附件 J-1a 3 / 3"]


def test_what_follows_the_two_overviews_stands_below_both(engine: Engine) -> None:
    def half(name: str, rows: int) -> str:
        return f"<table class='overview' id='{name}'><tbody>{'<tr><th>A</th><td>修課紀錄</td><td>已提供</td></tr>' * rows}</tbody></table>"

    more = f"<div class='overviews'>{half('left', 3)}{half('right', 9)}</div><p id='after'>資料版本</p>"
    areas = engine.lay_out(HTML.format(name="陳怡君", more=more), {}, plan([])).areas
    assert areas["left"].box[3] == pytest.approx(areas["right"].box[3])
    assert areas["left"].box[2] < areas["right"].box[0]
    assert areas["after"].box[3] <= areas["right"].box[1] + 0.01


def test_a_process_has_one_engine_a_theme_however_it_is_asked_for() -> None:
    assert document.engine() is document.engine("default")


NAME = "Ia\u030dh \u1e3bow\u1e35i"
TEXT = "tsi\u030dt-\u00ea o\u0358\u207f \u0289 \u0268 \u014b m\u0304-s\u012b cafe\u0301"


def _latin(engine: Engine) -> bytes:
    more = f"<h4 class='entry-heading' data-bookmark='{TEXT}'>{PLAIN.markup(TEXT)}</h4><p class='text'>{PLAIN.markup(TEXT)}</p>"
    html = HTML.format(name=f"<span class='name'>{PLAIN.markup(NAME)}</span>", more=more)
    return engine.lay_out(html, {}, plan(map(ord, html))).pdf


def test_words_that_the_typeface_lacks_are_drawn_by_the_latin_face_and_read_as_they_were_sent(engine: Engine, tmp_path: Path) -> None:
    pdf = _latin(engine)
    assert _fonts(pdf) == {"Reviewer-Text", "Reviewer-Text-Bold", "Reviewer-Latin", "Reviewer-Latin-Bold"}
    lines = _text(pdf, 0).split("\n")
    assert lines[:3] == [f"01686463 {NAME}", TEXT, TEXT]
    (tmp_path / "latin.pdf").write_bytes(pdf)
    read = subprocess.run(["pdftotext", tmp_path / "latin.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert f"01686463 {NAME}\n" in read
    assert read.count(TEXT) == 2
    assert [str(finding) for finding in validate(str(tmp_path / "latin.pdf")).findings] == []
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        assert outline.root[0].title == TEXT


def test_each_word_with_a_mark_carries_its_text_and_no_other_does(engine: Engine) -> None:
    with pikepdf.open(io.BytesIO(_latin(engine))) as opened:
        content = b"".join(page.Contents.read_bytes() for page in opened.pages).decode("latin-1")
    carried = [bytes.fromhex(text).decode("utf-16") for text in re.findall(r"/ActualText <([0-9a-f]+)>", content)]
    assert carried == ["Ia\u030dh", *(["tsi\u030dt-\u00ea", "o\u0358\u207f", "m\u0304-s\u012b", "cafe\u0301"] * 2)]


def test_lines_are_as_high_with_words_in_the_latin_face_as_without(engine: Engine) -> None:
    def height(words: str) -> float:
        html = HTML.format(name="x", more=f"<p class='text' id='p'>{PLAIN.markup(words)}</p>")
        left_bottom_right_top = engine.lay_out(html, {}, plan(map(ord, html))).areas["p"].box
        return left_bottom_right_top[3] - left_bottom_right_top[1]

    assert height("\u738b tsi\u030dt") == pytest.approx(height("\u738b tsit"))
