import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name

from reviewer.attachments.normalise import Faces, Reason, installed_faces, normalise
from reviewer.attachments.normalise.document import Normalised
from reviewer.attachments.sanitise import sanitise
from tests.unit.attachments import pdfium, text_pdfs

ASSETS = sorted((Path(__file__).parents[3] / "fixtures" / "assets" / "made").glob("*.pdf"))
OURS = re.compile(r"[A-Z]{6}\+NotoSansTC-(Regular|Bold)\Z")
SENTENCE = "學習歷程檔案，很有趣。"


def project_faces() -> Faces:
    faces = installed_faces()
    return Faces(regular=faces.regular, bold=faces.bold)


def checked(original: bytes, text: str | None = None) -> Normalised:
    """Normalise and hold the result to the promises: same words, same places, all fonts ours and embedded."""
    normalised = normalise(original, project_faces())
    assert normalise(original, project_faces()).pdf == normalised.pdf
    if text is not None:
        assert pdfium.same_text("".join(pdfium.page_texts(normalised.pdf)), text)
    assert all(OURS.match(name) and embedded for name, embedded in text_pdfs.fonts_of(normalised.pdf).items())
    return normalised


@pytest.mark.parametrize(
    ("encoding", "codec", "ordering"),
    [
        ("UniCNS-UCS2-H", "utf-16-be", "CNS1"),
        ("UniCNS-UTF16-H", "utf-16-be", "CNS1"),
        ("ETen-B5-H", "cp950", "CNS1"),
        ("ETenms-B5-H", "cp950", "CNS1"),
        ("B5pc-H", "big5", "CNS1"),
        ("UniGB-UCS2-H", "utf-16-be", "GB1"),
        ("GBK-EUC-H", "gbk", "GB1"),
        ("UniJIS-UCS2-H", "utf-16-be", "Japan1"),
    ],
)
def test_fonts_that_were_never_embedded_are_drawn_in_the_projects_typeface(encoding: str, codec: str, ordering: str) -> None:
    words = {"CNS1": SENTENCE, "GB1": "国字，很有趣。", "Japan1": "学習歴程、東京。"}[ordering]
    original = text_pdfs.composite((words + "ABC").encode(codec), encoding, ordering)
    normalised = checked(original, words + "ABC")
    (finding,) = normalised.report.fonts
    assert (finding.characters_normalised, finding.characters_left, finding.reason, finding.embedded) == (
        len(words) + 3,
        0,
        Reason.NONE,
        False,
    )
    assert pdfium.furthest(original, normalised.pdf) <= 0.5
    assert finding.name == "PMingLiU"


def test_vertical_lines_keep_their_places_and_take_the_vertical_forms() -> None:
    words = "「直排」（測試）。"
    original = text_pdfs.composite(words.encode("utf-16-be"), "UniCNS-UCS2-V", "CNS1")
    normalised = checked(original, words)
    assert pdfium.furthest(original, normalised.pdf) <= 0.5
    flat = normalise(text_pdfs.composite(words.encode("utf-16-be"), "UniCNS-UCS2-H", "CNS1"), project_faces())
    assert set(text_pdfs.fonts_of(flat.pdf)) != set(text_pdfs.fonts_of(normalised.pdf))  # other glyphs, so another tag


def test_an_embedded_cmap_of_mixed_lengths_is_followed() -> None:
    original = text_pdfs.custom_cmap()
    normalised = checked(original)
    assert normalised.report.characters_normalised == 4
    assert len("".join(pdfium.page_texts(normalised.pdf))) == 4


@pytest.mark.parametrize(
    ("shown", "entries", "text"),
    [
        (b"caf\xe9 \x93x\x94 \x95", {"Encoding": Name.WinAnsiEncoding}, "café “x” •"),
        (b"caf\x8e", {"Encoding": Name.MacRomanEncoding}, "café"),
        (b"abc", {}, "abc"),
        (b"abc", {"Encoding": Dictionary(Differences=Array([98, Name.uni6E2C, Name("/eacute")]))}, "a測é"),
        (b"a\xae\xafb", {"Encoding": Dictionary(Differences=Array([0xAE, Name.fi, Name.f_l]))}, "afiflb"),
    ],
)
def test_simple_fonts_are_read_by_their_encoding(shown: bytes, entries: dict[str, Any], text: str) -> None:
    original = text_pdfs.simple(shown, **entries)
    normalised = checked(original, text)
    assert normalised.report.characters_left == 0


def test_the_standard_symbols_have_known_codes() -> None:
    assert checked(text_pdfs.simple(b"abp", "Symbol"), "αβπ").report.characters_left == 0


@pytest.mark.parametrize("with_unicode", [True, False])
def test_an_embedded_font_is_read_by_its_table_or_by_its_program(with_unicode: bool) -> None:
    original = text_pdfs.embedded("Wave if", with_unicode=with_unicode)
    normalised = checked(original, "Wave if")
    assert normalised.report.characters_normalised == 7
    if with_unicode:
        assert pdfium.furthest(original, normalised.pdf) <= 0.5


def test_a_table_that_lies_is_not_believed() -> None:
    honest = text_pdfs.embedded("AbcdefgHiklmnopqR", with_unicode=True)
    assert checked(honest).report.characters_left == 0
    (finding,) = normalise(text_pdfs.embedded("AbcdefgHiklmnopqR", with_unicode=True, shift=3), project_faces()).report.fonts
    assert (finding.characters_normalised, finding.characters_left, finding.reason) == (0, 17, Reason.WRONG_UNICODE)


def test_a_ligature_is_composed_of_its_letters() -> None:
    original = text_pdfs.embedded("of", with_unicode=True, ligature=True)
    normalised = checked(original, "offi")
    assert (normalised.report.characters_normalised, normalised.report.characters_left) == (3, 0)


def test_letters_fill_the_room_that_the_document_gives_them() -> None:
    narrow = text_pdfs.simple(b"HHHH", "Narrow", FirstChar=72, LastChar=72, Widths=Array([300]), Encoding=Name.WinAnsiEncoding)
    wide = text_pdfs.simple(b"HHHH", "Wide", FirstChar=72, LastChar=72, Widths=Array([800]), Encoding=Name.WinAnsiEncoding)
    for original, room in ((narrow, 4 * 12 * 0.3), (wide, 4 * 12 * 0.8)):
        drawn = (
            pdfium.picture(normalise(original, project_faces()).pdf, scale=4).convert("L").point(lambda level: 255 if level < 128 else 0)
        )
        left, _, right, _ = drawn.getbbox() or (0, 0, 0, 0)
        assert room * 0.8 <= (right - left) / 4 <= room


@pytest.mark.parametrize(
    "widths",
    [[277.832, 277.832, 277.832, 443.848], [277.832, 277.832, 500, 277.832], [277.832, 277.832, 277.832, 277.832]],
    ids=["none is whole", "one is whole", "all are one"],
)
def test_widths_in_fractions_leave_letters_at_their_places_in_every_reader(widths: list[float]) -> None:
    of = dict(zip(b"ilte", widths, strict=True))
    listed = Array([of.get(code, 0) for code in range(0x65, 0x75)])
    original = text_pdfs.simple(b"iltelite", "Own", FirstChar=0x65, LastChar=0x74, Encoding=Name.WinAnsiEncoding, Widths=listed)
    normalised = checked(original, "iltelite")
    assert word_ends(normalised.pdf) == pytest.approx(word_ends(original), abs=0.01)
    assert pdfium.furthest(original, normalised.pdf) <= 0.5


def word_ends(pdf: bytes) -> list[float]:
    """Left and right ends of the words, as Poppler has them."""
    told = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [float(end) for ends in re.findall(r'<word xMin="([\d.]+)".*? xMax="([\d.]+)"', told) for end in ends]


def test_characters_that_no_face_has_keep_their_shape_and_are_counted() -> None:
    original = text_pdfs.embedded("a\u0126b", with_unicode=True)  # Ħ: not in the project's typeface
    normalised = checked(original, "a\u0126b")
    (finding,) = normalised.report.fonts
    assert (finding.characters_normalised, finding.characters_left, finding.reason) == (2, 1, Reason.NO_GLYPH)
    assert pdfium.difference(pdfium.picture(original), pdfium.picture(normalised.pdf)) > 0


@pytest.mark.parametrize(
    ("make", "reason", "left"),
    [
        (text_pdfs.identity_without_unicode, Reason.NO_UNICODE, 2),
        (text_pdfs.type3, Reason.TYPE_3, 3),
        (lambda: text_pdfs.simple(b"JKL", "Wingdings-Regular"), Reason.SYMBOLS, 3),
        (lambda: text_pdfs.simple(b"JKL", "CMSY10"), Reason.SYMBOLS, 3),
    ],
)
def test_what_cannot_be_replaced_is_left_and_counted_with_its_reason(make: Callable[[], bytes], reason: Reason, left: int) -> None:
    original = make()
    normalised = normalise(original, project_faces())
    (finding,) = normalised.report.fonts
    assert (finding.characters_normalised, finding.characters_left, finding.reason) == (0, left, reason)
    assert pdfium.difference(pdfium.picture(original), pdfium.picture(normalised.pdf)) < 8  # substitutes of the machine flicker


def test_outlines_that_a_browser_writes_as_type_3_are_text() -> None:
    original = text_pdfs.browser_type3("測a")
    normalised = checked(original, "測a")
    (finding,) = normalised.report.fonts
    assert (finding.kind, finding.characters_normalised, finding.characters_left, finding.embedded) == ("Type3", 2, 0, True)
    assert pdfium.furthest(original, normalised.pdf) <= 0.5


@pytest.mark.parametrize("entries", [{"coloured": True}, {"unit": 0.01}])
def test_coloured_glyphs_and_glyphs_of_an_unknown_size_stay(entries: dict[str, Any]) -> None:
    (finding,) = normalise(text_pdfs.browser_type3("測a", **entries), project_faces()).report.fonts
    assert (finding.characters_normalised, finding.characters_left, finding.reason) == (0, 2, Reason.TYPE_3)


def test_the_invisible_text_of_a_scan_is_known_as_such() -> None:
    (finding,) = normalise(text_pdfs.embedded("scan", with_unicode=True, mode=3), project_faces()).report.fonts
    assert (finding.characters_normalised, finding.characters_left, finding.characters_invisible, finding.reason) == (
        0,
        0,
        4,
        Reason.INVISIBLE,
    )


@pytest.mark.parametrize(
    ("name", "entries", "weight"),
    [
        ("MicrosoftJhengHeiBold", {}, "Bold"),
        ("DFKaiShu-SB-Estd-BF", {}, "Regular"),
        ("MingLiU", {"FontWeight": 700}, "Bold"),
        ("ABCDEF+Arial-BoldMT", {}, "Bold"),
        ("TimesNewRomanPS-ItalicMT", {}, "Regular"),
        ("SourceHanSans-Heavy", {}, "Bold"),
    ],
)
def test_the_weight_follows_the_name_and_the_descriptor(name: str, entries: dict[str, object], weight: str) -> None:
    original = text_pdfs.composite("測試".encode("utf-16-be"), "UniCNS-UCS2-H", "CNS1", name=name, **entries)
    assert [found.rpartition("-")[2] for found in text_pdfs.fonts_of(normalise(original, project_faces()).pdf)] == [weight]


def test_text_is_found_wherever_it_is_drawn_and_unused_fonts_are_not_left_unembedded() -> None:
    normalised = checked(text_pdfs.everywhere(), "甲乙丙丁戊")
    assert normalised.report.characters_normalised == 5


@pytest.mark.parametrize("asset", ASSETS, ids=lambda asset: asset.name)
def test_the_example_documents_keep_their_words_and_their_places(asset: Path) -> None:
    sanitised = sanitise(asset)
    normalised = normalise(sanitised.pdf, project_faces())
    assert pdfium.page_texts(normalised.pdf) == pdfium.page_texts(sanitised.pdf)
    assert pdfium.furthest(sanitised.pdf, normalised.pdf) <= 0.5
    left = {finding.name for finding in normalised.report.fonts if finding.reason is not Reason.NONE}
    assert all(OURS.match(name) or name.partition("+")[2] in left for name in text_pdfs.fonts_of(normalised.pdf))


def test_nearly_all_characters_of_the_example_documents_are_in_the_projects_typeface() -> None:
    reports = {asset.name: normalise(sanitise(asset).pdf, project_faces()).report for asset in ASSETS}
    known = [report for name, report in reports.items() if name != "report-no-tounicode.pdf"]  # made to be impossible
    done, left = sum(report.characters_normalised for report in known), sum(report.characters_left for report in known)
    assert done / (done + left) >= 0.99
    assert {finding.reason for finding in reports["report-no-tounicode.pdf"].fonts} == {Reason.NO_UNICODE}
