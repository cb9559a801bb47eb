"""Where the problems of reading a package go: beside their item, to the dossier as a whole, or to the office alone.

Of what was not ticked no reviewer learns anything, so a problem is shown only when it is known to concern something that is shown.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reviewer.model.application import Tick
from reviewer.model.dossier import Entry, Section
from reviewer.model.parts import IDENTITY, OUTCOMES, performance_kinds
from reviewer.model.problem import Problem, Where
from reviewer.model.selection import Mask
from reviewer.packages.performances import UNKNOWN_KIND
from reviewer.selection.limits import map_entries

_ITEM = re.compile(r"(?:^|\.)(?P<kind>[^.\[\]]+)?\[(?P<index>\d+)\]")
_RECORD = "修課紀錄"


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Problems by where they go."""

    sections: tuple[Section, ...]
    """With what concerns an entry beside it."""
    whole: tuple[Problem, ...]
    """What concerns the dossier as a whole and its reviewers may know."""
    office: tuple[Problem, ...]
    """The rest."""


def route(
    problems: tuple[Problem, ...], sections: tuple[Section, ...], *, with_record: bool, masks: frozenset[Mask], everything: bool = False
) -> Routed:
    """Send each problem where it belongs. Where everything was ticked (`everything`), reviewers learn of a list that could not be shown."""
    entries = [entry for section in sections for slot in section.slots for entry in slot.entries]
    by_entry: dict[str, list[Problem]] = {}
    whole: list[Problem] = []
    office: list[Problem] = []
    for problem in problems:
        entry = _entry_of(problem.where, entries)
        if entry is not None:
            by_entry.setdefault(entry.id, []).append(problem)
        elif _is_public(problem.where, with_record=with_record, masks=masks) or (everything and problem.code == UNKNOWN_KIND.code):
            whole.append(problem)
        else:
            office.append(problem)
    shown = map_entries(sections, lambda entry: _with(entry, by_entry.get(entry.id, ())))
    return Routed(sections=shown, whole=tuple(whole), office=tuple(office))


def item_of(where: Where) -> Tick | None:
    """The item that a place lies in: `競賽參與紀錄[3].競賽等級代碼`, `[2].課程代碼` of 課程學習成果.json; None when it lies in none."""
    match = _ITEM.search(where.path)
    if match is None:
        return None
    if match["kind"] is None or match["kind"] == OUTCOMES:
        return Tick(OUTCOMES, int(match["index"])) if OUTCOMES in (*_stem(where.file), match["kind"]) else None
    for part in performance_kinds():
        if match["kind"] in (part.key, *part.aliases):
            return Tick(part.key, int(match["index"]))
    return None


def _entry_of(where: Where, entries: list[Entry]) -> Entry | None:
    tick = item_of(where)
    if tick is not None:
        return next((entry for entry in entries if entry.tick == str(tick)), None)
    for entry in entries:
        links = (*entry.files, *entry.pictures)
        if where.file and any(link.attachment is not None and link.attachment.path == where.file for link in links):
            return entry
    return None


def _is_public(where: Where, *, with_record: bool, masks: frozenset[Mask]) -> bool:
    """The course record's problems where the department takes it; those of 基本資料 where nothing is masked."""
    stem = _stem(where.file)
    return (_RECORD in stem and with_record) or (IDENTITY in stem and not masks)


def _stem(file: str) -> tuple[str, ...]:
    """`01686463_修課紀錄.json` is 修課紀錄: the last word of the file's name."""
    return tuple(file.rpartition("/")[2].rpartition(".")[0].split("_")[-1:])


def _with(entry: Entry, found: Iterable[Problem]) -> Entry:
    more = tuple(problem for problem in found if problem not in entry.problems)
    return replace(entry, problems=entry.problems + more) if more else entry
