"""A dossier: what one department's reviewers see of one applicant. Pure data; HTML, PDF and search index are made from it alone."""

import enum
from dataclasses import dataclass

from reviewer.model.attachment import FileLink
from reviewer.model.codes import Group
from reviewer.model.course_codes import Inquiry
from reviewer.model.dates import Day, Semester
from reviewer.model.parts import Lane
from reviewer.model.portfolio import Certification, Course, CourseRecord, FieldValue, Glyph, Signature
from reviewer.model.problem import Problem
from reviewer.model.text import Text

DOSSIER_SCHEMA = "1"
"""Version of the canonical JSON that the dossier's hash is taken of."""


class SlotState(enum.StrEnum):
    """Which it is, in words: nothing is ever silently blank."""

    PRESENT = "present"
    """At least one entry is shown."""
    AS_PDF = "as_pdf"
    """The applicant handed the part in as a PDF instead of ticking."""
    TOGETHER = "together"
    """Handed in within one file that stands under another code of the same group (`shown_at` says which)."""
    EMPTY = "empty"
    """The applicant handed nothing in: stated neutrally [S22]."""
    NOT_OFFERED = "not_offered"
    """This department does not take it."""
    UNREADABLE = "unreadable"
    """Handed in, but it cannot be shown; the reason stands in `reason`."""
    MISSING = "missing"
    """The package names it, but the file is not there."""


class EntryKind(enum.StrEnum):
    """What an entry is made of."""

    OUTCOME = "outcome"
    PERFORMANCE = "performance"
    UPLOAD = "upload"
    """A file or Markdown text that is a part of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that a reviewer reads."""

    id: str
    """Unique within the dossier, short ASCII, stable: code and number, `J-2`, `BE-1`, `N`, `X-3` for what stands outside the named codes. Anchors and file names are made of it."""
    kind: EntryKind
    """What it is made of."""
    lane: Lane
    """Whose word it is."""
    codes: tuple[str, ...]
    """Codes it stands under; several for an outcome of an undivided slot."""
    kind_label: Text
    """課程學習成果, or the kind of performance, or the part's name."""
    title: str
    """Heading: course, unit, competition, part; never empty."""
    tick: str
    """What was ticked, `競賽參與紀錄[2]`; empty for uploads."""
    text: str = ""
    """簡述, plain text with its line breaks."""
    markdown: str | None = None
    """Text of a `.md` part; None otherwise."""
    fields: tuple[FieldValue, ...] = ()
    """Facts in the order in which they are shown, without the title's and dates' duplicates."""
    other_fields: tuple[FieldValue, ...] = ()
    """Unknown keys: shown under "other fields"."""
    start: Day | None = None
    """First day."""
    end: Day | None = None
    """Last day."""
    semester: Semester | None = None
    """Semester it belongs to."""
    course: Course | None = None
    """Course that an outcome came from."""
    inquiry: Inquiry | None = None
    """Hint that the course is one of inquiry; never a score."""
    certification: Certification | None = None
    """What the course's teacher said; None when the package says nothing."""
    files: tuple[FileLink, ...] = ()
    """What is attached, with what is wrong with it."""
    pictures: tuple[FileLink, ...] = ()
    """Pictures of a Markdown part."""
    addresses: tuple[str, ...] = ()
    """External addresses, as text."""
    related: tuple[str, ...] = ()
    """Ids of entries of the same activity under another kind [S26]."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with it, shown beside it; findings, not part of the hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place that every dossier of the department has, at the same position and size, filled or not."""

    codes: tuple[str, ...]
    """Its codes; several for the undivided outcomes; empty for what stands outside the named codes."""
    title: Text
    """Official name."""
    state: SlotState
    """Which it is."""
    reason: Text
    """The state in a sentence, for people; empty when present."""
    entries: tuple[Entry, ...] = ()
    """What is shown."""
    shown_at: str = ""
    """For TOGETHER: the code whose slot shows the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Slots of one group, in the department's order."""

    id: str
    """Anchor: the group's value, `apart` for 其他有利審查資料, or `not_offered` for the one that says what the department does not take."""
    group: Group
    """Sort of material."""
    title: Text
    """Heading."""
    slots: tuple[Slot, ...]
    """Never empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityFact:
    """A line of who the applicant is."""

    key: str
    """姓名, 學校名稱, 應試號碼 …"""
    label: Text
    """What pages call it."""
    value: str
    """Value, or for a masked fact what stands in its place."""
    masked: bool = False
    """True when the value was replaced: then no part of the department's folder holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Reconciles what was ticked: ticked = shown + shown with a problem. Of what was not ticked only the office's build report speaks."""

    ticked: int
    """Items that the application names (all, where everything in the folder was ticked)."""
    shown: int
    """Shown in their slots without a problem."""
    shown_with_problem: int
    """Shown with their problem."""

    @property
    def balanced(self) -> bool:
        """Whether it adds up; if not, the dossier is set aside."""
        return self.ticked == self.shown + self.shown_with_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Result of `select(portfolio, selection, application)`."""

    schema: str
    """DOSSIER_SCHEMA."""
    sha256: str
    """SHA-256 of the canonical JSON with the attachments' hashes, without applicant number, findings, watermark and signature state."""
    applicant_number: str
    """應試號碼."""
    department_code: str
    """校系代碼."""
    department_name: Text
    """Department."""
    university_name: Text
    """University."""
    admission_year: int
    """招生學年度, ROC."""
    code_set_id: str
    """Which code set its codes are of."""
    name: str
    """姓名, or its mask."""
    name_masked: bool
    """Whether `name` is a mask."""
    identity: tuple[IdentityFact, ...]
    """Who, where from; masked facts by their masks."""
    record: CourseRecord | None
    """修課紀錄, when the department takes A and it came as data."""
    sections: tuple[Section, ...]
    """In the department's order; 其他有利審查資料 after the performances."""
    ledger: Ledger
    """What was ticked against what is shown."""
    photo: FileLink | None = None
    """A photo of the applicant, where the package has one and the department does not mask it."""
    glyphs: tuple[Glyph, ...] = ()
    """造字 of the applicant's school that occur in the dossier."""
    school_code: str = ""
    """學校代碼 to which the glyphs belong; empty when the school is masked."""
    signature: Signature | None = None
    """Signature state of the package."""
    problems: tuple[Problem, ...] = ()
    """What concerns the dossier as a whole and its reviewers may know (never of what was not ticked)."""
    watermark: str = ""
    """Words across every page of a preview; empty in a build."""
    originals: bool = False
    """Whether pages before normalising may be shown (never together with a mask)."""

    def entries(self) -> tuple[Entry, ...]:
        """All entries in reading order."""
        return tuple(entry for section in self.sections for slot in section.slots for entry in slot.entries)
