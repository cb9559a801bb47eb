"""A PDF's three steps, each a job of its own in a child process: made inert and set in the project's typeface; drawn, some pages at a time; read."""

import dataclasses
import enum
import io
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image as Pillow

from reviewer.attachments import drawing, pictures
from reviewer.attachments.blind import blind, viewed
from reviewer.attachments.codes import addresses_in_codes
from reviewer.attachments.findings import PDF_NOT_DRAWABLE
from reviewer.attachments.normalise import Reason, installed_faces, normalise
from reviewer.attachments.reading.addresses import addresses_in
from reviewer.attachments.reading.document import PageWords, read
from reviewer.attachments.refusal import Refusal
from reviewer.attachments.sanitise import Refused, sanitise
from reviewer.model.hiding import NOTHING, Hidden
from reviewer.model.problem import Problem, Where
from reviewer.model.processed import FontFinding, FoundAddress, Image, PageBlinding, PageHealth

PDF_NAME = "document.pdf"
"""The derived document in the entry's folder."""

BEFORE_NAME = "before.pdf"
"""The sanitised document before normalising: for the originals' images, and removed with them."""

PAINTED_NAME = "painted.pdf"
"""Pages as pictures, hidden words painted over: what is drawn of a document that cannot be taken apart; removed afterwards."""

IMAGES_MOST = 60
"""Pages of a document that is saved as images only: the longest reports seen have as many, and each is a picture in the merged dossier."""

LOCKED = "pdf-locked"
"""Code of the refusal that no drawing can help."""


class Way(enum.StrEnum):
    """How much is tried. When a child dies the next, simpler way is taken."""

    FULL = "full"
    """Sanitise, normalise."""
    PLAIN = "plain"
    """Sanitise; fonts stay as they are."""
    IMAGES = "images"
    """Take nothing over but images of the pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What the first step made."""

    way: Way
    """How it was made in the end."""
    page_count: int
    """At least 1."""
    has_before: bool = False
    """Whether BEFORE_NAME was written."""
    fonts: tuple[FontFinding, ...] = ()
    """What was done about its fonts."""
    links: tuple[FoundAddress, ...] = ()
    """Links that were removed."""
    problems: tuple[Problem, ...] = ()
    """What was mended."""
    producer: str = ""
    """Program that made it."""
    blinding: tuple[PageBlinding, ...] = ()
    """What was taken out for a department that masks; empty for others."""
    tells_nothing: bool = False
    """Whether it holds nothing that is hidden: then nothing was written, and what is made for everybody serves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPage:
    """A page's images; none when it cannot be drawn."""

    number: int
    """From 1."""
    width_pt: float
    """Width as drawn."""
    height_pt: float
    """Height as drawn."""
    images: tuple[Image, ...]
    """Ascending by width."""
    originals: tuple[Image, ...] = ()
    """The page before normalising, where it looks different."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A page's words and the addresses among them."""

    words: PageWords
    """Health, reading view, text."""
    addresses: tuple[FoundAddress, ...]
    """In its words and codes."""


def prepare(path: Path, folder: Path, way: Way, hidden: Hidden = NOTHING) -> Prepared:
    """Write the derived PDF (none for images). Raises `Refusal` for what is locked or cannot be opened by anything.

    Without its hidden words, if there are any to hide; a document that holds none of them is left alone, since it is what it is for everybody.
    """
    producer = producer_of(path)
    if way is Way.IMAGES:
        return _as_images(path, folder, hidden, producer)
    try:
        inert = sanitise(path)
    except Refused as refused:
        if refused.problem.code == LOCKED:
            raise Refusal(refused.problem) from None
        try:
            return dataclasses.replace(_as_images(path, folder, hidden, producer), problems=(refused.problem,))
        except Refusal:
            raise Refusal(refused.problem) from None
    source = inert.pdf
    blinding: tuple[PageBlinding, ...] = ()
    if hidden:
        blinded = blind(inert.pdf, hidden)
        source, blinding = blinded.pdf, blinded.pages
        if not blinded.changed:
            return Prepared(way=way, page_count=inert.page_count, blinding=blinding, tells_nothing=True)
    final, fonts = _normalised(source) if way is Way.FULL else (source, ())
    (folder / PDF_NAME).write_bytes(final)
    has_before = final != source and not hidden  # pages before normalising are never shown where anything is masked
    if has_before:
        (folder / BEFORE_NAME).write_bytes(source)
    return Prepared(
        way=way,
        page_count=inert.page_count,
        has_before=has_before,
        fonts=fonts,
        links=tuple(
            FoundAddress(address=link.address, page=link.page, how="annotation") for link in inert.links if link.kind == "annotation"
        ),
        problems=inert.notes,
        producer=producer,
        blinding=blinding,
    )


def _as_images(path: Path, folder: Path, hidden: Hidden, producer: str) -> Prepared:
    """Leave it to images of the pages; where words are hidden, of pages that are painted over first."""
    if not hidden:
        return Prepared(way=Way.IMAGES, page_count=_page_count(path), producer=producer)
    try:
        painted = viewed.painted(path, hidden, IMAGES_MOST)
    except pypdfium2.PdfiumError:
        raise Refusal(PDF_NOT_DRAWABLE.at(Where())) from None
    (folder / PAINTED_NAME).write_bytes(painted.pdf)
    return Prepared(way=Way.IMAGES, page_count=painted.page_count, producer=producer, blinding=painted.pages)


def draw_pages(path: Path, before: Path | None, folder: Path, first: int, last: int) -> tuple[DrawnPage, ...]:
    """Draw the pages `first` to `last` (from 1, both included) of a document, and of the one before normalising where it differs."""
    pdf = _open(path)
    original = _open(before) if before is not None else None
    made = []
    for number in range(first, last + 1):
        sheet = drawing.try_sheet(pdf, number - 1, folder, f"p{number:03d}")
        if sheet is None:
            made.append(DrawnPage(number=number, width_pt=0.0, height_pt=0.0, images=()))
            continue
        originals = drawing.save_original(original, number - 1, sheet, folder, f"o{number:03d}-1.webp") if original is not None else ()
        made.append(DrawnPage(number=number, width_pt=sheet.width_pt, height_pt=sheet.height_pt, images=sheet.images, originals=originals))
    pdf.close()
    if original is not None:
        original.close()
    return tuple(made)


def read_pages(path: Path, drawings: tuple[str, ...], folder: Path) -> tuple[ReadPage, ...]:
    """Read a document whose page drawings lie in `folder` under the names given."""

    def picture(index: int) -> Pillow.Image:
        return drawing.opened(folder / drawings[index])

    pdf = _open(path)
    words = read(pdf, picture, folder)
    pdf.close()
    return tuple(ReadPage(words=page, addresses=tuple(_addresses(index, page, picture(index)))) for index, page in enumerate(words))


def images_pdf(drawings: tuple[tuple[str, float, float], ...], folder: Path) -> None:
    """Write the derived PDF from page drawings in `folder`: (name, width, height in points)."""
    pages = ((drawing.opened(folder / name), width_pt, height_pt) for name, width_pt, height_pt in drawings)
    (folder / PDF_NAME).write_bytes(pictures.pdf_of_pictures(pages))


def blank_pages(numbers: tuple[int, ...], folder: Path) -> None:
    """Empty the pages of the derived PDF that cannot be drawn: what holds up this program would hold up a reviewer's."""
    out = io.BytesIO()
    with pikepdf.Pdf.open(folder / PDF_NAME) as pdf:
        for number in numbers:
            page = pdf.pages[number - 1].obj
            page.Contents = pikepdf.Stream(pdf, b"")
            page.Resources = pikepdf.Dictionary()
            for key in ("/Group", "/Annots"):
                if key in page:
                    del page[key]
        pdf.remove_unreferenced_resources()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    (folder / PDF_NAME).write_bytes(out.getvalue())


def producer_of(path: Path) -> str:
    """Program that made a file, by its own word, for the report; empty when it does not say."""
    try:
        pdf = pypdfium2.PdfDocument(path)
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


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        raise Refusal(PDF_NOT_DRAWABLE.at(Where())) from None


def _page_count(path: Path) -> int:
    pdf = _open(path)
    try:
        count = len(pdf)
    finally:
        pdf.close()
    if not count:
        raise Refusal(PDF_NOT_DRAWABLE.at(Where()))
    return count


def _addresses(index: int, words: PageWords, picture: Pillow.Image) -> list[FoundAddress]:
    found = [FoundAddress(address=address, page=index + 1, how="text") for address in addresses_in(words.text)]
    if words.health in (PageHealth.SCAN, PageHealth.GARBLED):
        found += [FoundAddress(address=address, page=index + 1, how="qr") for address in addresses_in_codes(picture)]
    return found
