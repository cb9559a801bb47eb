"""Turns annotations and form fields into drawing: what a reader of the file would see on the screen, and nothing to click.

Appearance streams are placed by qpdf (matrix, box, state of check boxes, hidden and not-for-viewing flags). A text field whose value has no
appearance, or whose form says that appearances are to be made (`NeedAppearances`), gets one here: qpdf makes them in Latin letters only. Marks,
shapes and words that come without one get theirs in `markup`; what nobody can draw is told (`unseen`).
"""

from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from reviewer.attachments.sanitise.appearance import appearance_of, words_of
from reviewer.attachments.sanitise.findings import annotations
from reviewer.attachments.sanitise.layers import Layers
from reviewer.attachments.sanitise.markup import Looks
from reviewer.attachments.sanitise.unseen import Unseen, has_look
from reviewer.model.problem import Problem

_NOT_DRAWN: Final = frozenset({"/Link", "/Popup"})
_PARENTS_MOST: Final = 32


def flatten(pdf: Pdf, layers: Layers) -> tuple[Problem, ...]:
    """Draw every visible annotation into its page, links and pop-up notes left out; return what the pages do not show of them."""
    form = pdf.Root.get("/AcroForm")
    needed: Any = form.get("/NeedAppearances") if isinstance(form, Dictionary) else False
    make_all = needed is True
    any_drawn = False
    looks, unseen = Looks(pdf), Unseen()
    for number, page in enumerate(pdf.pages, 1):
        drawn = [one for one in annotations(page.obj) if str(one.get("/Subtype")) not in _NOT_DRAWN and layers.shows(one.get("/OC"))]
        if drawn:
            any_drawn = True
            page.obj.Annots = Array([pdf.make_indirect(one) for one in drawn])
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]
        for annotation in drawn:
            if annotation.get("/Subtype") == "/Widget":
                _complete(pdf, annotation, form, make_all=make_all)
            else:
                unseen.look(number, annotation, drawn=has_look(annotation) or looks.complete(annotation))
    if any_drawn:
        if isinstance(form, Dictionary) and "/NeedAppearances" in form:
            del form["/NeedAppearances"]  # else qpdf leaves the fields as they are
        pdf.flatten_annotations("screen")
    return unseen.problems()


def _complete(pdf: Pdf, widget: Object, form: object, *, make_all: bool) -> None:
    """Give a text or choice field an appearance where it has none that is valid."""
    appearances = widget.get("/AP")
    normal = appearances.get("/N") if isinstance(appearances, Dictionary) else None
    if isinstance(normal, Stream) and not make_all:
        return
    kind = _inherited(widget, "/FT")
    if kind not in (Name.Tx, Name.Ch):
        return
    words = _words(_inherited(widget, "/V"))
    style = _inherited(widget, "/DA") or (form.get("/DA") if isinstance(form, Dictionary) else None)
    flags = _inherited(widget, "/Ff")
    appearance = appearance_of(
        pdf,
        widget,
        words=words,
        style=bytes(style).decode("latin-1") if isinstance(style, String) else "",
        flags=flags if isinstance(flags, int) and kind == Name.Tx else 0,
        alignment=_inherited(widget, "/Q"),
    )
    if appearance is not None:
        widget.AP = Dictionary(N=appearance)


def _words(value: object) -> str:
    if isinstance(value, Array):
        return "\n".join(_words(one) for one in value)
    if isinstance(value, Stream):
        return value.read_bytes().decode("utf-8", "replace")
    return words_of(value)


def _inherited(field: Object, key: str) -> object:
    """Return an entry of a field, or of the nearest ancestor that has it."""
    node: object = field
    for _ in range(_PARENTS_MOST):
        if not isinstance(node, Dictionary):
            return None
        value: object = node.get(key)
        if value is not None:
            return value
        node = node.get("/Parent")
    return None
