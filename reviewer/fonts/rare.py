"""Rare characters: how a code point is classed, and what draws it. Never a silent box, never a silent substitute [S16].

Source: DOMAIN, "Names with rare characters". A private-use code point of the Basic Plane means nothing without its sender's table, so no
installed font may draw it, whatever that font has there (HanaMinA does have such glyphs). Plane 15 is drawn from TW-Sung-Plus or
TW-Kai-Plus, whose assignment is that of 全字庫, unless the school's own table says otherwise. Latin letters and marks that the typeface lacks are drawn by
the project's Latin face, before any fallback face.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.fonts import latin
from reviewer.fonts.coverage import covered, uncovered
from reviewer.fonts.faces import Face, all_faces
from reviewer.model.portfolio import Glyph
from reviewer.model.text import Text

_EXTENSIONS = range(0x20000, 0x40000)
_PLANE_15 = range(0xF0000, 0xFFFFE)
_PRIVATE_BASIC = range(0xE000, 0xF900)
_PLANE_16 = range(0x100000, 0x10FFFE)
_PLANE_15_FACES = frozenset({"tw-sung-plus", "tw-kai-plus"})


class Rarity(enum.StrEnum):
    """The four classes of DOMAIN."""

    ORDINARY = "ordinary"
    """Ordinary Unicode."""
    EXTENSION = "extension"
    """CJK extensions B and beyond (planes 2 and 3): only large fonts have them."""
    CNS_PLANE = "cns"
    """Plane 15 as CNS 11643 (全字庫) assigns it."""
    PRIVATE = "private"
    """Private use (造字): meaningless without the sender's table."""

    @property
    def label(self) -> Text:
        """What reports call it."""
        return _RARITY_LABELS[self]


_RARITY_LABELS = {
    Rarity.ORDINARY: Text("一般字", "ordinary"),
    Rarity.EXTENSION: Text("擴充漢字", "CJK extension"),
    Rarity.CNS_PLANE: Text("全字庫字（第 15 字面）", "CNS 11643, plane 15"),
    Rarity.PRIVATE: Text("造字（私用區）", "private use"),
}


class DrawnBy(enum.StrEnum):
    """What puts ink on the page."""

    PROJECT = "project"
    """The project's own typeface."""
    LATIN = "latin"
    """The project's face for Latin letters that its typeface lacks."""
    FALLBACK = "fallback"
    """An installed fallback face."""
    SENDER = "sender"
    """The glyph that the school sent with the package."""
    PLACEHOLDER = "placeholder"
    """A numbered frame with the description in the margin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How one character is drawn."""

    code_point: int
    """The character, as sent."""
    rarity: Rarity
    """Its class."""
    by: DrawnBy
    """What draws it."""
    face: Face | None = None
    """The face, for PROJECT, LATIN (its regular weight) and FALLBACK."""
    glyph: Glyph | None = None
    """The sender's row, for SENDER, and for PLACEHOLDER where it has words but no picture."""
    number: int = 0
    """Number of a placeholder, from 1 in the order of code points; 0 for everything else."""

    @property
    def notation(self) -> str:
        """`U+E123`."""
        return f"U+{self.code_point:04X}"


def rarity(code_point: int) -> Rarity:
    """Class of a code point."""
    if code_point in _EXTENSIONS:
        return Rarity.EXTENSION
    if code_point in _PLANE_15:
        return Rarity.CNS_PLANE
    if code_point in _PRIVATE_BASIC or code_point in _PLANE_16:
        return Rarity.PRIVATE
    return Rarity.ORDINARY


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingPlan:
    """What draws the characters that the project's typeface lacks, or that a school's table claims."""

    drawings: tuple[Drawing, ...]
    """One each, by code point; never of DrawnBy.PROJECT."""
    latin: tuple[Face, ...] = ()
    """Both weights of the Latin face, where a word may be set in it; else empty."""

    @property
    def faces(self) -> tuple[Face, ...]:
        """Faces that are needed beside the typeface, each once: the Latin one first, as a word in it must have a letter and its mark from one face."""
        drawn = dict.fromkeys(drawing.face for drawing in self.drawings if drawing.face is not None and drawing.face.fallback)
        return (*self.latin, *drawn)

    def of(self, code_point: int) -> Drawing | None:
        """The drawing of a character; None when the project's typeface draws it."""
        return next((drawing for drawing in self.drawings if drawing.code_point == code_point), None)

    @property
    def placeholders(self) -> tuple[Drawing, ...]:
        """Characters that nothing can draw: each is a line in the report."""
        return tuple(drawing for drawing in self.drawings if drawing.by is DrawnBy.PLACEHOLDER)

    def of_face(self, face: Face) -> tuple[int, ...]:
        """Code points that a fallback face draws."""
        return tuple(drawing.code_point for drawing in self.drawings if drawing.face == face)


def plan(code_points: Iterable[int], glyphs: tuple[Glyph, ...] = (), faces: tuple[Face, ...] | None = None) -> DrawingPlan:
    """Decide what draws every character that the project's regular face lacks; faces default to all that this machine has."""
    faces = all_faces() if faces is None else faces
    sent = {glyph.code_point: glyph for glyph in glyphs}
    points = set(code_points)
    claimed = tuple(point for point in points if point in sent and rarity(point) in (Rarity.PRIVATE, Rarity.CNS_PLANE))
    rare = sorted({*uncovered(points, faces[0]), *claimed})
    drawings: list[Drawing] = []
    placeholders = 0
    for point in rare:
        drawing = draw(point, sent.get(point), faces)
        if drawing.by is DrawnBy.PLACEHOLDER:
            placeholders += 1
            drawing = Drawing(code_point=point, rarity=drawing.rarity, by=drawing.by, glyph=drawing.glyph, number=placeholders)
        drawings.append(drawing)
    own = tuple(face for face in faces if face.latin)
    return DrawingPlan(drawings=tuple(drawings), latin=own if own and latin.is_wanted(points) else ())


def draw(code_point: int, glyph: Glyph | None, faces: tuple[Face, ...]) -> Drawing:
    """Decide what draws one character; a placeholder is not numbered yet."""
    kind = rarity(code_point)
    if glyph is not None and glyph.picture is not None and glyph.picture.attachment is not None:
        return Drawing(code_point=code_point, rarity=kind, by=DrawnBy.SENDER, glyph=glyph)
    face = None if kind is Rarity.PRIVATE else next((face for face in faces if _may_draw(face, kind, code_point)), None)
    if face is None:
        return Drawing(code_point=code_point, rarity=kind, by=DrawnBy.PLACEHOLDER, glyph=glyph)
    by = DrawnBy.FALLBACK if face.fallback else DrawnBy.LATIN if face.latin else DrawnBy.PROJECT
    return Drawing(code_point=code_point, rarity=kind, by=by, face=face)


def _may_draw(face: Face, kind: Rarity, code_point: int) -> bool:
    """Whether a face has a character, and is meant to draw it: only 全字庫's own faces know what plane 15 means."""
    if (kind is Rarity.CNS_PLANE and face.id not in _PLANE_15_FACES) or (face.latin and not latin.is_latin(code_point)):
        return False
    return code_point in covered(face)
