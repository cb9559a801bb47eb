"""Takes a page apart with PDFium: characters with their places, ruling lines, embedded pictures, all turned upright."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from reviewer.attachments.reading import letters
from reviewer.attachments.reading.shapes import Box, Glyph, PageMatter, Rule

GLYPHS_MOST = 60_000
"""Characters of one page. A page of the smallest print has 15,000."""

OBJECTS_MOST = 20_000
"""Drawn objects looked at for lines and pictures; maps and plots have more, and no table."""

RULES_MOST = 1500
"""Ruling lines of one page; drawings have more, tables do not."""

SEGMENTS_MOST = 64
"""Corners of one path that may be a table's frame."""

RULE_THICKNESS_PT = 3.0
RULE_LENGTH_PT = 8.0
_FORMS_DEEP = 6
_BOLD_WEIGHT = 600
_GRAIN = 100

Turner = Callable[[float, float], tuple[float, float]]


@dataclass(slots=True)
class _Style:
    """What all characters of one text object share."""

    size: float
    bold: bool
    hidden: bool
    direction: tuple[float, float]


def page_matter(page: pypdfium2.PdfPage) -> PageMatter:
    """Everything on a page that reading needs. Raises pypdfium2.PdfiumError when PDFium cannot load its text."""
    width, height = page.get_width(), page.get_height()
    drawn = _drawn(page, width, height)
    text_page = page.get_textpage()
    try:
        raw, unmapped, controls = _raw_glyphs(text_page, drawn)
    finally:
        text_page.close()
    turn = _main_turn(raw)
    turned = _turner(turn, width, height)
    size = (height, width) if turn % 2 else (width, height)
    rules, pictures = _lines_and_pictures(page, lambda x, y: turned(*drawn(x, y)))
    return PageMatter(
        width=size[0],
        height=size[1],
        turn=turn,
        glyphs=tuple(_upright(raw, turn, turned)),
        unmapped=unmapped,
        controls=controls,
        rules=rules,
        pictures=pictures,
    )


@dataclass(slots=True)
class _Raw:
    text: str
    box: Box
    origin: tuple[float, float]
    style: _Style
    blank_before: bool


def _drawn(page: pypdfium2.PdfPage, width: float, height: float) -> Turner:
    """The map from the file's coordinates to the drawn page's, crop and rotation applied."""

    def device(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, round(width * _GRAIN), round(height * _GRAIN), 0, x, y, across, down)
        return across.value / _GRAIN, down.value / _GRAIN

    (x, y), (right_x, right_y), (up_x, up_y) = device(0, 0), device(1000, 0), device(0, 1000)
    a, b, c, d = (right_x - x) / 1000, (right_y - y) / 1000, (up_x - x) / 1000, (up_y - y) / 1000
    return lambda across, up: (a * across + c * up + x, b * across + d * up + y)


def _raw_glyphs(text_page: pypdfium2.PdfTextPage, drawn: Turner) -> tuple[list[_Raw], int, int]:
    found: list[_Raw] = []
    unmapped = controls = 0
    styles: dict[int, _Style] = {}
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    rectangle = pdfium.FS_RECTF()
    blank = False
    for index in range(min(text_page.count_chars(), GLYPHS_MOST)):
        code_point = int(pdfium.FPDFText_GetUnicode(text_page, index))
        generated = pdfium.FPDFText_IsGenerated(text_page, index) == 1
        if generated or code_point in (0x20, 0xA0, 0x3000, 0x09, 0x0A, 0x0D, 0x00, 0xFEFF, 0x200B):
            if code_point == 0 and not generated:
                unmapped += 1
            blank = blank or not generated
            continue
        if pdfium.FPDFText_HasUnicodeMapError(text_page, index) == 1:
            unmapped += 1
        if letters.is_control(code_point) and code_point != 0x02:
            controls += 1
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text_page, index, rectangle):
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, index, left, bottom)
        style = _style(text_page, index, styles, drawn)
        corners = [drawn(x, y) for x in (rectangle.left, rectangle.right) for y in (rectangle.bottom, rectangle.top)]
        box = Box(min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners))
        text = "-" if code_point == 0x02 else letters.as_written(code_point)
        found.append(_Raw(text, box, drawn(left.value, bottom.value), style, blank))
        blank = False
    del right, top
    return found, unmapped, controls


def _style(text_page: pypdfium2.PdfTextPage, index: int, known: dict[int, _Style], drawn: Turner) -> _Style:
    holder = pdfium.FPDFText_GetTextObject(text_page, index)
    key = ctypes.cast(holder, ctypes.c_void_p).value or 0
    if key in known:
        return known[key]
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        matrix.a, matrix.d = 1.0, 1.0
    nominal = float(pdfium.FPDFText_GetFontSize(text_page, index)) or 1.0
    size = abs(nominal) * math.hypot(matrix.c, matrix.d)
    (x, y), (far_x, far_y) = drawn(0, 0), drawn(matrix.a * 1000, matrix.b * 1000)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(holder) if key else 0
    made = _Style(
        size=min(max(size, 0.5), 2000.0),
        bold=_is_bold(text_page, index),
        hidden=mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP),
        direction=(far_x - x, far_y - y),
    )
    known[key] = made
    return made


def _is_bold(text_page: pypdfium2.PdfTextPage, index: int) -> bool:
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    length = pdfium.FPDFText_GetFontInfo(text_page, index, name, 128, flags)
    words = name.raw[: max(min(length, 128) - 1, 0)].decode("utf-8", "replace").lower()
    heavy = any(word in words for word in ("bold", "black", "heavy", "demi"))
    return heavy or bool(flags.value & (1 << 18)) or int(pdfium.FPDFText_GetFontWeight(text_page, index)) >= _BOLD_WEIGHT


def _main_turn(raw: list[_Raw]) -> int:
    """Quarter turns clockwise that bring most of the text upright."""
    turns = Counter(turn for glyph in raw if (turn := _turn_of(glyph.style.direction)) is not None)
    return turns.most_common(1)[0][0] if turns else 0


def _turn_of(direction: tuple[float, float]) -> int | None:
    angle = math.degrees(math.atan2(direction[1], direction[0]))
    quarter = round(angle / 90)
    return (-quarter) % 4 if abs(angle - quarter * 90) < 12 else None


def _turner(turn: int, width: float, height: float) -> Turner:
    """The map that turns a drawn page clockwise by quarter turns."""
    if turn == 1:
        return lambda x, y: (height - y, x)
    if turn == 2:
        return lambda x, y: (width - x, height - y)
    if turn == 3:
        return lambda x, y: (y, width - x)
    return lambda x, y: (x, y)


def _upright(raw: list[_Raw], turn: int, turned: Turner) -> Iterator[Glyph]:
    seen: set[tuple[str, int, int]] = set()
    for glyph in raw:
        one, other = turned(glyph.box.x0, glyph.box.y0), turned(glyph.box.x1, glyph.box.y1)
        _, base = turned(*glyph.origin)
        x0, x1, size = min(one[0], other[0]), max(one[0], other[0]), glyph.style.size
        grain = max(size * 0.2, 0.1)
        place = (glyph.text, round(x0 / grain), round(base / grain))
        # Producers draw a letter twice, a hair apart, to make it bold or to give it a shadow.
        if place in seen:
            continue
        seen.add(place)
        upright = _turn_of(glyph.style.direction) == turn
        yield Glyph(glyph.text, x0, x1, base, size, glyph.style.bold, glyph.style.hidden, glyph.blank_before, upright)


def _lines_and_pictures(page: pypdfium2.PdfPage, place: Turner) -> tuple[tuple[Rule, ...], tuple[Box, ...]]:
    rules: list[Rule] = []
    pictures: list[Box] = []
    for count, item in enumerate(page.get_objects(max_depth=_FORMS_DEEP)):
        if count >= OBJECTS_MOST:
            return (), tuple(pictures)
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_bounds(item, place))
        elif item.type == pdfium.FPDF_PAGEOBJ_PATH and len(rules) < RULES_MOST:
            box = _bounds(item, place)
            if box.width <= RULE_THICKNESS_PT or box.height <= RULE_THICKNESS_PT:
                rules += [Rule(*box)] if max(box.width, box.height) >= RULE_LENGTH_PT else []
            elif box.width >= RULE_LENGTH_PT and box.height >= RULE_LENGTH_PT:
                rules += _edges(item, place)
    return tuple(rules), tuple(pictures)


def _outward(item: pypdfium2.PdfObject, place: Turner) -> Turner:
    """The map from the coordinates of a form's content, however deep, to the page's."""
    matrices = []
    holder = item.container
    while holder is not None:
        matrices.append(holder.get_matrix())
        holder = holder.container

    def outward(x: float, y: float) -> tuple[float, float]:
        at = (x, y)
        for matrix in matrices:
            at = matrix.on_point(*at)
        return place(*at)

    return outward


def _bounds(item: pypdfium2.PdfObject, place: Turner) -> Box:
    left, bottom, right, top = item.get_bounds()
    outward = _outward(item, place)
    corners = [outward(x, y) for x in (left, right) for y in (bottom, top)]
    return Box(min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners))


def _edges(item: pypdfium2.PdfObject, place: Turner) -> list[Rule]:
    """The level and upright lines of a stroked path, or of a filled frame; a filled rectangle is a ground, not a frame."""
    count = pdfium.FPDFPath_CountSegments(item)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not 2 <= count <= SEGMENTS_MOST or (not stroke.value and count < 8):
        return []
    matrix, outward = item.get_matrix(), _outward(item, place)
    points: list[tuple[float, float]] = []
    rules: list[Rule] = []
    start = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = outward(*matrix.on_point(x.value, y.value))
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return []
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        else:
            rules += _edge(points[-1], point)
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            rules += _edge(point, start)
    return rules


def _edge(one: tuple[float, float], other: tuple[float, float]) -> list[Rule]:
    across, down = abs(one[0] - other[0]), abs(one[1] - other[1])
    if min(across, down) > 0.5 or max(across, down) < RULE_LENGTH_PT:
        return []
    return [Rule(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))]
