"""DossierView: everything that the dossier's templates may use, on screen and on paper. A test holds the templates to it."""

from dataclasses import dataclass

from markupsafe import Markup

from reviewer.model.language import Language
from reviewer.render.shapes.material import AddressView, FileView
from reviewer.render.shapes.small import BadgeView, DateView, FactView, ParagraphView, PeriodView, ProblemView, StandingView
from reviewer.render.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseView:
    """One course: a row of the record, and the context of an outcome."""

    id: str
    """Anchor of its row: `A-c12`."""
    name: Words
    """科目名稱."""
    code: str
    """課程代碼; may be empty."""
    category: Words
    """課程類別; may be empty."""
    domain: Words
    """課程領域; 未分領域 when unknown."""
    semester: str
    """`113 學年度第 1 學期`, or as sent."""
    credits: str
    """As sent, with nothing added."""
    mark: str
    """The score, or the words that were sent; `—` for no score."""
    standing: StandingView | None
    """Within the course; None when no distribution was published."""
    description: tuple[ParagraphView, ...]
    """課程說明 of the approved plan."""
    other_fields: tuple[FactView, ...]
    """Unknown keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainView:
    """Courses of one domain within a semester."""

    name: Words
    """The domain."""
    courses: tuple[CourseView, ...]
    """In the export's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SemesterView:
    """One semester of the record."""

    id: str
    """Anchor: `A-113-1`."""
    key: str
    """`113-1`; as sent where it cannot be read."""
    label: str
    """`113 學年度第 1 學期`."""
    mean: str
    """學生學期成績; `—` for no score; empty when there is no row of it."""
    standings: tuple[StandingView, ...]
    """校, 群別, 科班學程別."""
    domains: tuple[DomainView, ...]
    """In the order of the published table of domains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """修課紀錄."""

    semesters: tuple[SemesterView, ...]
    """Ascending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationView:
    """認證 of an outcome: authorship, not quality."""

    badge: BadgeView
    """Word and shape."""
    teacher: Words
    """認證教師; may be empty."""
    at: DateView | None
    """認證時間."""
    sent_at: DateView | None
    """送審時間."""
    note: tuple[ParagraphView, ...]
    """認證說明."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedView:
    """Another entry of the same activity."""

    id: str
    """Its anchor."""
    title: Words
    """Its heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One thing that a reviewer reads."""

    id: str
    """Anchor: `J-2`."""
    code: str
    """First code it stands under; empty outside the named codes."""
    kind: str
    """`outcome`, `performance`, `upload`."""
    kind_label: str
    """課程學習成果, or the kind of performance, or the part's name."""
    title: Words
    """Heading."""
    repeats_slot: bool
    """Whether the title says no more than the slot's heading above it."""
    lane: BadgeView
    """Source."""
    period: PeriodView | None
    """When; None when nothing is known."""
    semester_key: str
    """`113-1`; empty when unknown."""
    facts: tuple[FactView, ...]
    """Facts in order."""
    other_fields: tuple[FactView, ...]
    """Unknown keys."""
    paragraphs: tuple[ParagraphView, ...]
    """簡述."""
    prose: Markup | None
    """A Markdown part, rendered."""
    course: CourseView | None
    """Course of an outcome."""
    course_listed: bool
    """Whether the course's row stands in this dossier's record."""
    inquiry: str
    """Hint that the course is one of inquiry, in words; empty otherwise."""
    certification: CertificationView | None
    """What the course's teacher said."""
    files: tuple[FileView, ...]
    """What is attached."""
    addresses: tuple[AddressView, ...]
    """External addresses of the entry."""
    related: tuple[RelatedView, ...]
    """Same activity under another kind."""
    problems: tuple[ProblemView, ...]
    """Findings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotView:
    """A place that every dossier of the department has."""

    id: str
    """Anchor: `s-J`."""
    codes: tuple[str, ...]
    """Its codes."""
    label: str
    """Codes as the rail prints them: `J`, `B–E`; `＋` outside the named codes."""
    title: str
    """Official name."""
    state: BadgeView
    """Which it is, in a word with a shape."""
    state_key: str
    """`present`, `empty`, …"""
    sentence: str
    """The state as a sentence; empty when present."""
    shown_at: str
    """Anchor of the slot that shows the file; empty otherwise."""
    entries: tuple[EntryView, ...]
    """What is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """Slots of one group."""

    id: str
    """Anchor: `section-performance`."""
    group: str
    """`performance`."""
    title: str
    """Heading."""
    slots: tuple[SlotView, ...]
    """Never empty."""
    single: bool
    """Whether it is one slot of the same name, so that one heading is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A figure with its words."""

    id: str
    """Anchor."""
    caption: str
    """What it shows, in words beneath."""
    wide: Markup
    """SVG for screens from 720 px, and for paper."""
    narrow: Markup
    """SVG for small screens."""
    columns: tuple[str, ...]
    """Headings of the table alternative."""
    rows: tuple[tuple[Words, ...], ...]
    """Rows of the table alternative; the first cell heads the row."""
    empty: bool
    """Whether there is nothing to draw; the frame stays, and the caption says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlyphView:
    """A line of the list of characters that no font draws."""

    number: int
    """As in the placeholder; 0 when the school sent a picture."""
    words: Words
    """The character as it is drawn in the text."""
    notation: str
    """`U+E123`."""
    description: str
    """What the school says of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """All that templates may use of one dossier."""

    applicant_number: str
    """應試號碼."""
    name: Words
    """姓名, or its mask."""
    name_masked: bool
    """Whether `name` is a mask."""
    university: str
    """University."""
    department: str
    """Department."""
    department_code: str
    """校系代碼."""
    admission_year: int
    """招生學年度."""
    identity: tuple[FactView, ...]
    """Who, where from; number and name left out."""
    record: RecordView | None
    """修課紀錄, when it came as data."""
    record_code: str
    """Code under which the record stands (`A`); empty when the department does not take it."""
    standing: FigureView
    """Relative standing over the semesters."""
    timeline: FigureView
    """Everything with a date."""
    undated: tuple[RelatedView, ...]
    """Entries without a date or semester."""
    sections: tuple[SectionView, ...]
    """In the department's order."""
    slots: tuple[SlotView, ...]
    """All slots in order: the rail."""
    glyphs: tuple[GlyphView, ...]
    """Characters drawn by a picture or a placeholder."""
    signature: BadgeView | None
    """Signature state of the package."""
    problems: tuple[ProblemView, ...]
    """What concerns the dossier as a whole."""
    watermark: str
    """Words across every page of a preview; empty in a build."""
    schema: str
    """Version of the dossier's canonical JSON."""
    sha256: str
    """The dossier's hash."""
    program: str
    """Name and version of the program that made the page."""
    pdf: str
    """Address of the PDF relative to the page; empty when none was made."""
    language: Language
    """Language of the page's own words."""
