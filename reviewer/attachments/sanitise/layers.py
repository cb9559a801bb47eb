"""Layers (optional content): keeps what a reader shows when the file is opened, takes out the rest, and with it the layers themselves.

A document's pages are placed into other documents later, where its catalogue, and so its choice of layers, is lost: what is hidden has to go
now. Operators that paint are removed from hidden marked content, those that change the graphics state stay.
"""

from typing import Any, Final

from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Pdf,
    PdfError,
    Stream,
    parse_content_stream,
    unparse_content_stream,
)

from reviewer.attachments import limits

_PAINTS: Final = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_SHOWS: Final = frozenset({"Tj", "TJ", "Do", "sh"})
_DEPTH: Final = 8


class Layers:
    """Which optional content of a document is shown by default (ISO 32000-2, 8.11.4.3)."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._hidden: set[tuple[int, int]] = set()
        properties = pdf.Root.get("/OCProperties")
        default = properties.get("/D") if isinstance(properties, Dictionary) else None
        if not isinstance(properties, Dictionary) or not isinstance(default, Dictionary):
            return
        if default.get("/BaseState") == "/OFF":
            self._hidden = _groups(properties.get("/OCGs")) - _groups(default.get("/ON"))
        self._hidden |= _groups(default.get("/OFF"))
        self._view_states(default)

    def _view_states(self, default: Object) -> None:
        """Apply the groups' own wish for viewing, where the default configuration says that it counts."""
        uses = default.get("/AS")
        for use in uses if isinstance(uses, Array) else ():
            if not isinstance(use, Dictionary) or use.get("/Event") != "/View":
                continue
            groups = use.get("/OCGs")
            for group in groups if isinstance(groups, Array) else ():
                usage = group.get("/Usage") if isinstance(group, Dictionary) else None
                view = usage.get("/View") if isinstance(usage, Dictionary) else None
                state = view.get("/ViewState") if isinstance(view, Dictionary) else None
                if state == "/OFF":
                    self._hidden.add(group.objgen)
                elif state == "/ON":
                    self._hidden.discard(group.objgen)

    @property
    def any_hidden(self) -> bool:
        """Whether anything has to be taken out at all."""
        return bool(self._hidden)

    def shows(self, membership: object) -> bool:
        """Tell whether what bears this `OC` entry is drawn when the file is opened."""
        if not self._hidden or not isinstance(membership, Dictionary):
            return True
        if membership.get("/Type") != "/OCMD":
            return membership.objgen not in self._hidden
        expression = membership.get("/VE")
        if isinstance(expression, Array):
            return self._holds(expression, 0)
        listed = membership.get("/OCGs")
        groups = list(listed) if isinstance(listed, Array) else [listed]
        states = [one.objgen not in self._hidden for one in groups if isinstance(one, Dictionary)]
        if not states:
            return True
        policy = str(membership.get("/P", Name.AnyOn))
        return {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}.get(policy, any(states))

    def _holds(self, expression: Object, depth: int) -> bool:
        parts = [one for one in list(expression)[1:] if isinstance(one, Array | Dictionary)]
        states = [self._holds(one, depth + 1) if isinstance(one, Array) and depth < _DEPTH else self.shows(one) for one in parts]
        operator = str(expression[0]) if len(expression) else ""
        if operator == "/Not":
            return not all(states)
        return any(states) if operator == "/Or" else all(states)

    def apply(self) -> None:
        """Take hidden content out of all pages and the forms that they use."""
        if not self._hidden:
            return
        seen: set[tuple[int, int]] = set()
        for page in self._pdf.pages:
            resources = page.obj.get("/Resources")
            page.contents_coalesce()
            contents = page.obj.get("/Contents")
            if isinstance(contents, Stream) and isinstance(resources, Dictionary):
                self._clean(contents, resources, seen, 0)

    def _clean(self, stream: Object, resources: Object, seen: set[tuple[int, int]], depth: int) -> None:
        if stream.objgen in seen or depth > limits.CONTENT_DEPTH:
            return
        seen.add(stream.objgen)
        listed = resources.get("/XObject")
        objects = listed if isinstance(listed, Dictionary) else Dictionary()
        for name in sorted(objects.keys()):
            drawn = objects[name]
            if not self.shows(drawn.get("/OC") if isinstance(drawn, Stream) else None):
                objects[name] = _nothing(self._pdf)
            elif isinstance(drawn, Stream) and drawn.get("/Subtype") == "/Form":
                own = drawn.get("/Resources")
                self._clean(drawn, own if isinstance(own, Dictionary) else resources, seen, depth + 1)
        if b"/OC" not in stream.read_bytes():
            return
        try:
            stream.write(unparse_content_stream(self._visible(stream, resources)))
        except (PdfError, TypeError):
            stream.write(b"")  # cannot be told apart: what may be hidden is not shown

    def _visible(self, stream: Object, resources: Object) -> list[ContentStreamInstruction]:
        properties = resources.get("/Properties")
        kept: list[ContentStreamInstruction] = []
        marks: list[bool] = []  # for each open mark, whether it hides
        for instruction in parse_content_stream(stream):
            operator = instruction.operator.unparse().decode("latin-1")  # what is no operator may hold any byte
            if operator in ("BDC", "BMC"):
                marks.append(self._hides(instruction, properties))
            elif operator == "EMC" and marks:
                marks.pop()
            elif any(marks):
                kept.extend(_unpainted(instruction, operator))
                continue
            kept.append(instruction)  # type: ignore[arg-type]
        return kept

    def _hides(self, instruction: object, properties: object) -> bool:
        operands: Any = getattr(instruction, "operands", ())
        if len(operands) != 2 or str(operands[0]) != "/OC" or not isinstance(properties, Dictionary):
            return False
        return not self.shows(properties.get(str(operands[1])) if isinstance(operands[1], Name) else None)


def _unpainted(instruction: object, operator: str) -> list[ContentStreamInstruction]:
    """Return what is left of an instruction when nothing may be painted."""
    if isinstance(instruction, ContentStreamInlineImage) or operator in _SHOWS:
        return []
    if operator in _PAINTS:
        return [ContentStreamInstruction([], Operator("n"))]
    if operator in ("'", '"'):
        return [ContentStreamInstruction([], Operator("T*"))]
    assert isinstance(instruction, ContentStreamInstruction)  # noqa: S101 - the parser yields these two kinds only
    return [instruction]


def _groups(listed: object) -> set[tuple[int, int]]:
    return {one.objgen for one in listed if isinstance(one, Dictionary)} if isinstance(listed, Array) else set()


def _nothing(pdf: Pdf) -> Object:
    form = pdf.make_stream(b"")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 0, 0])
    return form
