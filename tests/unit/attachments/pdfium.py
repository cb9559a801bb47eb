"""What PDFium makes of a document: the referee of the tests, since it is not the library that wrote it."""

import ctypes
import re
import unicodedata
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, blanks joined."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [re.sub(r"\s+", " ", _text(page)).strip() for page in document]
    finally:
        document.close()


def _text(page: Any) -> str:
    text = page.get_textpage()
    try:
        found: str = text.get_text_range()
        return found
    finally:
        text.close()


def origins(pdf: bytes) -> list[list[tuple[str, float, float]]]:
    """For each page, each drawn character with the origin of its glyph in points; blanks that PDFium makes up are left out."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    try:
        for page in document:
            text = page.get_textpage()
            found = []
            for index in range(text.count_chars()):
                character = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
                if character.isspace() or pdfium.FPDFText_IsGenerated(text.raw, index) == 1:
                    continue
                x, y = ctypes.c_double(), ctypes.c_double()
                assert pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
                found.append((character, x.value, y.value))
            pages.append(found)
            text.close()
        return pages
    finally:
        document.close()


Letter = tuple[str, float, float]
Box = tuple[float, float, float, float]


def letter_boxes(pdf: bytes, page: int = 0) -> dict[Letter, list[Box]]:
    """The places that letters take up (left, bottom, right, top, in points), by character and origin to a thousandth of a point."""
    document = pypdfium2.PdfDocument(pdf)
    found: dict[Letter, list[Box]] = {}
    try:
        text = document[page].get_textpage()
        x, y = ctypes.c_double(), ctypes.c_double()
        for index in range(text.count_chars()):
            if pdfium.FPDFText_IsGenerated(text.raw, index) != 1:
                assert pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
                letter = (chr(pdfium.FPDFText_GetUnicode(text.raw, index)), round(x.value, 3), round(y.value, 3))
                found.setdefault(letter, []).append(text.get_charbox(index, loose=True))
        text.close()
        return found
    finally:
        document.close()


def furthest(one: bytes, other: bytes) -> float:
    """The largest distance, in points, between the origins of the same characters of two documents; their characters must be the same."""
    most = 0.0
    for left, right in zip(origins(one), origins(other), strict=True):
        assert "".join(item[0] for item in left) == "".join(item[0] for item in right)
        for (_, x1, y1), (_, x2, y2) in zip(left, right, strict=True):
            most = max(most, abs(x1 - x2), abs(y1 - y2))
    return most


def picture(pdf: bytes, page: int = 0, *, scale: float = 1.0, annotations: bool = True) -> Image.Image:
    """A page as PDFium draws it."""
    document = pypdfium2.PdfDocument(pdf)
    if annotations:
        document.init_forms()
    try:
        drawn: Image.Image = document[page].render(scale=scale, draw_annots=annotations, may_draw_forms=annotations).to_pil().convert("RGB")
        return drawn
    finally:
        document.close()


def difference(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of any pixel, 0 to 255; 256 where the sizes differ."""
    if one.size != other.size:
        return 256
    bands: Any = ImageChops.difference(one, other).getextrema()
    return int(max(most for _, most in bands))


def same_text(one: str, other: str) -> bool:
    """Whether two texts are equal but for blanks and compatibility forms."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
