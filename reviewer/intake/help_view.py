"""The help page beside an intake report: every rule, every dated limit and what to do, for registrars. From the rules and the model alone."""

import re
from dataclasses import dataclass

from reviewer.intake.rules.register import RULES, rule_set
from reviewer.model.dates import Semester
from reviewer.model.limits import all_limits, sentence
from reviewer.model.parts import inner_objects
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

_FACT = re.compile(r"\{[^{}]*\}")
"""What stands for a fact in a kind's sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindHelp:
    """One thing that a rule can find."""

    severity: Severity
    """How much it weighs."""
    what: Text
    """The sentence, facts as an ellipsis."""
    remedy: Text
    """What to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleHelp:
    """One rule."""

    anchor: str
    """Id within the page, the rule's own name."""
    sentence: Text
    """What it asks."""
    dates: Text
    """Since when, until when; empty while it always held."""
    kinds: tuple[KindHelp, ...]
    """What it can find, the gravest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitHelp:
    """One limit with its dates."""

    since: str
    """`109 學年度第 1 學期`."""
    words: Text
    """The limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnHelp:
    """A column of a table that the school writes."""

    table: str
    """Its file."""
    column: str
    """Its heading."""
    words: Text
    """What belongs there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpView:
    """All that the help page's template may use."""

    rules: tuple[RuleHelp, ...]
    """In the order in which they are asked and reported."""
    limits: tuple[LimitHelp, ...]
    """By rule and date."""
    columns: tuple[ColumnHelp, ...]
    """Tables beside the rosters."""
    rule_set: str
    """Version of the rules."""


def help_view() -> HelpView:
    """Make the view; the same for every school."""
    beside = [part for part in inner_objects().values() if not part.file.endswith(".json")]
    return HelpView(
        rules=tuple(
            RuleHelp(
                anchor=rule.code,
                sentence=rule.sentence,
                dates=_dates(rule.since, rule.until),
                kinds=tuple(_kind(kind) for kind in sorted(rule.kinds, key=lambda kind: _ORDER.index(kind.severity))),
            )
            for rule in RULES
        ),
        limits=tuple(LimitHelp(since=row.since.label, words=sentence(row)) for row in all_limits()),
        columns=tuple(ColumnHelp(table=part.file, column=field.key, words=field.plain) for part in beside for field in part.fields),
        rule_set=rule_set(),
    )


_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_FIRST = min(rule.since for rule in RULES)


def _dates(since: Semester, until: Semester | None) -> Text:
    """When a rule holds, where that is not always."""
    zh = "，".join([f"自 {since.label} 起"] * (since > _FIRST) + ([f"到 {until.label} 為止"] if until else []))
    en = ", ".join([f"from {since}"] * (since > _FIRST) + ([f"until {until}"] if until else []))
    return Text(zh, en)


def _kind(kind: ProblemKind) -> KindHelp:
    return KindHelp(severity=kind.severity, what=_without_facts(kind.what), remedy=_without_facts(kind.remedy))


def _without_facts(text: Text) -> Text:
    return Text(_FACT.sub("…", text.zh), _FACT.sub("…", text.en))
