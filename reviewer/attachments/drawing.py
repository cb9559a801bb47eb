"""Page images: every page of a document as WebP in two widths, so that it is seen inside the dossier without a PDF program."""

import math
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image as Pillow

from reviewer.attachments import webp
from reviewer.model.processed import Image

WIDTHS_PX = (900, 1440)
"""Reading width of the page, and the same on a dense screen or enlarged: 170 dpi for A4. 1600 px took a third more bytes for the same legibility."""

ORIGINAL_WIDTH_PX = 1200
"""Width of the pages before normalising, looked at one by one beside the normalised page."""

SCALE_MOST = 4.0
"""Pixels a point: a page the size of a stamp is not blown up beyond 288 dpi."""

PIXELS_MOST = 6_000_000
"""Pixels of one page image. A4 at 1440 px has 2.9 million; a strip of 14,400 points height must not become a gigabyte."""


A4_PT = (595.28, 841.89)
"""Size that stands in for a page that cannot be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page as drawn. The widest drawing is kept compressed: forty pages of bare pixels would be 360 MB."""

    images: tuple[Image, ...]
    """What was written, ascending by width."""
    folder: Path
    """Where it was written."""
    smallest: Pillow.Image
    """The narrowest drawing, RGB, as PDFium drew it."""

    def picture(self) -> Pillow.Image:
        """The widest drawing, RGB, for cutting pictures out and for looking at ink."""
        with Pillow.open(self.folder / self.images[-1].name, formats=("WEBP",)) as picture:
            return picture.convert("RGB")


def scale_for(width_pt: float, height_pt: float, width_px: int) -> float:
    """Pixels a point for a page to be drawn `width_px` wide, within the bounds above."""
    width_pt, height_pt = max(width_pt, 1.0), max(height_pt, 1.0)
    return min(width_px / width_pt, SCALE_MOST, math.sqrt(PIXELS_MOST / (width_pt * height_pt)))


def draw(page: pypdfium2.PdfPage, width_px: int) -> Pillow.Image:
    """Draw a page on white, RGB, with what its annotations show. Raises pypdfium2.PdfiumError when PDFium cannot."""
    scale = scale_for(page.get_width(), page.get_height(), width_px)
    bitmap = page.render(scale=scale, rev_byteorder=True, fill_color=(255, 255, 255, 255), may_draw_forms=False)
    try:
        return bitmap.to_pil().convert("RGB")
    finally:
        bitmap.close()


def save_sheet(page: pypdfium2.PdfPage, folder: Path, stem: str, widths_px: tuple[int, ...] = WIDTHS_PX) -> Sheet:
    """Draw a page in every width and write `<stem>-<n>.webp`; widths that come out alike are written once."""
    images: list[Image] = []
    smallest: Pillow.Image | None = None
    for count, width_px in enumerate(widths_px, start=1):
        drawing = draw(page, width_px)
        smallest = smallest or drawing
        if images and drawing.width <= images[-1].width_px:
            continue
        images.append(webp.save_page(drawing, folder, f"{stem}-{count}.webp"))
    return Sheet(images=tuple(images), folder=folder, smallest=smallest or draw(page, widths_px[0]))


def save_blank(folder: Path, stem: str) -> Sheet:
    """Write an empty page for one that PDFium cannot draw."""
    drawing = Pillow.new("RGB", (WIDTHS_PX[0], round(WIDTHS_PX[0] * math.sqrt(2))), "white")
    return Sheet(images=(webp.save_page(drawing, folder, f"{stem}-1.webp"),), folder=folder, smallest=drawing)
