"""What is drawn for each code of a font: the project's glyph, a fallback face's, a composition, the original outline, or nothing."""

import enum
import unicodedata
from dataclasses import dataclass
from typing import Final

from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

from reviewer.attachments.normalise import outlines
from reviewer.attachments.normalise.cmaps import Code
from reviewer.attachments.normalise.faces import Faces
from reviewer.attachments.normalise.programs import FAULTS
from reviewer.attachments.normalise.sfnt import UNITS_PER_EM
from reviewer.attachments.normalise.source import SourceFont
from reviewer.fonts.latin import is_latin

_BOX: Final = "\u25a1"
_LETTERS_MOST: Final = 8
"""A code that stands for more characters is a mistake of its producer."""


class By(enum.Enum):
    """Who draws a code."""

    FACE = enum.auto()
    """The project's typeface or a fallback face."""
    BLANK = enum.auto()
    """Nothing to draw."""
    ORIGINAL = enum.auto()
    """The font's own outline, carried over."""
    BOX = enum.auto()
    """A placeholder: not in any face, and the document does not carry an outline."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A glyph of the subset."""

    by: By
    """Whose outline it is."""
    description: bytes
    """TrueType glyph description, em 1000."""
    advance: int
    """Its advance in thousandths of an em."""


class Chooser:
    """Chooses glyphs for one weight of the project's typeface; remembers what it chose."""

    def __init__(self, faces: Faces, *, bold: bool) -> None:
        self.main = outlines.opened(faces.main(bold=bold))
        """The project's face of this weight."""
        self._faces = faces
        self._latin = [outlines.opened(faces.latin[bold])] if faces.latin else []
        self._known: dict[tuple[str, int, bool], Drawn | None] = {}

    def choose(self, font: SourceFont, code: Code, *, vertical: bool) -> Drawn:
        """Return what is drawn for a code of a font, in the room that the document gives it."""
        text, width = font.text(code), round(font.width(code))
        known = (text, width, vertical)
        if text and known not in self._known:
            self._known[known] = self._of_faces(text, width, vertical=vertical)
        drawn = self._known.get(known) if text else None
        if drawn is None or (drawn.by is By.BOX and font.program is not None):
            drawn = self._original(font, code, width) or drawn or self._box(width)
        return drawn

    def has(self, text: str) -> bool:
        """Whether a text can be drawn without the original outline."""
        return self.own_advance(text) is not None

    def own_advance(self, text: str) -> int | None:
        """Return the advance that the faces themselves give to a text, in thousandths of an em; None where they lack it."""
        drawn = self._of_faces(text, 0, vertical=False) if text else None
        return drawn.advance if drawn is not None else None

    def _of_faces(self, text: str, width: int, *, vertical: bool) -> Drawn | None:
        for form in outlines.plain_forms(text):
            for face in (self.main, *self._fallbacks(form)):
                glyphs = [face.glyph(one, vertical=vertical) for one in form]
                if len(glyphs) == 1 and glyphs[0]:
                    return _single(face, glyphs[0], width)
                if 1 < len(glyphs) <= _LETTERS_MOST and all(glyph or not _has_ink(one) for glyph, one in zip(glyphs, form, strict=True)):
                    return _composed(face, [glyph for glyph in glyphs if glyph], width)
        if not any(_has_ink(one) for one in text):
            return Drawn(By.BLANK, b"", max(0, width))
        return None

    def _fallbacks(self, text: str) -> list[outlines.Outlines]:
        """Fallback faces are for Han characters, the Latin one for single letters; all else keeps the document's own shape where there is one.

        Marks do too: where they stand is the document's affair.
        """
        if len(text) == 1 and is_latin(ord(text)) and unicodedata.category(text)[0] == "L":
            return self._latin
        return [outlines.opened(path) for path in self._faces.fallbacks] if all(_is_han(one) for one in text) else []

    def _original(self, font: SourceFont, code: Code, width: int) -> Drawn | None:
        found = font.outline(code)
        if found is None:
            return None
        draw, units = found
        pen = TTGlyphPen(None)
        try:
            draw(TransformPen(pen, (UNITS_PER_EM / units, 0, 0, UNITS_PER_EM / units, 0, 0)))
            description = outlines.compiled(pen)
        except FAULTS:
            return None
        text = font.text(code)
        blank = not description and not any(_has_ink(one) for one in text)
        return Drawn(By.BLANK if blank else By.ORIGINAL, description, max(0, width))

    def _box(self, width: int) -> Drawn:
        drawn = _single(self.main, self.main.glyph(_BOX), width)
        return Drawn(By.BOX, drawn.description, drawn.advance)


def _single(face: outlines.Outlines, glyph: int, width: int) -> Drawn:
    advance = face.advance(glyph)
    if outlines.is_same_width(advance, width) or not advance:
        plain = face.description(glyph)
        if plain is not None:
            return Drawn(By.FACE if plain else By.BLANK, plain, advance)
    description = outlines.fitted(
        lambda pen: face.draw(glyph, pen), advance=advance, width=width or advance, units_per_em=face.units_per_em
    )
    return Drawn(By.FACE if description else By.BLANK, description, width or advance)


def _composed(face: outlines.Outlines, glyphs: list[int], width: int) -> Drawn:
    advances = [face.advance(glyph) for glyph in glyphs]
    stretch, shift = outlines.stretch_and_shift(sum(advances), width)
    grow = UNITS_PER_EM / face.units_per_em
    pen, left = TTGlyphPen(None), shift
    for glyph, advance in zip(glyphs, advances, strict=True):
        face.draw(glyph, TransformPen(pen, (grow * stretch, 0, 0, grow, left, 0)))
        left += advance * stretch
    description = outlines.compiled(pen)
    return Drawn(By.FACE if description else By.BLANK, description, width or sum(advances))


def _has_ink(character: str) -> bool:
    return unicodedata.category(character) not in ("Zs", "Zl", "Zp", "Cc", "Cf") and not 0xFE00 <= ord(character) <= 0xFE0F


def _is_han(character: str) -> bool:
    point = ord(character)
    return 0x2E80 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or point >= 0x20000 or 0xE000 <= point <= 0xF8FF
