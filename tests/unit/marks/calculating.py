"""A small reader of the workbook's formulas, so that their results are held against the results that were written beside them.

It shares nothing with the code that writes them: a parser by descent over what spreadsheets know, for the functions that occur.
"""

import re
import statistics
from typing import Any

from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*")|(?P<ref>(?:'[^']+'!)?\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)|(?P<name>[A-Z.]+)(?=\()|(?P<number>\d+(?:\.\d+)?)"""
    r"""|(?P<mark><>|<=|>=|[-+*/(),<>=]|FALSE))"""
)


class Sheets:
    """A workbook that can compute."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.known: dict[tuple[str, str], Any] = {}

    def value(self, sheet: str, cell: str) -> Any:
        """What a cell comes to; an empty cell is None."""
        key = (sheet, cell.replace("$", ""))
        if key not in self.known:
            content = self.book[sheet][key[1]]
            formula = content.data_type == "f"
            self.known[key] = _Formula(self, sheet, str(content.value)[1:]).compute() if formula else content.value
        return self.known[key]

    def values(self, sheet: str, span: str) -> list[list[Any]]:
        """Rows of a range."""
        left, top, right, bottom = range_boundaries(span.replace("$", ""))
        rows = self.book[sheet].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
        return [[self.value(sheet, cell.coordinate) for cell in row] for row in rows]


class _Formula:
    def __init__(self, sheets: Sheets, sheet: str, text: str) -> None:
        self.sheets, self.sheet = sheets, sheet
        self.tokens: list[tuple[str, str]] = []
        place = 0
        while place < len(text):
            match = _TOKEN.match(text, place)
            assert match, text[place:]
            self.tokens.append((str(match.lastgroup), match[match.lastgroup or 0]))
            place = match.end()

    def compute(self) -> Any:
        result = self._compared()
        assert not self.tokens
        return result

    def _next(self, *marks: str) -> str:
        if self.tokens and self.tokens[0][1] in marks:
            return self.tokens.pop(0)[1]
        return ""

    def _compared(self) -> Any:
        left = self._sum()
        mark = self._next("=", "<>", ">", "<")
        if not mark:
            return left
        right = self._sum()
        left, right = ("" if value is None else value for value in (left, right))
        return {"=": left == right, "<>": left != right, ">": mark == ">" and left > right, "<": mark == "<" and left < right}[mark]

    def _sum(self) -> Any:
        value = self._product()
        while mark := self._next("+", "-"):
            other = self._product()
            value = (
                None if isinstance(value, str | None) or isinstance(other, str | None) else value + other if mark == "+" else value - other
            )
        return value

    def _product(self) -> Any:
        value = self._atom()
        while mark := self._next("*", "/"):
            other = self._atom()
            # What would be an error in a cell stays out: it may stand in the branch that is not taken.
            value = (
                None if isinstance(value, str | None) or isinstance(other, str | None) else value * other if mark == "*" else value / other
            )
        return value

    def _atom(self) -> Any:
        kind, words = self.tokens.pop(0)
        if words == "(":
            value = self._compared()
            assert self._next(")")
            return value
        if kind == "text":
            return words[1:-1]
        if kind == "number":
            return float(words)
        if kind == "ref":
            sheet, _, cell = words.rpartition("!")
            sheet = sheet.strip("'") or self.sheet
            return self.sheets.values(sheet, cell) if ":" in cell else self.sheets.value(sheet, cell)
        if words == "FALSE":
            return False
        assert self._next("(")
        arguments = [self._compared()]
        while self._next(","):
            arguments.append(self._compared())
        assert self._next(")")
        return _call(words, arguments)


def _numbers(arguments: list[Any]) -> list[float]:
    flat: list[Any] = []
    for argument in arguments:
        flat += [cell for row in argument for cell in row] if isinstance(argument, list) else [argument]
    return [value for value in flat if isinstance(value, int | float) and not isinstance(value, bool)]


def _call(name: str, arguments: list[Any]) -> Any:
    if name == "IF":
        return arguments[1] if arguments[0] else arguments[2]
    if name == "ROUND":
        return None if arguments[0] is None else round(arguments[0], int(arguments[1]))
    if name == "VLOOKUP":
        return next((row[int(arguments[2]) - 1] for row in arguments[1] if row[0] == arguments[0]), None)
    if name == "MATCH":
        return [row[0] for row in arguments[1]].index(arguments[0]) + 1
    numbers = _numbers(arguments)
    if name == "COUNT":
        return len(numbers)
    functions: dict[str, Any] = {"AVERAGE": statistics.fmean, "STDEV": statistics.stdev, "MAX": max, "MIN": min}
    return functions[name](numbers) if len(numbers) > (name == "STDEV") else None
