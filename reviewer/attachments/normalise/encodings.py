"""Encodings of simple fonts: which glyph name a one-byte code stands for (ISO 32000-2, 9.6.5)."""

from functools import cache
from typing import Any, Final

from fontTools.agl import UV2AGL
from fontTools.encodings.StandardEncoding import StandardEncoding
from pikepdf import Array, Dictionary, Name, Object
from pypdf._codecs.symbol import _symbol_encoding  # the only kept library with these two tables; tests hold them to known codes
from pypdf._codecs.zapfding import _zapfding_encoding

from reviewer.attachments.normalise.programs import Program

_SYMBOLIC: Final = 1 << 2
_NAMED: Final = ("/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding", "/MacExpertEncoding")


def glyph_names(font: Object, descriptor: Object, program: Program | None, name: str) -> dict[int, str]:
    """Return the glyph name of each code of a simple font: its base encoding, then its differences."""
    encoding = font.get("/Encoding")
    stated = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    names = dict(_base(stated, font, descriptor, program, name))
    if isinstance(encoding, Dictionary):
        names.update(_differences(encoding.get("/Differences")))
    return names


def _base(stated: object, font: Object, descriptor: Object, program: Program | None, name: str) -> dict[int, str]:
    own = _own_table(name)
    if own:
        return own
    if isinstance(stated, Name) and str(stated) in _NAMED:
        return named(str(stated))
    if program is not None and program.builtin_encoding:
        return program.builtin_encoding
    flags: Any = descriptor.get("/Flags")
    if font.get("/Subtype") == "/TrueType" and program is not None and isinstance(flags, int) and flags & _SYMBOLIC:
        return {}  # the program's own tables tell
    return named("/StandardEncoding")


def _own_table(name: str) -> dict[int, str]:
    """Return the encoding of the two standard fonts that have one of their own, by glyph names of the form uniXXXX."""
    table = {"Symbol": _symbol_encoding, "ZapfDingbats": _zapfding_encoding}.get(name)
    return _as_names(tuple(table)) if table else {}


@cache
def named(encoding: str) -> dict[int, str]:
    """Return one of the encodings with a name; empty for one that is not known."""
    if encoding == "/StandardEncoding":
        return {code: name for code, name in enumerate(StandardEncoding) if name != ".notdef"}
    codec = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}.get(encoding)
    if codec is None:
        return {}
    names = _as_names(tuple(bytes([code]).decode(codec, "replace") for code in range(256)))
    if codec == "cp1252":  # unused codes above 0x20 are bullets, two blanks are doubled (annex D.2)
        names = dict.fromkeys(range(0x21, 256), "bullet") | names | {0xA0: "space", 0xAD: "hyphen"}
    return names


@cache
def _as_names(characters: tuple[str, ...]) -> dict[int, str]:
    return {
        code: UV2AGL.get(ord(character), f"uni{ord(character):04X}")
        for code, character in enumerate(characters)
        if character and ord(character) >= 0x20 and character not in "\x7f\ufffd"
    }


def _differences(listed: object) -> dict[int, str]:
    names: dict[int, str] = {}
    code = 0
    items: Any = listed if isinstance(listed, Array) else ()
    for item in items:
        if isinstance(item, Name):
            names[code] = str(item)[1:]
            code += 1
        elif not isinstance(item, Object):
            code = int(item)
    return names
