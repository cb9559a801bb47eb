"""Type 3 fonts that are text all the same: browsers print fonts that they cannot embed as drawing procedures with a table to Unicode.

Such a font can be replaced when its procedures are plain outlines in the colour of the text (`d1`), every code has a Unicode that a face has,
and its widths are those of letters: the size of a Type 3 font is what its producer likes, and only the widths tell it.
"""

from statistics import median
from typing import Final

from pikepdf import Array, Dictionary, PdfError, Stream

from reviewer.attachments.normalise.choice import Chooser
from reviewer.attachments.normalise.cmaps import Code
from reviewer.attachments.normalise.source import SourceFont, is_meaningful

_HEAD: Final = 120
"""Bytes within which a procedure says of which kind it is."""
_SAME_SIZE: Final = (0.75, 1.34)
"""Widths relative to ours: condensed and wide faces lie within, another em does not."""


def is_text(font: SourceFont, codes: list[Code], chooser: Chooser) -> bool:
    """Tell whether a Type 3 font may be replaced."""
    matrix = font.dictionary.get("/FontMatrix")
    procedures = font.dictionary.get("/CharProcs")
    if not isinstance(matrix, Array) or not isinstance(procedures, Dictionary) or font.glyph_space <= 0:
        return False
    ratios = []
    for code in codes:
        text = font.to_unicode.get(code, "")
        own = chooser.own_advance(text) if is_meaningful(text) else None
        if own is None or not _is_outline(procedures.get(f"/{font.names.get(code[1], '')}")):
            return False
        if own and font.width(code) > 0:
            ratios.append(font.width(code) / own)
    return bool(ratios) and _SAME_SIZE[0] <= median(ratios) <= _SAME_SIZE[1]


def _is_outline(procedure: object) -> bool:
    if not isinstance(procedure, Stream):
        return False
    try:
        return b"d1" in procedure.read_bytes()[:_HEAD].split()
    except PdfError:
        return False
