"""The small pieces that every part of a page is made of."""

from dataclasses import dataclass

from reviewer.render.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView:
    """One day."""

    words: str
    """`114.03.27`; `27 Mar 2025` in English."""
    other: str
    """The same day in the other calendar, for the title: `2025-03-27`; `ROC 114.03.27` in English."""
    western: str
    """`2025-03-27`, for `datetime`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView:
    """When something was: a day, a span, or a semester alone."""

    start: DateView | None
    """First day."""
    end: DateView | None
    """Last day; None when it is one day, or open."""
    semester: str
    """`113 學年度第 1 學期`; empty when unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeView:
    """A word with a shape: the source lane of an entry, a certification, a state. The theme gives the shape a hue, last."""

    shape: str
    """Name of the icon, `lane-school`, `state-present`, `cert-y`; also the class."""
    words: str
    """The word itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """A labelled value."""

    key: str
    """The export's name of the field."""
    label: str
    """What the page calls it."""
    value: Words
    """What the page prints."""
    date: DateView | None = None
    """The day, where the value is one."""
    masked: bool = False
    """Whether the value was replaced at the department's wish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemView:
    """A finding, shown calmly where it belongs."""

    code: str
    """Stable identifier."""
    severity: str
    """`note`, `warning`, `error`: a class, no colour of alarm."""
    label: str
    """備註, 提醒, 錯誤."""
    what: Words
    """What is wrong."""
    remedy: Words
    """What to do."""
    place: Words
    """Where in what was sent, without package and folder names; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphView:
    """A paragraph of typed text; its single line breaks stand in the words."""

    words: Words
    """Its text."""
    language: str = ""
    """`en` for an English passage; empty for the page's own language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """A relative standing in words."""

    scope: str
    """校, 群別, 科班學程別; 本科 within a course."""
    percent: str
    """`13.6`; empty when it could not be estimated."""
    population: str
    """`412`; empty when unknown."""
    sentence: str
    """`前 13.6 % · 母體 412 人`, or why there is none."""
