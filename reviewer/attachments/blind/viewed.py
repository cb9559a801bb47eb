"""The second look: what PDFium, with its own tables and its own order, reads on the pages once the words are out."""

import ctypes
import io
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image as Pillow
from PIL import ImageDraw

from reviewer.attachments import drawing, pictures
from reviewer.attachments.blind.matter import Sheet, Shown
from reviewer.model.hiding import Finder, Hidden, finder
from reviewer.model.processed import Doubt, PageBlinding

LETTERS_MOST: Final = 200_000
"""Letters of one page that are looked at one by one, and only where the page tells."""

_NEAR_EM: Final = 1.2
_PICTURE_PX: Final = 1654
"""A page that becomes a picture is drawn at 200 dpi."""


def telling_pages(pdf: bytes, numbers: Collection[int], find: Finder) -> list[int]:
    """Those of the pages (from 1) in whose text PDFium finds a hidden word."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [number for number in numbers if find.tells(_words(document, number))]
    finally:
        document.close()


def _words(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = document[number - 1]
        try:
            text = page.get_textpage()
            try:
                return str(text.get_text_range())
            finally:
                text.close()
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return ""  # what cannot be loaded is shown as an empty page


def letters_of(pdf: bytes, sheet: Sheet, left: list[Shown], find: Finder) -> tuple[list[Shown], list[str]]:
    """The letters of a page that stand where PDFium reads hidden words, and the masks that hide those."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[sheet.number - 1]
        try:
            spots = list(_telling(page, find))
        finally:
            page.close()
    finally:
        document.close()
    found = []
    for x, y, *_ in (spot for _, spots_of in spots for spot in spots_of):
        near = [shown for shown in left if abs(shown.x - x) + abs(shown.y - y) <= _NEAR_EM * (shown.size or 1.0)]
        if near:
            found.append(min(near, key=lambda shown: abs(shown.x - x) + abs(shown.y - y)))
    return found, [mask for mask, _ in spots]


_Spot = tuple[float, float, float, float, float, float]
"""A letter's origin, and its box: left, bottom, right, top."""


def _telling(page: pypdfium2.PdfPage, find: Finder) -> Iterator[tuple[str, list[_Spot]]]:
    """The hidden words that PDFium reads on a page, each with its letters' places."""
    text = page.get_textpage()
    try:
        words, owners = [], []
        for index in range(min(text.count_chars(), LETTERS_MOST)):
            point = int(pdfium.FPDFText_GetUnicode(text, index))
            words.append(chr(point) if 0 < point < 0xD800 or 0xDFFF < point < 0x110000 else " ")
            owners.append(-1 if pdfium.FPDFText_IsGenerated(text, index) == 1 else index)
        for found in find.find("".join(words)):
            yield found.mask.value, [_spot(text, owner) for owner in owners[found.first : found.last] if owner >= 0]
    finally:
        text.close()


def _spot(text: pypdfium2.PdfTextPage, index: int) -> _Spot:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, index, box)
    return x.value, y.value, box.left, box.bottom, box.right, box.top


def as_pictures(pdf: bytes, numbers: Collection[int], find: Finder) -> bytes:
    """The document with these pages (from 1) as pictures of themselves, painted over where hidden words stand: for what nothing else can take out."""
    drawn = pypdfium2.PdfDocument(pdf)
    out = io.BytesIO()
    try:
        with pikepdf.Pdf.open(io.BytesIO(pdf)) as document:
            for number in sorted(numbers):
                picture, width, height, _ = _drawn(drawn, number, find)
                _replace(document, number, pictures.pdf_of_pictures([(picture, width, height)]))
            document.remove_unreferenced_resources()
            document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    finally:
        drawn.close()
    return out.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """A document as pictures of its pages, hidden words painted over."""

    pdf: bytes
    """The pictures, a page each."""
    page_count: int
    """Pages of the document itself: more than there are pictures, where it was too long."""
    pages: tuple[PageBlinding, ...]
    """What was painted over."""


def painted(path: Path, hidden: Hidden, most: int) -> Painted:
    """The first pages of a document that could not be taken apart. Raises pypdfium2.PdfiumError where PDFium cannot draw it."""
    find = finder(hidden)
    document = pypdfium2.PdfDocument(path)
    sheets, pages = [], []
    try:
        count = len(document)
        for number in range(1, min(count, most) + 1):
            try:
                picture, width, height, masks = _drawn(document, number, find)
            except pypdfium2.PdfiumError:
                if number == count == 1:
                    raise
                picture, (width, height), masks = Pillow.new("RGB", (1, 1), "white"), drawing.A4_PT, []
            sheets.append((picture, width, height))
            pages.append(PageBlinding(page=number, removed=tuple(sorted(Counter(masks).items())), doubts=(Doubt.NOT_APART,)))
    finally:
        document.close()
    return Painted(pdf=pictures.pdf_of_pictures(sheets), page_count=count, pages=tuple(pages))


def _drawn(document: pypdfium2.PdfDocument, number: int, find: Finder) -> tuple[Pillow.Image, float, float, list[str]]:
    """One page's picture, painted over, its size in points as seen, and the masks that hide what was there."""
    page = document[number - 1]
    try:
        picture = drawing.draw(page, _PICTURE_PX)
        brush = ImageDraw.Draw(picture)
        masks = []
        for mask, spots in _telling(page, find):
            masks.append(mask)
            for _, _, left, bottom, right, top in spots:
                corners = [_device(page, picture.size, x, y) for x, y in ((left, bottom), (right, top), (left, top), (right, bottom))]
                xs, ys = [x for x, _ in corners], [y for _, y in corners]
                brush.rectangle((min(xs) - 2, min(ys) - 2, max(xs) + 2, max(ys) + 2), fill="white")
        return picture, page.get_width(), page.get_height(), masks
    finally:
        page.close()


def _device(page: pypdfium2.PdfPage, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, size[0], size[1], 0, x, y, across, down)
    return across.value, down.value


def _replace(document: pikepdf.Pdf, number: int, picture: bytes) -> None:
    with pikepdf.Pdf.open(io.BytesIO(picture)) as one:
        document.pages.insert(number, one.pages[0])
    del document.pages[number - 1]
