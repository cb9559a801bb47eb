"""母體人數 and 分數級距分布, counted from everybody's marks: of each course in each semester, and of semesters' means by 校, 群別 and 科班學程別."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from reviewer.intake.ledger import Row

LEAST_PEOPLE = 10
"""Below so many people a distribution would tell single persons' marks; only 母體人數 is then given."""

SCOPES = ("校", "群別", "科班學程別")
"""Populations of a semester's mean, in the export's order."""

_TOP = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A population."""

    people: int
    """母體人數: who has a mark."""
    buckets: Mapping[int, int]
    """People by the lower bound of their bucket, one point wide; 100 falls into 99-100."""

    def published(self) -> dict[str, int] | None:
        """分數級距分布 as the export writes it; None where too few have a mark."""
        if self.people < LEAST_PEOPLE:
            return None
        return {f"組距{low}_{low + 1}的人數": self.buckets[low] for low in sorted(self.buckets)}


NOBODY = Counted(people=0, buckets={})

_Courses = dict[tuple[str, str, str], Counted]
_Means = dict[tuple[str, str, str, str], Counted]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Every population of a school."""

    courses: Mapping[tuple[str, str, str], Counted]
    """By 學年度, 學期 and 科目名稱: whoever sits in the same course, whatever his programme."""
    means: Mapping[tuple[str, str, str, str], Counted]
    """By 學年度, 學期, scope and the scope's name (empty for 校)."""

    def course(self, row: Row) -> Counted:
        """The population of a row of marks."""
        return self.courses.get((row.get("實際修課學年度"), row.get("實際修課學期"), row.get("科目名稱")), NOBODY)

    def mean(self, row: Row, scope: str, name: str) -> Counted:
        """The population of a row of means in a scope."""
        return self.means.get((row.get("學年度"), row.get("學期"), scope, name), NOBODY)


def count_cohort(marks: Iterable[Row], means: Iterable[Row], groups: Mapping[str, tuple[str, str]]) -> Cohort:
    """Count everybody. `groups` gives 群別 and 科班學程別 by student. Rows without a mark (-1, words, nothing) are not counted."""
    courses: dict[tuple[str, str, str], Counter[int]] = {}
    for row in marks:
        low = bucket(row.get("分數"))
        if low is not None:
            courses.setdefault((row.get("實際修課學年度"), row.get("實際修課學期"), row.get("科目名稱")), Counter())[low] += 1
    scopes: dict[tuple[str, str, str, str], Counter[int]] = {}
    for row in means:
        low = bucket(row.get("學生學期成績"))
        if low is not None:
            group, programme = groups.get(row.student, ("", ""))
            for scope, name in zip(SCOPES, ("", group, programme), strict=True):
                scopes.setdefault((row.get("學年度"), row.get("學期"), scope, name), Counter())[low] += 1
    counted: _Courses = {key: _counted(counts) for key, counts in courses.items()}
    by_scope: _Means = {key: _counted(counts) for key, counts in scopes.items()}
    return Cohort(courses=counted, means=by_scope)


def bucket(words: str) -> int | None:
    """Lower bound of the bucket that a mark falls into; None for no mark."""
    try:
        mark = Decimal(words)
    except InvalidOperation:
        return None
    return min(int(mark), _TOP) if mark.is_finite() and 0 <= mark <= 100 else None


def _counted(counts: Counter[int]) -> Counted:
    return Counted(people=sum(counts.values()), buckets=dict(counts))
