"""What a cell of a workbook holds: words, a number, a date, a length of time, yes or no, as its type and its format say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Value = str | float | bool | datetime | date | time | timedelta

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_OF_A_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|general', re.IGNORECASE)
_OF_A_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)
_OF_A_LENGTH = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BUILT_IN = frozenset((*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)))
_BUILT_IN_LENGTH = 46
_EXCEL, _OLD_MACS = datetime.fromisoformat("1899-12-30"), datetime.fromisoformat("1904-01-01")
_FALSE_LEAP_DAY = 60
"""Spreadsheets count a 29 February 1900, which never was."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How a workbook's numbers become dates."""

    dates: frozenset[str] = frozenset()
    """Styles whose numbers are dates or times."""
    lengths: frozenset[str] = frozenset()
    """Styles whose numbers are lengths of time."""
    is_from_1904: bool = False
    """Whether days are counted from 1904, as old Macs did."""


def clock_of(formats: Sequence[tuple[int, str]], *, is_from_1904: bool) -> Clock:
    """The clock of a workbook: for each style the number of its format, and its code where the workbook brings its own."""
    dates, lengths = set(), set()
    for index, (number, code) in enumerate(formats):
        if number == _BUILT_IN_LENGTH or _OF_A_LENGTH.search(code):
            lengths.add(str(index))
        elif number in _BUILT_IN or _OF_A_DATE.search(_NOT_OF_A_DATE.sub("", code)):
            dates.add(str(index))
    return Clock(frozenset(dates), frozenset(lengths), is_from_1904)


def value(kind: str, style: str, text: str, clock: Clock) -> Value:
    """The value of a cell that is no shared string. What cannot be told stays words; a formula's error is none."""
    if kind in ("inlineStr", "str"):
        return without_escapes(text) if "_x" in text else text
    if kind == "n":
        try:
            number = float(text)
        except ValueError:
            return text
        return _moment(number, style, clock) if style in clock.dates or style in clock.lengths else number
    if kind == "b":
        return text.strip() == "1"
    if kind == "e":
        return ""
    if kind == "d":
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return text
        return moment if "T" in text else moment.date()
    return without_escapes(text)


def without_escapes(text: str) -> str:
    """Words of a workbook: `_x000D_` is how it writes what XML cannot hold."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def _moment(number: float, style: str, clock: Clock) -> Value:
    """A number of days as what it stands for; the number itself where no calendar has it."""
    try:
        length = timedelta(days=number)
        if style in clock.lengths:
            return length
        if number < 1 and not clock.is_from_1904:
            return (_OLD_MACS + length).time() if number >= 0 else number
        first = _OLD_MACS if clock.is_from_1904 else _EXCEL if number > _FALSE_LEAP_DAY else _EXCEL + timedelta(days=1)
        # Days are fractions of a number with sixteen digits: what is beyond a millisecond is their error.
        moment = first + timedelta(milliseconds=round(length / timedelta(milliseconds=1)))
    except (OverflowError, ValueError):
        return number
    return moment.date() if moment.time() == time() else moment
