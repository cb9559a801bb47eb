"""school.toml: who the school is, its calendar, its own limits, its teachers. Every fault at once, each with its key."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from reviewer.model.dates import Day, parse_day
from reviewer.model.problem import ExitStatus, Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text

NOT_UPLOADS = ProblemKind(
    "uploads-not-there",
    Severity.ERROR,
    Text("「{path}」裡沒有 school.toml，不是學校的上傳資料夾。", "There is no school.toml in “{path}”; it is no folder of uploads."),
    Text(
        "請指定放有 school.toml 與名冊的資料夾；可用 reviewer intake practice 產生範例。",
        "Give the folder with school.toml and the rosters; `reviewer intake practice` makes an example.",
    ),
)
SCHOOL_BROKEN = ProblemKind(
    "school-toml-broken",
    Severity.ERROR,
    Text("school.toml 不是正確的 TOML（{reason}）。", "school.toml is not valid TOML ({reason})."),
    Text("請依訊息所指的行更正；文字要加引號。", "Correct the line that it names; words stand in quotation marks."),
)
SCHOOL_VALUE = ProblemKind(
    "school-toml-value",
    Severity.ERROR,
    Text("school.toml 的「{key}」應為{expected}。", "“{key}” in school.toml should be {expected}."),
    Text("請更正後再執行一次。", "Correct it and run again."),
)

TYPES = ("普通型", "技術型", "綜合型", "單科型", "實驗教育")
"""Kinds of school."""

WINDOWS = ("upload_until", "certify_until", "tick_until", "central_submission")
"""The calendar's dates in their order; the last is not the school's to change [S3, S5]."""

_EXPECTED_CODE = Text("6 碼的英數字", "six letters and digits")
_EXPECTED_WORDS = Text("文字", "words")
_EXPECTED_TYPE = Text("、".join(TYPES) + "之一", "one of " + ", ".join(TYPES))
_EXPECTED_DAY = Text('日期（例如 "2026-03-20"）', 'a date such as "2026-03-20"')
_EXPECTED_NUMBER = Text("大於 0 的整數", "a whole number above 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher:
    """A teacher of whom the school says more than the name."""

    name: str
    """As certifications write it."""
    leaves: Day | None
    """Last day at the school; None when staying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """The school as its school.toml tells."""

    code: str
    """學校代碼."""
    name: str
    """學校名稱."""
    kind: str
    """One of TYPES."""
    calendar: Mapping[str, Day]
    """Dates that were given, by their names in WINDOWS."""
    outcomes_a_year: int | None = None
    """The school's own limit; None when it gives none."""
    performances_a_year: int | None = None
    """The same for performances."""
    closed_until: int = 0
    """School years up to this one are closed; 0 when none is said to be."""
    teachers: tuple[Teacher, ...] = ()
    """Teachers with a date of leaving."""

    @property
    def experimental(self) -> bool:
        """Whether the school teaches by a plan of experimental education, with courses of its own."""
        return self.kind == "實驗教育"


def read_school(folder: Path) -> School:
    """Read school.toml of an upload. Raises `Stop` when it is not there, is no TOML or has wrong values."""
    path = folder / "school.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise Stop(NOT_UPLOADS.at(Where(file=str(folder)), path=folder), status=ExitStatus.NOTHING) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Stop(SCHOOL_BROKEN.at(Where(file="school.toml"), reason=error), status=ExitStatus.NOTHING) from error
    reading = _Reading(data)
    school = reading.school()
    if reading.problems:
        raise Stop(*reading.problems, status=ExitStatus.NOTHING)
    return school


class _Reading:
    """One look at the file's values; faults are collected."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.problems: list[Problem] = []

    def school(self) -> School:
        calendar, limits = self.table("calendar"), self.table("limits")
        code = self.words(self.data, "code")
        if not (len(code) == 6 and code.isascii() and code.isalnum()):
            self.fault("code", _EXPECTED_CODE)
        kind = self.words(self.data, "type")
        if kind not in TYPES:
            self.fault("type", _EXPECTED_TYPE)
        days = {name: self.day(calendar, name, "calendar.") for name in WINDOWS if name in calendar}
        return School(
            code=code,
            name=self.words(self.data, "name"),
            kind=kind,
            calendar={name: day for name, day in days.items() if day is not None},
            outcomes_a_year=self.number(limits, "outcomes_a_year"),
            performances_a_year=self.number(limits, "performances_a_year"),
            closed_until=self.number(calendar, "closed_until") or 0,
            teachers=self.teachers(),
        )

    def fault(self, key: str, expected: Text) -> None:
        self.problems.append(SCHOOL_VALUE.at(Where(file="school.toml", path=key), key=key, expected=expected))

    def table(self, key: str) -> Mapping[str, Any]:
        value = self.data.get(key, {})
        if isinstance(value, dict):
            return value
        self.fault(key, Text(f"[{key}] 表格", f"a table [{key}]"))
        return {}

    def words(self, table: Mapping[str, Any], key: str) -> str:
        value = table.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.fault(key, _EXPECTED_WORDS)
        return ""

    def number(self, table: Mapping[str, Any], key: str) -> int | None:
        value = table.get(key)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
            self.fault(key, _EXPECTED_NUMBER)
            return None
        return value

    def day(self, table: Mapping[str, Any], key: str, stem: str) -> Day | None:
        value = table.get(key)
        day = Day(value) if type(value) is date else parse_day(value) if isinstance(value, str) else None
        if day is None:
            self.fault(stem + key, _EXPECTED_DAY)
        return day

    def teachers(self) -> tuple[Teacher, ...]:
        rows = self.data.get("teacher", [])
        return tuple(
            Teacher(name=self.words(row, "name"), leaves=self.day(row, "leaves", "teacher.") if "leaves" in row else None)
            for row in (rows if isinstance(rows, list) else [])
            if isinstance(row, dict)
        )
