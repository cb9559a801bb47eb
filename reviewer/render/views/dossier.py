"""The view of a whole dossier: pure, no clock, no environment. Same dossier, same view."""

from collections.abc import Mapping

from reviewer import __version__
from reviewer.fonts.rare import DrawingPlan
from reviewer.model.codes import Group
from reviewer.model.dossier import Dossier, EntryKind, IdentityFact, Section, Slot, SlotState
from reviewer.model.language import Language
from reviewer.model.processed import Processed
from reviewer.render.figures.standing import standing_figure
from reviewer.render.figures.timeline import timeline_figure
from reviewer.render.files import output_names
from reviewer.render.language import N_
from reviewer.render.lettering import lettering
from reviewer.render.shapes.dossier import DossierView, GlyphView, RelatedView, SectionView, SlotView
from reviewer.render.shapes.small import BadgeView, FactView
from reviewer.render.views.entries import Material, entry_title, entry_view
from reviewer.render.views.places import told_apart
from reviewer.render.views.record import record_view
from reviewer.render.views.sheets import problem_views
from reviewer.render.views.states import slot_label, state_badge
from reviewer.render.words import Lettering, Words
from reviewer.selection.identity import NAME_UNKNOWN

PROGRAM = f"portfolio-reviewer {__version__}"
"""Named in the foot of every page; the version is an input of the dossier's bytes."""

_NAMELESS = N_("（資料包沒有姓名）")
_HEADLINE = frozenset({"應試號碼", "姓名"})
_SIGNATURES = {
    "valid": N_("封包簽章有效"),
    "invalid": N_("封包簽章不符"),
    "unknown-key": N_("封包簽章的金鑰不在信任清單"),
}


def dossier_view(
    dossier: Dossier,
    processed: Mapping[str, Processed],
    plan: DrawingPlan | None = None,
    *,
    pdf: str = "",
    language: Language = Language.CHINESE,
) -> DossierView:
    """Everything that templates may use.

    `plan` says what draws rare characters (`fonts.rare.plan(characters(…), dossier.glyphs)`); `pdf` is the address of the dossier's PDF beside
    its page, empty when none is made. `language` is that of the page's own words.
    """
    names = output_names(dossier, processed)
    letters = lettering(dossier, processed, names, plan, language)
    material = Material(dossier=dossier, processed=processed, names=names, letters=letters)
    sections = tuple(_section(section, material) for section in dossier.sections)
    courses = told_apart(dossier.record.courses if dossier.record else (), dossier.problems)
    return DossierView(
        applicant_number=dossier.applicant_number,
        name=name_words(dossier.name, letters),
        name_masked=dossier.name_masked,
        university=dossier.university_name.of(language),
        department=dossier.department_name.of(language),
        department_code=dossier.department_code,
        admission_year=dossier.admission_year,
        identity=tuple(_fact(fact, letters) for fact in dossier.identity if fact.key not in _HEADLINE and fact.value),
        record=record_view(dossier.record, letters) if dossier.record else None,
        record_code=_record_code(dossier),
        standing=standing_figure(dossier, letters.say),
        timeline=timeline_figure(dossier, letters),
        undated=tuple(
            RelatedView(id=entry.id, title=entry_title(entry, letters))
            for entry in dossier.entries()
            if entry.kind is not EntryKind.UPLOAD and entry.start is None and entry.end is None and entry.semester is None
        ),
        sections=sections,
        slots=tuple(slot for section in sections for slot in section.slots),
        glyphs=_glyphs(letters),
        signature=_signature(dossier, letters),
        problems=problem_views(dossier.problems, letters, courses),
        watermark=dossier.watermark,
        schema=dossier.schema,
        sha256=dossier.sha256,
        program=PROGRAM,
        pdf=pdf,
        language=language,
    )


def name_words(name: str, letters: Lettering) -> Words:
    """The applicant's name, or that the package has none."""
    return letters.words(letters.say(_NAMELESS) if name == NAME_UNKNOWN else name)


def slot_id(slot: Slot, section: Section) -> str:
    """Anchor of a slot: `s-J`; `s-apart` outside the named codes."""
    return f"s-{'-'.join(slot.codes)}" if slot.codes else f"s-{section.id}"


def _section(section: Section, material: Material) -> SectionView:
    return SectionView(
        id=f"section-{section.id}",
        group=section.group.value,
        title=section.title.of(material.letters.language),
        slots=tuple(_slot(slot, section, material) for slot in section.slots),
        single=_single(section),
    )


def _single(section: Section) -> bool:
    slots = [slot for slot in section.slots if slot.state is not SlotState.NOT_OFFERED]
    return len(slots) == 1 and slots[0].title.zh == section.title.zh


def _slot(slot: Slot, section: Section, material: Material) -> SlotView:
    return SlotView(
        id=slot_id(slot, section),
        codes=slot.codes,
        label=slot_label(slot),
        title=slot.title.of(material.letters.language),
        state=state_badge(slot.state, material.letters.say),
        state_key=slot.state.value,
        sentence=slot.reason.of(material.letters.language),
        shown_at=_anchor_of(slot.shown_at, material.dossier),
        entries=tuple(entry_view(entry, material, slot.title) for entry in slot.entries),
    )


def _anchor_of(code: str, dossier: Dossier) -> str:
    places = ((section, slot) for section in dossier.sections for slot in section.slots)
    return next((slot_id(slot, section) for section, slot in places if code and code in slot.codes), "")


def _record_code(dossier: Dossier) -> str:
    slots = (slot for section in dossier.sections if section.group is Group.COURSE_RECORD for slot in section.slots)
    return next((slot.codes[0] for slot in slots if slot.codes), "")


def _fact(fact: IdentityFact, letters: Lettering) -> FactView:
    return FactView(key=fact.key, label=fact.label.of(letters.language), value=letters.words(fact.value), masked=fact.masked)


def _glyphs(letters: Lettering) -> tuple[GlyphView, ...]:
    return tuple(
        GlyphView(number=special.number, words=letters.words(special.character), notation=special.notation, description=special.description)
        for special in letters.specials.values()
    )


def _signature(dossier: Dossier, letters: Lettering) -> BadgeView | None:
    if dossier.signature is None:
        return None
    state = dossier.signature.state
    words = letters.say(_SIGNATURES[state]) if state in _SIGNATURES else state
    if dossier.signature.signer:
        words = letters.say("{state}（{signer}）", state=words, signer=dossier.signature.signer)
    return BadgeView(shape=f"signature-{state}", words=words)
