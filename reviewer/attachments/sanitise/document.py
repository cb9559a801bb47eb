"""Makes a PDF inert: its pages, as they look when the file is opened, in a fresh document that holds nothing else.

Defended: whoever opens a dossier, and the build itself, against whatever a file carries: scripts, actions, links, embedded files, media,
forms, layers, metadata, bombs. How: everything visible is drawn into the pages, the pages are pruned to a grammar of what can be drawn
(`grammar`), and only they are copied. What remains: faults of the drawing programs themselves in pictures, fonts and drawing operators;
therefore every step runs in a child process with limits (`reviewer.attachments.sandbox`).
"""

import io
from dataclasses import dataclass
from pathlib import Path

from pikepdf import ObjectStreamMode, PasswordError, Pdf

from reviewer.attachments import limits
from reviewer.attachments.sanitise import boxes, refusals
from reviewer.attachments.sanitise.findings import FoundLink, active_content, linked_addresses
from reviewer.attachments.sanitise.forms import flatten
from reviewer.attachments.sanitise.layers import Layers
from reviewer.attachments.sanitise.nesting import Nesting, TooManyDrawings
from reviewer.attachments.sanitise.prune import Pruner, TooManyObjects
from reviewer.attachments.sanitise.refusals import Refused
from reviewer.attachments.sanitise.streams import StreamBudget, StreamTooLarge
from reviewer.model.problem import Problem, Where

_HEADER_WITHIN = 1024
"""Bytes before the header that readers put up with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanitised:
    """A document that can only be looked at."""

    pdf: bytes
    """The inert document. The same input gives the same bytes."""
    page_count: int
    """Number of pages, at least 1."""
    links: tuple[FoundLink, ...]
    """Addresses behind clickable areas, in the order of the pages. Not in `pdf` any more."""
    removed: tuple[str, ...]
    """What was active, by its name in the standard and its place: `JavaScript (catalog)`."""
    notes: tuple[Problem, ...]
    """What a person should know: repaired, annotations that are not shown."""


def sanitise(data: bytes | Path) -> Sanitised:
    """Return the inert form of a PDF. Raises `Refused` for what cannot be used, by any of the limits too."""
    raw = data if isinstance(data, bytes) else _read(data)
    _refuse_what_is_none(raw)
    try:
        with Pdf.open(io.BytesIO(raw)) as pdf:
            return _sanitised(pdf)
    except PasswordError:
        raise Refused(refusals.LOCKED.at(Where())) from None
    except StreamTooLarge as bomb:
        raise Refused(refusals.STREAM_TOO_LARGE.at(Where(), size=bomb)) from None
    except TooManyObjects:
        raise Refused(refusals.TOO_MANY_OBJECTS.at(Where(), most=limits.PDF_PRUNED_OBJECTS)) from None
    except TooManyDrawings:
        raise Refused(refusals.TOO_MANY_DRAWINGS.at(Where(), most=limits.DRAWINGS)) from None
    except refusals.FAULTS as fault:
        raise Refused(refusals.DAMAGED.at(Where(), fault=type(fault).__name__)) from None


def _read(path: Path) -> bytes:
    if path.stat().st_size > limits.PDF_BYTES:
        raise Refused(refusals.TOO_LARGE.at(Where(), most=limits.PDF_BYTES // 2**20))
    return path.read_bytes()


def _refuse_what_is_none(raw: bytes) -> None:
    if not raw:
        raise Refused(refusals.EMPTY.at(Where()))
    if len(raw) > limits.PDF_BYTES:
        raise Refused(refusals.TOO_LARGE.at(Where(), most=limits.PDF_BYTES // 2**20))
    if b"%PDF-" not in raw[: _HEADER_WITHIN + 5]:
        raise Refused(refusals.NOT_A_PDF.at(Where()))


def _sanitised(pdf: Pdf) -> Sanitised:
    if len(pdf.objects) > limits.PDF_OBJECTS:
        raise Refused(refusals.TOO_MANY_OBJECTS.at(Where(), most=limits.PDF_OBJECTS))
    page_count = len(pdf.pages)
    if page_count > limits.PDF_PAGES:
        raise Refused(refusals.TOO_MANY_PAGES.at(Where(), count=page_count, most=limits.PDF_PAGES))
    if not page_count:
        raise Refused(refusals.NO_PAGES.at(Where()))
    damaged = bool(pdf.get_warnings())
    removed = active_content(pdf)
    links = linked_addresses(pdf)
    layers = Layers(pdf)
    unseen = flatten(pdf, layers)
    layers.apply()
    pruner, nesting = Pruner(StreamBudget()), Nesting()
    for page in pdf.pages:
        boxes.settle(page.obj)
        pruner.prune_page(page.obj)
        nesting.check(page.obj)
    return Sanitised(
        pdf=_fresh(pdf),
        page_count=page_count,
        links=links,
        removed=removed,
        notes=(*((refusals.REPAIRED.at(Where()),) if damaged else ()), *unseen),
    )


def _fresh(pdf: Pdf) -> bytes:
    """Return a new document with the pages and nothing else, in bytes that depend on them only."""
    out = io.BytesIO()
    with Pdf.new() as fresh:
        fresh.pages.extend(pdf.pages)
        save(fresh, out)
    return out.getvalue()


def save(pdf: Pdf, out: io.BytesIO) -> None:
    """Write a document compactly and with an id that follows from its content."""
    pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate, compress_streams=True, fix_metadata_version=False)
