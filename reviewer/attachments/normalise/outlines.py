"""Glyph descriptions of the project's faces: taken as they are, fitted to a width, or composed from several characters."""

import struct
import sys
import unicodedata
from array import array
from collections.abc import Callable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import uharfbuzz as hb
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

from reviewer.attachments.normalise.sfnt import UNITS_PER_EM

_SAME_WIDTH: Final = 3
"""Units of an em by which an advance may differ unseen: 0.03 pt at 10 pt."""
_WIDEN_MOST: Final = 1.25
"""A letter stretched further looks bold and squat (an i of a monospace font): the rest of the width is set around it."""

Draw = Callable[[Any], None]
"""Draws an outline into a fontTools pen, in units of an em of its own face."""


_RESOLVED: Final = (
    (0x2E80, 0x2FD5),  # radicals
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFB00, 0xFB06),  # Latin ligatures
    (0xFE10, 0xFE19),  # vertical forms
    (0xFE30, 0xFE4F),  # compatibility forms, most of them vertical
    (0xFF00, 0xFFEF),  # full-width and half-width forms
    (0x2F800, 0x2FA1F),  # compatibility ideographs
)
_SAME_SHAPE: Final = {
    "\u00a0": " ",
    "\u00ad": "-",
    "\u00b5": "\u03bc",
    "\u03bc": "\u00b5",
    "\u2010": "-",
    "\u2011": "-",
    "\u202f": " ",
    "\u2126": "\u03a9",
    "\u2206": "\u0394",
    "\u2215": "/",
    "\u2219": "\u00b7",
    "\u22c5": "\u00b7",
}
"""Characters that a face may have under another number."""


class Outlines:
    """The characters and outlines of one TrueType file; opened once per process."""

    def __init__(self, path: Path) -> None:
        self._face = hb.Face(hb.Blob.from_file_path(str(path)))
        self._font = hb.Font(self._face)
        self.units_per_em: int = self._face.upem
        """Units of its em."""

    @cached_property
    def _glyf(self) -> bytes:
        return self._table("glyf")

    @cached_property
    def _loca(self) -> "array[int]":
        offsets = array("I" if self._is_long() else "H", self._table("loca"))
        if sys.byteorder == "little":
            offsets.byteswap()
        return offsets

    def _table(self, tag: str) -> bytes:
        data: bytes = self._face.reference_table(tag).data
        return data

    def _is_long(self) -> bool:
        return bool(struct.unpack_from(">h", self._table("head"), 50)[0])

    def glyph(self, character: str, *, vertical: bool = False) -> int:
        """Return the glyph of one character, 0 where the face lacks it; the form for vertical lines where one exists."""
        found: int | None = self._font.get_nominal_glyph(ord(character))
        if not found or not vertical:
            return found or 0
        buffer = hb.Buffer()
        buffer.add_str(character)
        buffer.guess_segment_properties()
        buffer.direction = "ttb"
        hb.shape(self._font, buffer, {"vert": True})
        shaped: int = buffer.glyph_infos[0].codepoint if len(buffer.glyph_infos) == 1 else 0
        return shaped or found

    def advance(self, glyph: int) -> int:
        """Return a glyph's advance in thousandths of an em."""
        own: int = self._font.get_glyph_h_advance(glyph)
        return round(own * UNITS_PER_EM / self.units_per_em)

    def draw(self, glyph: int, pen: Any) -> None:
        """Draw a glyph in the face's own units, composites resolved."""
        self._font.draw_glyph_with_pen(glyph, pen)

    def description(self, glyph: int) -> bytes | None:
        """Return the glyph's own description without instructions, or None when it must be drawn (other em, composite)."""
        if self.units_per_em != UNITS_PER_EM:
            return None
        scale = 1 if self._loca.typecode == "I" else 2
        start, end = self._loca[glyph] * scale, self._loca[glyph + 1] * scale
        if start == end:
            return b""
        contours = struct.unpack_from(">h", self._glyf, start)[0]
        if contours < 0:
            return None
        at = start + 10 + 2 * contours
        skip = struct.unpack_from(">H", self._glyf, at)[0]
        return self._glyf[start:at] + b"\0\0" + self._glyf[at + 2 + skip : end]


@lru_cache(maxsize=16)
def opened(path: Path) -> Outlines:
    """Open a face once per process."""
    return Outlines(path)


def fitted(draw: Draw, *, advance: int, width: int, units_per_em: int) -> bytes:
    """Return a glyph description whose advance has been brought from `advance` to `width`, both in thousandths of an em."""
    grow = UNITS_PER_EM / units_per_em
    stretch, shift = stretch_and_shift(advance, width)
    pen = TTGlyphPen(None)
    draw(TransformPen(pen, (grow * stretch, 0, 0, grow, shift, 0)))
    return compiled(pen)


def stretch_and_shift(advance: int, width: int) -> tuple[float, float]:
    """Return by how much an outline is stretched, and then moved to the right, so that it fills a width."""
    if advance <= 0 or width <= 0 or abs(advance - width) <= _SAME_WIDTH:
        return 1.0, 0.0
    stretch = min(width / advance, _WIDEN_MOST)
    return stretch, (width - advance * stretch) / 2


def compiled(pen: TTGlyphPen) -> bytes:
    """Return the description of what a pen drew; empty where nothing was drawn."""
    glyph = pen.glyph(dropImpliedOnCurves=True)
    if not glyph.numberOfContours:
        return b""
    glyph.recalcBounds(None)
    data: bytes = glyph.compile(None, recalcBBoxes=False)
    return data


def is_same_width(advance: int, width: int) -> bool:
    """Whether a glyph may stand as it is in the room that the document gives it."""
    return width <= 0 or abs(advance - width) <= _SAME_WIDTH


def plain_forms(text: str) -> tuple[str, ...]:
    """Return what may be drawn for a text, the text itself first: composed, and where the shape is the same, unified.

    Compatibility forms are resolved only where the drawing stays what it was (ligatures, radicals, presentation forms): ⁵ must not
    become 5.
    """
    forms = [text, unicodedata.normalize("NFC", text)]
    if text in _SAME_SHAPE:
        forms.append(_SAME_SHAPE[text])
    if len(text) == 1 and any(low <= ord(text) <= high for low, high in _RESOLVED):
        forms.append(unicodedata.normalize("NFKC", text))
    return tuple(dict.fromkeys(forms))
