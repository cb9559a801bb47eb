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

from reviewer.attachments.blind import Blinded, blind
from reviewer.attachments.normalise import installed_faces, normalise
from reviewer.attachments.sanitise import sanitise
from reviewer.model.hiding import Hidden, HiddenWord, finder
from reviewer.model.processed import Doubt
from reviewer.model.selection import Mask
from tests.hostile import pdfs, telling
from tests.hostile.telling import CITY, NAME, SCHOOL, SCHOOL_CODE
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
