"""Views of entries: what a reviewer reads."""

from collections.abc import Mapping
from dataclasses import dataclass

from reviewer.model.course_codes import Inquiry
from reviewer.model.dossier import Dossier, Entry, EntryKind
from reviewer.model.portfolio import Certification, Course
from reviewer.model.processed import Processed
from reviewer.render import phrases
from reviewer.render.files import Names
from reviewer.render.markdown import Picture, prose
from reviewer.render.shapes.dossier import CertificationView, EntryView, RelatedView
from reviewer.render.shapes.small import BadgeView
from reviewer.render.views.record import course_view, fact_views
from reviewer.render.views.sheets import address_views, file_views, image_view, problem_view
from reviewer.render.words import Lettering

_INQUIRY = {
    Inquiry.SCIENCE: "課程屬自然科學領域探究與實作",
    Inquiry.SOCIETY: "課程屬社會領域探究",
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


def entry_view(entry: Entry, material: Material, slot_title: str) -> EntryView:
    """All that templates show of an entry."""
    letters = material.letters
    in_files = {problem for link in entry.files if (problem := link.problem)}
    record = material.dossier.record
    return EntryView(
        id=entry.id,
        code=entry.codes[0] if entry.codes else "",
        kind=entry.kind.value,
        kind_label=entry.kind_label.zh,
        title=letters.words(entry.title),
        repeats_slot=entry.title == slot_title,
        lane=BadgeView(shape=f"lane-{entry.lane.value}", words=entry.lane.label.zh),
        period=phrases.period_view(entry.start, entry.end, entry.semester),
        semester_key=str(entry.semester) if entry.semester else "",
        facts=fact_views(entry.fields, letters),
        other_fields=fact_views(entry.other_fields, letters),
        paragraphs=phrases.paragraphs(entry.text, letters),
        prose=None if entry.markdown is None else prose(entry.markdown, _pictures(entry, material), letters),
        course=course_view(entry.course, letters) if entry.course else None,
        course_listed=_listed(entry.course, record.courses if record else ()),
        inquiry=_INQUIRY[entry.inquiry] if entry.inquiry else "",
        certification=certification_view(entry.certification, letters) if entry.certification else None,
        files=file_views(entry, material.processed, material.names, letters, _frame(entry), originals=material.dossier.originals),
        addresses=address_views(entry.addresses, letters),
        related=_related(entry, material),
        problems=tuple(problem_view(problem, letters) for problem in entry.problems if problem not in in_files),
    )


def certification_view(certification: Certification, letters: Lettering) -> CertificationView:
    """認證 in words, with its shape."""
    return CertificationView(
        badge=BadgeView(shape=f"cert-{certification.status.lower() or 'none'}", words=certification.status_text.zh),
        teacher=letters.words(certification.teacher),
        at=phrases.date_view(certification.at),
        sent_at=phrases.date_view(certification.sent_at),
        note=phrases.paragraphs(certification.note, letters),
    )


def _listed(course: Course | None, courses: tuple[Course, ...]) -> bool:
    return course is not None and any(row.index == course.index for row in courses)


def _frame(entry: Entry) -> str:
    """What stands above every sheet of the entry: title, certification, date."""
    certification = entry.certification.status_text.zh if entry.certification else ""
    day = entry.certification.at if entry.certification else entry.start
    semester = entry.semester.label if entry.semester and entry.kind is EntryKind.OUTCOME else ""
    return "\u00a0· ".join(part for part in (entry.title, semester, certification, day.roc if day else "") if part)


def _pictures(entry: Entry, material: Material) -> dict[str, Picture]:
    """Pictures of a Markdown part by the name under which its text calls them."""
    found: dict[str, Picture] = {}
    for link in entry.pictures:
        result = material.processed.get(link.attachment.sha256) if link.attachment else None
        if result is None or result.refused is not None or not result.pages or not result.pages[0].images:
            reason = link.problem or (result.refused if result else None)
            found[link.name] = Picture(reason=reason.what.zh if reason else "")
            continue
        images = result.pages[0].images
        views = tuple(image_view(image, result.sha256, material.names) for image in images)
        found[link.name] = Picture(images=views)
    return found


def _related(entry: Entry, material: Material) -> tuple[RelatedView, ...]:
    by_id = {other.id: other for other in material.dossier.entries()}
    return tuple(RelatedView(id=name, title=material.letters.words(by_id[name].title)) for name in entry.related if name in by_id)
