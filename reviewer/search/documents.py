"""Search documents: everything of a dossier that can be found, each with the anchor at which it stands on the dossier's page. Pure.

What the department masks is not in the dossier and so cannot be found; a line whose value was replaced is left out altogether.
"""

import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from markdown_it.token import Token

from reviewer.model.attachment import MediaType
from reviewer.model.codes import Group
from reviewer.model.dossier import Dossier, Entry, Slot
from reviewer.model.files import entry_links, file_letter
from reviewer.model.hiding import NOTHING, Hidden, finder
from reviewer.model.markdown import head_of_code, parser
from reviewer.model.parts import Lane
from reviewer.model.portfolio import Course, FieldValue
from reviewer.model.processed import Processed

APART = "X"
"""Code under which the search finds what stands outside the named codes."""


class Kind(enum.StrEnum):
    """What a search document is made of."""

    IDENTITY = "identity"
    """Who the applicant is."""
    COURSE = "course"
    """A row of the course record."""
    ITEM = "item"
    """An entry's own text."""
    STATEMENT = "statement"
    """A Markdown part."""
    PAGE = "page"
    """A page of an attachment."""


class Has(enum.StrEnum):
    """What an entry carries: the values of `has:`."""

    DOCUMENT = "document"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    LINK = "link"


_HAS = {
    MediaType.PDF: Has.DOCUMENT,
    MediaType.JPEG: Has.IMAGE,
    MediaType.PNG: Has.IMAGE,
    MediaType.MP3: Has.AUDIO,
    MediaType.MP4: Has.VIDEO,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One place in a dossier with its words as written."""

    dossier_id: str
    """應試號碼."""
    entry: str
    """Anchor of the entry or row that it belongs to: `J-2`, `A-c12`; empty for the top of the page."""
    suffix: str
    """What the anchor adds for a page of an attachment: `a-p3`; empty for the entry itself."""
    kind: Kind
    """What it is made of."""
    codes: tuple[str, ...]
    """Codes of the review material that it stands under."""
    source: Lane
    """Whose word it is."""
    semester: str
    """`113-1`; empty when unknown."""
    has: frozenset[Has]
    """What its entry carries."""
    health: str = ""
    """Of a page: what its text layer is worth; empty otherwise."""
    segments: tuple[str, ...] = ()
    """Words as written, a field or paragraph each; the first heads the entry. No hit reaches from one into the next."""

    @property
    def anchor(self) -> str:
        """Where it stands on the dossier's page."""
        return self.entry + self.suffix


def documents(dossier: Dossier, processed: Mapping[str, Processed], hidden: Hidden = NOTHING) -> Iterator[SearchDocument]:
    """Yield a dossier's search documents in reading order; those of one entry follow each other, its own first.

    The dossier itself holds nothing that is masked; `hidden` takes the same words out of what is read from uploads.
    """
    hide = finder(hidden).text
    yield _identity(dossier)
    for section in dossier.sections:
        for slot in section.slots:
            if section.group is Group.COURSE_RECORD and dossier.record is not None:
                for course in dossier.record.courses:
                    yield _course(dossier, course, slot)
            for entry in slot.entries:
                yield from _entry(dossier, entry, processed, hide)


def _identity(dossier: Dossier) -> SearchDocument:
    name = () if dossier.name_masked else (dossier.name,)
    as_sent = frozenset(chr(glyph.code_point) for glyph in dossier.glyphs if glyph.mapped)
    facts = (fact.value for fact in dossier.identity if not fact.masked and fact.value not in (dossier.name, dossier.applicant_number))
    return SearchDocument(
        dossier_id=dossier.applicant_number,
        entry="",
        suffix="",
        kind=Kind.IDENTITY,
        codes=(),
        source=Lane.SCHOOL,
        semester="",
        has=frozenset(),
        segments=_segments(*name, dossier.applicant_number, *facts, *(AS_SENT + each for each in name if not as_sent.isdisjoint(each))),
    )


AS_SENT = "\x00"
"""Begins a segment whose private-use characters are kept, beside the same words with the characters that the school maps them to."""


def _course(dossier: Dossier, course: Course, slot: Slot) -> SearchDocument:
    return SearchDocument(
        dossier_id=dossier.applicant_number,
        entry=f"A-c{course.index}",
        suffix="",
        kind=Kind.COURSE,
        codes=slot.codes,
        source=Lane.SCHOOL,
        semester=str(course.semester) if course.semester else "",
        has=frozenset(),
        segments=_segments(course.name, course.code, course.category, course.domain, course.description, *_values(course.other_fields)),
    )


def _entry(dossier: Dossier, entry: Entry, processed: Mapping[str, Processed], hide: Callable[[str], str]) -> Iterator[SearchDocument]:
    links = entry_links(entry)
    kinds = (_HAS.get(link.attachment.media_type) for link in links if link.attachment)
    has = frozenset(kind for kind in kinds if kind) | ({Has.LINK} if entry.addresses else frozenset())

    def document(kind: Kind, *words: str, suffix: str = "", health: str = "") -> SearchDocument:
        return SearchDocument(
            dossier_id=dossier.applicant_number,
            entry=entry.id,
            suffix=suffix,
            kind=kind,
            codes=entry.codes or (APART,),
            source=entry.lane,
            semester=str(entry.semester) if entry.semester else "",
            has=has,
            health=health,
            segments=_segments(*words),
        )

    statement = markdown_words(entry.markdown) if entry.markdown is not None else ()
    names = tuple(link.name for link in links)
    yield document(Kind.ITEM if entry.markdown is None else Kind.STATEMENT, *_entry_words(entry), *statement, *entry.addresses, *names)
    for index, link in enumerate(entry.files):
        result = processed.get(link.attachment.sha256) if link.attachment else None
        for page in result.pages if result is not None and result.refused is None else ():
            suffix = f"{file_letter(index)}-p{page.number}"
            yield document(Kind.PAGE, hide(page.text), suffix=suffix, health=page.health.value)


def _entry_words(entry: Entry) -> tuple[str, ...]:
    """Title, facts, course, certification and abstract, as the page shows them."""
    course = (entry.course.name, entry.course.description) if entry.course else ()
    said = (entry.certification.teacher, entry.certification.note) if entry.certification else ()
    abstract = entry.text.split("\n\n")
    return (entry.title, *_values(entry.fields), *course, *said, *abstract, *_values(entry.other_fields))


def _values(fields: tuple[FieldValue, ...]) -> tuple[str, ...]:
    return tuple(field.shown.zh for field in fields)


def markdown_words(text: str) -> tuple[str, ...]:
    """The words of a Markdown part without its signs, a block each."""
    return tuple(words for token in parser(text).parse(text) for words in (head_of_code(token), _words(token)) if words)


def _words(token: Token) -> str:
    if not token.children:
        return token.content
    return "".join(_inline_words(child) for child in token.children)


def _inline_words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    title = str(token.attrs.get("title", ""))
    return f"{token.content} {title}" if title else token.content


def _segments(*words: str) -> tuple[str, ...]:
    """Words that are there; the same words are not said twice in one place."""
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
