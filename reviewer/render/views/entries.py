"""Views of entries: what a reviewer reads."""

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.model.course_codes import Inquiry
from reviewer.model.dossier import Dossier, Entry, EntryKind
from reviewer.model.portfolio import Certification, Course
from reviewer.model.processed import Processed
from reviewer.model.text import Text
from reviewer.render import phrases
from reviewer.render.files import Names
from reviewer.render.language import N_
from reviewer.render.markdown import Picture, prose
from reviewer.render.shapes.dossier import CertificationView, EntryView, RelatedView
from reviewer.render.shapes.small import BadgeView
from reviewer.render.views.record import course_view, fact_views
from reviewer.render.views.sheets import address_views, file_views, image_view, problem_view
from reviewer.render.words import Lettering, Words

_INQUIRY = {
    Inquiry.SCIENCE: N_("課程屬自然科學領域探究與實作"),
    Inquiry.SOCIETY: N_("課程屬社會領域探究"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the views of one dossier are made from."""

    dossier: Dossier
    """The dossier."""
    processed: Mapping[str, Processed]
    """Attachments by hash."""
    names: Names
    """Names of files in the output."""
    letters: Lettering
    """How text is drawn."""


def entry_view(entry: Entry, material: Material, slot_title: Text) -> EntryView:
    """All that templates show of an entry."""
    letters = material.letters
    in_files = {problem for link in entry.files if (problem := link.problem)}
    record = material.dossier.record
    return EntryView(
        id=entry.id,
        code=entry.codes[0] if entry.codes else "",
        kind=entry.kind.value,
        kind_label=entry.kind_label.of(letters.language),
        title=entry_title(entry, letters),
        repeats_slot=entry.title == slot_title.zh,
        lane=BadgeView(shape=f"lane-{entry.lane.value}", words=entry.lane.label.of(letters.language)),
        period=phrases.period_view(entry.start, entry.end, entry.semester, letters.say),
        semester_key=str(entry.semester) if entry.semester else "",
        facts=fact_views(entry.fields, letters),
        other_fields=fact_views(entry.other_fields, letters),
        paragraphs=phrases.paragraphs(entry.text, letters),
        prose=None if entry.markdown is None else prose(entry.markdown, _pictures(entry, material), letters),
        course=course_view(entry.course, letters) if entry.course else None,
        course_listed=_listed(entry.course, record.courses if record else ()),
        inquiry=letters.say(_INQUIRY[entry.inquiry]) if entry.inquiry else "",
        certification=certification_view(entry.certification, letters) if entry.certification else None,
        files=file_views(entry, material.processed, material.names, letters, _frame(entry, letters), originals=material.dossier.originals),
        addresses=address_views(entry.addresses, letters),
        related=_related(entry, material),
        problems=tuple(problem_view(problem, letters) for problem in entry.problems if problem not in in_files),
    )


def entry_title(entry: Entry, letters: Lettering) -> Words:
    """Heading of an entry: what the applicant wrote, or the part's own name in the page's language."""
    return letters.text(entry.kind_label) if entry.title == entry.kind_label.zh else letters.words(entry.title)


def certification_view(certification: Certification, letters: Lettering) -> CertificationView:
    """認證 in words, with its shape."""
    return CertificationView(
        badge=BadgeView(shape=f"cert-{certification.status.lower() or 'none'}", words=certification.status_text.of(letters.language)),
        teacher=letters.words(certification.teacher),
        at=phrases.date_view(certification.at, letters.say),
        sent_at=phrases.date_view(certification.sent_at, letters.say),
        note=phrases.paragraphs(certification.note, letters),
    )


def _listed(course: Course | None, courses: tuple[Course, ...]) -> bool:
    return course is not None and any(row.index == course.index for row in courses)


def _frame(entry: Entry, letters: Lettering) -> str:
    """What stands above every sheet of the entry: title, certification, date."""
    certification = entry.certification.status_text.of(letters.language) if entry.certification else ""
    day = entry.certification.at if entry.certification else entry.start
    semester = phrases.semester_words(entry.semester, letters.say) if entry.semester and entry.kind is EntryKind.OUTCOME else ""
    return "\u00a0· ".join(
        part
        for part in (entry_title(entry, letters).plain, semester, certification, phrases.day_words(day, letters.say) if day else "")
        if part
    )


def _pictures(entry: Entry, material: Material) -> dict[str, Picture]:
    """Pictures of a Markdown part by the name under which its text calls them."""
    found: dict[str, Picture] = {}
    for link in entry.pictures:
        result = material.processed.get(link.attachment.sha256) if link.attachment else None
        if result is None or result.refused is not None or not result.pages or not result.pages[0].images:
            reason = link.problem or (result.refused if result else None)
            found[link.name] = Picture(reason=reason.what.of(material.letters.language) if reason else "")
            continue
        first, *rest = (tuple(image_view(image, result.sha256, material.names) for image in page.images) for page in result.pages)
        found[link.name] = Picture(images=first, rest=tuple(rest))
    return found


def _related(entry: Entry, material: Material) -> tuple[RelatedView, ...]:
    by_id = {other.id: other for other in material.dossier.entries()}
    return tuple(RelatedView(id=name, title=entry_title(by_id[name], material.letters)) for name in entry.related if name in by_id)
