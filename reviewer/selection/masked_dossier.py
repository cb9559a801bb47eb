"""A dossier without its hidden facts: every word of the applicant's, the record's courses, file names, and the places of problems."""

from dataclasses import replace

from reviewer.model.dossier import Dossier, Section
from reviewer.selection.identity import APPLICANT_NUMBER
from reviewer.selection.masks import Masking, change_words, without_packages


def masked_dossier(dossier: Dossier, hide: Masking) -> Dossier:
    """The same dossier; the department's own words (titles of sections and slots) and the masked facts stay as they are."""
    dossier = replace(
        dossier,
        problems=without_packages(dossier.problems),
        sections=without_packages(dossier.sections),
        photo=without_packages(dossier.photo),
    )
    if not hide.hidden:
        return dossier
    return replace(
        dossier,
        identity=tuple(fact if fact.masked or fact.key == APPLICANT_NUMBER else change_words(fact, hide.text) for fact in dossier.identity),
        record=change_words(dossier.record, hide.text),
        sections=tuple(_masked_section(section, hide) for section in dossier.sections),
        photo=change_words(dossier.photo, hide.text),
        problems=change_words(dossier.problems, hide.text),
    )


def _masked_section(section: Section, hide: Masking) -> Section:
    slots = (
        replace(slot, reason=change_words(slot.reason, hide.text), entries=change_words(slot.entries, hide.text)) for slot in section.slots
    )
    return replace(section, slots=tuple(slots))
