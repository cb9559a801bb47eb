"""Dated limits: every number of the domain that an official letter can change, with the semester from which it holds."""

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources

from reviewer.model.dates import Semester


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Limit:
    """One row of data/limits.toml."""

    rule: str
    """Name of the rule, the unit in it."""
    since: Semester
    """First semester in which the value holds."""
    value: int
    """The limit itself."""


@functools.cache
def all_limits() -> tuple[Limit, ...]:
    """Every limit, by rule and date."""
    rows = tomllib.loads(resources.files("reviewer.model").joinpath("data/limits.toml").read_text(encoding="utf-8"))["limit"]
    return tuple(sorted(Limit(rule=row["rule"], since=_semester(row["since"]), value=row["value"]) for row in rows))


def limit(rule: str, at: Semester) -> int:
    """The value of a rule in a semester; before its first date the first value holds. An unknown rule is a programming error (KeyError)."""
    rows = [row for row in all_limits() if row.rule == rule]
    if not rows:
        raise KeyError(rule)
    in_force = [row for row in rows if row.since <= at] or rows[:1]
    return in_force[-1].value


def _semester(words: str) -> Semester:
    year, _, term = words.partition("-")
    return Semester(int(year), int(term))
