"""What the desk's script gets to know: a row of each dossier, and `data/desk.js` of them all."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reviewer.model.dossier import Dossier, SlotState
from reviewer.model.selection import Selection
from reviewer.render import phrases
from reviewer.render.language import Wording
from reviewer.render.shapes.cohort import CohortRow
from reviewer.render.shapes.desk import DeskItem, DeskRow, DeskSlot, DeskStanding
from reviewer.render.views.dossier import slot_id
from reviewer.render.views.states import slot_label
from reviewer.selection.hashing import cover_sha256, slot_sha256
from reviewer.selection.rubrics import Rubric, rubric_sha256

DIGITS = 16
"""Digits of a slot's hash that the desk keeps: enough to tell two states of one slot apart."""


def desk_row(dossier: Dossier, folder: str, say: Wording) -> DeskRow:
    """What one dossier hands to the desk; made where the dossier is made."""
    places = tuple((section, slot) for section in dossier.sections for slot in section.slots if slot.state is not SlotState.NOT_OFFERED)
    semester, standing = _standing(dossier, say)
    return DeskRow(
        folder=folder,
        sha256=dossier.sha256,
        cover_sha256=cover_sha256(dossier)[:DIGITS],
        slots=tuple(
            DeskSlot(
                id=slot_id(slot, section),
                label=slot_label(slot),
                title=say.of(slot.title),
                group=section.group.value,
                codes=slot.codes,
                sha256=slot_sha256(dossier, slot)[:DIGITS],
            )
            for section, slot in places
        ),
        items=tuple(
            DeskItem(anchor=entry.id, slot=slot_id(slot, section), title=entry.title) for section, slot in places for entry in slot.entries
        ),
        semester=semester,
        standing=standing,
    )


def desk_script(selection: Selection, rows: Iterable[CohortRow], rubric: Rubric | None) -> str:
    """`data/desk.js`, one call. Without a rubric (a school's preview) the desk reads and does not mark."""
    return "".join(desk_pieces(selection, sorted(rows, key=lambda row: row.number), rubric))


def desk_pieces(selection: Selection, rows: Sequence[CohortRow], rubric: Rubric | None) -> Iterator[str]:
    """The same of rows that come by number already, piece by piece: they are looked through twice and never held."""
    say = Wording(selection.language)
    found = tuple(_slots(rows))
    slots = [{"id": slot.id, "label": slot.label, "title": slot.title, "group": slot.group, "codes": slot.codes} for slot in found]
    head = {
        "department": {"code": selection.department_code, "name": say.of(selection.name)},
        "university": say.of(selection.university_name),
        "admission_year": selection.admission_year,
        "masks": sorted(mask.value for mask in selection.masks),
        "rubric": _rubric(rubric, say) if rubric else None,
        "slots": slots,
        "former": _former(selection, found, say),
    }
    yield f'Reviewer.give("desk", {_json(head)[:-1]},"dossiers":['
    for place, row in enumerate(rows):
        yield ("," if place else "") + _json(_dossier(row))
    yield "]});\n"


def _json(value: dict[str, Any]) -> str:
    # A lone surrogate, which JSON input can hold, passes as an escape; so does what would end the script.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace").decode("utf-8")
    return text.replace("<", "\\u003c")


def _slots(rows: Iterable[CohortRow]) -> Iterable[Any]:
    """Slots of all dossiers in the department's order; what stands outside the named codes comes only with those who have it."""
    found: list[Any] = []
    for row in rows:
        ids = [slot.id for slot in found]
        for at, slot in enumerate(row.desk.slots):
            if slot.id not in ids:
                before = row.desk.slots[at - 1].id if at else ""
                place = ids.index(before) + 1 if before in ids else len(ids)
                found.insert(place, slot)
                ids.insert(place, slot.id)
    return found


def _former(selection: Selection, slots: Iterable[DeskSlot], say: Wording) -> dict[str, str]:
    """What other codes' slots are called: marks may have been given before the department changed what it takes."""
    present = {slot.id for slot in slots}
    items = {item.code: item for item in (*selection.code_set.items, *selection.own_items)}
    return {f"s-{code}": f"{code} {say.of(item.name)}" for code, item in items.items() if f"s-{code}" not in present}


def _rubric(rubric: Rubric, say: Wording) -> dict[str, Any]:
    return {
        "id": rubric.id,
        "sha256": rubric_sha256(rubric),
        "name": say.of(rubric.name),
        "levels": [{"id": level.id, "name": say.of(level.name), "low": level.low, "high": level.high} for level in rubric.levels],
        "dimensions": [
            {
                "id": dimension.id,
                "name": say.of(dimension.name),
                "weight": dimension.weight,
                "groups": [group.value for group in dimension.groups],
                "descriptors": {level: say.of(words) for level, words in dimension.descriptors},
            }
            for dimension in rubric.dimensions
        ],
        "raters": rubric.raters,
    }


def _dossier(row: CohortRow) -> dict[str, Any]:
    desk = row.desk
    return {
        "number": row.number,
        "folder": desk.folder,
        "name": row.name.plain,
        "page": row.page,
        "pdf": row.pdf,
        "school": row.school.plain,
        "school_type": row.school_type,
        "group": row.group,
        "sha256": desk.sha256,
        "slots": {"cover": desk.cover_sha256, **{slot.id: slot.sha256 for slot in desk.slots}},
        "standing": {"semester": desk.semester, "scopes": {one.scope: float(one.percent) for one in desk.standing}},
        "items": [{"anchor": item.anchor, "slot": item.slot, "title": item.title} for item in desk.items],
    }


def _standing(dossier: Dossier, say: Wording) -> tuple[str, tuple[DeskStanding, ...]]:
    """Standings of the last semester that has any: the same choice for every applicant."""
    for result in reversed(dossier.record.semesters if dossier.record else ()):
        known = [(one.scope, one.percent) for one in result.standings if one.percent is not None]
        if known:
            return str(result.semester), tuple(
                DeskStanding(scope=phrases.scope_words(scope, say), percent=str(percent)) for scope, percent in known
            )
    return "", ()
