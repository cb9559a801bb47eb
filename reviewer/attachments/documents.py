"""PDFs: made inert, set in the project's typeface, drawn and read. Runs in a child process."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image as Pillow
from PIL import ImageChops

from reviewer.attachments import drawing, pictures, webp
from reviewer.attachments.codes import addresses_in_codes
from reviewer.attachments.findings import (
    PAGES_CUT,
    PAGES_GARBLED,
    PAGES_NOT_DRAWN,
    PDF_AS_IMAGES,
    PDF_NOT_DRAWABLE,
    PDF_NOT_NORMALISED,
)
from reviewer.attachments.normalise import Reason, installed_faces, normalise
from reviewer.attachments.reading.addresses import addresses_in
from reviewer.attachments.reading.document import PageWords, read
from reviewer.attachments.refusal import Refusal
from reviewer.attachments.sanitise import Refused, sanitise
from reviewer.model.problem import Problem, Where
from reviewer.model.processed import FontFinding, FoundAddress, Image, PageHealth, PageView

PDF_NAME = "document.pdf"
"""The derived document in the entry's folder."""

LOCKED = "pdf-locked"
"""Code of the refusal that no drawing can help."""

IMAGES_MOST = 60
"""Pages of a document that is saved as images only: the longest reports seen have as many, and each is a picture in the merged dossier."""

_DIFFERENCE = 40
"""Steps of brightness from which a page counts as drawn differently."""


class Way(enum.StrEnum):
    """How much is tried. When a child dies the next, simpler way is taken."""

    FULL = "full"
    """Sanitise, normalise, draw, read."""
    PLAIN = "plain"
    """Sanitise, draw, read; fonts stay as they are."""
    IMAGES = "images"
    """Draw what came in; the document is made of the images."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFiles:
    """What was made of a document."""

    pdf: str
    """File name of the derived PDF."""
    pages: tuple[PageView, ...]
    """Its pages."""
    fonts: tuple[FontFinding, ...] = ()
    """What was done about its fonts."""
    addresses: tuple[FoundAddress, ...] = ()
    """Links removed, addresses read."""
    problems: tuple[Problem, ...] = ()
    """What was mended or lost."""
    producer: str = ""
    """Program that made it."""


def save_document_files(path: Path, folder: Path, way: Way) -> DocumentFiles:
    """Write the derived PDF, page images and cuttings of a PDF. Raises `Refusal` when it cannot even be drawn."""
    if way is Way.IMAGES:
        return _as_images(path, folder, ())
    data = path.read_bytes()
    try:
        inert = sanitise(data)
    except Refused as refused:
        if refused.problem.code == LOCKED:
            raise Refusal(refused.problem) from None
        try:
            return _as_images(path, folder, (refused.problem,))
        except Refusal:
            raise Refusal(refused.problem) from None
    problems = list(inert.notes)
    final, fonts = inert.pdf, tuple[FontFinding, ...]()
    if way is Way.FULL:
        final, fonts = _normalised(inert.pdf)
    else:
        problems.append(PDF_NOT_NORMALISED.at(Where()))
    (folder / PDF_NAME).write_bytes(final)
    pages, words, lost = _drawn_and_read(final, inert.pdf if final != inert.pdf else None, folder)
    problems += [PAGES_NOT_DRAWN.at(Where(page=number), page=number) for number in lost]
    garbled = [page.number for page in pages if page.health is PageHealth.GARBLED]
    if garbled:
        problems.append(PAGES_GARBLED.at(Where(page=garbled[0]), pages="、".join(map(str, garbled))))
    links = [FoundAddress(address=link.address, page=link.page, how="annotation") for link in inert.links if link.kind == "annotation"]
    return DocumentFiles(
        pdf=PDF_NAME, pages=pages, fonts=fonts, addresses=(*links, *words), problems=tuple(problems), producer=_producer(data)
    )


def _normalised(pdf: bytes) -> tuple[bytes, tuple[FontFinding, ...]]:
    made = normalise(pdf, installed_faces())
    return made.pdf, tuple(
        FontFinding(
            name=font.name,
            characters_normalised=font.characters_normalised,
            characters_left=font.characters_left,
            reason="" if font.reason is Reason.NONE else font.reason.value,
        )
        for font in made.report.fonts
    )


def _drawn_and_read(final: bytes, before: bytes | None, folder: Path) -> tuple[tuple[PageView, ...], list[FoundAddress], list[int]]:
    """Page views, addresses in words and codes, and the numbers of pages that could not be drawn."""
    pdf = pypdfium2.PdfDocument(final)
    original = pypdfium2.PdfDocument(before) if before is not None else None
    sheets: list[drawing.Sheet] = []
    sizes: list[tuple[float, float]] = []
    originals: list[tuple[Image, ...]] = []
    lost: list[int] = []
    for index in range(len(pdf)):
        sheet, size = _sheet(pdf, index, folder)
        if sheet is None:
            sheet, size = drawing.save_blank(folder, f"p{index + 1:03d}"), drawing.A4_PT
            lost.append(index + 1)
        sheets.append(sheet)
        sizes.append(size)
        originals.append(_original(original, index, sheet, folder) if original is not None and index + 1 not in lost else ())
    words = read(pdf, lambda index: sheets[index].picture(), folder)
    pages = tuple(
        _view(index, sheets[index], sizes[index], originals[index], page) for index, page in enumerate(words)
    )
    addresses = [found for index, page in enumerate(words) for found in _addresses(index + 1, page, sheets[index].picture)]
    pdf.close()
    if original is not None:
        original.close()
    return pages, addresses, lost


def _view(index: int, sheet: drawing.Sheet, size: tuple[float, float], originals: tuple[Image, ...], words: PageWords) -> PageView:
    return PageView(
        number=index + 1,
        width_pt=round(size[0], 2),
        height_pt=round(size[1], 2),
        health=words.health,
        images=sheet.images,
        originals=originals,
        blocks=words.blocks,
        text=words.text,
    )


def _sheet(pdf: pypdfium2.PdfDocument, index: int, folder: Path) -> tuple[drawing.Sheet | None, tuple[float, float]]:
    try:
        page = pdf[index]
        try:
            return drawing.save_sheet(page, folder, f"p{index + 1:03d}"), (page.get_width(), page.get_height())
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        return None, (0.0, 0.0)


def _original(original: pypdfium2.PdfDocument, index: int, sheet: drawing.Sheet, folder: Path) -> tuple[Image, ...]:
    """The page before normalising, where it looks different."""
    try:
        page = original[index]
        try:
            before = drawing.draw(page, drawing.WIDTHS_PX[0])
        finally:
            page.close()
    except (pypdfium2.PdfiumError, IndexError):
        return ()
    after = sheet.smallest
    if before.size == after.size and _highest(ImageChops.difference(before, after)) < _DIFFERENCE:
        return ()
    return (webp.save_page(before, folder, f"o{index + 1:03d}-1.webp"),)


def _highest(difference: Pillow.Image) -> int:
    return int(difference.convert("L").getextrema()[1])  # type: ignore[arg-type] # one channel: (lowest, highest)


def _addresses(number: int, words: PageWords, picture: Callable[[], Pillow.Image]) -> list[FoundAddress]:
    found = [FoundAddress(address=address, page=number, how="text") for address in addresses_in(words.text)]
    if words.health in (PageHealth.SCAN, PageHealth.GARBLED):
        found += [FoundAddress(address=address, page=number, how="qr") for address in addresses_in_codes(picture())]
    return found


def _as_images(path: Path, folder: Path, why: tuple[Problem, ...]) -> DocumentFiles:
    """Draw the file as it came, and make a document of the drawings: nothing of the file itself is kept."""
    try:
        pdf = pypdfium2.PdfDocument(path)
        count = len(pdf)
    except pypdfium2.PdfiumError:
        raise Refusal(PDF_NOT_DRAWABLE.at(Where())) from None
    pages: list[PageView] = []
    printed: list[tuple[Pillow.Image, float, float]] = []
    lost: list[int] = []
    for index in range(min(count, IMAGES_MOST)):
        sheet, size = _sheet(pdf, index, folder)
        if sheet is None:
            lost.append(index + 1)
            sheet, size = drawing.save_blank(folder, f"p{index + 1:03d}"), drawing.A4_PT
        state = PageHealth.EMPTY if index + 1 in lost else PageHealth.SCAN
        printed.append((sheet.picture(), *size))
        pages.append(_view(index, sheet, size, (), PageWords(health=state)))
    pdf.close()
    if not pages or len(lost) == len(pages):
        raise Refusal(PDF_NOT_DRAWABLE.at(Where()))
    (folder / PDF_NAME).write_bytes(pictures.pdf_of_pictures(printed))
    problems = [*why, PDF_AS_IMAGES.at(Where()), *(PAGES_NOT_DRAWN.at(Where(page=number), page=number) for number in lost)]
    if count > IMAGES_MOST:
        problems.append(PAGES_CUT.at(Where(), pages=count, limit=IMAGES_MOST))
    return DocumentFiles(pdf=PDF_NAME, pages=tuple(pages), problems=tuple(problems))


def _producer(data: bytes) -> str:
    """Program that made the file, by its own word, for the report."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return ""
    try:
        facts = [str(pdf.get_metadata_value(key)).strip() for key in ("Creator", "Producer")]
    except (pypdfium2.PdfiumError, UnicodeError):
        return ""
    finally:
        pdf.close()
    words = " / ".join(dict.fromkeys(fact for fact in facts if fact))
    return "".join(letter for letter in words if letter.isprintable())[:200]
