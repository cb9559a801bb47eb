"""Days and semesters as this country's schools write them: ROC years, three spellings of a date, terms 1 and 2 (0 marks a whole year).

ROC year 114 is the school year from August 2025 to July 2026; as a calendar year it is 2025.
"""

import datetime as dt
import re
from dataclasses import dataclass

ROC_OFFSET_YEARS = 1911
"""Western year minus ROC year."""

_ROC_SEVEN = re.compile(r"(\d{3})(\d{2})(\d{2})")
_ROC_SIX = re.compile(r"(\d{2})(\d{2})(\d{2})")
_SEPARATED = re.compile(
    r"(\d{2,4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]*(上午|下午|AM|PM)?\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(AM|PM)?(?:Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A calendar day."""

    date: dt.date
    """The day in the Gregorian calendar."""

    @property
    def roc(self) -> str:
        """As pages show it: `114.03.27`."""
        return f"{self.date.year - ROC_OFFSET_YEARS}.{self.date.month:02d}.{self.date.day:02d}"

    @property
    def western(self) -> str:
        """As title texts and `datetime` attributes show it: `2025-03-27`."""
        return self.date.isoformat()

    @property
    def semester(self) -> "Semester":
        """The semester that the day falls in: term 1 from August to January, term 2 from February to July."""
        year, month = self.date.year - ROC_OFFSET_YEARS, self.date.month
        if month >= 8:
            return Semester(year, 1)
        return Semester(year - 1, 1 if month == 1 else 2)


@dataclass(frozen=True, slots=True, order=True)
class Semester:
    """A school year and its term."""

    year: int
    """學年度, ROC."""
    term: int
    """學期: 1 or 2; 0 marks a yearly roster."""

    def __str__(self) -> str:
        return f"{self.year}-{self.term}" if self.term else f"{self.year}"

    @property
    def label(self) -> str:
        """As pages show it: `113 學年度第 1 學期`."""
        return f"{self.year} 學年度第 {self.term} 學期" if self.term else f"{self.year} 學年度"


def parse_day(words: str) -> Day | None:
    """Read a day from ROC 7 (or 6) digits, `yyyy/MM/dd`, `yyy.MM.dd`, or one of them followed by a time with 上午/下午; None when it is none of them.

    A year below 1000 is a ROC year. Impossible days (02-30) are None.
    """
    words = words.strip()
    match = _ROC_SEVEN.fullmatch(words) or _ROC_SIX.fullmatch(words) or _SEPARATED.fullmatch(words)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups()[:3])
    if year < 1000:
        year += ROC_OFFSET_YEARS
    try:
        return Day(dt.date(year, month, day))
    except ValueError:
        return None
