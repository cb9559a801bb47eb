"""How values are said on a page: sizes, lengths, days, standings, languages. Pure, and the same on screen and on paper."""

import re
from decimal import Decimal

from reviewer.model.dates import Day, Semester
from reviewer.model.portfolio import Score
from reviewer.model.standing import Distribution
from reviewer.render.shapes.small import DateView, ParagraphView, PeriodView, StandingView
from reviewer.render.words import Lettering

NO_MARK = "—"
"""Printed where there is no score."""

_PARAGRAPHS = re.compile(r"\n(?:[ \t\u3000]*\n)+")
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]")
ENGLISH_LETTERS = 24
"""A passage with so many Latin letters and hardly a Chinese character is marked as English."""


def date_view(day: Day | None) -> DateView | None:
    """A day as pages show it."""
    return None if day is None else DateView(roc=day.roc, western=day.western)


def period_view(start: Day | None, end: Day | None, semester: Semester | None) -> PeriodView | None:
    """When something was; None when nothing is known."""
    if start is None and end is None and semester is None:
        return None
    until = end if end != start else None
    return PeriodView(start=date_view(start), end=date_view(until), semester=semester.label if semester else "")


def size(size_bytes: int) -> str:
    """`1.2 MB`, `340 KB`: megabytes of 1,048,576 bytes, as the limits count."""
    if size_bytes >= 2**20:
        return f"{size_bytes / 2**20:.1f} MB"
    return f"{max(1, round(size_bytes / 1024))} KB"


def length(seconds: float) -> str:
    """`2 分 05 秒`; empty when unknown."""
    whole = round(seconds)
    if whole <= 0:
        return ""
    minutes, rest = divmod(whole, 60)
    return f"{minutes} 分 {rest:02d} 秒" if minutes else f"{rest} 秒"


def mark(score: Score | None) -> str:
    """A mark as printed: the number, the words that were sent, or a dash."""
    if score is None:
        return ""
    if score.value is not None:
        return format(score.value.normalize(), "f")
    return score.raw if score.raw and not score.raw.lstrip("-").isdigit() else NO_MARK


def standing_view(scope: str, percent: Decimal | None, distribution: Distribution | None) -> StandingView:
    """A relative standing in words, always with its population."""
    population = f"{distribution.population:,}" if distribution and distribution.population > 0 else ""
    if percent is not None:
        sentence = f"前 {percent} %" + (f" · 母體 {population} 人" if population else "")
    elif population:
        sentence = f"無法推估 · 母體 {population} 人"
    else:
        sentence = "未公布分布"
    return StandingView(scope=scope, percent=str(percent) if percent is not None else "", population=population, sentence=sentence)


def language_of(text: str) -> str:
    """`en` for an English passage, empty otherwise."""
    letters = len(_LATIN.findall(text))
    return "en" if letters >= ENGLISH_LETTERS and len(_CJK.findall(text)) * 20 < letters else ""


def paragraphs(text: str, letters: Lettering) -> tuple[ParagraphView, ...]:
    """Plain text by paragraphs; single line breaks stay within."""
    parts = (part.strip("\n\r\t ") for part in _PARAGRAPHS.split(text.replace("\r\n", "\n").replace("\r", "\n")))
    return tuple(ParagraphView(words=letters.words(part), language=language_of(part)) for part in parts if part)
