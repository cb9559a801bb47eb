"""Completing the structure tree that WeasyPrint writes.

WeasyPrint ties data cells to their header cells by /Headers and ids; readers and checkers also look for /Scope on the header cells
(ISO 14289-1, 7.5), which it leaves out (version 70, pdf/tags.py). It is added before the file is written: opening it again would cost 60 ms.

A mark over a letter is drawn back from the letter's end. Readers that tell words by gaps then find a blank after it (`tsi̍ t`), in searches, in copies
and when we look for hidden names: words in the Latin face that hold a mark carry their text with them (ISO 32000-1, 14.9.4).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from reviewer.fonts.faces import LATIN_FAMILY

_GLYPHS = re.compile(rb"<([0-9a-f]+)>")
_FONT = re.compile(rb"/(\S+) \S+ Tf")
_MAPPED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")


def complete(pdf: Any) -> None:
    """Complete a document that is about to be written."""
    add_scopes(pdf)
    add_texts(pdf)


def add_scopes(pdf: Any) -> None:
    """Give every header cell its scope: a row's where data cells stand in the same row, else a column's."""
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/TR":
            cells = tuple(_kids(pdf, element))
            scope = "/Row" if any(cell.get("S") == "/TD" for cell in cells) else "/Column"
            for cell in cells:
                if cell.get("S") == "/TH":
                    cell["A"].update({"O": "/Table", "Scope": scope})


def _kids(pdf: Any, element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The elements below; what is no reference is the number of marked content."""
    for kid in element["K"]:
        if isinstance(kid, bytes):
            yield pdf.objects[int(kid.split()[0])]


def add_texts(pdf: Any) -> None:
    """Give every word in the Latin face that holds a mark its text."""
    letters = dict(_latin_letters(pdf))
    for element in pdf.objects if letters else ():
        if hasattr(element, "stream"):
            for properties, text in _words(element.stream, letters):
                if any(unicodedata.category(letter).startswith("M") for letter in text):
                    properties["ActualText"] = f"<feff{text.encode('utf-16-be').hex()}>"


def _latin_letters(pdf: Any) -> Iterator[tuple[bytes, Mapping[bytes, str]]]:
    """The Latin fonts of a document by their names in its pages, each with the letters of its glyphs."""
    ending = f"+{LATIN_FAMILY.replace(' ', '-')}"
    for element in pdf.objects:
        if isinstance(element, dict) and "ToUnicode" in element:
            name = _bytes(element["BaseFont"]).decode().removeprefix("/")
            if name.removesuffix("-Bold").endswith(ending):
                mapping = pdf.objects[int(element["ToUnicode"].split()[0])].stream
                found = _MAPPED.findall(b"\n".join(map(_bytes, mapping)))
                yield name[: name.index("+")].encode(), {glyph: bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in found}


def _words(stream: list[Any], letters: Mapping[bytes, Mapping[bytes, str]]) -> Iterator[tuple[dict[str, Any], str]]:
    """The properties of each piece of marked content that is in the Latin face as a whole, and its text."""
    properties: dict[str, Any] | None = None
    own: Mapping[bytes, str] | None = None
    text = ""
    for before, part in zip([b"", *stream], stream, strict=False):
        if part == b"BDC":
            properties, own, text = before, None, ""
        elif part == b"EMC":
            if properties is not None and text:
                yield properties, text
            properties = None
        elif isinstance(part, dict):
            continue
        elif font := _FONT.fullmatch(_bytes(part)):
            own = letters.get(font[1])
        elif not _bytes(part).endswith(b"TJ"):
            continue
        elif own is None:
            properties = None
        else:
            text += "".join(own.get(codes[at : at + 4], "") for codes in _GLYPHS.findall(_bytes(part)) for at in range(0, len(codes), 4))


def _bytes(part: Any) -> bytes:
    return part if isinstance(part, bytes) else str(part).encode()
