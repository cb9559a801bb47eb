"""A quick look at a file that is not in a package yet: can it be shown, what is its text worth, what does it link to, which fonts does it lack.

The same judges as for dossiers (`reading.health`, `reading.addresses`, `codes`, `sanitise`), on small drawings and without anything written: some
50 ms a page instead of a second. Runs in a child process, as everything that reads a hostile byte.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2

from reviewer.attachments import drawing, limits, pictures
from reviewer.attachments.codes import addresses_in_codes
from reviewer.attachments.findings import PDF_NOT_DRAWABLE
from reviewer.attachments.reading import health, paragraphs
from reviewer.attachments.reading.addresses import addresses_in
from reviewer.attachments.reading.matter import page_matter
from reviewer.attachments.reading.segments import is_vertical, laid_down, segments
from reviewer.attachments.refusal import Refusal
from reviewer.attachments.sanitise import FAULTS, Refused, sanitise
from reviewer.model.problem import Where
from reviewer.model.processed import FoundAddress, PageHealth

DRAWN_PX = 480
"""Width at which a page is drawn to judge its ink."""

CODES_PX = 900
"""Width at which a scan is drawn to read its QR codes."""

_STANDARD = ("Helvetica", "Arial", "Times", "Courier", "Symbol", "ZapfDingbats")
"""Families that every PDF program brings; their absence harms nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a quick look tells."""

    pages: int
    """Pages."""
    health: tuple[PageHealth, ...]
    """What each page's text layer is worth."""
    addresses: tuple[FoundAddress, ...]
    """Links, addresses in words, in codes."""
    fonts_missing: tuple[str, ...]
    """Fonts that are named and not embedded, the standard ones aside."""


def survey_document(path: Path) -> Survey:
    """Look at a PDF. Raises `Refusal` when it is locked or damaged beyond drawing."""
    try:
        inert = sanitise(path)
    except Refused as refused:
        raise Refusal(refused.problem) from None
    found = [FoundAddress(address=link.address, page=link.page, how="annotation") for link in inert.links if link.kind == "annotation"]
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        raise Refusal(PDF_NOT_DRAWABLE.at(Where())) from None
    states = []
    count = len(pdf)
    for index in range(min(count, limits.PDF_PAGES)):
        state, addresses = _page(pdf, index)
        states.append(state)
        found += addresses
    pdf.close()
    return Survey(pages=count, health=tuple(states), addresses=tuple(dict.fromkeys(found)), fonts_missing=_fonts_missing(path))


def survey_picture(path: Path) -> Survey:
    """Look at a JPEG or PNG. Raises `Refusal` when it cannot be opened."""
    found = addresses_in_codes(pictures.open_picture(path).picture)
    addresses = tuple(FoundAddress(address=address, page=1, how="qr") for address in found)
    return Survey(pages=1, health=(PageHealth.SCAN,), addresses=addresses, fonts_missing=())


def _page(pdf: pypdfium2.PdfDocument, index: int) -> tuple[PageHealth, list[FoundAddress]]:
    try:
        page = pdf[index]
        try:
            matter = page_matter(page)
            picture = drawing.draw(page, DRAWN_PX)
            glyphs = tuple(glyph for glyph in matter.glyphs if glyph.upright)
            lines = segments(laid_down(glyphs)) if is_vertical(glyphs) else segments(glyphs, matter.rules)
            words = paragraphs.plain_words(lines)
            state = health.page_health(matter, words, picture)
            found = (
                [FoundAddress(address=address, page=index + 1, how="text") for address in addresses_in(words)]
                if state is PageHealth.TEXT
                else []
            )
            if state in (PageHealth.SCAN, PageHealth.GARBLED):
                codes = addresses_in_codes(drawing.draw(page, CODES_PX))
                found += [FoundAddress(address=address, page=index + 1, how="qr") for address in codes]
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return PageHealth.EMPTY, []
    return state, found


def _fonts_missing(path: Path) -> tuple[str, ...]:
    try:
        with pikepdf.Pdf.open(path) as pdf:
            names = {name for page in pdf.pages for name in _fonts_of(page.obj)}
    except FAULTS:
        return ()
    return tuple(sorted(name for name in names if not name.startswith(_STANDARD)))


def _fonts_of(page: pikepdf.Object) -> Iterator[str]:
    resources = page.get("/Resources")
    fonts = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
    for key in fonts.keys() if isinstance(fonts, pikepdf.Dictionary) else ():
        font = fonts[key]  # type: ignore[index] # it is a dictionary, as asked above
        descendants = font.get("/DescendantFonts")
        inner = descendants[0] if isinstance(descendants, pikepdf.Array) and len(descendants) else font
        descriptor = inner.get("/FontDescriptor")
        embedded = descriptor is not None and any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        if not embedded and str(font.get("/Subtype")) != "/Type3":
            yield str(font.get("/BaseFont", "")).lstrip("/")
