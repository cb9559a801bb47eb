"""Rare characters on their way into a page."""

from dataclasses import replace

from markupsafe import Markup, escape

from reviewer.fonts.rare import plan
from reviewer.model.attachment import MediaType
from reviewer.model.language import Language
from reviewer.model.portfolio import Glyph
from reviewer.render.files import output_names
from reviewer.render.html import dossier_page
from reviewer.render.lettering import lettering
from reviewer.render.markdown import prose
from reviewer.render.view import cohort_row, dossier_view
from reviewer.render.words import PLAIN, Lettering, Words
from tests import factories

PICTURED, DESCRIBED, UNKNOWN = 0xE000, 0xE001, 0xE002
NAME = f"王{chr(PICTURED)}{chr(DESCRIBED)}{chr(UNKNOWN)}"


def made() -> Lettering:
    glyphs = (
        Glyph(code_point=PICTURED, picture=factories.link("獎狀.jpg", MediaType.JPEG), mapped="堃", description="上方下土"),
        Glyph(code_point=DESCRIBED, description="左金右「奇」"),
    )
    dossier = factories.dossier(name=NAME, glyphs=glyphs)
    processed = factories.processed()
    return lettering(dossier, processed, output_names(dossier, processed), plan(map(ord, NAME), glyphs))


def test_ordinary_text_stays_text() -> None:
    assert made().words("王思源") == Words("王思源")
    assert escape(PLAIN.words("<王>")) == "&lt;王&gt;"


def test_a_glyph_that_the_school_sent_is_a_picture_with_its_description() -> None:
    assert escape(made().words(chr(PICTURED))) == Markup(
        '<img class="glyph" src="f/g-E000.jpg" alt="造字 U+E000：上方下土，對應「堃」" title="造字 U+E000：上方下土，對應「堃」">'
    ).replace(".jpg", ".webp")


def test_a_character_without_picture_is_a_numbered_placeholder() -> None:
    assert escape(made().words(chr(DESCRIBED))) == ('<span class="glyph-missing" role="img" title="造字 U+E001：左金右「奇」">1</span>')
    assert 'title="造字 U+E002：來源學校未附說明"' in escape(made().words(chr(UNKNOWN)))
    assert escape(made().words(chr(UNKNOWN))).endswith(">2</span>")


def test_a_text_says_once_what_a_character_is() -> None:
    drawn = escape(made().words(f"{chr(DESCRIBED)}、{chr(PICTURED)}、{chr(DESCRIBED)}、{chr(PICTURED)}"))
    assert drawn.count("左金右「奇」") == 1
    assert drawn.count("上方下土") == 2  # of a picture, once for who sees it and once for who hears it
    assert drawn.endswith(
        '、<span class="glyph-missing" role="img" title="U+E001">1</span>、<img class="glyph" src="f/g-E000.webp" alt="U+E000" title="U+E000">'
    )


def test_a_picture_that_could_not_be_made_becomes_a_placeholder() -> None:
    glyphs = (Glyph(code_point=PICTURED, picture=factories.link("鄉.svg", MediaType.UNKNOWN), description="鄉的古字"),)
    dossier = factories.dossier(name=NAME, glyphs=glyphs)
    letters = lettering(dossier, {}, {}, plan(map(ord, NAME), glyphs))
    assert letters.specials[chr(PICTURED)].number == 1


def test_the_plain_form_keeps_the_code_points() -> None:
    assert made().words(NAME).plain == NAME


def test_the_title_of_a_page_holds_no_character_that_no_font_draws() -> None:
    view = dossier_view(factories.dossier(name=NAME), {})
    assert f"<title>{view.applicant_number} 王〓〓〓 · " in dossier_page(view)


def test_the_cohort_page_finds_the_picture_in_the_dossier_folder() -> None:
    dossier = factories.dossier(name=NAME)
    row = cohort_row(dossier, made(), pdf=False)
    assert 'src="10210007/f/g-E000.webp"' in escape(row.name)
    assert 'src="a7/f/g-E000.webp"' in escape(cohort_row(dossier, made(), pdf=False, folder="a7").name)


def test_the_cover_lists_what_no_font_draws() -> None:
    glyphs = (Glyph(code_point=DESCRIBED, description="左金右「奇」"),)
    dossier = replace(factories.dossier(), name=NAME, glyphs=glyphs)
    view = dossier_view(dossier, factories.processed(), plan(map(ord, NAME), glyphs))
    assert [(line.number, line.notation, line.description) for line in view.glyphs] == [
        (1, "U+E000", "來源學校未附說明"),
        (2, "U+E001", "左金右「奇」"),
        (3, "U+E002", "來源學校未附說明"),
    ]


def test_a_word_that_the_typeface_cannot_set_is_marked_as_a_whole() -> None:
    assert escape(PLAIN.words("Ia\u030dh <\u014b>")) == '<span class="latin">Ia\u030dh</span> &lt;<span class="latin">\u014b</span>&gt;'
    assert PLAIN.words("Ia\u030dh").plain == "Ia\u030dh"
    assert escape(made().words(f"\u014b{chr(DESCRIBED)}")).startswith('<span class="latin">\u014b</span><span class="glyph-missing"')


def test_in_an_english_page_it_stays_within_what_is_marked_as_chinese() -> None:
    english = Lettering(language=Language.ENGLISH)
    assert english.markup("\u738b\u014b") == '<span lang="zh-Hant-TW">\u738b<span class="latin">\u014b</span></span>'


def test_a_markdown_text_has_them_too_in_code_as_well() -> None:
    assert prose("**Ia\u030dh** `\u014b`") == (
        '<p><strong><span class="latin">Ia\u030dh</span></strong> <code><span class="latin">\u014b</span></code></p>\n'
    )
