"""Hidden words are taken out of PDFs however they got in; everything else stays where it is, and what tells nothing keeps its bytes."""

import ctypes
import io
import subprocess
from functools import cache

import pikepdf
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf import Array, Dictionary, Pdf
from PIL import Image, ImageChops, ImageDraw

from reviewer.attachments.blind import Blinded, blind
from reviewer.attachments.normalise import installed_faces, normalise
from reviewer.attachments.sanitise import sanitise
from reviewer.model.hiding import Hidden, HiddenWord, finder
from reviewer.model.processed import Doubt
from reviewer.model.selection import Mask
from tests.hostile import pdfs, telling
from tests.hostile.telling import CITY, NAME, SCHOOL, SCHOOL_CODE
from tests.unit.attachments import pdfium as draw
from tests.unit.attachments import text_pdfs


def word(text: str, mask: Mask) -> HiddenWord:
    return HiddenWord(word=text, shown="○○", mask=mask)


HIDDEN = Hidden(
    words=(
        word(NAME, Mask.NAME),
        word("Wang", Mask.NAME),
        *(word(text, Mask.SCHOOL) for text in (SCHOOL, "山海高級中學", "山海高中", SCHOOL_CODE, CITY)),
    ),
    course_code="○○○○○○",
)


@cache
def inert(name: str) -> bytes:
    return sanitise(telling.document(name)).pdf


@cache
def blinded(name: str) -> Blinded:
    return blind(inert(name), HIDDEN)


def final(pdf: bytes) -> bytes:
    return normalise(pdf, installed_faces()).pdf


def origins(pdf: bytes) -> list[tuple[str, float, float]]:
    """Letters with their places, to a thousandth of a point, as PDFium reads them."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            if pdfium.FPDFText_IsGenerated(text, index) != 1:
                pdfium.FPDFText_GetCharOrigin(text, index, x, y)
                found.append((chr(pdfium.FPDFText_GetUnicode(text, index)), round(x.value, 3), round(y.value, 3)))
    document.close()
    return found


def told(pdf: bytes) -> list[str]:
    """What of all that programmes can get out of a PDF tells: two extractions, names and strings, the decoded bytes of every stream."""
    words = [subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()]
    words += [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    with Pdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream):
                words += [one.decode("utf-8", "replace") for one in finder(HIDDEN).encoded if one in decoded(thing)]
            words += [str(one) for one in names_and_strings(thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing)]
    return [one for one in words if finder(HIDDEN).find(one)]


def decoded(stream: pikepdf.Object) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def names_and_strings(holder: object, *, below: bool = False) -> list[object]:
    if below and isinstance(holder, pikepdf.Object) and holder.is_indirect:
        return []
    if isinstance(holder, Dictionary):
        return [*holder.keys(), *(one for value in holder.values() for one in names_and_strings(value, below=True))]
    if isinstance(holder, Array):
        return [one for value in holder for one in names_and_strings(value, below=True)]
    return [holder] if isinstance(holder, pikepdf.Name | pikepdf.String) else []


@pytest.mark.parametrize("name", telling.CASES)
def test_nothing_hidden_is_left_whatever_reads_the_document(name: str) -> None:
    made = blinded(name)
    assert made.changed
    for pdf in (made.pdf, final(made.pdf)):
        assert told(pdf) == []


def test_the_test_itself_sees_what_tells() -> None:
    assert all(told(telling.document(name)) for name in telling.CASES)


@pytest.mark.parametrize("name", telling.CASES)
def test_what_stays_moves_by_nothing(name: str) -> None:
    before, after = origins(final(inert(name))), origins(final(blinded(name).pdf))
    assert set(after) <= set(before)
    assert [one for one in before if one[0] in telling.STAY] == [one for one in after if one[0] in telling.STAY]
    assert {one[0] for one in after} >= set(telling.STAY)


@pytest.mark.parametrize("name", telling.CASES)
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    assert blind(inert(name), HIDDEN).pdf == blinded(name).pdf


def test_it_is_told_how_often_by_page() -> None:
    (page,) = blinded("other_spellings").pages
    assert (page.page, page.removed, page.doubts) == (1, (("name", 1), ("school", 4)), ())
    (page,) = blinded("over_two_lines").pages
    assert page.removed == (("name", 1), ("school", 1))


@pytest.mark.parametrize(
    "pdf",
    [
        pdfs.plain(),
        text_pdfs.everywhere(),
        text_pdfs.composite("諸葛明亮".encode("utf-16-be"), "UniCNS-UTF16-H", "CNS1"),
        text_pdfs.custom_cmap(),
    ],
)
def test_a_document_that_tells_nothing_keeps_its_bytes(pdf: bytes) -> None:
    source = sanitise(pdf).pdf
    made = blind(source, HIDDEN)
    assert made.pdf is source
    assert not made.changed
    assert [page.removed for page in made.pages] == [()] * len(made.pages)


def test_what_cannot_be_guaranteed_is_told() -> None:
    assert blind(sanitise(text_pdfs.identity_without_unicode()).pdf, HIDDEN).pages[0].doubts == (Doubt.NO_UNICODE,)
    assert blind(sanitise(text_pdfs.type3()).pdf, HIDDEN).pages[0].doubts == ()  # its glyph is called a
    assert blinded("captions_of_a_picture").pages[0].doubts == (Doubt.PICTURE,)
    assert blinded("one_string").pages[0].doubts == ()


def test_a_table_to_unicode_keeps_no_code_that_is_not_shown() -> None:
    with Pdf.open(io.BytesIO(blinded("drawn_by_procedures").pdf)) as pdf:
        table = pdf.pages[0].Resources.Font.F1.ToUnicode.read_bytes()
    assert [letter for letter in NAME if letter.encode("utf-16-be").hex().encode() in table.lower()] == []
    assert all(letter.encode("utf-16-be").hex().encode() in table.lower() for letter in telling.STAY)


SCALE = 1.5
"""Pixels a point, of the drawings that are compared."""

DRAWN_NOWHERE = {"behind_a_scan", "names_and_remarks", "captions_of_a_picture"}
"""Cases whose hidden words no page shows: there is nothing to take out of the picture."""

PATTERNED = {"in_a_pattern": [(0, 0, 200, 100), (20, 145, 46, 165)]}
"""Areas filled with hidden words that PDFium does not read as text, in points: a field, and two letters painted with the same pattern."""


def on_paper(pdf: bytes) -> bytes:
    """The page on coloured paper, where a box could not be drawn unseen, be it white or black."""
    with Pdf.open(io.BytesIO(pdf)) as document:
        document.pages[0].contents_add(document.make_stream(b"q 1 0.94 0.78 rg 0 0 200 200 re f Q\n"), prepend=True)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


@cache
def drawn(name: str) -> tuple[bytes, bytes, Image.Image, Image.Image]:
    """A case's document before and after its hidden words were taken out, and how PDFium draws both."""
    source = on_paper(inert(name))
    before, after = final(source), final(blind(source, HIDDEN).pdf)
    return before, after, draw.picture(before, scale=SCALE), draw.picture(after, scale=SCALE)


def places(name: str, page: Image.Image) -> Image.Image:
    """Where the hidden words of a case stand: white on black, with two pixels around for smoothed edges."""
    before, after, *_ = drawn(name)
    left = draw.letter_boxes(after)
    gone = [box for letter, boxes in draw.letter_boxes(before).items() if letter not in left for box in boxes]
    mask = Image.new("L", page.size)
    for x0, y0, x1, y1 in (*gone, *PATTERNED.get(name, ())):
        box = (x0 * SCALE - 2, page.height - y1 * SCALE - 2, x1 * SCALE + 2, page.height - y0 * SCALE + 2)
        ImageDraw.Draw(mask).rectangle(box, fill=255)
    return mask


@pytest.mark.parametrize("name", telling.CASES)
def test_no_ink_is_added_and_no_box_covers_anything(name: str) -> None:
    """Every pixel is as it was, or lighter and no lighter than the paper."""
    _, _, before, after = drawn(name)
    paper = Image.new("RGB", before.size, before.getpixel((1, 1)))
    assert ImageChops.subtract(before, after).getbbox() is None
    assert ImageChops.subtract(after, paper).getbbox() is None


@pytest.mark.parametrize("name", telling.CASES)
def test_where_hidden_words_were_drawn_there_is_less_ink(name: str) -> None:
    _, _, before, after = drawn(name)
    lighter = ImageChops.subtract(after, before).getbbox()
    assert (lighter is None) is (name in DRAWN_NOWHERE)


@pytest.mark.parametrize("name", telling.CASES)
def test_every_letter_that_goes_leaves_its_place_blank(name: str) -> None:
    """Of each hidden letter the middle, which no other letter reaches, is paper afterwards."""
    before, after, _, picture = drawn(name)
    left = draw.letter_boxes(after)
    paper = picture.getpixel((1, 1))
    for letter, boxes in draw.letter_boxes(before).items():
        for x0, y0, x1, y1 in boxes if letter not in left else ():
            middle = (round((x0 + x1) / 2 * SCALE), round(picture.height - (y0 + y1) / 2 * SCALE))
            if 0 <= middle[0] < picture.width and 0 <= middle[1] < picture.height:
                assert picture.getpixel(middle) == paper, letter


@pytest.mark.parametrize("name", telling.CASES)
def test_the_rest_of_the_page_is_the_same_pixel_by_pixel(name: str) -> None:
    _, _, before, after = drawn(name)
    elsewhere = ImageChops.invert(places(name, before))
    changed = ImageChops.difference(before, after).convert("L").point(lambda value: 255 if value else 0)
    assert ImageChops.multiply(changed, elsewhere).getbbox() is None


@pytest.mark.parametrize("colour", ["1 1 1", "0 0 0", "1 0.9 0.7"])
def test_these_tests_see_a_box(colour: str) -> None:
    """The same comparison finds a box over the words, white, black, or nearly of the paper's colour."""
    before, after, *_ = drawn("one_string")
    with Pdf.open(io.BytesIO(after)) as document:
        document.pages[0].contents_add(document.make_stream(f"q {colour} rg 30 145 60 20 re f Q".encode()))
        out = io.BytesIO()
        document.save(out)
    first, covered = draw.picture(before, scale=SCALE), draw.picture(out.getvalue(), scale=SCALE)
    paper = Image.new("RGB", first.size, first.getpixel((1, 1)))
    assert ImageChops.subtract(first, covered).getbbox() or ImageChops.subtract(covered, paper).getbbox()
