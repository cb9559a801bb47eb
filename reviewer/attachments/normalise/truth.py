"""Whether a document's table to Unicode says what its font draws.

Some producers write tables that lie (to hinder copying, or by mistake). Replaced by its table, such a font would turn a readable page into
nonsense. So a few letters of each embedded font are compared, as small pictures, with ours for the same characters, and with ours for others:
where the right ones are no more alike than the wrong ones, the font is left.
"""

from functools import partial
from typing import Any, Final

from fontTools.pens.basePen import BasePen
from PIL import Image, ImageChops, ImageDraw

from reviewer.attachments.normalise.cmaps import Code
from reviewer.attachments.normalise.outlines import Outlines
from reviewer.attachments.normalise.programs import FAULTS, Program
from reviewer.attachments.normalise.source import SourceFont

_SAMPLES: Final = 8
_SAMPLES_LEAST: Final = 5
"""With fewer letters chance has too much weight; such a font shows hardly anything."""
_SIDE: Final = 16
_BETTER_LEAST: Final = 0.04
"""Measured: 113 honest fonts (Ming, Kai, Sans, Mono, italic, bold) are more alike by 0.11 and more, 99 % of shuffled ones by 0.03 at most."""
_PROGRAM_BYTES: Final = 2**16
"""Programs other than TrueType are read slowly (1 ms a KB); larger ones are Chinese fonts or whole ones, in which such tables are not met."""


def lies(font: SourceFont, codes: list[Code], face: Outlines, program: Program) -> bool:
    """Tell whether the table is wrong as a whole. Too few letters to compare count as the truth."""
    if program.size_bytes > _PROGRAM_BYTES and not program.is_truetype:
        return False
    letters = [(code, font.text(code)) for code in codes if code in font.to_unicode]
    letters = [(code, text) for code, text in letters if len(text) == 1 and text.isalnum() and face.glyph(text)]
    step = max(1, len(letters) // _SAMPLES)
    pairs = []
    for code, text in letters[::step][:_SAMPLES]:
        outline = font.outline(code)
        if outline is not None:
            pairs.append((_raster(outline[0]), _raster(partial(face.draw, face.glyph(text)))))
    if len(pairs) < _SAMPLES_LEAST:
        return False
    return better(pairs) < _BETTER_LEAST


def better(pairs: list[tuple[Image.Image, Image.Image]]) -> float:
    """Return by how much (theirs, ours) are more alike in pairs than across them; about 0 for pairs by chance."""
    right = sum(_alike(theirs, ours) for theirs, ours in pairs) / len(pairs)
    others = [(pairs[at][0], pairs[other][1]) for at in range(len(pairs)) for other in range(len(pairs)) if at != other]
    return right - sum(_alike(theirs, ours) for theirs, ours in others) / len(others)


class _Polygons(BasePen):  # type: ignore[misc]
    """Collects contours as polygons, curves by their middle."""

    def __init__(self) -> None:
        super().__init__(None)
        self.polygons: list[list[tuple[float, float]]] = []

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self.polygons.append([point])

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self.polygons[-1].append(point)

    def _curveToOne(self, one: tuple[float, float], two: tuple[float, float], end: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        start = self.polygons[-1][-1]
        middle = tuple((start[axis] + 3 * one[axis] + 3 * two[axis] + end[axis]) / 8 for axis in (0, 1))
        self.polygons[-1].extend([(middle[0], middle[1]), end])


def _raster(draw: Any) -> Image.Image:
    """Return a glyph as a small picture that fills its box; empty where it has no ink or cannot be drawn."""
    pen = _Polygons()
    picture = Image.new("1", (_SIDE, _SIDE))
    try:
        draw(pen)
    except FAULTS:
        return picture
    areas = [polygon for polygon in pen.polygons if len(set(polygon)) > 2]  # some fonts keep stray points far away
    xs = [x for polygon in areas for x, _ in polygon]
    ys = [y for polygon in areas for _, y in polygon]
    if not xs or max(xs) - min(xs) <= 0 or max(ys) - min(ys) <= 0:
        return picture
    left, bottom = min(xs), min(ys)
    across, up = (_SIDE - 1) / (max(xs) - left), (_SIDE - 1) / (max(ys) - bottom)
    areas.sort(key=lambda polygon: -abs(_area(polygon)))  # holes after what they are in; TW-Sung has every contour twice
    brush = ImageDraw.Draw(picture)
    for polygon in areas:
        ink = _area(polygon) * _area(areas[0]) > 0
        brush.polygon([((x - left) * across, (y - bottom) * up) for x, y in polygon], fill=int(ink))
    return picture


def _area(polygon: list[tuple[float, float]]) -> float:
    """Return twice the area, negative for contours that run the other way."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(polygon, polygon[1:] + polygon[:1], strict=True))


def _alike(one: Image.Image, other: Image.Image) -> float:
    """Return the shared part of the ink of two pictures, 0 to 1."""
    both = ImageChops.logical_and(one, other).histogram()[-1]
    any_ink = ImageChops.logical_or(one, other).histogram()[-1]
    return both / any_ink if any_ink else 0.0
