"""Gives annotations without an appearance stream the look that readers give them: marks over words, shapes, lines and strokes, words in a box.

Everything is drawn from numbers of the annotation by operators of ours; words are set as a field's are (`appearance`). What has no look that could be
made (a stamp, a sound) is left to `unseen`.
"""

import html
import math
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from reviewer.attachments import limits
from reviewer.attachments.sanitise.appearance import MULTILINE, appearance_of, words_of

Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Upper left, upper right, lower left, lower right, as the words run."""

_TAG: Final = re.compile(r"<[^>]*>")
_BLACK: Final = (0.0,)
_YELLOW: Final = (1.0, 1.0, 0.0)
_ROUND: Final = 0.5523
"""Where the handles of a quarter of a circle stand (Bézier)."""
_LINE_OF_HEIGHT: Final = 1 / 16
"""Thickness of a line below or through words."""
_ARROW: Final = 9.0
"""Length of an arrow's head in widths of its line (ISO 32000-2, table 179 shows no figure; readers take about as much)."""
_FAR: Final = 1e6
"""No page reaches as far."""


class TooManyPoints(Exception):
    """Annotations have more points than anybody draws."""


class Looks:
    """Makes the looks of one document's annotations, within a limit over all of them."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._left = limits.MARKUP_POINTS

    def complete(self, annotation: Object) -> bool:
        """Give an annotation an appearance; False where none can be made."""
        if annotation.get("/Subtype") == "/FreeText":
            return self._write_words(annotation)
        draw = _DRAWN.get(str(annotation.get("/Subtype")))
        try:
            operators, points = draw(_Marked(annotation, self)) if draw is not None else ([], [])
        except TooManyPoints:
            return False
        if draw is None or not points:
            return False
        self._write(annotation, operators, points)
        return True

    def points(self, listed: object) -> list[Point]:
        """The points of an array of numbers, of which a broken one ends it."""
        count = len(listed) // 2 if isinstance(listed, Array) else 0
        self._left -= count
        if self._left < 0:
            raise TooManyPoints
        numbers = numbers_of(listed)[: 2 * count]
        return [(numbers[at], numbers[at + 1]) for at in range(0, len(numbers) - 1, 2)]

    def _write(self, annotation: Object, operators: list[str], points: list[Point]) -> None:
        """Set the drawing in the page's own coordinates; the annotation takes the room that it needs."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        margin = _Marked(annotation, self).width * _ARROW
        box = [min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin]
        form = self._pdf.make_stream(" ".join(["/G gs", *operators]).encode())
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = annotation["/Rect"] = Array([round(side, 4) for side in box])
        state = Dictionary(Type=Name.ExtGState)
        if annotation.get("/Subtype") == "/Highlight":
            state.BM = Name.Multiply
        opacity = numbers_of(Array([annotation.get("/CA", 1)]))
        if opacity and 0 <= opacity[0] < 1:
            state.CA = state.ca = opacity[0]
        form.Resources = Dictionary(ExtGState=Dictionary(G=state))
        annotation["/AP"] = Dictionary(N=form)

    def _write_words(self, annotation: Object) -> bool:
        marked = _Marked(annotation, self)
        style = annotation.get("/DA")
        look = Dictionary()
        if marked.colour("/C", ()):
            look.BG = annotation["/C"]
        if marked.width:
            look.BC = Array([0])
        annotation["/MK"] = look
        form = appearance_of(
            self._pdf,
            annotation,
            words=_words(annotation),
            style=bytes(style).decode("latin-1") if isinstance(style, String) else "",
            flags=MULTILINE,
            alignment=annotation.get("/Q"),
        )
        if form is None:
            return False
        annotation["/AP"] = Dictionary(N=form)
        return True


class _Marked:
    """An annotation's entries, read tolerantly."""

    def __init__(self, annotation: Object, looks: Looks) -> None:
        self._annotation = annotation
        self._looks = looks

    def points(self, key: str) -> list[Point]:
        return self._looks.points(self._annotation.get(key))

    def strokes(self, key: str) -> list[list[Point]]:
        listed = self._annotation.get(key)
        return [self._looks.points(one) for one in listed] if isinstance(listed, Array) else []

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """Left, bottom, right, top, without the differences that the annotation states."""
        rect, less = numbers_of(self._annotation.get("/Rect")), numbers_of(self._annotation.get("/RD"))
        if len(rect) != 4:
            return None
        (left, right), (bottom, top) = sorted((rect[0], rect[2])), sorted((rect[1], rect[3]))
        if len(less) == 4 and less[0] + less[2] < right - left and less[1] + less[3] < top - bottom:
            left, bottom, right, top = left + less[0], bottom + less[1], right - less[2], top - less[3]
        return left, bottom, right, top

    def quads(self) -> list[Quad]:
        """The places of marked words; the whole annotation where it names none."""
        points, box = self.points("/QuadPoints"), self.box
        if len(points) < 4 and box is not None:
            points = [(box[0], box[3]), (box[2], box[3]), (box[0], box[1]), (box[2], box[1])]
        return [_quad(*points[at : at + 4]) for at in range(0, len(points) - 3, 4)]

    @property
    def width(self) -> float:
        """Width of its lines; 1 where none is stated."""
        style, border = self._annotation.get("/BS"), self._annotation.get("/Border")
        stated = Array([style.get("/W", 1)]) if isinstance(style, Dictionary) else border
        numbers = numbers_of(stated)
        found = numbers[0 if isinstance(style, Dictionary) else 2] if len(numbers) > (0 if isinstance(style, Dictionary) else 2) else 1.0
        return min(max(found, 0.0), 100.0)

    @property
    def dashes(self) -> str:
        """The operator that breaks its lines, as it states."""
        style = self._annotation.get("/BS")
        if not isinstance(style, Dictionary) or style.get("/S") != "/D":
            return "[] 0 d"
        lengths = [length for length in numbers_of(style.get("/D"))[:8] if length > 0] or [3.0]
        return f"[{' '.join(map(_number, lengths))}] 0 d"

    def colour(self, key: str, otherwise: tuple[float, ...]) -> tuple[float, ...]:
        """A colour's parts; empty means clear."""
        stated = self._annotation.get(key)
        if not isinstance(stated, Array):
            return otherwise
        parts = tuple(min(max(part, 0.0), 1.0) for part in numbers_of(stated))
        return parts if len(parts) in (0, 1, 3, 4) else otherwise

    def ends(self) -> tuple[bool, bool]:
        """Whether its line begins and ends with an arrow."""
        listed: Any = self._annotation.get("/LE")
        names = [str(one) for one in listed] if isinstance(listed, Array) and len(listed) == 2 else ["", ""]
        return names[0] in ("/OpenArrow", "/ClosedArrow"), names[1] in ("/OpenArrow", "/ClosedArrow")


def _words(annotation: Object) -> str:
    """What stands in a box of words; of those that are only marked up, the words."""
    return words_of(annotation.get("/Contents")) or html.unescape(_TAG.sub("", words_of(annotation.get("/RC"))))


def numbers_of(listed: object) -> list[float]:
    """The numbers of an array up to the first entry that is none."""
    numbers: list[float] = []
    value: Any
    for value in listed if isinstance(listed, Array) else ():
        if isinstance(value, Object | bool) or value is None or not -_FAR < float(value) < _FAR:
            break
        numbers.append(float(value))
    return numbers


def _quad(one: Point, two: Point, three: Point, four: Point) -> Quad:
    """Producers name the corners line by line, the standard round about."""
    along = (two[0] - one[0]) * (four[0] - three[0]) + (two[1] - one[1]) * (four[1] - three[1])
    return (one, two, three, four) if along >= 0 else (four, three, one, two)


Drawing = tuple[list[str], list[Point]]
"""Operators, and the points that they reach."""


def _highlight(marked: _Marked) -> Drawing:
    colour = marked.colour("/C", _YELLOW)
    quads = marked.quads() if colour else []
    operators = [_painted(colour, "g", "rg", "k"), *(f"{_path([ul, ur, lr, ll])} h f" for ul, ur, ll, lr in quads)]
    return operators, [point for quad in quads for point in quad]


def _rule(share: float) -> Callable[[_Marked], Drawing]:
    """Draw lines along words, at a share of their height."""

    def draw(marked: _Marked) -> Drawing:
        colour = marked.colour("/C", _BLACK)
        quads = marked.quads() if colour else []
        operators = [_painted(colour, "G", "RG", "K")]
        for ul, ur, ll, lr in quads:
            thickness = max(math.dist(ul, ll) * _LINE_OF_HEIGHT, 0.5)
            operators.append(f"{_number(thickness)} w {_path([_between(ll, ul, share), _between(lr, ur, share)])} S")
        return operators, [point for quad in quads for point in quad]

    return draw


def _shape(outline: Callable[[float, float, float, float], str]) -> Callable[[_Marked], Drawing]:
    """Draw the outline of a box, filled, framed or both."""

    def draw(marked: _Marked) -> Drawing:
        box, width = marked.box, marked.width
        if box is None:
            return [], []
        half = width / 2
        left, bottom, right, top = box[0] + half, box[1] + half, box[2] - half, box[3] - half
        return [*_brushes(marked), outline(left, bottom, right, top), _finish(marked)], [box[:2], box[2:]]

    return draw


def _rectangle(left: float, bottom: float, right: float, top: float) -> str:
    return f"{_path([(left, bottom), (right, bottom), (right, top), (left, top)])} h"


def _ellipse(left: float, bottom: float, right: float, top: float) -> str:
    x, y, across, up = (left + right) / 2, (bottom + top) / 2, (right - left) / 2, (top - bottom) / 2
    parts = [f"{_pair((right, y))} m"]
    for turn in range(4):
        cosine, sine = (1, 0, -1, 0)[turn], (0, 1, 0, -1)[turn]
        handles = [(cosine - _ROUND * sine, sine + _ROUND * cosine), (_ROUND * cosine - sine, _ROUND * sine + cosine), (-sine, cosine)]
        parts.append(" ".join(_pair((x + across * right_, y + up * up_)) for right_, up_ in handles) + " c")
    return " ".join([*parts, "h"])


def _polygon(marked: _Marked) -> Drawing:
    points = marked.points("/Vertices")
    return [*_brushes(marked), f"{_path(points)} h", _finish(marked)], points


def _strokes(of: Callable[[_Marked], list[list[Point]]]) -> Callable[[_Marked], Drawing]:
    """Draw lines from point to point, with round ends."""

    def draw(marked: _Marked) -> Drawing:
        colour, width = marked.colour("/C", _BLACK), marked.width
        strokes = [stroke for stroke in of(marked) if stroke] if colour and width else []
        drawn = [f"{_path(stroke if len(stroke) > 1 else stroke * 2)} S" for stroke in strokes]
        for stroke in strokes[:1] if len(strokes) == 1 else ():
            at_start, at_end = marked.ends()
            heads = ([stroke[:2][::-1]] if at_start else []) + ([stroke[-2:]] if at_end else [])
            drawn += [f"[] 0 d {_head(head, width * _ARROW)} S" for head in heads if len(head) == 2 and head[0] != head[1]]
        return [_painted(colour, "G", "RG", "K"), f"{_number(width)} w 1 J 1 j {marked.dashes}", *drawn], [
            point for stroke in strokes for point in stroke
        ]

    return draw


def _head(line: Sequence[Point], length: float) -> str:
    (x1, y1), (x2, y2) = line
    towards = math.atan2(y1 - y2, x1 - x2)
    sides = [(x2 + length * math.cos(towards + turn), y2 + length * math.sin(towards + turn)) for turn in (math.pi / 6, -math.pi / 6)]
    return _path([sides[0], (x2, y2), sides[1]])


def _brushes(marked: _Marked) -> list[str]:
    return [
        _painted(marked.colour("/C", _BLACK), "G", "RG", "K"),
        _painted(marked.colour("/IC", ()), "g", "rg", "k"),
        f"{_number(marked.width)} w {marked.dashes}",
    ]


def _finish(marked: _Marked) -> str:
    framed, filled = bool(marked.width and marked.colour("/C", _BLACK)), bool(marked.colour("/IC", ()))
    return "B" if framed and filled else "S" if framed else "f" if filled else "n"


def _painted(colour: tuple[float, ...], grey: str, red_green_blue: str, ink: str) -> str:
    operator = {1: grey, 3: red_green_blue, 4: ink}.get(len(colour))
    return f"{' '.join(map(_number, colour))} {operator}" if operator else ""


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _path(points: Sequence[Point]) -> str:
    return " ".join([f"{_pair(point)} {'l' if at else 'm'}" for at, point in enumerate(points)])


def _pair(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


_DRAWN: Final[dict[str, Callable[[_Marked], Drawing]]] = {
    "/Highlight": _highlight,
    "/Underline": _rule(_LINE_OF_HEIGHT),
    "/Squiggly": _rule(_LINE_OF_HEIGHT),
    "/StrikeOut": _rule(0.5),
    "/Square": _shape(_rectangle),
    "/Circle": _shape(_ellipse),
    "/Polygon": _polygon,
    "/PolyLine": _strokes(lambda marked: [marked.points("/Vertices")]),
    "/Line": _strokes(lambda marked: [marked.points("/L")]),
    "/Ink": _strokes(lambda marked: marked.strokes("/InkList")),
}
"""How each kind is drawn."""
