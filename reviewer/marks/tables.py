"""Tables of the report: heads, words, and which columns hold numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.model.text import on_one_line

SHOWN = 300
"""Rows of a list that the page shows; the workbook has all."""


Words = str | tuple[str, ...]
"""A cell: words, or several lines of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list with its heads; numbers stand right."""

    columns: tuple[str, ...]
    """Heads."""
    numbers: tuple[int, ...]
    """Columns that hold numbers."""
    rows: tuple[tuple[Words, ...], ...]
    """The first rows."""
    more: int
    """How many more the workbook has."""


def table(columns: Sequence[str], rows: Sequence[tuple[Words, ...]], numbers: Sequence[int] = ()) -> Table:
    """A table; names among the words are strangers', so what would act is written out."""
    shown = tuple(tuple(map(_seen, row)) for row in rows[:SHOWN])
    return Table(columns=tuple(columns), numbers=tuple(numbers), rows=shown, more=max(0, len(rows) - SHOWN))


def _seen(words: Words) -> Words:
    return on_one_line(words) if isinstance(words, str) else tuple(map(on_one_line, words))
