"""What rules may look at, and what a rule is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from reviewer.intake.findings import Finding
from reviewer.intake.history import History
from reviewer.intake.ledger import Row
from reviewer.intake.looks import Looks
from reviewer.intake.student import Item, Student
from reviewer.intake.uploads import Uploads
from reviewer.model.dates import Day, Semester, parse_day
from reviewer.model.problem import Problem, ProblemKind
from reviewer.model.text import Text

FIRST = Semester(108, 1)
"""First semester of learning portfolios."""

LATER = Semester(199, 2)
"""After every change of the rules so far: asked where no cover says of which year the rosters are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything beside the student that a rule may ask."""

    uploads: Uploads
    """The school, its tables, its populations."""
    looks: Looks
    """What files are."""
    history: History
    """The last packages, where they were given."""
    memory: dict[str, dict[str, str]] = field(default_factory=dict)
    """What a rule keeps from one student to the next (who had an identity first), by the rule's code."""

    @property
    def now(self) -> Semester:
        """The semester that the rosters are of: limits with dates are asked for it."""
        return Semester(self.uploads.school_year, 2) if self.uploads.school_year else LATER


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, as its module declares it."""

    code: str
    """Kebab-case; names its folder of cases."""
    sentence: Text
    """What it asks, for people."""
    kinds: tuple[ProblemKind, ...]
    """What it can find."""
    since: Semester = FIRST
    """First semester in which it holds."""
    until: Semester | None = None
    """Last semester in which it holds; None while it does."""
    student: Callable[[Student, Context], Iterator[Finding]] | None = None
    """Looks at one student."""
    school: Callable[[Context], Iterator[Finding]] | None = None
    """Looks at the school as a whole, after all students."""

    def holds(self, at: Semester) -> bool:
        """Whether it is in force."""
        return self.since <= at and (self.until is None or at <= self.until)


def told(problem: Problem, teacher: str = "") -> Finding:
    """A finding; the check adds the rule and the student."""
    return Finding(problem=problem, teacher=teacher)


def semester_of(item: Item) -> Semester | None:
    """The semester of an item: that of its course or of its time, else of its first date."""
    row = item.row
    keys = ("實際修課學年度", "實際修課學期") if item.is_outcome else ("學年度", "學期")
    year, term = row.get(keys[0]), row.get(keys[1])
    if year.isdecimal() and term in ("1", "2", "0") and 90 <= int(year) < 200:
        return Semester(int(year), int(term))
    if item.is_outcome:
        return None
    day = first_day(row)
    return day.semester if day else None


def first_day(row: Row) -> Day | None:
    """The first date of a performance."""
    for key in ("開始日期", "取得證照日期", "結果公布日期", "作品日期", "結束日期"):
        day = parse_day(row.get(key))
        if day is not None:
            return day
    return None


def shown(words: str, most: int = 30) -> str:
    """Words for a sentence."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
