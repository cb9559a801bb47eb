"""The same activity under two kinds (a club's president under H and under G) [S26]: both are shown, both are counted, each names the other.

Conservative: only equal names (after normalising, without generic endings), only different kinds, only days that overlap.
"""

import datetime as dt
import unicodedata
from dataclasses import replace

from reviewer.model.dates import ROC_OFFSET_YEARS, Semester
from reviewer.model.dossier import Entry, EntryKind, Section
from reviewer.selection.entries import NO_TITLE
from reviewer.selection.limits import map_entries

Span = tuple[dt.date, dt.date]

_GENERIC_ENDINGS = ("社團活動", "社團", "活動", "幹部", "社長", "副社長")
_GENERIC_UNITS = frozenset({"班級", "社團", "學校", "本校", "校內"})
"""Units that every student has: the same activity only when the position is the same as well."""

_POSITION = "擔任職務名稱"
_SHORTEST_NAME = 2
"""A name of one character (社) says nothing."""


def link_related(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Every performance with the ids of those that are the same activity under another kind."""
    entries = [entry for section in sections for slot in section.slots for entry in slot.entries if entry.kind is EntryKind.PERFORMANCE]
    links = {entry.id: tuple(other.id for other in entries if same_activity(entry, other)) for entry in entries}
    return map_entries(sections, lambda entry: replace(entry, related=links.get(entry.id, ())))


def same_activity(one: Entry, other: Entry) -> bool:
    """Whether two entries of different kinds are the same activity, as far as name and time say. Symmetric."""
    if one.kind_label == other.kind_label or NO_TITLE in (one.title, other.title):
        return False
    names = activity_name(one.title), activity_name(other.title)
    if names[0] != names[1] or len(names[0]) < _SHORTEST_NAME:
        return False
    positions = position(one), position(other)
    if all(positions) and positions[0] != positions[1]:
        return False
    if names[0] in _GENERIC_UNITS and not all(positions):
        return False
    spans = span(one), span(other)
    return spans[0] is not None and spans[1] is not None and spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def activity_name(title: str) -> str:
    """NFKC, small letters, letters and digits only, without one generic ending."""
    name = "".join(character for character in unicodedata.normalize("NFKC", title).lower() if character.isalnum())
    for ending in _GENERIC_ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending)
    return name


def position(entry: Entry) -> str:
    """擔任職務名稱, without blanks; empty where the kind has none."""
    return next(("".join(field.raw.split()) for field in entry.fields if field.key == _POSITION), "")


def span(entry: Entry) -> Span | None:
    """First and last day: as sent; else the semester's. A beginning without an end lasts to the end of its semester."""
    if entry.start and entry.end:
        return (min(entry.start.date, entry.end.date), max(entry.start.date, entry.end.date))
    if entry.start:
        return (entry.start.date, semester_span(entry.start.semester)[1])
    return semester_span(entry.semester) if entry.semester else None


def semester_span(semester: Semester) -> Span:
    """August to January, February to July, or the whole school year for term 0 and terms that do not exist."""
    year = min(max(semester.year + ROC_OFFSET_YEARS, 2), 9998)
    first = dt.date(year, 8, 1) if semester.term != 2 else dt.date(year + 1, 2, 1)
    last = dt.date(year + 1, 1, 31) if semester.term == 1 else dt.date(year + 1, 7, 31)
    return (first, last)
