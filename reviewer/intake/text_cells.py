"""Cells of a workbook that is written as a stream: text, marked as text, so that a program which saves it again keeps it so."""

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill

from reviewer.model.formulas import neutral

LONG_CHARACTERS = 40
"""Beyond this a cell's lines are broken."""


def legible(words: str) -> str:
    """The words without characters that XML cannot hold."""
    clean: str = ILLEGAL_CHARACTERS_RE.sub("�", words)
    return clean


def text_cell(sheet: object, words: str, fill: str = "", *, bold: bool = False) -> WriteOnlyCell:
    """A cell that is text and stays text."""
    clean = legible(words)
    cell = WriteOnlyCell(sheet, value=clean)
    cell.data_type = "s"
    cell.number_format = "@"
    if neutral(clean) != clean:
        cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    if fill:
        cell.fill = PatternFill("solid", start_color=fill)
    if "\n" in clean or len(clean) > LONG_CHARACTERS:
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell
