"""Dated limits: every number of the domain that an official letter can change, with the semester from which it holds."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from reviewer.model.dates import Semester
from reviewer.model.text import Text


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
    return tuple(sorted(Limit(rule=row["rule"], since=_semester(row["since"]), value=row["value"]) for row in _data()["limit"]))


def limit(rule: str, at: Semester) -> int:
    """The value of a rule in a semester; before its first date the first value holds. An unknown rule is a programming error (KeyError)."""
    rows = [row for row in all_limits() if row.rule == rule]
    if not rows:
        raise KeyError(rule)
    in_force = [row for row in rows if row.since <= at] or rows[:1]
    return in_force[-1].value


def limits_of(rule: str) -> tuple[Limit, ...]:
    """Every value of a rule by date, the one in force last. An unknown rule is a programming error (KeyError)."""
    rows = tuple(row for row in all_limits() if row.rule == rule)
    if not rows:
        raise KeyError(rule)
    return rows


def sentence(row: Limit) -> Text:
    """A limit in words; sizes in MB of 1,048,576 bytes. A rule without words is a programming error (KeyError)."""
    value = f"{row.value / 2**20:g} MB" if row.rule.endswith("_bytes") else f"{row.value}"
    return Text(*_data()["words"][row.rule]).format(value=value)


@functools.cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("reviewer.model").joinpath("data/limits.toml").read_text(encoding="utf-8"))


def _semester(words: str) -> Semester:
    year, _, term = words.partition("-")
    return Semester(int(year), int(term))
