"""PDFs, pictures and media for tests, made when the tests run; every word on them is known to the test."""

import functools
import io
import random
from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from reviewer.fonts.faces import project_faces

A4 = (595.28, 841.89)


@functools.cache
def _fonts() -> tuple[str, str]:
    for name, face in zip(("Text", "TextBold"), project_faces(), strict=True):
        pdfmetrics.registerFont(TTFont(name, str(face.path)))
    return "Text", "TextBold"


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words: its place from the upper left corner to its base line."""

    x: float
    y: float
    text: str
    size: float = 12.0
    bold: bool = False
    mode: int = 0
    turn: float = 0.0
    grey: float = 0.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that fills a box."""

    x: float
    y: float
    width: float
    height: float
    picture: Image.Image


@dataclass(frozen=True, slots=True)
class Line:
    """A ruling line."""

    x0: float
    y0: float
    x1: float
    y1: float


Thing = Words | Picture | Line


def pdf(*pages: Iterable[Thing], size: tuple[float, float] = A4, rotate: int = 0) -> bytes:
    """A PDF with these things on its pages."""
    out = io.BytesIO()
    regular, bold = _fonts()
    sheet = canvas.Canvas(out, pagesize=size, invariant=1)
    for page in pages:
        for thing in page:
            if isinstance(thing, Words):
                _write(sheet, thing, bold if thing.bold else regular, size[1])
            elif isinstance(thing, Picture):
                sheet.drawImage(ImageReader(thing.picture), thing.x, size[1] - thing.y - thing.height, thing.width, thing.height)
            else:
                sheet.line(thing.x0, size[1] - thing.y0, thing.x1, size[1] - thing.y1)
        sheet.showPage()
    sheet.save()
    return _rotated(out.getvalue(), rotate) if rotate else out.getvalue()


def _rotated(data: bytes, rotate: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(data)) as made:
        for page in made.pages:
            page.obj.Rotate = rotate
        made.save(out, deterministic_id=True)
    return out.getvalue()


def without_unicode(data: bytes) -> bytes:
    """The same PDF, its fonts without the tables that say which characters their codes are."""
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(data)) as made:
        for item in made.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                del item["/ToUnicode"]
        made.save(out, deterministic_id=True)
    return out.getvalue()


def _write(sheet: canvas.Canvas, words: Words, font: str, height: float) -> None:
    sheet.saveState()
    sheet.translate(words.x, height - words.y)
    sheet.rotate(words.turn)
    text = sheet.beginText(0, 0)
    text.setFont(font, words.size)
    text.setFillGray(words.grey)
    text.setTextRenderMode(words.mode)
    text.textOut(words.text)
    sheet.drawText(text)
    sheet.restoreState()


def lines(x: float, y: float, texts: Iterable[str], *, leading: float = 20.0, size: float = 12.0, bold: bool = False) -> list[Thing]:
    """Lines of words below each other."""
    return [Words(x, y + leading * count, text, size, bold=bold) for count, text in enumerate(texts)]


def table(x: float, y: float, widths: tuple[float, ...], rows: Iterable[tuple[str, ...]], *, height: float = 24.0) -> list[Thing]:
    """A ruled table of short cells."""
    made: list[Thing] = []
    places = [x]
    for width in widths:
        places.append(places[-1] + width)
    top = y
    for row in rows:
        made.append(Line(places[0], top, places[-1], top))
        made += [Line(place, top, place, top + height) for place in places]
        made += [Words(place + 4, top + height - 8, cell) for place, cell in zip(places, row, strict=False) if cell]
        top += height
    made.append(Line(places[0], top, places[-1], top))
    return made


def wrapped(text: str, count: int) -> list[str]:
    """Chinese cut into lines of so many characters."""
    return [text[at : at + count] for at in range(0, len(text), count)]


def photograph(width: int = 400, height: int = 300) -> Image.Image:
    """A colourful picture with gradients, as photographs have."""
    red = Image.linear_gradient("L").resize((width, height))
    green = Image.radial_gradient("L").resize((width, height))
    return Image.merge("RGB", (red, green, red.transpose(Image.Transpose.ROTATE_180)))


def page_of_words(width: int = 900, height: int = 1270) -> Image.Image:
    """A scanned page: stripes of ink on grey paper with noise."""
    grain = random.Random(7).randbytes(width * height).translate(bytes(200 + value // 10 for value in range(256)))  # noqa: S311 - paper's grain
    paper = Image.frombytes("L", (width, height), grain)
    for top in range(100, height - 100, 40):
        for left in range(80, width - 80, 30):
            paper.paste(30, (left, top, left + 18, top + 22))
    return paper.convert("RGB")
