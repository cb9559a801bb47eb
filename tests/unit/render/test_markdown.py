"""Markdown of `.md` parts: structure only, pictures from the package, addresses as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.render.markdown import Picture, prose
from reviewer.render.shapes.material import ImageView
from reviewer.search.documents import markdown_words
from tests.pages import Page

ALLOWED = frozenset(
    [
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "p",
        "h5",
        "h6",
        "strong",
        "em",
        "ul",
        "ol",
        "li",
        "blockquote",
        "hr",
        "br",
        "code",
        "pre",
        "span",
        "button",
        "img",
    ]
)

IMAGES = tuple(ImageView(source=f"f/Oa-p001-{width}.webp", width_px=width, height_px=width // 2) for width in (900, 1600))


def test_headings_stand_below_the_entry() -> None:
    assert prose("# 一\n\n## 二") == '<h5 class="prose-h1">一</h5>\n<h6 class="prose-h2">二</h6>\n'


def test_a_guide_may_stand_higher() -> None:
    assert prose("# 一", shift=2) == '<h3 class="prose-h1">一</h3>\n'


def test_raw_html_is_text() -> None:
    assert prose("a <b>c</b>") == "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"
    assert prose("<script>x</script>") == "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"


def test_a_link_is_its_text_and_its_address_never_a_link() -> None:
    html = prose("看[這裡](https://example.org/水?a=1&b=2)")
    page = Page(html)
    assert page.text == "看這裡https://example.org/水?a=1&b=2複製"  # style sheets set the address in brackets
    assert page.all("a") == []
    assert page.all("button")[0].attributes["data-copy"] == "https://example.org/%E6%B0%B4?a=1&b=2"


@pytest.mark.parametrize("text", ["<https://example.org/水>", "[https://example.org/水](https://example.org/水)"])
def test_an_address_that_is_its_own_words_is_said_once(text: str) -> None:
    page = Page(prose(text))
    assert page.text == "https://example.org/水複製"
    assert page.all("button")[0].attributes["data-copy"] == "https://example.org/%E6%B0%B4"


def test_what_would_end_an_address_stays_in_percent_signs() -> None:
    assert "https://example.org/a%20b%E3%80%80c%FF/水<" in prose("[x](https://example.org/a%20b%E3%80%80c%FF/%E6%B0%B4)")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**注意：**這裡。", "<strong>注意：</strong>這裡。"),
        ("這是**「粗體」**接著", "這是<strong>「粗體」</strong>接著"),
        ("這是**“引號”**與**(括號)**接著", "這是<strong>“引號”</strong>與<strong>(括號)</strong>接著"),
        ("*注意，*這裡", "<em>注意，</em>這裡"),
        ("5 * 3 ** 2", "5 * 3 ** 2"),
        ('a**"b"**c', "a**&#34;b&#34;**c"),
        ("snake_case_名", "snake_case_名"),
    ],
)
def test_emphasis_may_stand_between_chinese_characters_and_marks(text: str, html: str) -> None:
    assert prose(text) == f"<p>{html}</p>\n"


def test_lines_stay_lines_and_keep_their_indents() -> None:
    assert prose("一、前言\n二、方法") == "<p>一、前言<br>\n二、方法</p>\n"
    assert prose("　　第一段\n　　第二段\n\n  　另一段") == "<p>　　第一段<br>\n　　第二段</p>\n<p>　另一段</p>\n"


def test_a_table_is_a_table() -> None:
    page = Page(prose("| 月份 | 雨量 |\n|---|--:|\n| 一 | <b>83</b> |"))
    assert [cell.attributes for cell in page.all("th")] == [{"scope": "col"}, {"scope": "col", "class": "cell-right"}]
    assert [cell.attributes for cell in page.all("td")] == [{}, {"class": "cell-right"}]
    assert page.text.split() == ["月份", "雨量", "一", "<b>83</b>"]


@pytest.mark.parametrize(
    "text",
    [
        "> " * 60 + "LOST",
        "".join(" " * (2 * depth) + f"- item{depth}\n" for depth in range(60)) + " " * 120 + "- LOST",
        "| a | b |\n|---|---|\n| 1 | 2 | 3 | LOST |",
        '[w](https://example.org "LOST")',
        '<https://example.org> [https://example.org](https://example.org "LOST")',
        '![w](b.png "LOST")',
        "```\nx\n```\n\n```這是 LOST\nx\n```",
        "![a][b]\n\n[b]: c.png\n\n[註一]: LOST",
        '![a][b]\n\n[b]: c.png "LOST"',
        "> > > | a |\n> > > |---|\n> > > | 1 | LOST |",
    ],
)
def test_no_words_are_lost(text: str) -> None:
    assert "LOST" in Page(prose(text, {"b.png": Picture(images=IMAGES)})).text
    assert any("LOST" in words for words in markdown_words(text))


def test_a_definition_that_is_cited_is_one() -> None:
    assert "[b]" not in Page(prose("![a][B]\n\n[b]: c.png")).text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html;base64,PHNj", "vbscript:x", "file:///etc/passwd"])
def test_an_address_that_could_run_is_text(address: str) -> None:
    page = Page(prose(f"[x]({address})"))
    assert page.all("a") == []
    assert address in page.text


def test_a_list_of_sources_is_no_reference() -> None:
    assert Page(prose("內文\n\n[1]: https://example.org/a\n[2]: 參考書目")).text == "內文[1]: https://example.org/a\n[2]: 參考書目"


def test_a_picture_by_reference_is_shown() -> None:
    picture = Picture(images=IMAGES)
    assert len(Page(prose("![圖][1]\n\n[1]: 圖.png", {"圖.png": picture})).all("img")) == 1


def test_a_picture_of_the_package_is_shown_with_its_words() -> None:
    page = Page(prose('![取樣"點](./images/map.png)', {"images/map.png": Picture(images=IMAGES)}))
    (picture,) = page.all("img")
    assert picture.attributes["src"] == "f/Oa-p001-900.webp"
    assert picture.attributes["alt"] == '取樣"點'
    assert picture.attributes["srcset"] == "f/Oa-p001-900.webp 900w, f/Oa-p001-1600.webp 1600w"


def test_the_parts_of_a_strip_follow_each_other_and_are_named_once() -> None:
    part = (ImageView(source="f/Oa-p002-900.webp", width_px=900, height_px=1200),)
    shown = Page(prose("![年表](a.png)", {"a.png": Picture(images=IMAGES, rest=(part,))})).all("img")
    assert [(one.attributes["src"], one.attributes["alt"]) for one in shown] == [("f/Oa-p001-900.webp", "年表"), ("f/Oa-p002-900.webp", "")]


def test_a_picture_whose_name_is_escaped_is_found() -> None:
    assert Page(prose("![x](%E5%9C%96.png)", {"圖.png": Picture(images=IMAGES)})).all("img") != []


def test_a_picture_from_elsewhere_is_a_sentence() -> None:
    assert prose("![x](https://example.org/a.png)") == '<p><span class="absent">（圖片：x）這張圖片不在檔案中。</span></p>\n'


def test_a_picture_that_was_refused_says_why() -> None:
    html = prose("![x](a.png)", {"a.png": Picture(reason="圖片太大，無法開啟。")})
    assert html == '<p><span class="absent">（圖片：x）圖片太大，無法開啟。</span></p>\n'


def test_an_english_passage_is_marked() -> None:
    assert prose("I would like to learn how rivers work.").startswith('<p lang="en">')


@given(st.text(alphabet=st.sampled_from(list("<>&\"'`[]()!*_#-\n 1.:/ajavscript水|　：")), max_size=120))
def test_no_text_makes_an_element_or_attribute_of_its_own(text: str) -> None:
    for element in Page(prose(text)).elements:
        assert element.tag in ALLOWED
        assert set(element.attributes) <= {
            "class",
            "lang",
            "type",
            "data-module",
            "data-copy",
            "hidden",
            "start",
            "scope",
            "role",
            "aria-label",
            "tabindex",
        }
