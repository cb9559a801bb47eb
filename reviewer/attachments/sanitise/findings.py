"""Names the active content of a document as it came, with its place, for the report. Removal does not rest on this list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

ACTIVE_KEYS: Final = frozenset({
    "/3DD", "/AA", "/AF", "/Alternates", "/Collection", "/EF", "/EmbeddedFile", "/EmbeddedFiles", "/FFilter", "/ImportData", "/JS",
    "/JavaScript", "/Launch", "/Movie", "/OPI", "/OpenAction", "/Ref", "/RichMediaContent", "/RichMediaSettings", "/URI", "/XFA",
})  # fmt: skip
"""Dictionary keys that stand for something that acts, or that leads out of the document. None may be left in an output."""

PRIVATE_KEYS: Final = frozenset({"/Metadata", "/PieceInfo", "/Thumb"})
"""Keys that say who made a file, with what. None may be left either; nearly every file has them, so they are not reported."""

ACTION_TYPES: Final = frozenset({
    "/GoToE", "/GoToR", "/GoTo3DView", "/Hide", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/Named", "/Rendition", "/ResetForm",
    "/RichMediaExecute", "/SetOCGState", "/Sound", "/SubmitForm", "/Thread", "/Trans", "/URI",
})  # fmt: skip
"""Values of `S` that make a dictionary an action (ISO 32000-2, table 201), but for jumps within the document."""

_SUBTYPES: Final = frozenset({"/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound"})
_HINT: Final = re.compile(
    b"|".join(sorted({re.escape(name.encode()) + rb"(?![A-Za-z0-9])" for name in ACTIVE_KEYS | ACTION_TYPES | _SUBTYPES}, reverse=True))
)
_ACTIVE_VALUES: Final = {"/S": ACTION_TYPES, "/Subtype": _SUBTYPES, "/Type": _SUBTYPES | {"/EmbeddedFile"}}
_DEPTH: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLink:
    """An address that a document points to."""

    page: int
    """Page, counted from 1."""
    address: str
    """As written in the file, decoded; not checked, never followed."""
    kind: Literal["annotation", "text"]
    """A clickable area, or words on the page."""


def active_content(pdf: Pdf) -> tuple[str, ...]:
    """Return the names and places of everything active or private in a document: `JavaScript (catalog)`, `Launch (page 3)`.

    Objects are searched in the file's order, whether or not anything refers to them: what is hidden is named as well.
    """
    places = _places(pdf)
    found: dict[str, None] = {}
    thing: Any
    for thing in pdf.objects:
        if not isinstance(thing, Dictionary | Stream):
            continue
        source = thing.stream_dict if isinstance(thing, Stream) else thing
        if _HINT.search(source.unparse(resolved=True)) is None:
            continue
        place = places.get(thing.objgen, "")
        for name in _names(source, 0):
            found[f"{name} ({place})" if place else name] = None
    return tuple(found)


def _places(pdf: Pdf) -> dict[tuple[int, int], str]:
    places = {pdf.Root.objgen: "catalog"}
    for number, page in enumerate(pdf.pages, 1):
        places[page.obj.objgen] = f"page {number}"
        for annotation in annotations(page.obj):
            places[annotation.objgen] = f"page {number}"
            action = annotation.get("/A")
            if isinstance(action, Dictionary):
                places[action.objgen] = f"page {number}"
    places.pop((0, 0), None)
    return places


def annotations(page: Object) -> Iterator[Object]:
    """Yield a page's annotations, passing over what is none."""
    listed = page.get("/Annots")
    if isinstance(listed, Array):
        for annotation in listed:
            if isinstance(annotation, Dictionary):
                yield annotation


def _names(holder: Object, depth: int) -> Iterator[str]:
    value: Any
    for key, value in holder.items():
        if key in ACTIVE_KEYS:
            yield key[1:]
        elif isinstance(value, Name) and str(value) in _ACTIVE_VALUES.get(key, ()):
            yield str(value)[1:]
        if isinstance(value, Object) and not value.is_indirect and depth < _DEPTH:
            for inner in value if isinstance(value, Array) else (value,):
                if isinstance(inner, Dictionary) and not inner.is_indirect:
                    yield from _names(inner, depth + 1)


def linked_addresses(pdf: Pdf) -> tuple[FoundLink, ...]:
    """Return the web addresses behind clickable areas, by page."""
    found: dict[FoundLink, None] = {}
    for number, page in enumerate(pdf.pages, 1):
        for annotation in annotations(page.obj):
            action = annotation.get("/A")
            address = action.get("/URI") if isinstance(action, Dictionary) else None
            if isinstance(address, String):
                found[FoundLink(page=number, address=_decoded(address), kind="annotation")] = None
    return tuple(found)


def _decoded(address: String) -> str:
    raw = bytes(address)
    try:
        return raw.decode("utf-8")  # what producers write, though the standard asks for ASCII
    except UnicodeDecodeError:
        return str(address)
