"""The checkers, tested on bad input: each finds its fault, and nothing in a page that has none."""

import pytest

from reviewer.model.hiding import Hidden, HiddenWord
from reviewer.model.selection import Mask
from reviewer.site.check import links, masked, pages

GOOD = """<!doctype html><html lang="zh-Hant-TW"><head><link rel="stylesheet" href="../theme/page.css"><style>b{background:url(f/a.webp)}</style>
</head><body><h1 id="top">王小明</h1><a href="#J-1">J-1</a><a href="../index.html#x">群</a><img src="f/a.webp" srcset="f/a.webp 1x, f/b.webp 2x" alt="圖">
<p id="J-1"><a href="dossier.pdf">PDF</a></p><img src="data:image/svg+xml,x" alt=""></body></html>"""
FILES = ("101/index.html", "101/dossier.pdf", "101/f/a.webp", "101/f/b.webp")


def judge(text: str) -> links.Judged:
    facts = pages.read_page(text)
    return links.judge("101/index.html", facts.addresses, files=FILES, ids={"101/index.html": facts.ids}, within="101/")


def test_a_sound_page_has_no_problem_and_uses_all_files() -> None:
    judged = judge(GOOD)
    assert judged.problems == ()
    assert judged.used == set(FILES)
    assert judged.outside == {"theme/page.css", "index.html#x"}


@pytest.mark.parametrize(
    ("markup", "sentence"),
    [
        ('<a href="f/none.webp">x</a>', "The page names the file f/none.webp, which is not there."),
        ('<a href="#none">x</a>', "The page names the place #none, which is not there."),
        ('<img src="/usr/a.png">', "The page holds the absolute path /usr/a.png, which no other computer has."),
        ('<img src="C:\\a.png">', "The page holds the absolute path C:\\a.png, which no other computer has."),
        ('<img src="file:///a.png">', "The page holds the absolute path file:///a.png, which no other computer has."),
        ('<a href="https://example.org/">x</a>', "The page would reach for the network address https://example.org/."),
        ('<a href="//example.org/">x</a>', "The page would reach for the network address //example.org/."),
        ('<a href="mailto:a@example.org">x</a>', "The page would reach for the network address mailto:a@example.org."),
        ('<a href="javascript:alert(1)">x</a>', "The page would reach for the network address javascript:alert(1)."),
        ('<a href="data:text/html,x">x</a>', "The page would reach for the network address data:text/html,x."),
        ('<video poster="https://a.example/p.jpg"></video>', "The page would reach for the network address https://a.example/p.jpg."),
        ('<img srcset="f/a.webp 1x, http://a.example/b 2x">', "The page would reach for the network address http://a.example/b."),
        ('<p style="background:url(http://a.example/c)">', "The page would reach for the network address http://a.example/c."),
        ('<style>@import "http://a.example/d.css";</style>', "The page would reach for the network address http://a.example/d.css."),
        ("<script>load('https://a.example/e.js')</script>", "The page would reach for the network address https://a.example/e.js."),
        (
            '<meta http-equiv="refresh" content="0;url=https://a.example/">',
            "The page would reach for the network address https://a.example/.",
        ),
        (
            '<svg><image xlink:href="https://a.example/f.png"/></svg>',
            "The page would reach for the network address https://a.example/f.png.",
        ),
        ('<a href="../../other/index.html">x</a>', "The page leads out of the folder: ../../other/index.html."),
        ('<a href="%2e%2e/%2e%2e/x">x</a>', "The page leads out of the folder: %2e%2e/%2e%2e/x."),
        ('<a href="f/">x</a>', "The page names the file f/, which is not there."),
    ],
)
def test_each_fault_is_found(markup: str, sentence: str) -> None:
    assert [problem.what.en for problem in judge(markup).problems] == [sentence]


def test_names_of_vocabularies_are_no_addresses() -> None:
    assert pages.read_script('document.createElementNS("http://www.w3.org/2000/svg", "g")') == ()


def test_comments_in_style_sheets_are_no_addresses() -> None:
    assert pages.read_style("/* url(http://a.example) */ p { background: url('b.png') } @font-face { src: url(fonts/a.ttf) }") == (
        "b.png",
        "fonts/a.ttf",
    )


def test_a_file_that_nobody_names_is_found() -> None:
    problems = links.unreferenced(FILES, {"101/index.html", "101/dossier.pdf", "101/f/a.webp"}, package="101001")
    assert [str(problem.where) for problem in problems] == ["101001 · 101/f/b.webp"]


@pytest.mark.parametrize("path", ["101/f/圖.webp", "101/f/a b.webp", "101/f/a:b", "101/f/con?.png", "101/f/end.", "101//a"])
def test_names_that_windows_cannot_hold_are_found(path: str) -> None:
    assert [problem.code for problem in links.names([path])] == ["check-bad-name"]


def test_long_paths_are_found() -> None:
    path = "101/f/" + "x" * 120
    assert [problem.what.en for problem in links.names([path])] == ["The path has 126 characters, too long for Windows (120 at most)."]


def test_sound_names_pass() -> None:
    assert links.names(FILES) == ()


HIDDEN = Hidden(words=(HiddenWord(word="王小明", shown="○同學", mask=Mask.NAME),))


@pytest.mark.parametrize(
    "words", ["我是王小明。", "王 小 明", "王\n小明", "<title>王小明</title>", "王-小-明", "a%E7%8E%8B%E5%B0%8F%E6%98%8E"]
)
def test_a_masked_name_is_found_however_it_is_spaced(words: str) -> None:
    problems = masked.in_words([pages.read_page(words).words], HIDDEN, file="index.html", package="101")
    assert [problem.what.en for problem in problems] == ["The masked fact name stands in index.html."]


def test_a_masked_name_is_found_in_attributes() -> None:
    assert masked.in_words([pages.read_page('<img alt="王小明的照片">').words], HIDDEN, file="index.html") != ()


def test_what_is_not_there_is_not_found() -> None:
    assert masked.in_words(["是王○○", "一個王", "小明"], HIDDEN, file="index.html") == ()


def test_the_name_of_a_hidden_fact_is_no_secret() -> None:
    hidden = Hidden(words=tuple(HiddenWord(word=word, shown="○○○", mask=Mask.LOW_INCOME) for word in ("中低收入戶", "低收入戶")))
    assert masked.in_words(["低收入戶　○○○（不顯示）"], hidden, file="index.html") == ()
    (problem,) = masked.in_words(["我家是中低收入戶"], hidden, file="index.html")
    assert problem.what.zh == "應遮蔽的經濟與身分出現在 index.html。"
