"""What an embedded font program says about its glyphs: their Unicode, names, and outlines.

Needed only where a document's own tables say nothing (no ToUnicode) or where the project's faces lack a character, whose original outline is
then carried over. Font programs are hostile until parsed: every fault of the parser means that the program says nothing.
"""

import io
import struct
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

import uharfbuzz as hb
from fontTools import agl
from fontTools.cffLib import CFFFontSet
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.t1Lib import T1Font
from fontTools.ttLib import TTFont, TTLibError
from pikepdf import Dictionary, Object, PdfError, Stream

from reviewer.attachments import limits

FAULTS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TTLibError,
    TypeError,
    ValueError,
    struct.error,
)
"""What fontTools raises for damaged programs; it has no common base class."""

_CURVE_ERROR: Final = 1.0
"""Units by which a quadratic curve may stray from the cubic one."""


class Program:
    """An embedded font program; every question has an answer, at worst an empty one."""

    def __init__(self, kind: str, data: bytes) -> None:
        self._kind = kind
        self._data = data

    @cached_property
    def _sfnt(self) -> Any:
        if self._kind != "/FontFile2" and self._data[:4] not in (b"OTTO", b"\0\1\0\0", b"true"):
            return None
        return _quietly(lambda: TTFont(io.BytesIO(self._data), lazy=True, fontNumber=0), None)

    @cached_property
    def _cff(self) -> Any:
        if self._sfnt is not None:
            return _quietly(lambda: self._sfnt["CFF "].cff[0], None) if "CFF " in self._sfnt else None
        if self._kind != "/FontFile3":
            return None

        def load() -> Any:
            fonts = CFFFontSet()
            fonts.decompile(io.BytesIO(self._data), None)
            return fonts[0]

        return _quietly(load, None)

    @cached_property
    def _type1(self) -> Any:
        if self._kind != "/FontFile":
            return None

        def load() -> Any:
            font = T1Font.__new__(T1Font)
            font.data, font.encoding = self._data, "ascii"
            font.parse()
            return font

        return _quietly(load, None)

    @cached_property
    def _harfbuzz(self) -> Any:
        """TrueType outlines come from HarfBuzz, which checks them itself and is a hundred times as fast as reading the tables here."""
        if self._data[:4] not in (b"\0\1\0\0", b"true"):
            return None
        face = hb.Face(hb.Blob(self._data))
        return hb.Font(face) if "glyf" in face.table_tags and face.glyph_count else None

    @property
    def is_truetype(self) -> bool:
        """Whether outlines come fast."""
        return self._harfbuzz is not None

    @property
    def size_bytes(self) -> int:
        """Size of the program, decoded."""
        return len(self._data)

    @property
    def is_sound(self) -> bool:
        """Whether the program can be read at all."""
        return any(part is not None for part in (self._sfnt, self._cff, self._type1))

    @cached_property
    def is_cid_keyed(self) -> bool:
        """Whether glyphs are known by character identifiers (CFF with ROS)."""
        return self._cff is not None and hasattr(self._cff, "ROS")

    @cached_property
    def ordering(self) -> str:
        """Character collection of a CID-keyed program: `CNS1`, `Identity`; empty for others."""
        return str(self._cff.ROS[1]) if self.is_cid_keyed else ""

    @cached_property
    def unicode_of_glyph(self) -> dict[int, int]:
        """Glyph to code point, by the program's own Unicode table."""

        def load() -> dict[int, int]:
            best = self._sfnt.getBestCmap() or {}
            ids = self._sfnt.getReverseGlyphMap()
            return {ids[name]: point for point, name in sorted(best.items(), reverse=True)}

        return _quietly(load, {}) if self._sfnt is not None and "cmap" in self._sfnt else {}

    def simple_glyph(self, code: int) -> int:
        """Return the glyph that a symbolic simple TrueType font draws for a one-byte code (ISO 32000-2, 9.6.5.4)."""

        def find() -> int:
            ids = self._sfnt.getReverseGlyphMap()
            for platform, encoding, offsets in ((3, 0, (0xF000, 0, 0xF100, 0xF200)), (1, 0, (0,))):
                table = self._sfnt["cmap"].getcmap(platform, encoding)
                for offset in offsets if table is not None else ():
                    if offset + code in table.cmap:
                        return int(ids[table.cmap[offset + code]])
            return 0

        return int(_quietly(find, 0)) if self._sfnt is not None and "cmap" in self._sfnt else 0

    def name_of_glyph(self, glyph: int) -> str:
        """Return a glyph's PostScript name, empty where the program has none."""
        if self._cff is not None:
            return "" if self.is_cid_keyed else str(_quietly(lambda: self._cff.charset[glyph], ""))
        if self._sfnt is None or "post" not in self._sfnt:
            return ""
        return str(_quietly(lambda: self._sfnt.getGlyphName(glyph) if self._sfnt["post"].formatType != 3 else "", ""))

    @cached_property
    def builtin_encoding(self) -> dict[int, str]:
        """Code to glyph name, as a Type 1 or CFF program encodes itself."""

        def load() -> dict[int, str]:
            names = self._cff.Encoding if self._cff is not None else self._type1["Encoding"]
            if isinstance(names, str):
                return {}
            return {code: str(name) for code, name in enumerate(names) if name != ".notdef"}

        return _quietly(load, {}) if not self.is_cid_keyed and (self._cff is not None or self._type1 is not None) else {}

    def outline(self, *, glyph: int | None = None, name: str = "", cid: int | None = None) -> tuple[Callable[[Any], None], int] | None:
        """Return (a function that draws into a quadratic pen, units per em), or None where there is no such glyph.

        One of `glyph` (index), `name` (PostScript name) or `cid` says which.
        """
        index = glyph if glyph is not None else cid
        quick = self._harfbuzz
        if quick is not None and index is not None:
            return (lambda pen: quick.draw_glyph_with_pen(index, pen), quick.face.upem) if 0 <= index < quick.face.glyph_count else None
        glyphs = self._glyph_set
        key = self._key(glyph, name, cid)
        if not glyphs or key not in glyphs:
            return None
        recording = DecomposingRecordingPen(glyphs)
        drawn = _quietly(lambda: (glyphs[key].draw(recording), True)[1], False)
        if not drawn:
            return None
        units = self._units_per_em
        cubic = self._type1 is not None or self._cff is not None

        def draw(pen: Any) -> None:
            recording.replay(Cu2QuPen(pen, _CURVE_ERROR * units / 1000, reverse_direction=True) if cubic else pen)

        return draw, units

    @cached_property
    def _glyph_set(self) -> Any:
        def load() -> Any:
            if self._cff is not None:
                return self._cff.CharStrings
            return self._type1.getGlyphSet() if self._type1 is not None else self._sfnt.getGlyphSet()

        return _quietly(load, {}) if self.is_sound else {}

    def _key(self, glyph: int | None, name: str, cid: int | None) -> str:
        if name:
            return name
        if cid is not None and self.is_cid_keyed:
            return f"cid{cid:05d}"
        index = glyph if glyph is not None else cid
        if index is None:
            return ""
        if self._cff is not None:
            return str(_quietly(lambda: self._cff.charset[index], ""))
        return str(_quietly(lambda: self._sfnt.getGlyphName(index), "")) if self._sfnt is not None else ""

    @cached_property
    def _units_per_em(self) -> int:
        if self._sfnt is not None and "head" in self._sfnt:
            return int(_quietly(lambda: max(16, self._sfnt["head"].unitsPerEm), 1000))
        matrix = _quietly(lambda: list(self._cff.FontMatrix if self._cff is not None else self._type1["FontMatrix"]), [0.001])
        scale = matrix[0] if matrix and isinstance(matrix[0], int | float) else 0.001
        return round(1 / scale) if 1 / 16384 <= scale <= 1 / 16 else 1000


def _quietly(ask: Callable[[], Any], otherwise: Any) -> Any:
    try:
        return ask()
    except FAULTS:
        return otherwise


def embedded(descriptor: object) -> Program | None:
    """Return the program that a font descriptor embeds, or None."""
    if not isinstance(descriptor, Dictionary):
        return None
    for kind in ("/FontFile2", "/FontFile3", "/FontFile"):
        stream = descriptor.get(kind)
        if isinstance(stream, Stream):
            data = _bytes(stream)
            if data and len(data) <= limits.FONT_PROGRAM_BYTES:
                return Program(kind, data)
    return None


def _bytes(stream: Object) -> bytes:
    try:
        return stream.read_bytes()
    except PdfError:
        return b""


def text_of_name(name: str) -> str:
    """Return the Unicode text of a glyph's name by Adobe's list and its rules; empty for names that mean nothing (`g12`, `cid34`)."""
    text: str = agl.toUnicode(name)
    return text
