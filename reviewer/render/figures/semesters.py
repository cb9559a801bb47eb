"""The semesters that every figure of an application year shows: the same columns for every applicant."""

from collections.abc import Iterable

from reviewer.model.dates import Semester

SCHOOL_YEARS = 3
"""Years of senior high school before admission."""


def columns(admission_year: int, found: Iterable[Semester | None]) -> tuple[Semester, ...]:
    """Six semesters before admission; earlier or later years are added in whole years where something falls in them."""
    years = [semester.year for semester in found if semester is not None]
    first = min([admission_year - SCHOOL_YEARS, *(year for year in years if year > admission_year - 10)])
    last = max([admission_year - 1, *(year for year in years if year < admission_year + 2)])
    return tuple(Semester(year, term) for year in range(first, last + 1) for term in (1, 2))


def short_label(semester: Semester) -> str:
    """`112 上`."""
    return f"{semester.year} {'上' if semester.term == 1 else '下' if semester.term == 2 else '全'}"
