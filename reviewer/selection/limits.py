"""What an application holds beyond the department's limits: shown, with a Problem on each item beyond (DOMAIN, "Codes of the review material")."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from reviewer.model.dossier import Entry, EntryKind, Section
from reviewer.model.problem import Problem, Where
from reviewer.model.selection import Selection
from reviewer.selection.findings import OUTCOMES_ABOVE_LIMIT, OUTCOMES_OF_CODE_ABOVE_LIMIT, PERFORMANCES_ABOVE_LIMIT


def mark_beyond(sections: tuple[Section, ...], selection: Selection) -> tuple[Section, ...]:
    """Count outcomes, outcomes of one code, and performances in reading order, and mark what lies beyond. Uploads are not counted."""
    seen: Counter[EntryKind] = Counter()
    of_code: Counter[str] = Counter()

    def marked(entry: Entry) -> Entry:
        if entry.kind is EntryKind.UPLOAD:
            return entry
        seen[entry.kind] += 1
        of_code.update(entry.codes)
        found = _problems(entry, seen[entry.kind], of_code, selection)
        return replace(entry, problems=entry.problems + found) if found else entry

    return map_entries(sections, marked)


def map_entries(sections: tuple[Section, ...], change: Callable[[Entry], Entry]) -> tuple[Section, ...]:
    """The sections with every entry changed, in reading order."""
    return tuple(
        replace(section, slots=tuple(replace(slot, entries=tuple(change(entry) for entry in slot.entries)) for slot in section.slots))
        for section in sections
    )


def _problems(entry: Entry, number: int, of_code: Counter[str], selection: Selection) -> tuple[Problem, ...]:
    where = Where(path=entry.tick)
    if entry.kind is EntryKind.PERFORMANCE:
        limit = selection.max_performances
        return (PERFORMANCES_ABOVE_LIMIT.at(where, number=number, limit=limit),) if number > limit else ()
    if number > selection.max_outcomes:
        return (OUTCOMES_ABOVE_LIMIT.at(where, number=number, limit=selection.max_outcomes),)
    for code in entry.codes:
        item = selection.item(code)
        if item is not None and item.max_items is not None and len(entry.codes) == 1 and of_code[code] > item.max_items:
            return (OUTCOMES_OF_CODE_ABOVE_LIMIT.at(where, code=code, number=of_code[code], limit=item.max_items),)
    return ()
