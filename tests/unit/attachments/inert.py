"""Walks every object of a document and names what could act, lead out of it, or say who made it."""

import io
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from reviewer.attachments.sanitise.findings import ACTION_TYPES, ACTIVE_KEYS, PRIVATE_KEYS

_MORE_KEYS = {
    "/A",
    "/Annots",
    "/AcroForm",
    "/Names",
    "/Outlines",
    "/OCProperties",
    "/Dests",
    "/StructTreeRoot",
    "/Info",
    "/OC",
    "/FS",
    "/F",
}
_TYPES = {"/EmbeddedFile", "/Filespec", "/Annot", "/Action", "/3D", "/OCG", "/OCMD"}


def walk(pdf: bytes) -> list[str]:
    """Name everything that may not be in an output, with its object; from the trailer on, and every object that nothing refers to."""
    found: list[str] = []
    with Pdf.open(io.BytesIO(pdf)) as document:
        if "/Info" in document.trailer:
            found.append("trailer /Info")
        for thing in [document.Root, *document.objects]:
            _look(thing, found, f"{thing.objgen[0]}" if isinstance(thing, Object) else "", 0)
    return found


def _look(thing: Any, found: list[str], place: str, depth: int) -> None:
    if isinstance(thing, Dictionary | Stream):
        for key in set(thing.keys()):
            value: Any = thing.get(key)
            if key in ACTIVE_KEYS | PRIVATE_KEYS | _MORE_KEYS and not _is_flag(key, value):
                found.append(f"{place} {key}")
            if isinstance(value, Name) and (
                (key == "/S" and str(value) in ACTION_TYPES) or (key in ("/Type", "/Subtype") and str(value) in _TYPES)
            ):
                found.append(f"{place} {key} {value}")
            _descend(value, found, f"{place} {key}", depth)
    elif isinstance(thing, Array):
        for item in thing:
            _descend(item, found, place, depth)


def _descend(value: Any, found: list[str], place: str, depth: int) -> None:
    if isinstance(value, Object) and not value.is_indirect and depth < 50:
        _look(value, found, place, depth + 1)


def _is_flag(key: str, value: Any) -> bool:
    """`F` is also what tests call a font; a file is a string or a dictionary of type Filespec or without a type."""
    return key == "/F" and isinstance(value, Dictionary) and value.get("/Type") == "/Font"
