"""Before publishing: how many applicants would have empty slots under a selection, tried on packages that are there (last year's, as a rule).

Everything in a package counts as ticked: what an applicant ticked under the old selection says nothing about a code that was not offered then.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reviewer.model.application import Application
from reviewer.model.dossier import SlotState
from reviewer.model.portfolio import Identity, Portfolio
from reviewer.model.problem import Problem, SetAside
from reviewer.model.selection import Selection
from reviewer.model.text import Text
from reviewer.packages.address import PackageAddress
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read
from reviewer.selection.select import select

_NOT_COUNTED = frozenset({"apart", "not_offered"})
_EMPTY = frozenset({SlotState.EMPTY, SlotState.MISSING, SlotState.UNREADABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotTrial:
    """One slot of one department."""

    department_code: str
    """校系代碼."""
    department_name: Text
    """The department."""
    codes: tuple[str, ...]
    """The slot's codes."""
    title: Text
    """What it is called."""
    applicants: int
    """How many applicants were tried."""
    empty: int
    """How many of them would have nothing in it."""
    empty_before: int | None = None
    """The same under the other configuration's selection; None where it does not have this slot."""

    @property
    def percent(self) -> float:
        """Share of applicants with nothing in it, 0 to 100."""
        return 100 * self.empty / self.applicants if self.applicants else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What the trial found."""

    trials: tuple[SlotTrial, ...]
    """By department, in its own order of slots."""
    packages: int
    """Packages that were read."""
    problems: tuple[Problem, ...]
    """Packages that could not be read, and applications without package."""


def dry_run(
    applicants: Iterable[tuple[str, Portfolio]], departments: Mapping[str, Selection], last: Mapping[str, Selection] | None = None
) -> tuple[SlotTrial, ...]:
    """Try every (department code, portfolio) under the selections of `departments` and, for comparison, of `last`. Pure."""
    tried: Counter[str] = Counter()
    empty: Counter[tuple[str, tuple[str, ...]]] = Counter()
    before: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for code, portfolio in applicants:
        tried[code] += 1
        empty.update((code, codes) for codes in empty_slots(portfolio, departments[code]))
        if last is not None and code in last:
            before.update((code, codes) for codes in empty_slots(portfolio, last[code]))
    trials = []
    for code in sorted(tried):
        old = None if last is None or code not in last else _slots(last[code])
        for codes, title in _slots(departments[code]).items():
            trials.append(
                SlotTrial(
                    department_code=code,
                    department_name=departments[code].name,
                    codes=codes,
                    title=title,
                    applicants=tried[code],
                    empty=empty[code, codes],
                    empty_before=before[code, codes] if old is not None and codes in old else None,
                )
            )
    return tuple(trials)


def empty_slots(portfolio: Portfolio, selection: Selection) -> tuple[tuple[str, ...], ...]:
    """Slots in which this student would have nothing, by their codes."""
    application = Application(applicant_number="0", department_code=selection.department_code, package_id=portfolio.package_id, ticks=None)
    try:
        dossier = select(portfolio, selection, application).dossier
    except SetAside:
        return ()
    return tuple(
        slot.codes for section in dossier.sections if section.id not in _NOT_COUNTED for slot in section.slots if slot.state in _EMPTY
    )


def read_applicants(pairs: Iterable[tuple[PackageAddress, tuple[str, ...]]], problems: list[Problem]) -> Iterator[tuple[str, Portfolio]]:
    """Every package once, for all departments that it was sent to; one that cannot be read is a problem and is left out."""
    for address, codes in pairs:
        try:
            with open_package(address) as opened:
                portfolio = read(opened)
        except SetAside as fault:
            problems += fault.problems
            continue
        for code in codes:
            yield code, portfolio


def _slots(selection: Selection) -> dict[tuple[str, ...], Text]:
    nobody = select(_EMPTY_PORTFOLIO, selection, _NOBODY).dossier
    return {slot.codes: slot.title for section in nobody.sections if section.id not in _NOT_COUNTED for slot in section.slots}


_EMPTY_PORTFOLIO = Portfolio(
    package_id="",
    identity=Identity(applicant_number="", name="", school_code="", school_name="", fields=()),
    record=None,
    outcomes=(),
    performances=(),
    uploads=(),
)
_NOBODY = Application(applicant_number="0", department_code="", package_id="", ticks=())
