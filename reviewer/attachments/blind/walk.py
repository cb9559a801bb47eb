"""Reads the content streams of a document as a viewer does: every letter with its place in the file and on the page (ISO 32000-2, 8.3 and 9.4)."""

import math
from dataclasses import dataclass, replace
from typing import Any, Final

from pikepdf import Array, ContentStreamInlineImage, Dictionary, Object, Pdf, PdfError, Stream, String, parse_content_stream

from reviewer.attachments import limits
from reviewer.attachments.blind.lettering import Lettering, Letterings
from reviewer.attachments.blind.matter import Place, Sheet, Shown
from reviewer.attachments.normalise.usage import fonts_in_resources
from reviewer.model.processed import Doubt

Matrix = tuple[float, float, float, float, float, float]

OPERATORS: Final = "BT Tf Tr Tj TJ ' \" q Q gs Do cm Td TD Tm T* Tc Tw Tz TL Ts BDC BMC EMC DP BI"
SHOWS: Final = frozenset({"Tj", "TJ", "'", '"'})
SPEECH: Final = ("/ActualText", "/Alt", "/E")
"""Entries of marked content that say other words than what is drawn."""

PICTURE_PX: Final = 48
"""Smaller pictures are bullets and lines: no name can be read in them."""

LETTERS_MOST: Final = 2_000_000
"""Letters of one file, forms counted as often as they are drawn: 400 pages of the smallest print have 6 times as many codes as usual ones."""

_UNIT: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(one: Matrix, other: Matrix) -> Matrix:
    """First one, then the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


@dataclass(slots=True)
class _State:
    """The graphics state, as far as text goes."""

    ctm: Matrix = _UNIT
    font: Lettering | None = None
    size: float = 0.0
    letter_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    unseen: bool = False


class Walk:
    """Takes the pages of one document apart."""

    def __init__(self, pdf: Pdf) -> None:
        fonts_in_resources(pdf)  # a font has to be one thing wherever it is used
        self._pdf = pdf
        self.letterings = Letterings()
        """Fonts met."""
        self._left = LETTERS_MOST
        self._operations = limits.CONTENT_OPERATIONS
        self._once: set[tuple[tuple[int, int], tuple[int, int]]] = set()
        self._sheet = Sheet(0)
        self.run: list[Shown] = []
        """Where the letters go at the moment."""

    def sheets(self) -> list[Sheet]:
        """All pages."""
        return [self._taken(number, page.obj) for number, page in enumerate(self._pdf.pages, 1)]

    def _taken(self, number: int, page: Object) -> Sheet:
        self._sheet = sheet = Sheet(number)
        self._once = set()
        resources = page.get("/Resources")
        if isinstance(resources, Dictionary):
            self.run = []
            sheet.runs.append(self.run)
            self._stream(f"page {number}", page, resources, _State(), 0, ())
        return sheet

    def _stream(self, name: str, drawn: Any, resources: Object, state: _State, depth: int, speech: tuple[int, ...]) -> None:
        if depth > limits.CONTENT_DEPTH or self._operations <= 0 or self._left <= 0:
            self._sheet.doubts.add(Doubt.NOT_APART)
            return
        self._sheet.streams.add(name)
        self._patterns(resources, depth)
        try:
            instructions = parse_content_stream(drawn, OPERATORS)
        except (PdfError, TypeError):  # the latter is pikepdf's for what no content stream may hold
            self._sheet.doubts.add(Doubt.NOT_APART)
            return
        self._operations -= len(instructions)
        _Run(self, name, resources, state, depth, speech).do(instructions)

    def form(self, form: object, resources: Object, state: _State, depth: int, speech: tuple[int, ...]) -> None:
        """Walk what Do draws: a form; of a picture note that it is there."""
        if not isinstance(form, Stream):
            return
        if form.get("/Subtype") == "/Image":
            self.picture(form.get("/Width"), form.get("/Height"))
        elif form.get("/Subtype") == "/Form":
            own = form.get("/Resources")
            inner = replace(state, ctm=times(_matrix(form.get("/Matrix")), state.ctm))
            self._stream(_name(form), form, own if isinstance(own, Dictionary) else resources, inner, depth + 1, speech)

    def picture(self, width: object, height: object) -> None:
        """Note a picture large enough to hold words."""
        if isinstance(width, int) and isinstance(height, int) and min(width, height) >= PICTURE_PX:
            self._sheet.doubts.add(Doubt.PICTURE)

    def graphics_state(self, settings: object, state: _State, depth: int) -> None:
        """Take a font out of a graphics state; walk its soft mask by itself."""
        if not isinstance(settings, Dictionary):
            return
        font: Any = settings.get("/Font")
        if isinstance(font, Array) and len(font) == 2:
            state.font, state.size = self.letterings.of(font[0]), _number(font[1])
        mask = settings.get("/SMask")
        if isinstance(mask, Dictionary):
            self._apart(mask.get("/G"), Dictionary(), depth)

    def _patterns(self, resources: Object, depth: int) -> None:
        for pattern in _values(resources.get("/Pattern")):
            self._apart(pattern, resources, depth)
        for font in _values(resources.get("/Font")):
            for glyph in _values(font.get("/CharProcs") if isinstance(font, Dictionary) else None):
                own = font.get("/Resources")
                self._apart(glyph, own if isinstance(own, Dictionary) else resources, depth)

    def _apart(self, drawn: object, resources: Object, depth: int) -> None:
        """Walk what is drawn by other ways than Do, once a page, as a run of its own."""
        if not isinstance(drawn, Stream):
            return
        own = drawn.get("/Resources")
        used = own if isinstance(own, Dictionary) else resources
        key = (drawn.objgen, used.objgen)
        if key in self._once:
            return
        self._once.add(key)
        outer, self.run = self.run, []
        self._sheet.runs.append(self.run)
        self._stream(_name(drawn), drawn, used, _State(), depth + 1, ())
        self.run = outer

    @property
    def sheet(self) -> Sheet:
        """The page that is being walked."""
        return self._sheet

    def spend(self, letters: int) -> bool:
        """Whether that many letters more may be looked at."""
        self._left -= letters
        return self._left > 0


class _Run:
    """Interprets one stream."""

    def __init__(self, walk: Walk, name: str, resources: Object, state: _State, depth: int, speech: tuple[int, ...]) -> None:
        self._walk, self._name, self._resources, self._state, self._depth = walk, name, resources, state, depth
        self._fonts = resources.get("/Font")
        self._stack: list[_State] = []
        self._speech: list[int | None] = []
        self._outer = speech
        self._show = 0
        self._line = self._tm = _UNIT
        self._run = walk.run

    def do(self, instructions: Any) -> None:
        for instruction in instructions:
            if isinstance(instruction, ContentStreamInlineImage):
                self._walk.picture(instruction.iimage.width, instruction.iimage.height)
                continue
            operator = instruction.operator.unparse().decode("latin-1")  # what is no operator may hold any byte
            try:
                self._one(operator, instruction.operands)
            except (ValueError, TypeError, IndexError, ArithmeticError, KeyError, AttributeError, UnicodeError):
                continue  # operands that do not fit their operator: viewers pass them over

    def _one(self, operator: str, operands: Any) -> None:
        state = self._state
        if operator in SHOWS:
            self._shows(operator, operands)
        elif operator == "Tf":
            font = self._fonts.get(str(operands[0])) if isinstance(self._fonts, Dictionary) else None
            state.font, state.size = self._walk.letterings.of(font), float(operands[1])
        elif operator in ("Td", "TD"):
            self._move(float(operands[0]), float(operands[1]))
            if operator == "TD":
                state.leading = -float(operands[1])
        elif operator == "Tm":
            self._line = self._tm = _matrix(operands)
        elif operator == "T*":
            self._move(0.0, -state.leading)
        elif operator == "BT":
            self._line = self._tm = _UNIT
        elif operator == "cm":
            state.ctm = times(_matrix(operands), state.ctm)
        elif operator == "q":
            self._stack.append(replace(state))
        elif operator == "Q":
            if self._stack:
                self._state = self._stack.pop()
        elif operator in _SETTINGS:
            setattr(state, _SETTINGS[operator], float(operands[0]) / (100.0 if operator == "Tz" else 1.0))
        elif operator == "Tr":
            state.unseen = int(operands[0]) == 3
        elif operator == "gs":
            self._walk.graphics_state(_named(self._resources, "/ExtGState", operands[0]), state, self._depth)
        elif operator == "Do":
            form = _named(self._resources, "/XObject", operands[0])
            self._walk.form(form, self._resources, replace(state), self._depth, self._spoken())
        else:
            self._mark(operator, operands)

    def _mark(self, operator: str, operands: Any) -> None:
        if operator == "EMC":
            if self._speech:
                self._speech.pop()
            return
        words = _speech(operands, self._resources) if operator in ("BDC", "DP") else ""
        sheet = self._walk.sheet
        number = len(sheet.spoken) if words else None
        if words:
            sheet.spoken.append(words)
        if operator != "DP":
            self._speech.append(number)

    def _spoken(self) -> tuple[int, ...]:
        return (*self._outer, *(number for number in self._speech if number is not None))

    def _move(self, x: float, y: float) -> None:
        self._line = self._tm = times((1.0, 0.0, 0.0, 1.0, x, y), self._line)

    def _shows(self, operator: str, operands: Any) -> None:
        show, self._show = self._show, self._show + 1
        state = self._state
        if operator in ("'", '"'):
            if operator == '"':
                state.word_space, state.letter_space = float(operands[0]), float(operands[1])
            self._move(0.0, -state.leading)
        items = operands[0] if operator == "TJ" else operands[-1:]
        if state.font is None or (operator == "TJ" and not isinstance(items, Array)):
            return
        vertical, string = state.font.vertical, 0
        for item in items:
            if isinstance(item, String):
                self._string(show, string, bytes(item), state.font)
                string += 1
            elif not isinstance(item, Object):
                shift = -float(item) / 1000.0 * state.size
                self._advance(0.0 if vertical else shift * state.stretch, shift if vertical else 0.0)

    def _advance(self, x: float, y: float) -> None:
        a, b, c, d, e, f = self._tm
        self._tm = (a, b, c, d, e + x * a + y * c, f + x * b + y * d)

    def _string(self, show: int, string: int, data: bytes, font: Lettering) -> None:
        state, vertical = self._state, font.vertical
        letters = font.split(data)
        if not letters:
            if data:
                self._walk.sheet.doubts.add(Doubt.NO_UNICODE)
            return
        if not self._walk.spend(len(letters)):
            self._walk.sheet.doubts.add(Doubt.NOT_APART)
            return
        size, stretch, rise = state.size, state.stretch, state.rise
        a, b, c, d, e, f = times(self._tm, state.ctm)
        direction = (-c, -d) if vertical else (a, b)
        if not vertical and size * stretch < 0:
            direction = (-a, -b)
        length = math.hypot(*direction) or 1.0
        along, drawn = (direction[0] / length, direction[1] / length), abs(size) * math.hypot(c, d)
        pen, at, spoken, per = 0.0, 0, self._spoken(), 1000.0 / size if size else 0.0
        for letter in letters:
            space = state.letter_space + (state.word_space if letter.is_blank_byte else 0.0)
            step = letter.advance / 1000.0 * size + space
            x, y = letter.offset[0] / 1000.0 * size, letter.offset[1] / 1000.0 * size + rise
            x, y = (x, y + pen) if vertical else (x + pen * stretch, y)
            place = Place(self._name, show, string, at, at + letter.code[0])
            room = abs(step if vertical else step * stretch) * length
            origin = x * a + y * c + e, x * b + y * d + f
            adjust = -letter.advance - space * per
            self._run.append(Shown(place, letter, font, *origin, along, drawn, room, adjust, spoken))
            pen += step
            at += letter.code[0]
            if not letter.text and not state.unseen:
                self._walk.sheet.doubts.add(Doubt.TYPE_3 if font.is_type3 else Doubt.NO_UNICODE)
        self._advance(0.0 if vertical else pen * stretch, pen if vertical else 0.0)


_SETTINGS: Final = {"Tc": "letter_space", "Tw": "word_space", "Tz": "stretch", "TL": "leading", "Ts": "rise"}


def _speech(operands: Any, resources: Object) -> str:
    properties = operands[1]
    if not isinstance(properties, Dictionary):
        properties = _named(resources, "/Properties", properties)
    if not isinstance(properties, Dictionary):
        return ""
    return "\n".join(str(properties[key]) for key in SPEECH if isinstance(properties.get(key), String))


def _name(stream: Object) -> str:
    return f"form {stream.objgen[0]} {stream.objgen[1]}"


def _named(resources: Object, kind: str, name: object) -> object:
    holder = resources.get(kind)
    return holder.get(str(name)) if isinstance(holder, Dictionary) and str(name).startswith("/") else None


def _values(holder: object) -> list[Object]:
    return [holder[key] for key in sorted(holder.keys())] if isinstance(holder, Dictionary) else []


def _number(value: Any) -> float:
    return 0.0 if isinstance(value, Object | bool) else float(value)


def _matrix(numbers: Any) -> Matrix:
    if numbers is None or len(numbers) != 6:
        return _UNIT
    a, b, c, d, e, f = (_number(one) for one in numbers)
    return a, b, c, d, e, f
