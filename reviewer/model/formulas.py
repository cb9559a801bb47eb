"""A text that a spreadsheet would take for a formula, and the one way in which every table of ours takes it for a text."""

from typing import Final

STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What spreadsheets take for the beginning of a formula, full-width in East Asian locales too."""

_MARK: Final = "'"
_MARKED: Final = (*STARTS, _MARK)


def neutral(cell: str) -> str:
    """A cell of a .csv that no spreadsheet takes for a formula: `=1+1` becomes `'=1+1`; so does what begins with the mark, that reading undoes just this."""
    return f"{_MARK}{cell}" if cell.startswith(_MARKED) else cell


def unneutral(cell: str) -> str:
    """The cell that `neutral` was given."""
    return cell[1:] if cell[:1] == _MARK and cell[1:].startswith(_MARKED) else cell
