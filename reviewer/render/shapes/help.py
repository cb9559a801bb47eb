"""HelpView: everything that a department's help page may use."""

from dataclasses import dataclass

from reviewer.model.language import Language
from reviewer.render.shapes.cohort import LegendView


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeHelp:
    """One code that the department takes."""

    label: str
    """`J`."""
    title: str
    """Official name, or the department's own."""
    official: str
    """The same in Chinese, where the page is in another language; empty otherwise."""
    sentence: str
    """What stands there, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupHelp:
    """The codes of one sort of material."""

    title: str
    """Name of the group."""
    codes: tuple[CodeHelp, ...]
    """In the department's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermHelp:
    """A word and what it means."""

    term: str
    """The word."""
    official: str = ""
    """The official Chinese word, where the page is in another language; empty otherwise."""
    sentence: str
    """What it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketHelp:
    """A row of the worked example of relative standing."""

    scores: str
    """`80–85`."""
    people: int
    """How many."""
    holds: bool
    """Whether the example's score lies in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleHelp:
    """The worked example of relative standing."""

    score: str
    """The mark."""
    population: int
    """How many students."""
    buckets: tuple[BucketHelp, ...]
    """From the top."""
    sentence: str
    """The calculation in words."""
    percent: str
    """Its result, as pages print it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpView:
    """All that the help page may use."""

    university: str
    """University."""
    department: str
    """Department."""
    department_code: str
    """校系代碼."""
    admission_year: int
    """招生學年度."""
    groups: tuple[GroupHelp, ...]
    """What the department takes."""
    left: str
    """Codes that it does not take, in a line; empty when it takes all."""
    limits: str
    """How many items at most, as a sentence."""
    masks: str
    """What is hidden, as a sentence; empty when nothing is."""
    categories: tuple[TermHelp, ...]
    """Kinds of courses of the 108 curriculum."""
    domains: str
    """Learning domains, in a line."""
    certifications: tuple[LegendView, ...]
    """States of certification with their shapes."""
    lanes: tuple[LegendView, ...]
    """Source lanes with their shapes."""
    states: tuple[LegendView, ...]
    """States of a slot with their shapes."""
    pages: tuple[TermHelp, ...]
    """What may stand instead of a reading view."""
    example: ExampleHelp
    """Relative standing, worked out."""
    originals: bool
    """Whether pages before font normalising may be shown."""
    keys: tuple[TermHelp, ...]
    """Keys of the pages."""
    program: str
    """Name and version of the program that made the page."""
    watermark: str
    """Words across every page of a preview; empty in a build."""
    language: Language
    """Language of the page's own words."""
