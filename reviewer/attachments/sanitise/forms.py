"""Turns annotations and form fields into drawing: what a reader of the file would see on the screen, and nothing to click.

Appearance streams are placed by qpdf (matrix, box, state of check boxes, hidden and not-for-viewing flags). A text field whose value has no
appearance, or whose form says that appearances are to be made (`NeedAppearances`), gets one here: qpdf makes them in Latin letters only.
"""

from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from reviewer.attachments.sanitise.appearance import appearance_of
from reviewer.attachments.sanitise.findings import annotations
from reviewer.attachments.sanitise.layers import Layers

_NOT_DRAWN: Final = frozenset({"/Link", "/Popup"})
_PARENTS_MOST: Final = 32


def flatten(pdf: Pdf, layers: Layers) -> None:
    """Draw every visible annotation into its page; links and pop-up notes are left out."""
    form = pdf.Root.get("/AcroForm")
    needed: Any = form.get("/NeedAppearances") if isinstance(form, Dictionary) else False
    make_all = needed is True
    any_drawn = False
    for page in pdf.pages:
        drawn = [one for one in annotations(page.obj) if str(one.get("/Subtype")) not in _NOT_DRAWN and layers.shows(one.get("/OC"))]
        if drawn:
            any_drawn = True
            page.obj.Annots = Array([pdf.make_indirect(one) for one in drawn])
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]
        for annotation in drawn:
            if annotation.get("/Subtype") == "/Widget":
                _complete(pdf, annotation, form, make_all=make_all)
    if any_drawn:
        if isinstance(form, Dictionary) and "/NeedAppearances" in form:
            del form["/NeedAppearances"]  # else qpdf leaves the fields as they are
        pdf.flatten_annotations("screen")


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
    return str(value) if isinstance(value, String) else ""


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
