"""Which slot an item stands in. Everything that was ticked gets exactly one; what has no slot of its own stands apart, never dropped [S34]."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reviewer.model.application import Tick
from reviewer.model.codes import Group
from reviewer.model.dossier import Entry
from reviewer.model.parts import OUTCOMES
from reviewer.model.portfolio import Outcome, Performance
from reviewer.model.problem import Problem, Where
from reviewer.model.selection import Selection
from reviewer.selection.entries import absent_entry, outcome_entry, performance_entry
from reviewer.selection.findings import OUTCOME_CODE_UNKNOWN, OUTCOME_NOT_TAKEN
from reviewer.selection.ticks import Chosen

APART = ""
"""Where items stand that no named code takes."""

APART_PREFIX = "X"
"""Ids of entries that stand apart: `X-3`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An item and its slot's code, not yet numbered."""

    code: str
    """First code of its slot, or APART."""
    item: Outcome | Performance | Tick
    """The item; a bare Tick where the package does not hold it."""
    problems: tuple[Problem, ...] = ()
    """What placing found."""


def slot_codes(selection: Selection, group: Group) -> tuple[tuple[str, ...], ...]:
    """The slots of a group: one for all outcome codes where the set does not divide them [S7], else one a code."""
    codes = selection.codes_of(group)
    if group is Group.OUTCOME and codes and not selection.code_set.outcome_field:
        return (codes,)
    return tuple((code,) for code in codes)


def slot_prefix(selection: Selection, codes: tuple[str, ...]) -> str:
    """What the ids of a slot's entries begin with: its code; `BE` for the undivided outcomes, whichever of B-E the department takes."""
    item = selection.item(codes[0])
    if item is not None and item.group is Group.OUTCOME and not selection.code_set.outcome_field:
        return group_prefix(selection, Group.OUTCOME)
    return codes[0]


def group_prefix(selection: Selection, group: Group) -> str:
    """First and last code of the set's group, `FM`, `BE`, `B1B2`; the only code where there is one."""
    codes = [item.code.replace("-", "") for item in selection.code_set.of_group(group)]
    return codes[0] if len(codes) == 1 else f"{codes[0]}{codes[-1]}" if codes else group.value


def place(chosen: Chosen, selection: Selection) -> tuple[Placed, ...]:
    """Every ticked item with its slot, outcomes first, in the package's order; ticks that point to nothing last."""
    placed = [_place_outcome(outcome, selection) for outcome in chosen.outcomes]
    placed += [Placed(code=_performance_code(item, selection), item=item) for item in chosen.performances]
    return (*placed, *(Placed(code=_absent_code(tick, selection), item=tick) for tick in chosen.absent))


def entries_at(placed: Sequence[Placed], codes: tuple[str, ...], selection: Selection, prefix: str) -> tuple[Entry, ...]:
    """The entries of one slot, numbered from 1; `codes` is empty for what stands apart."""
    here = [row for row in placed if row.code == (codes[0] if codes else APART)]
    return tuple(_entry(row, f"{prefix}-{number}", codes, selection) for number, row in enumerate(here, start=1))


def _entry(row: Placed, entry_id: str, codes: tuple[str, ...], selection: Selection) -> Entry:
    if isinstance(row.item, Tick):
        return absent_entry(row.item, entry_id, codes)
    if isinstance(row.item, Performance):
        return performance_entry(row.item, entry_id, codes)
    with_marks = bool(selection.codes_of(Group.COURSE_RECORD))
    return replace(outcome_entry(row.item, entry_id, codes, selection, with_marks=with_marks), problems=row.problems)


def _place_outcome(outcome: Outcome, selection: Selection) -> Placed:
    taken = selection.codes_of(Group.OUTCOME)
    where = Where(path=f"{OUTCOMES}[{outcome.index}]")
    if not taken:
        return Placed(code=APART, item=outcome, problems=(OUTCOME_NOT_TAKEN.at(where),))
    if not selection.code_set.outcome_field:
        return Placed(code=taken[0], item=outcome)
    code = selection.code_set.outcome_code(outcome.category_value)
    if code is None:
        shown = outcome.category_value or "（空白）"
        return Placed(code=taken[0], item=outcome, problems=(OUTCOME_CODE_UNKNOWN.at(where, value=shown, code=taken[0]),))
    if code not in taken:
        return Placed(code=APART, item=outcome, problems=(OUTCOME_NOT_TAKEN.at(where),))
    return Placed(code=code, item=outcome)


def _performance_code(item: Performance, selection: Selection) -> str:
    code = selection.code_set.performance_code(item.kind, item.values())
    return code if code in selection.codes_of(Group.PERFORMANCE) and code is not None else APART


def _absent_code(tick: Tick, selection: Selection) -> str:
    """Where an item would stand, as far as its kind alone says."""
    if tick.kind == OUTCOMES:
        return next(iter(selection.codes_of(Group.OUTCOME)), APART)
    code = selection.code_set.performance_code(tick.kind, {})
    return code if code in selection.codes_of(Group.PERFORMANCE) and code is not None else APART
