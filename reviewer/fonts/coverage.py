"""Which characters a face has, and which need a face at all."""

import functools
import unicodedata
from collections.abc import Iterable

import uharfbuzz as hb

from reviewer.fonts.faces import Face

_INKLESS_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Controls, formats and blanks: laid out, never drawn."""

_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


@functools.cache
def harfbuzz_face(face: Face) -> hb.Face:
    """The face opened by HarfBuzz; memory-mapped, once per process."""
    return hb.Face(hb.Blob.from_file_path(str(face.path)))


@functools.cache
def covered(face: Face) -> frozenset[int]:
    """Code points that the face maps to a glyph."""
    return frozenset(harfbuzz_face(face).unicodes)


def needs_ink(code_point: int) -> bool:
    """Whether a character must be drawn: not blanks, controls, formats or variation selectors."""
    if any(code_point in selectors for selectors in _VARIATION_SELECTORS):
        return False
    return unicodedata.category(chr(code_point)) not in _INKLESS_CATEGORIES


def uncovered(code_points: Iterable[int], face: Face) -> tuple[int, ...]:
    """Characters that must be drawn and that the face lacks, ascending."""
    have = covered(face)
    return tuple(sorted(point for point in set(code_points) if point not in have and needs_ink(point)))
