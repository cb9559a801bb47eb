"""分數級距分布: `{"組距90_100的人數": 12, …}` with its 母體人數, and marks as schools send them."""

import functools
import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

from reviewer.model.portfolio import FieldValue, Score
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.standing import Bucket, Distribution
from reviewer.model.text import Text
from reviewer.packages import limits
from reviewer.packages.findings import Place
from reviewer.packages.values import as_number, as_words, other_values, shortened

_SHOWN = Text(
    "成績照原樣顯示，不推估相對表現；如有疑問請洽匯出單位。",
    "The mark is shown as sent, without an estimated standing; if in doubt ask who made the export.",
)
_ASK = Text("照原樣顯示；如有疑問請洽匯出單位。", "It is shown as it was sent; if in doubt ask who made the export.")

UNREADABLE_BUCKET = ProblemKind(
    "unreadable-bucket", Severity.NOTE, Text("級距「{key}：{value}」無法解讀。", "The bucket “{key}: {value}” cannot be read."), _SHOWN
)
OVERLAPPING_BUCKETS = ProblemKind(
    "overlapping-buckets", Severity.NOTE, Text("級距互相重疊（{first}、{second}）。", "Buckets overlap ({first}, {second})."), _SHOWN
)
UNREADABLE_DISTRIBUTION = ProblemKind(
    "unreadable-distribution",
    Severity.NOTE,
    Text("分數級距分布不是物件，無法解讀。", "The distribution is no object and cannot be read."),
    _SHOWN,
)
UNREADABLE_POPULATION = ProblemKind(
    "unreadable-population",
    Severity.NOTE,
    Text(
        "母體人數「{value}」無法解讀，以各級距人數合計 {counted} 計。",
        "The population “{value}” cannot be read; the buckets' sum, {counted}, is taken.",
    ),
    _ASK,
)
POPULATION_DIFFERS = ProblemKind(
    "population-differs",
    Severity.NOTE,
    Text(
        "母體人數為 {population}，各級距人數合計為 {counted}，推估相對表現以母體人數計。",
        "The population is {population}, the buckets hold {counted}; the standing is estimated with the population.",
    ),
    _ASK,
)
NO_SCORE = ProblemKind(
    "no-score",
    Severity.NOTE,
    Text("成績為 −1，表示沒有成績。", "The mark is −1, which means that there is none."),
    Text("以「無成績」顯示，無須處理。", "Shown as no mark; nothing need be done."),
)
SCORE_OUT_OF_RANGE = ProblemKind(
    "score-out-of-range", Severity.NOTE, Text("成績「{value}」不在 0 到 100 之間。", "The mark “{value}” is not between 0 and 100."), _SHOWN
)
ZERO_BUT_PASSED = ProblemKind(
    "zero-but-passed", Severity.NOTE, Text("成績為 0，但「{key}」為「{value}」。", "The mark is 0, but “{key}” is “{value}”."), _ASK
)

_BUCKET = re.compile(r"組距(\d{1,6}(?:\.\d{1,6})?)[_~\-～－](\d{1,6}(?:\.\d{1,6})?)的人數")
_PASSED = ("及格", "通過", "取得學分")
_YES = frozenset({"1", "Y", "y", "是", "true", "及格", "通過", "已取得"})
_SCORE_KEYS = ("分數", "成績")


def read_score(value: Any, place: Place, *, beside: dict[str, Any] | None = None) -> tuple[Score, tuple[FieldValue, ...]]:
    """A mark, bare or as {分數: …}, and what else its object holds. `beside` is the row, which may say that the course was passed."""
    others: tuple[FieldValue, ...] = ()
    members: dict[str, Any] = dict(beside or {})
    if isinstance(value, dict):
        holder = value
        key = next((name for name in _SCORE_KEYS if name in holder), _SCORE_KEYS[0])
        others = other_values(holder, frozenset({key}), place, f"{place.path.rpartition('.')[2]}.")
        members |= holder
        value, place = holder.get(key), place.key(key)
    raw = as_words(value, place, limits.COURSE_CHARACTERS)
    number = as_number(raw)
    if number is None:
        return Score(raw=raw, value=None), others
    if number == -1:
        place.note(NO_SCORE)
        return Score(raw=raw, value=None), others
    if not 0 <= number <= 100:
        place.note(SCORE_OUT_OF_RANGE, value=shortened(raw))
        return Score(raw=raw, value=None), others
    if number == 0:
        _note_passed(members, place)
    return Score(raw=raw, value=number), others


def read_distribution(population: Any, buckets: Any, population_place: Place, place: Place) -> Distribution | None:
    """母體人數 and 分數級距分布 as a distribution; None when none was sent, or it cannot be read (then with a note)."""
    if buckets is None or buckets in ({}, "", []):
        return None
    if not isinstance(buckets, dict):
        place.note(UNREADABLE_DISTRIBUTION)
        return None
    read = [_bucket(key, value, place) for key, value in buckets.items()]
    found = sorted(bucket for bucket in read if bucket is not None)
    if len(found) < len(read):
        return None
    for lower, upper in pairwise(found):
        if upper.low < lower.high:
            place.note(OVERLAPPING_BUCKETS, first=f"{lower.low}–{lower.high}", second=f"{upper.low}–{upper.high}")
            return None
    counted = sum(bucket.people for bucket in found)
    people = _people(population)
    if people is None:
        population_place.note(UNREADABLE_POPULATION, value=shortened(as_words(population, population_place)), counted=counted)
        people = counted
    elif people != counted:
        place.note(POPULATION_DIFFERS, population=people, counted=counted)
    return Distribution(population=people, buckets=tuple(found))


def _bucket(key: str, value: Any, place: Place) -> Bucket | None:
    bounds, people = _bounds(key) if len(key) <= 40 else None, _people(value)
    if bounds is None or people is None:
        at = place.key(key)
        at.note(UNREADABLE_BUCKET, key=shortened(as_words(key, at)), value=shortened(as_words(value, at)))
        return None
    return Bucket(*bounds, people)


@functools.lru_cache(maxsize=4096)
def _bounds(key: str) -> tuple[Decimal, Decimal] | None:
    """Lower and upper bound that a bucket's key names. Remembered: a whole cohort shares a few dozen keys."""
    match = _BUCKET.fullmatch(key.strip())
    low, high = (Decimal(match[1]), Decimal(match[2])) if match else (Decimal(0), Decimal(0))
    return (low, high) if low < high else None


def _people(value: Any) -> int | None:
    if not isinstance(value, str):
        return None
    if value.isascii() and value.isdecimal() and len(value) <= 9:
        return int(value)
    number = as_number(value)
    return int(number) if number is not None and number >= 0 and number == int(number) else None


def _note_passed(members: dict[str, Any], place: Place) -> None:
    for key, value in members.items():
        sent = as_words(value, place) if isinstance(value, str | bool) else ""
        if any(word in key for word in _PASSED) and sent in _YES:
            place.note(ZERO_BUT_PASSED, key=shortened(as_words(key, place)), value=sent)
