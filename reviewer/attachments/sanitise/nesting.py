"""Forms within forms: drawings that would never end, or only after years, are found before anybody draws them.

Drawing programs follow a form that draws itself, or two dozen forms that each draw the next one twice, until the clock stops them. A form
that comes back to itself is cut at that point, as the standard has no meaning for it; too many drawings are refused.

A form whose own resources name no forms at all is weighed with those of the page: the standard does not say so, but PDFium looks there.
"""

from collections import Counter
from typing import Any

from pikepdf import ContentStreamInlineImage, Dictionary, Object, PdfError, Stream, parse_content_stream

from reviewer.attachments import limits


class TooManyDrawings(Exception):
    """A page draws its forms more often than a real one does."""


class Nesting:
    """Weighs what the pages of one document draw; what has been weighed once is remembered."""

    def __init__(self) -> None:
        self._weights: dict[tuple[tuple[int, int], tuple[int, int]], int] = {}
        self._total = 0
        self._page: Object = Dictionary()
        """Resources of the page that is weighed."""

    def check(self, page: Object) -> None:
        """Cut circles among the forms that a page draws; raise `TooManyDrawings` where they multiply beyond the limit."""
        resources = page.get("/Resources")
        if isinstance(resources, Dictionary):
            self._page = resources
            self._weights.clear()  # a form may draw something else on another page
            self._total += self._weigh_children(page, resources, resources, ())
            if self._total > limits.DRAWINGS:
                raise TooManyDrawings

    def _weigh(self, drawn: Object, inherited: Object, path: tuple[tuple[int, int], ...]) -> int:
        own = drawn.get("/Resources")
        resources = own if isinstance(own, Dictionary) else inherited
        key = (drawn.objgen, resources.objgen)
        if key not in self._weights:
            self._weights[key] = 1 + self._weigh_children(drawn, resources, own, (*path, drawn.objgen))
            if self._weights[key] > limits.DRAWINGS:
                raise TooManyDrawings
        return self._weights[key]

    def _weigh_children(self, holder: Object, resources: Object, own: object, path: tuple[tuple[int, int], ...]) -> int:
        weight = 0
        for kind, name, child, times in _children(holder, resources, self._page):
            if child.objgen in path or len(path) >= limits.CONTENT_DEPTH:
                if isinstance(own, Dictionary):
                    named = own.get(kind)
                    if isinstance(named, Dictionary) and name in named:
                        del named[name]
                    else:
                        own[kind] = Dictionary()  # names none, so that nobody looks on the page
                else:
                    holder.write(b"")  # its names belong to others
                    return weight
            else:
                weight += times * self._weigh(child, resources, path)
        return weight


def _children(holder: Object, resources: Object, page: Object) -> list[tuple[str, str, Object, int]]:
    """Return (kind, name, stream, number of times) of the forms, patterns and soft masks that a stream draws."""
    children: list[tuple[str, str, Object, int]] = []
    drawable = resources if isinstance(resources.get("/XObject"), Dictionary) else page
    forms = {name: form for name, form in _entries(drawable, "/XObject") if form.get("/Subtype") == "/Form"}
    if forms:
        counts = _drawn_names(holder)
        children.extend(("/XObject", name, form, counts[name]) for name, form in forms.items() if counts[name])
    if isinstance(resources.get("/Pattern"), Dictionary) and holder.get("/Resources") is not None:
        children.extend(("/Pattern", name, pattern, 1) for name, pattern in _entries(resources, "/Pattern"))
    states = resources.get("/ExtGState")
    if isinstance(states, Dictionary) and holder.get("/Resources") is not None:
        for name in sorted(states.keys()):
            mask = states[name].get("/SMask") if isinstance(states[name], Dictionary) else None
            form = mask.get("/G") if isinstance(mask, Dictionary) else None
            if isinstance(form, Stream):
                children.append(("/ExtGState", name, form, 1))
    return children


def _entries(resources: Object, kind: str) -> list[tuple[str, Object]]:
    holder = resources.get(kind)
    return (
        [(name, holder[name]) for name in sorted(holder.keys()) if isinstance(holder[name], Stream)]
        if isinstance(holder, Dictionary)
        else []
    )


def _drawn_names(holder: Any) -> Counter[str]:
    try:
        instructions = parse_content_stream(holder, "Do")
    except (PdfError, TypeError):
        return Counter()
    return Counter(str(one.operands[0]) for one in instructions if not isinstance(one, ContentStreamInlineImage) and len(one.operands))
