"""Completing the structure tree that WeasyPrint writes.

WeasyPrint ties data cells to their header cells by /Headers and ids; readers and checkers also look for /Scope on the header cells
(ISO 14289-1, 7.5), which it leaves out (version 70, pdf/tags.py). It is added before the file is written: opening it again would cost 60 ms.
"""

from collections.abc import Iterator
from typing import Any


def add_scopes(pdf: Any) -> None:
    """Give every header cell its scope: a row's where data cells stand in the same row, else a column's."""
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/TR":
            cells = tuple(_kids(pdf, element))
            scope = "/Row" if any(cell.get("S") == "/TD" for cell in cells) else "/Column"
            for cell in cells:
                if cell.get("S") == "/TH":
                    cell["A"].update({"O": "/Table", "Scope": scope})


def _kids(pdf: Any, element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The elements below; what is no reference is the number of marked content."""
    for kid in element["K"]:
        if isinstance(kid, bytes):
            yield pdf.objects[int(kid.split()[0])]
