"""Placing attachments' pages into the frames of our own pages.

WeasyPrint lays out one frame for each page of an attachment (5 ms a page, since it is nearly empty); here the normalised page is put into
it as a form XObject, scaled down to fit and never up, so that type keeps its size where it can. Placing costs about 1 ms a page with
pikepdf. Names of resources are fixed and the file's id is derived from its content, so equal inputs give equal bytes.

Defended: the worker, against what students' pages and fonts may still do to qpdf. How: this runs in the child (`jobs`), like every other step that
opens a PDF of theirs, though these were written by our own sanitiser.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf

from reviewer.attachments.normalise import share_fonts

OWN_NAME = "own.pdf"
"""File name of our own pages, with empty frames, in the folder of the work."""

PLACED_NAME = "placed.pdf"
"""The same with the attachments' pages in them."""

_EDGE_GREY = "0.75"
_EDGE_WIDTH_PT = "0.4"

_UA_CLAIM = "{http://www.aiim.org/pdfua/ns/id/}part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One attachment page and the frame that it goes into."""

    page_index: int
    """Our own page that holds the frame, from 0."""
    box: tuple[float, float, float, float]
    """Frame: left, bottom, right, top in points from the page's lower left corner."""
    source: Path
    """Normalised PDF of the attachment."""
    source_index: int
    """Its page, from 0."""


def place_pages(own: bytes, placements: Sequence[Placement]) -> bytes:
    """Return our own PDF with every attachment page in its frame.

    The file stays tagged, but its claim of PDF/UA is removed: the placed pages are artifacts, silent for screen readers, and the HTML
    page is the accessible form.
    """
    with Pdf.open(io.BytesIO(own)) as pdf:
        by_source: dict[Path, list[Placement]] = {}
        for placement in placements:
            by_source.setdefault(placement.source, []).append(placement)
        for source, rows in by_source.items():
            with Pdf.open(source) as attached:
                for placement in rows:
                    _place(pdf, attached, placement)
        if placements:
            share_fonts(pdf)
            _drop_claim(pdf)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return target.getvalue()


def place_in_file(own: Path, folder: Path, placements: Sequence[Placement]) -> None:
    """The same from file to file: what is made lies in `folder` as `PLACED_NAME`."""
    (folder / PLACED_NAME).write_bytes(place_pages(own.read_bytes(), placements))


def _place(pdf: Pdf, attached: Pdf, placement: Placement) -> None:
    source = attached.pages[placement.source_index]
    for box in (Name.TrimBox, Name.BleedBox, Name.ArtBox):
        if box in source.obj:  # what is shown is the crop box; qpdf would take the trim box
            del source.obj[box]
    form = pdf.copy_foreign(source.as_form_xobject())
    page = Page(pdf.pages[placement.page_index])
    resources = _own_resources(page)
    name = _free_name(resources)
    resources.XObject[name] = form
    # WeasyPrint leaves its own, mirrored coordinates in force at the end of a page.
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\n" + _drawing(name, _bounds(form), placement.box))


def _own_resources(page: Page) -> pikepdf.Object:
    """Give the page resources of its own, since all pages of WeasyPrint have the same: nobody who takes a page out takes every attachment along."""
    resources = Dictionary(dict(page.obj.get(Name.Resources, Dictionary()).items()))
    resources.XObject = Dictionary(dict(resources.get(Name.XObject, Dictionary()).items()))
    page.obj.Resources = resources
    own: pikepdf.Object = page.obj.Resources
    return own


def _free_name(resources: pikepdf.Object) -> Name:
    used = set(resources.XObject.keys())
    return next(Name(name) for number in range(1, len(used) + 2) if (name := f"/Attached{number}") not in used)


def _drawing(name: Name, bounds: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bytes:
    """Draw the form at the top of the frame, centred, scaled down where it must be, and a hair line around it; all of it an artifact."""
    left, bottom, right, top = bounds
    width, height = max(right - left, 1.0), max(top - bottom, 1.0)
    scale = min(1.0, (box[2] - box[0]) / width, (box[3] - box[1]) / height)
    across = box[0] + (box[2] - box[0] - width * scale) / 2
    up = box[3] - height * scale
    matrix = f"{scale:.5f} 0 0 {scale:.5f} {across - left * scale:.3f} {up - bottom * scale:.3f} cm"
    edge = f"{_EDGE_GREY} G {_EDGE_WIDTH_PT} w {across:.3f} {up:.3f} {width * scale:.3f} {height * scale:.3f} re S"
    return f"/Artifact BMC q {matrix} {name} Do Q q {edge} Q EMC\n".encode("ascii")


def _bounds(form: pikepdf.Object) -> tuple[float, float, float, float]:
    """The form's bounding box in the space that it is placed in, its own matrix (rotation, user unit) applied."""
    left, bottom, right, top = (float(number) for number in Array(form.BBox))
    matrix = pikepdf.Matrix(form.Matrix) if Name.Matrix in form else pikepdf.Matrix()
    corners = [matrix.transform(corner) for corner in ((left, bottom), (right, top), (left, top), (right, bottom))]
    across, up = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(across), min(up), max(across), max(up)


def _drop_claim(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        if _UA_CLAIM in metadata:
            del metadata[_UA_CLAIM]
