"""Completing the structure tree that WeasyPrint writes.

WeasyPrint ties data cells to their header cells by /Headers and ids; readers and checkers also look for /Scope on the header cells
(ISO 14289-1, 7.5), which it leaves out (version 70, pdf/tags.py).
"""

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf


def add_scopes(pdf: Pdf) -> None:
    """Give every header cell its scope: a row's where data cells stand in the same row, else a column's."""
    for element in pdf.objects:
        if isinstance(element, Dictionary) and element.get(Name.S) == Name.TR:
            cells = [cell for cell in _kids(element) if isinstance(cell, Dictionary)]
            scope = Name.Row if any(cell.get(Name.S) == Name.TD for cell in cells) else Name.Column
            for cell in cells:
                if cell.get(Name.S) == Name.TH:
                    attributes = cell.get(Name.A, Dictionary())
                    attributes[Name.O], attributes[Name.Scope] = Name.Table, scope
                    cell[Name.A] = attributes


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get(Name.K, Array())
    return list(kids) if isinstance(kids, Array) else [kids]
