"""Which codes each font of a document shows: one walk over everything that pages draw.

Fonts are found where content streams select them, through forms, tiling patterns, soft masks, glyph procedures and graphics states; a font
that nothing selects is not looked at.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from pikepdf import Array, ContentStreamInlineImage, Dictionary, Object, Pdf, PdfError, Stream, String, parse_content_stream

from reviewer.attachments import limits

_OPERATORS: Final = "BT Tf Tr Tj TJ ' \" q Q gs Do"
_INVISIBLE: Final = 3
"""Text rendering mode that neither fills nor strokes: the text layer over a scan."""


@dataclass(slots=True)
class FontUse:
    """A font and the strings that it shows."""

    font: Object
    """The font dictionary."""
    shown: list[bytes] = field(default_factory=list)
    """Strings drawn."""
    unseen: list[bytes] = field(default_factory=list)
    """Strings in invisible mode."""


@dataclass(slots=True)
class _State:
    font: FontUse | None = None
    mode: int = 0


class Walk:
    """Collects the use of fonts over the pages of one document."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._uses: dict[tuple[int, int], FontUse] = {}
        self._seen: Counter[tuple[tuple[int, int], tuple[int, int]]] = Counter()
        self._operations = 0

    def uses(self) -> tuple[FontUse, ...]:
        """Return every font that shows anything, in the order in which the pages meet them."""
        for page in self._pdf.pages:
            self._stream(page.obj, page.obj.get("/Resources"), _State(), 0)
        return tuple(use for use in self._uses.values() if any(use.shown) or any(use.unseen))

    def _stream(self, drawn: Any, resources: object, state: _State, depth: int) -> None:
        if not isinstance(resources, Dictionary) or depth > limits.CONTENT_DEPTH or self._operations > limits.CONTENT_OPERATIONS:
            return
        fonts = resources.get("/Font")
        self._patterns(resources, depth)
        try:
            instructions = parse_content_stream(drawn, _OPERATORS)
        except (PdfError, TypeError):  # the latter is pikepdf's for what no content stream may hold
            return  # readers draw nothing of it either, or as much as they like; its fonts stay
        self._operations += len(instructions)
        stack: list[_State] = []
        for instruction in instructions:
            if isinstance(instruction, ContentStreamInlineImage):
                continue
            operator = instruction.operator.unparse().decode("latin-1")  # what is no operator may hold any byte
            operands: Any = instruction.operands
            if operator in ("Tj", "'", '"'):
                _show(state, operands[-1:])
            elif operator == "TJ":
                _show(state, operands[0] if len(operands) and isinstance(operands[0], Array) else ())
            elif operator == "Tf":
                state.font = self._font(fonts.get(str(operands[0])) if isinstance(fonts, Dictionary) and len(operands) else None)
            elif operator == "Tr":
                state.mode = int(operands[0]) if len(operands) and not isinstance(operands[0], Object) else 0
            elif operator == "q":
                stack.append(_State(state.font, state.mode))
            elif operator == "Q" and stack:
                state = stack.pop()
            elif operator == "gs" and len(operands):
                self._graphics_state(_named(resources, "/ExtGState", operands[0]), state, depth)
            elif operator == "Do" and len(operands):
                self._form(_named(resources, "/XObject", operands[0]), resources, state, depth)

    def _font(self, font: object) -> FontUse | None:
        if not isinstance(font, Dictionary):
            return None
        return self._uses.setdefault(font.objgen, FontUse(font)) if font.is_indirect else None

    def _form(self, form: object, resources: Object, state: _State, depth: int) -> None:
        if not isinstance(form, Stream) or form.get("/Subtype") != "/Form":
            return
        own = form.get("/Resources")
        used = own if isinstance(own, Dictionary) else resources
        seen = (form.objgen, used.objgen)
        self._seen[seen] += 1
        if self._seen[seen] == 1:
            self._stream(form, used, _State(state.font, state.mode), depth + 1)

    def _graphics_state(self, settings: object, state: _State, depth: int) -> None:
        if not isinstance(settings, Dictionary):
            return
        font = settings.get("/Font")
        if isinstance(font, Array) and len(font):
            state.font = self._font(font[0])
        mask = settings.get("/SMask")
        if isinstance(mask, Dictionary):
            self._form(mask.get("/G"), Dictionary(), _State(), depth)

    def _patterns(self, resources: Object, depth: int) -> None:
        for pattern in _values(resources.get("/Pattern")):
            self._once(pattern, pattern.get("/Resources") if isinstance(pattern, Stream) else None, depth)
        for font in _values(resources.get("/Font")):
            for glyph in _values(font.get("/CharProcs") if isinstance(font, Dictionary) else None):
                own = font.get("/Resources")
                self._once(glyph, own if isinstance(own, Dictionary) else resources, depth)

    def _once(self, drawn: object, resources: object, depth: int) -> None:
        if isinstance(drawn, Stream) and isinstance(resources, Dictionary):
            seen = (drawn.objgen, resources.objgen)
            self._seen[seen] += 1
            if self._seen[seen] == 1:
                self._stream(drawn, resources, _State(), depth + 1)


def _show(state: _State, strings: Any) -> None:
    if state.font is None:
        return
    target = state.font.unseen if state.mode == _INVISIBLE else state.font.shown
    target.extend(bytes(one) for one in strings if isinstance(one, String))


def _named(resources: Object, kind: str, name: object) -> object:
    holder = resources.get(kind)
    try:
        return holder.get(str(name)) if isinstance(holder, Dictionary) and str(name).startswith("/") else None
    except UnicodeDecodeError:
        return None  # a name of bytes that are no UTF-8: what it stands for stays as it is


def _values(holder: object) -> list[Object]:
    return [holder[key] for key in sorted(holder.keys())] if isinstance(holder, Dictionary) else []


def fonts_in_resources(pdf: Pdf) -> tuple[Object, ...]:
    """Return every font that any resources name, used or not, each made an object of its own.

    Fonts stand directly in resources in a few producers' files; a font has to be one thing wherever it is used.
    """
    found: dict[tuple[int, int], Object] = {}
    holder: Any
    for holder in pdf.objects:
        if not isinstance(holder, Dictionary | Stream):
            continue
        resources = holder.get("/Resources")
        for fonts in (holder.get("/Font"), resources.get("/Font") if isinstance(resources, Dictionary) else None):
            if isinstance(fonts, Dictionary):
                for name in sorted(fonts.keys()):
                    if isinstance(fonts[name], Dictionary):
                        fonts[name] = pdf.make_indirect(fonts[name])
                        found[fonts[name].objgen] = fonts[name]
    return tuple(found.values())
