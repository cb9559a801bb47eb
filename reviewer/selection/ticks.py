"""What was ticked, out of everything that a student has."""

from dataclasses import dataclass

from reviewer.model.application import Application, Tick
from reviewer.model.parts import OUTCOMES
from reviewer.model.portfolio import Outcome, Performance, Portfolio


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The ticked items, found or not."""

    outcomes: tuple[Outcome, ...]
    """In the package's order."""
    performances: tuple[Performance, ...]
    """In the package's order."""
    absent: tuple[Tick, ...]
    """Ticks that point to nothing, in their order."""
    unticked: tuple[Tick, ...]
    """The applicant's own affair: for the office's report alone."""
    ticked_count: int
    """Different items that were ticked, absent ones included: what the ledger begins with."""


def chosen(portfolio: Portfolio, application: Application) -> Chosen:
    """Part what was ticked from what was not; without ticks everything counts as ticked (committee's tree, preview)."""
    there = {Tick(OUTCOMES, outcome.index) for outcome in portfolio.outcomes} | {tick_of(item) for item in portfolio.performances}
    wanted = there if application.ticks is None else set(application.ticks)
    return Chosen(
        outcomes=tuple(outcome for outcome in portfolio.outcomes if Tick(OUTCOMES, outcome.index) in wanted),
        performances=tuple(item for item in portfolio.performances if tick_of(item) in wanted),
        absent=tuple(sorted(wanted - there)),
        unticked=tuple(sorted(there - wanted)),
        ticked_count=len(wanted),
    )


def tick_of(item: Performance) -> Tick:
    """How the applications table names a performance."""
    return Tick(item.kind, item.index)
