"""Tables of the report: heads and words in both languages, and which columns hold numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.model.text import Text, on_one_line

SHOWN = 300
"""Rows of a list that the page shows; the workbook has all."""


Words = str | Text | tuple[str | Text, ...]
"""A cell: words, or several lines of them. A `Text` has English beside it; names and numbers are the same in both languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list with its heads; numbers stand right."""

    columns: tuple[Text, ...]
    """Heads."""
    numbers: tuple[int, ...]
    """Columns that hold numbers."""
    rows: tuple[tuple[Words, ...], ...]
    """The first rows."""
    more: int
    """How many more the workbook has."""


def table(columns: Sequence[Text], rows: Sequence[tuple[Words, ...]], numbers: Sequence[int] = ()) -> Table:
    """A table; names among the words are strangers', so what would act is written out."""
    shown = tuple(tuple(map(_seen, row)) for row in rows[:SHOWN])
    return Table(columns=tuple(columns), numbers=tuple(numbers), rows=shown, more=max(0, len(rows) - SHOWN))


def _seen(words: Words) -> Words:
    return tuple(map(_line, words)) if isinstance(words, tuple) else _line(words)


def _line(words: str | Text) -> str | Text:
    return on_one_line(words) if isinstance(words, str) else Text(on_one_line(words.zh), on_one_line(words.en))
