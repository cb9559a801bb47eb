"""The semesters that every figure of an application year shows: the same columns for every applicant."""

from collections.abc import Iterable

from reviewer.model.dates import Semester
from reviewer.render.language import CHINESE, Wording

SCHOOL_YEARS = 3
"""Years of senior high school before admission."""


def columns(admission_year: int, found: Iterable[Semester | None]) -> tuple[Semester, ...]:
    """Six semesters before admission; earlier or later years are added in whole years where something falls in them."""
    years = [semester.year for semester in found if semester is not None]
    first = min([admission_year - SCHOOL_YEARS, *(year for year in years if year > admission_year - 10)])
    last = max([admission_year - 1, *(year for year in years if year < admission_year + 2)])
    return tuple(Semester(year, term) for year in range(first, last + 1) for term in (1, 2))


def short_label(semester: Semester, say: Wording = CHINESE) -> str:
    """`112 上`; `112-1` in English."""
    if semester.term == 1:
        return say("{year} 上", year=semester.year)
    return say("{year} 下", year=semester.year) if semester.term == 2 else say("{year} 全", year=semester.year)
