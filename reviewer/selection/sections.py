"""The sections of a dossier: the same slots for everybody, in the department's own order, whatever the applicant handed in."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.model.codes import Group
from reviewer.model.dossier import Entry, Section, Slot, SlotState
from reviewer.model.portfolio import CourseRecord
from reviewer.model.selection import SectionChoice, Selection
from reviewer.model.text import Text
from reviewer.selection import slots
from reviewer.selection.entries import upload_entry
from reviewer.selection.placing import APART_PREFIX, Placed, entries_at, group_prefix, slot_codes, slot_prefix
from reviewer.selection.uploads import TRANSCRIPT, PlacedUpload, of_group

APART_ID, NOT_OFFERED_ID = "apart", "not_offered"
"""Ids of the two sections that are no group of the department's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is to be laid out."""

    record: CourseRecord | None
    """The course record as data, where the department takes it."""
    placed: tuple[Placed, ...]
    """Ticked items with their slots."""
    uploads: tuple[PlacedUpload, ...]
    """Files with their slots."""


def lay_out(material: Material, selection: Selection) -> tuple[Section, ...]:
    """All sections: the department's, what stands apart after its performances, and what it does not take."""
    sections: list[Section] = []
    apart = _apart(material, selection)
    for choice in selection.sections:
        sections.append(_section(choice, material, selection))
        if choice.group is Group.PERFORMANCE:
            sections.append(apart)
    if apart not in sections:
        sections.append(apart)
    not_offered = _not_offered(selection)
    return (*sections, not_offered) if not_offered.slots else tuple(sections)


def _section(choice: SectionChoice, material: Material, selection: Selection) -> Section:
    builders = {
        Group.COURSE_RECORD: _record_slots,
        Group.OUTCOME: _item_slots,
        Group.PERFORMANCE: _item_slots,
    }
    built = builders.get(choice.group, _upload_slots)(choice, material, selection)
    return Section(id=choice.group.value, group=choice.group, title=choice.group.label, slots=built)


def _record_slots(choice: SectionChoice, material: Material, selection: Selection) -> tuple[Slot, ...]:
    """修課紀錄: data, a file in its place, and an extra transcript beside it."""
    code = choice.codes[0]
    uploads = of_group(material.uploads, Group.COURSE_RECORD)
    entries = _upload_entries(uploads, choice.codes, selection)
    title = _title(choice.codes, selection)
    if material.record is not None:
        return (Slot(codes=choice.codes, title=title, state=SlotState.PRESENT, reason=slots.NOTHING, entries=entries),)
    if any(row.upload.part != TRANSCRIPT for row in uploads) and not all(slots.hollow(entry) for entry in entries):
        return (slots.pdf_slot(choice.codes, title, entries, Group.COURSE_RECORD, ""),)
    return (slots.filled_slot((code,), title, entries),)


def _item_slots(choice: SectionChoice, material: Material, selection: Selection) -> tuple[Slot, ...]:
    """Outcomes and performances: ticked items, or the whole part as a file, which stands in the first slot."""
    uploads = of_group(material.uploads, choice.group)
    built = []
    groups = slot_codes(selection, choice.group)
    for index, codes in enumerate(groups):
        title = _title(codes, selection)
        ticked = entries_at(material.placed, codes, selection, slot_prefix(selection, codes))
        whole = _whole_part(uploads, codes, selection) if index == 0 else ()
        if ticked or not uploads:
            built.append(slots.filled_slot(codes, title, (*ticked, *whole)))
        elif whole and all(slots.hollow(entry) for entry in whole):
            built.append(slots.filled_slot(codes, title, whole))
        else:
            built.append(slots.pdf_slot(codes, title, whole, choice.group, "" if index == 0 else groups[0][0]))
    return tuple(built)


def _whole_part(uploads: Sequence[PlacedUpload], codes: tuple[str, ...], selection: Selection) -> tuple[Entry, ...]:
    """A part as a file: `BE-P`, `FM-P`; it stands under all codes of its group that the department takes."""
    if not uploads:
        return ()
    group = uploads[0].group
    prefix = f"{group_prefix(selection, group)}-P"
    ids = (prefix if number == 1 else f"{prefix}-{number}" for number in range(1, len(uploads) + 1))
    all_codes = selection.codes_of(group) or codes
    return tuple(
        upload_entry(row.upload, entry_id, all_codes, group.label, row.problems) for row, entry_id in zip(uploads, ids, strict=True)
    )


def _upload_slots(choice: SectionChoice, material: Material, selection: Selection) -> tuple[Slot, ...]:
    """Reflection, statements, others: a slot a code; a file for all of them stands in the first, and the others say so."""
    uploads = of_group(material.uploads, choice.group)
    joint = next((row.code for row in uploads if row.joint), "")
    built = []
    for code in choice.codes:
        title = _title((code,), selection)
        here = [row for row in uploads if row.code == code]
        codes = choice.codes if joint == code else (code,)
        entries = tuple(
            upload_entry(row.upload, entry_id, codes if row.joint else (code,), _upload_label(row, title), row.problems)
            for row, entry_id in zip(here, _ids(code, len(here)), strict=True)
        )
        built.append(slots.together_slot((code,), title, joint) if joint and not entries else slots.filled_slot((code,), title, entries))
    return tuple(built)


def _upload_label(row: PlacedUpload, title: Text) -> Text:
    return row.group.label if row.joint and row.group in (Group.STATEMENT, Group.OTHER) else title


def _upload_entries(uploads: Sequence[PlacedUpload], codes: tuple[str, ...], selection: Selection) -> tuple[Entry, ...]:
    """Files beside the course record: `A`, and transcripts `A-T`."""
    code = codes[0]
    parts = [row for row in uploads if row.upload.part != TRANSCRIPT]
    extra = [row for row in uploads if row.upload.part == TRANSCRIPT]
    title = _title(codes, selection)
    entries = [
        upload_entry(row.upload, its_id, codes, title, row.problems) for row, its_id in zip(parts, _ids(code, len(parts)), strict=True)
    ]
    label = Text(TRANSCRIPT, "Transcript")
    entries += [
        upload_entry(row.upload, its_id, codes, label, row.problems)
        for row, its_id in zip(extra, _ids(f"{code}-T", len(extra)), strict=True)
    ]
    return tuple(entries)


def _apart(material: Material, selection: Selection) -> Section:
    """其他有利審查資料: its slot is there for everybody, so that nobody is set off by having or not having it."""
    entries = entries_at(material.placed, (), selection, APART_PREFIX)
    slot = slots.filled_slot((), slots.APART_TITLE, entries, slots.APART_EMPTY)
    return Section(id=APART_ID, group=Group.PERFORMANCE, title=slots.APART_TITLE, slots=(slot,))


def _not_offered(selection: Selection) -> Section:
    """The published table's codes that the department does not take, in words; nothing of what the applicant has there."""
    built = []
    for group in Group:
        left = tuple((item.code, item.name) for item in selection.code_set.of_group(group) if item.code not in selection.codes_of(group))
        if left:
            built.append(slots.not_offered_slot(group, left))
    return Section(id=NOT_OFFERED_ID, group=Group.OTHER, title=slots.NOT_OFFERED_TITLE, slots=tuple(built))


def _ids(prefix: str, count: int) -> list[str]:
    return [prefix if number == 1 else f"{prefix}-{number}" for number in range(1, count + 1)]


def _title(codes: tuple[str, ...], selection: Selection) -> Text:
    item = selection.item(codes[0])
    if item is None:
        raise ValueError(f"a selection with an unknown code: {codes[0]}")
    if item.group is Group.OUTCOME and not selection.code_set.outcome_field:
        return Group.OUTCOME.label
    return item.name
