"""Page images: every page of a document as WebP in two widths, so that it is seen inside the dossier without a PDF program."""

import math
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image as Pillow
from PIL import ImageChops

from reviewer.attachments import webp
from reviewer.model.processed import Image

WIDTHS_PX = (900, 1440)
"""Reading width of the page, and the same on a dense screen or enlarged: 170 dpi for A4. 1600 px took a third more bytes for the same legibility."""

SCALE_MOST = 4.0
"""Pixels a point: a page the size of a stamp is not blown up beyond 288 dpi."""

PIXELS_MOST = 6_000_000
"""Pixels of one page image. A4 at 1440 px has 2.9 million; a strip of 14,400 points height must not become a gigabyte."""

A4_PT = (595.28, 841.89)
"""Size that stands in for a page that cannot be opened."""

_DIFFERENCE = 40
"""Steps of brightness from which a page counts as drawn differently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page as drawn."""

    width_pt: float
    """Width as drawn, rotation applied."""
    height_pt: float
    """Height as drawn."""
    images: tuple[Image, ...]
    """What was written, ascending by width."""
    smallest: Pillow.Image
    """The narrowest drawing, RGB, as PDFium drew it."""


def scale_for(width_pt: float, height_pt: float, width_px: int) -> float:
    """Pixels a point for a page to be drawn `width_px` wide, within the bounds above."""
    width_pt, height_pt = max(width_pt, 1.0), max(height_pt, 1.0)
    return min(
        width_px / width_pt, SCALE_MOST, webp.SIDE_MOST_PX / max(width_pt, height_pt), math.sqrt(PIXELS_MOST / (width_pt * height_pt))
    )


def draw(page: pypdfium2.PdfPage, width_px: int) -> Pillow.Image:
    """Draw a page on white, RGB. Raises pypdfium2.PdfiumError when PDFium cannot."""
    scale = scale_for(page.get_width(), page.get_height(), width_px)
    bitmap = page.render(scale=scale, rev_byteorder=True, fill_color=(255, 255, 255, 255), may_draw_forms=False)
    try:
        picture: Pillow.Image = bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()
    return picture


def save_sheet(page: pypdfium2.PdfPage, folder: Path, stem: str) -> Sheet:
    """Draw a page in every width and write `<stem>-<n>.webp`; widths that come out alike are written once."""
    smallest = draw(page, WIDTHS_PX[0])
    images = [webp.save_page(smallest, folder, f"{stem}-1.webp")]
    for count, width_px in enumerate(WIDTHS_PX[1:], start=2):
        drawing = draw(page, width_px)
        if drawing.width > images[-1].width_px:
            images.append(webp.save_page(drawing, folder, f"{stem}-{count}.webp"))
    return Sheet(width_pt=round(page.get_width(), 2), height_pt=round(page.get_height(), 2), images=tuple(images), smallest=smallest)


def try_sheet(pdf: pypdfium2.PdfDocument, index: int, folder: Path, stem: str) -> Sheet | None:
    """Draw a page of a document; None when PDFium cannot."""
    try:
        page = pdf[index]
        try:
            return save_sheet(page, folder, stem)
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return None


def save_original(pdf: pypdfium2.PdfDocument, index: int, after: Sheet, folder: Path, name: str) -> tuple[Image, ...]:
    """Draw a page as it was before normalising, in reading width; nothing when it looks the same."""
    try:
        page = pdf[index]
        try:
            before = draw(page, WIDTHS_PX[0])
        finally:
            page.close()
    except (pypdfium2.PdfiumError, IndexError):
        return ()
    if before.size == after.smallest.size and _highest(ImageChops.difference(before, after.smallest)) < _DIFFERENCE:
        return ()
    return (webp.save_page(before, folder, name),)


def save_blank(folder: Path, stem: str) -> Sheet:
    """Write an empty page for one that PDFium cannot draw."""
    drawing = Pillow.new("RGB", (WIDTHS_PX[0], round(WIDTHS_PX[0] * A4_PT[1] / A4_PT[0])), "white")
    image = webp.save_page(drawing, folder, f"{stem}-1.webp")
    return Sheet(width_pt=A4_PT[0], height_pt=A4_PT[1], images=(image,), smallest=drawing)


def opened(path: Path) -> Pillow.Image:
    """A drawing that was written, RGB."""
    with Pillow.open(path, formats=("WEBP",)) as picture:
        return picture.convert("RGB")


def _highest(difference: Pillow.Image) -> int:
    return int(difference.convert("L").getextrema()[1])  # type: ignore[arg-type] # one channel: (lowest, highest)
