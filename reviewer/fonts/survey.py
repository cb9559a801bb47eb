"""Which font draws what in a number of texts: the answer of `reviewer fonts check`, and the names in the build report."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.fonts.faces import Face
from reviewer.fonts.rare import Drawing, DrawnBy, plan
from reviewer.model.portfolio import Glyph


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text with the 造字 table that holds for it."""

    place: str
    """Whose it is: a package's id, or empty for words given by hand."""
    text: str
    """The words."""
    glyphs: tuple[Glyph, ...] = ()
    """The sender's glyphs: the same code point means another character at another school."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One character that the project's typeface does not draw."""

    drawing: Drawing
    """Its class, and what draws it."""
    count: int
    """How often it occurs."""
    places: tuple[str, ...]
    """Where, in the order of the passages; each once."""

    @property
    def drawn_by(self) -> str:
        """Name of the face, or 造字 / 編號框."""
        if self.drawing.face is not None:
            return self.drawing.face.family
        return "學校所附字圖" if self.drawing.by is DrawnBy.SENDER else "編號框"


def survey(passages: Iterable[Passage], faces: tuple[Face, ...] | None = None) -> tuple[Finding, ...]:
    """List what the project's typeface does not draw, by code point; a sender's own glyph gives a row of its own for each picture."""
    found: dict[tuple[int, str], Finding] = {}
    for passage in passages:
        for drawing in plan(map(ord, set(passage.text)), passage.glyphs, faces).drawings:
            picture = drawing.glyph.picture.attachment if drawing.glyph and drawing.glyph.picture else None
            key = (drawing.code_point, picture.sha256 if picture else drawing.by.value)
            before = found.get(key)
            places = (*before.places, passage.place) if before else (passage.place,)
            found[key] = Finding(
                drawing=before.drawing if before else drawing,
                count=(before.count if before else 0) + passage.text.count(chr(drawing.code_point)),
                places=tuple(dict.fromkeys(place for place in places if place)),
            )
    return tuple(found[key] for key in sorted(found))
