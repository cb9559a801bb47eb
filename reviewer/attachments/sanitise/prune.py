"""Removes from pages everything that the grammar does not list, by one walk over what the pages reach."""

import re
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Stream

from reviewer.attachments import limits
from reviewer.attachments.sanitise.grammar import GRAMMAR, Entry, Named, Part
from reviewer.attachments.sanitise.streams import StreamBudget

_REFERS: Final = re.compile(rb"<<| R(?=[ \]])")
_XOBJECT_PARTS: Final = {"/Image": Part.IMAGE, "/Form": Part.FORM}
_MUST_BE_STREAM: Final = frozenset({Part.IMAGE, Part.FORM, Part.GLYPH, Part.PROGRAM})


class TooManyObjects(Exception):
    """The pages reach more objects than a real document has."""


class Pruner:
    """Prunes the pages of one document in place; remembers what it has seen, so that shared fonts cost nothing twice."""

    def __init__(self, budget: StreamBudget) -> None:
        self._seen: set[tuple[tuple[int, int], Part]] = set()
        self._todo: list[tuple[Object, Part]] = []
        self._budget = budget
        self._visited = 0

    def prune_page(self, page: Object) -> None:
        """Leave in a page, and in all that it reaches, the listed entries only.

        Raises `TooManyObjects`, or `StreamTooLarge` from the budget.
        """
        self._todo.append((page, Part.PAGE))
        while self._todo:
            self._visited += 1
            if self._visited > limits.PDF_PRUNED_OBJECTS:
                raise TooManyObjects
            self._prune(*self._todo.pop())

    def _prune(self, holder: Object, part: Part) -> None:
        if isinstance(holder, Array):
            self._prune_array(holder, part)
            return
        entries = GRAMMAR[part]
        for key in sorted(holder.keys()):
            entry = entries.get(key)
            if entry is None or not self._keep(holder[key], entry):
                del holder[key]
        if isinstance(holder, Stream):
            self._budget.check(holder, part)

    def _prune_array(self, array: Array, part: Part) -> None:
        for index in range(len(array)):
            if not self._keep(array[index], part):
                array[index] = Name.Null  # keeps the positions of the others

    def _keep(self, value: object, entry: Entry) -> bool:
        """Tell whether a value may play its part; what it holds is walked later."""
        if not isinstance(value, Object) or isinstance(value, Name):
            return True
        if entry is Part.SCALAR:
            return _is_scalar(value)
        if isinstance(entry, Named):
            if isinstance(value, Dictionary):
                self._keep_named(value, entry.value)
                return True
            return False
        return self._follow(value, entry)

    def _keep_named(self, names: Object, part: Part) -> None:
        for key in sorted(names.keys()):
            if not self._keep(names[key], part):
                del names[key]

    def _follow(self, value: Object, part: Part) -> bool:
        actual = part
        if isinstance(value, Stream):
            if part is Part.XOBJECT:
                found = _XOBJECT_PARTS.get(str(value.get("/Subtype")))
                if found is None:
                    return False
                actual = found
        elif isinstance(value, Dictionary):
            if part is Part.XOBJECT or part in _MUST_BE_STREAM:
                return False
        elif not isinstance(value, Array):
            return part is not Part.XOBJECT  # a string or operator: a palette, or damage that draws nothing
        if value.is_indirect:
            seen = (value.objgen, actual)
            if seen in self._seen:
                return True
            self._seen.add(seen)
        self._todo.append((value, actual))
        return True


def _is_scalar(value: Object) -> bool:
    if isinstance(value, Stream | Dictionary):
        return False
    if not isinstance(value, Array):
        return True
    if _REFERS.search(value.unparse(resolved=True)) is None:
        return True
    items: Any = value
    return all(not isinstance(item, Object) or _is_scalar_item(item) for item in items)


def _is_scalar_item(item: Object) -> bool:
    """One level further, for arrays such as W; deeper nesting has no meaning in any scalar entry."""
    if isinstance(item, Stream | Dictionary):
        return False
    return not isinstance(item, Array) or not any(isinstance(inner, Stream | Dictionary | Array) for inner in item)
