"""課程代碼: the 23 characters of the 108 curriculum's course codes, taken apart. Source: DOMAIN, "Code tables"."""

import enum
from dataclasses import dataclass

from reviewer.model import tables
from reviewer.model.text import Text

LENGTH_CHARACTERS = 23
"""適用入學年度 3, 學校代碼 6, 課程類型 1, 群別 2, 科別 3, 班群 1, 課程類別 1, 開課方式 1, 科目屬性 1, 領域 2, 科目名稱代碼 2."""


class Inquiry(enum.StrEnum):
    """A hint, derived from the course, that an outcome is one of the inquiry items; never a score and never a ranking [S7, S22, S26]."""

    SCIENCE = "D"
    """探究與實作 within 自然科學領域 (04)."""
    SOCIETY = "E"
    """Social inquiry within 社會領域 (03)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseCode:
    """The parts of a course code that pages and rules use."""

    code: str
    """All 23 characters, as sent."""
    entry_year: str
    """適用入學年度."""
    school: str
    """學校代碼, 6 characters."""
    category: str
    """課程類別, 1 character: key of the table 課程類別."""
    domain: str
    """領域, 2 characters: key of the table 領域."""

    @property
    def category_name(self) -> Text | None:
        """部定必修, 校訂必修, …; None when the code table does not know it."""
        return tables.lookup("課程類別", self.category)

    @property
    def domain_name(self) -> Text | None:
        """語文, 數學, …; None when the code table does not know it."""
        return tables.lookup("領域", self.domain)


def parse_course_code(code: str) -> CourseCode | None:
    """Take a code apart; None when it is not 23 characters (experimental education has courses without one [S28])."""
    if len(code) != LENGTH_CHARACTERS or not code.isascii() or not code.isalnum():
        return None
    return CourseCode(code=code, entry_year=code[0:3], school=code[3:9], category=code[16], domain=code[19:21])


def inquiry_hint(course_name: str, domain: str) -> Inquiry | None:
    """Say whether a course looks like one whose outcomes are filed under D or E: 探究與實作 within domain 04, inquiry (探究) within 03."""
    if domain == "04" and "探究" in course_name:
        return Inquiry.SCIENCE
    if domain == "03" and "探究" in course_name:
        return Inquiry.SOCIETY
    return None
