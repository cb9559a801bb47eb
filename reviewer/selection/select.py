"""`select`: what of a portfolio one department's reviewers see. Pure: no file, no clock, no environment; same input, same dossier."""

from dataclasses import dataclass, replace

from reviewer.model.application import Application
from reviewer.model.attachment import Attachment
from reviewer.model.codes import Group
from reviewer.model.dossier import DOSSIER_SCHEMA, Dossier, Ledger, Section
from reviewer.model.portfolio import Glyph, Portfolio, Signature
from reviewer.model.problem import Problem, SetAside, Where
from reviewer.model.selection import Mask, Selection
from reviewer.selection.findings import LEDGER_UNBALANCED
from reviewer.selection.hashing import dossier_sha256
from reviewer.selection.hidden_photo import without_photo
from reviewer.selection.identity import identity_facts, shown_name
from reviewer.selection.leaks import Leak, leak_report
from reviewer.selection.limits import mark_beyond
from reviewer.selection.masked_dossier import masked_dossier
from reviewer.selection.masks import change_words, masking, texts_of
from reviewer.selection.placing import place
from reviewer.selection.reading_problems import route
from reviewer.selection.related import link_related
from reviewer.selection.sections import Material, lay_out
from reviewer.selection.ticks import chosen
from reviewer.selection.uploads import place_uploads


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeNotes:
    """What only the university's office learns; nothing of it goes into a department's folder."""

    unticked: tuple[str, ...]
    """Items that were not ticked, by id (`競賽參與紀錄[3]`)."""
    problems: tuple[Problem, ...]
    """Oddities of the package that concern nothing that is shown."""
    leaks: tuple[Leak, ...]
    """What was masked in the applicant's words, and what cannot be guaranteed; empty without masks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """Result of `select`."""

    dossier: Dossier
    """What reviewers see."""
    office: OfficeNotes
    """What the office is told."""
    attachments: tuple[Attachment, ...]
    """The files that the dossier names, with their true paths (a mask may have changed those in the dossier), each content once, by hash."""


def select(portfolio: Portfolio, selection: Selection, application: Application, *, watermark: str = "") -> Selected:
    """Make the dossier. Raises `SetAside` when the ledger does not add up."""
    ticked = chosen(portfolio, application)
    uploads, not_taken = place_uploads(portfolio, selection)
    record = portfolio.record if selection.codes_of(Group.COURSE_RECORD) else None
    sections = lay_out(Material(record=record, placed=place(ticked, selection), uploads=uploads), selection)
    sections = link_related(mark_beyond(sections, selection))
    routed = route(
        portfolio.problems, sections, with_record=record is not None, masks=selection.masks, everything=application.ticks is None
    )
    photo, shown = portfolio.photo, routed.sections
    if Mask.PHOTO in selection.masks:
        photo, shown = None, without_photo(routed.sections, portfolio.photo)
    plain = Dossier(
        schema=DOSSIER_SCHEMA,
        sha256="",
        applicant_number=application.applicant_number,
        department_code=selection.department_code,
        department_name=selection.name,
        university_name=selection.university_name,
        admission_year=selection.admission_year,
        code_set_id=selection.code_set.id,
        name=shown_name(portfolio.identity, selection.masks),
        name_masked=Mask.NAME in selection.masks,
        identity=identity_facts(portfolio.identity, application.applicant_number, selection.masks),
        record=record,
        sections=shown,
        ledger=reconcile(shown, ticked.ticked_count),
        photo=photo,
        school_code="" if Mask.SCHOOL in selection.masks else portfolio.identity.school_code,
        signature=_signature(portfolio.signature, selection.masks),
        problems=routed.whole,
        watermark=watermark,
        originals=selection.originals,
    )
    hidden = masking(portfolio.identity, selection.masks, portfolio.glyphs)
    masked = masked_dossier(plain, hidden)
    glyphs = _glyphs(masked, portfolio.glyphs)
    masked = replace(masked, glyphs=change_words(glyphs, hidden.text))
    dossier = replace(masked, sha256=dossier_sha256(masked))
    notes = OfficeNotes(
        unticked=tuple(str(tick) for tick in ticked.unticked),
        problems=(*routed.office, *not_taken),
        leaks=leak_report(plain, hidden, selection.masks),
    )
    return Selected(dossier=dossier, office=notes, attachments=_attachments(plain, glyphs))


def _signature(signature: Signature | None, masks: frozenset[Mask]) -> Signature | None:
    return replace(signature, signer="") if signature is not None and Mask.SCHOOL in masks else signature


def reconcile(sections: tuple[Section, ...], ticked: int) -> Ledger:
    """Count what is shown against what was ticked; raise `SetAside` when it does not add up."""
    entries = [entry for section in sections for slot in section.slots for entry in slot.entries if entry.tick]
    faulty = sum(bool(entry.problems) or any(link.problem for link in (*entry.files, *entry.pictures)) for entry in entries)
    ledger = Ledger(ticked=ticked, shown=len(entries) - faulty, shown_with_problem=faulty)
    if not ledger.balanced:
        raise SetAside(
            LEDGER_UNBALANCED.at(Where(), ticked=ticked, shown=ledger.shown, shown_with_problem=ledger.shown_with_problem),
        )
    return ledger


def _glyphs(dossier: Dossier, glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """The school's own characters that occur in the dossier, and no others."""
    seen = {ord(character) for words in texts_of(dossier) for character in words} if glyphs else set()
    return tuple(glyph for glyph in glyphs if glyph.code_point in seen)


def _attachments(dossier: Dossier, glyphs: tuple[Glyph, ...]) -> tuple[Attachment, ...]:
    """Every file that the dossier names, each content once."""
    links = [link for entry in dossier.entries() for link in (*entry.files, *entry.pictures)]
    links += [glyph.picture for glyph in glyphs if glyph.picture] + ([dossier.photo] if dossier.photo else [])
    by_hash = {link.attachment.sha256: link.attachment for link in reversed(links) if link.attachment}
    return tuple(by_hash[sha256] for sha256 in sorted(by_hash))
