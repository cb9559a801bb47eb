"""How values are said on a page: sizes, lengths, days, semesters, standings, languages. Pure, and the same on screen and on paper."""

import re
from decimal import Decimal

from reviewer.model.dates import ROC_OFFSET_YEARS, Day, Semester
from reviewer.model.language import Language
from reviewer.model.portfolio import Score
from reviewer.model.standing import Distribution
from reviewer.render.language import CHINESE, N_, Wording
from reviewer.render.shapes.small import DateView, ParagraphView, PeriodView, StandingView
from reviewer.render.words import Lettering

WITHIN_COURSE = N_("本科")
"""Among whom the standing of a course's mark is."""

SCOPES = (N_("校"), N_("群別"), N_("科班學程別"), WITHIN_COURSE)
"""Among whom a standing is, as the export names it."""

NO_MARK = "—"
"""Printed where there is no score."""

_PARAGRAPHS = re.compile(r"\n(?:[ \t\u3000]*\n)+")
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]")
ENGLISH_LETTERS = 24
"""A passage with so many Latin letters and hardly a Chinese character is marked as English."""


MONTHS = (
    N_("1 月"),
    N_("2 月"),
    N_("3 月"),
    N_("4 月"),
    N_("5 月"),
    N_("6 月"),
    N_("7 月"),
    N_("8 月"),
    N_("9 月"),
    N_("10 月"),
    N_("11 月"),
    N_("12 月"),
)
"""Names of the months, short in other languages."""


def date_view(day: Day | None, say: Wording = CHINESE) -> DateView | None:
    """A day as pages show it."""
    if day is None:
        return None
    other = day.western if say.language is Language.CHINESE else say("民國 {date}", date=day.roc)
    return DateView(words=day_words(day, say), other=other, western=day.western)


def day_words(day: Day, say: Wording = CHINESE) -> str:
    """`114.03.27`; `27 Mar 2025` in other languages."""
    return day.roc if say.language is Language.CHINESE else f"{day.date.day} {say(MONTHS[day.date.month - 1])} {day.date.year}"


def semester_words(semester: Semester, say: Wording = CHINESE) -> str:
    """`113 學年度第 1 學期`; other languages name the western years too, `2024–25 (ROC 113), term 1`."""
    first = semester.year + ROC_OFFSET_YEARS
    year = str(semester.year) if say.language is Language.CHINESE else f"{first}–{(first + 1) % 100:02d} (ROC {semester.year})"
    return say("{year} 學年度第 {term} 學期", year=year, term=semester.term) if semester.term else say("{year} 學年度", year=year)


def period_view(start: Day | None, end: Day | None, semester: Semester | None, say: Wording = CHINESE) -> PeriodView | None:
    """When something was; None when nothing is known."""
    if start is None and end is None and semester is None:
        return None
    until = end if end != start else None
    words = semester_words(semester, say) if semester else ""
    return PeriodView(start=date_view(start, say), end=date_view(until, say), semester=words)


def size(size_bytes: int) -> str:
    """`1.2 MB`, `340 KB`: megabytes of 1,048,576 bytes, as the limits count."""
    if size_bytes >= 2**20:
        return f"{size_bytes / 2**20:.1f} MB"
    return f"{max(1, round(size_bytes / 1024))} KB"


def length(seconds: float, say: Wording = CHINESE) -> str:
    """`2 分 05 秒`; empty when unknown."""
    whole = round(seconds)
    if whole <= 0:
        return ""
    minutes, rest = divmod(whole, 60)
    return say("{minutes} 分 {seconds} 秒", minutes=minutes, seconds=f"{rest:02d}") if minutes else say("{seconds} 秒", seconds=rest)


def mark(score: Score | None) -> str:
    """A mark as printed: the number, the words that were sent, or a dash."""
    if score is None:
        return ""
    if score.value is not None:
        return format(score.value.normalize(), "f")
    return score.raw if score.raw and not score.raw.lstrip("-").isdigit() else NO_MARK


def scope_words(scope: str, say: Wording = CHINESE) -> str:
    """Among whom a standing is; as the package names it where the export has no such scope."""
    return say(scope) if scope in SCOPES else scope


def standing_view(scope: str, percent: Decimal | None, distribution: Distribution | None, say: Wording = CHINESE) -> StandingView:
    """A relative standing in words, always with its population."""
    population = f"{distribution.population:,}" if distribution and distribution.population > 0 else ""
    if percent is not None:
        ahead = say("前 {percent} %", percent=percent)
        sentence = say("{standing} · 母體 {n} 人", standing=ahead, n=population) if population else ahead
    elif population:
        sentence = say("無法推估 · 母體 {n} 人", n=population)
    else:
        sentence = say("未公布分布")
    return StandingView(
        scope=scope_words(scope, say),
        percent=str(percent) if percent is not None else "",
        population=population,
        sentence=sentence,
    )


def language_of(text: str) -> str:
    """`en` for an English passage, empty otherwise."""
    letters = len(_LATIN.findall(text))
    return "en" if letters >= ENGLISH_LETTERS and len(_CJK.findall(text)) * 20 < letters else ""


def paragraphs(text: str, letters: Lettering) -> tuple[ParagraphView, ...]:
    """Plain text by paragraphs; single line breaks stay within."""
    parts = (part.strip("\n\r\t ") for part in _PARAGRAPHS.split(text.replace("\r\n", "\n").replace("\r", "\n")))
    return tuple(ParagraphView(words=letters.words(part), language=language_of(part)) for part in parts if part)
