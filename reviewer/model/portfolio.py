"""One student's portfolio, as read from a package: everything known, nothing judged, nothing dropped."""

from dataclasses import dataclass
from decimal import Decimal

from reviewer.model.attachment import FileLink
from reviewer.model.dates import Day, Semester
from reviewer.model.parts import Lane
from reviewer.model.problem import Problem
from reviewer.model.standing import Distribution
from reviewer.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """One field as sent and as shown."""

    key: str
    """The export's name of the field; for unknown keys the key itself."""
    label: Text
    """What pages call it."""
    raw: str
    """The value as it was sent, as text (JSON for objects and lists)."""
    shown: Text
    """What pages print: a code's meaning, a date as 114.03.27, a number with its unit; the raw value where nothing is known."""
    day: Day | None = None
    """The date, where the field is one and could be read."""
    code: str = ""
    """For a coded field the code that was meant (`",1"` means `1`); empty when it could not be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """基本資料. Empty strings where nothing was sent."""

    applicant_number: str
    """應試號碼; empty in a package of the central export, where the applications table gives it."""
    name: str
    """姓名, code points exactly as sent."""
    school_code: str
    """學校代碼."""
    school_name: str
    """學校名稱."""
    fields: tuple[FieldValue, ...]
    """All known fields of 基本資料 that were sent, in the order of `parts()[基本資料]`, those above included."""
    other_fields: tuple[FieldValue, ...] = ()
    """Unknown keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A mark: its value where there is one, and always what was sent."""

    raw: str
    """As sent: `85`, `-1`, `通過`, empty."""
    value: Decimal | None
    """The number; None for "no score" (-1), words, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """學習相對表現資訊 of one scope in one semester."""

    scope: str
    """校, 群別 or 科班學程別."""
    distribution: Distribution | None
    """What was published; None when it was not."""
    percent: Decimal | None
    """推估相對表現 (lower is better), by `standing.relative_standing`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SemesterResult:
    """學期成績與學習相對表現資訊: one semester's mean and where it stands."""

    semester: Semester | None
    """None when the year or term cannot be read (the raw words are then in a problem)."""
    score: Score
    """學生學期成績."""
    standings: tuple[Standing, ...]
    """Always in the order 校, 群別, 科班學程別; those that were sent."""
    other_fields: tuple[FieldValue, ...] = ()
    """Unknown keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One row of 學習紀錄."""

    index: int
    """Place in the list, from 0."""
    semester: Semester | None
    """實際修課學年度 and 實際修課學期."""
    semester_raw: str
    """The two as sent, `113-1`, where `semester` is None."""
    name: str
    """科目名稱."""
    code: str
    """課程代碼, as sent; may be empty (experimental education)."""
    category: str
    """課程類別 as sent, else what the course code says."""
    domain: str
    """Name of the 課程領域, or what the course code says; empty when unknown."""
    credits_raw: str
    """學分數 as sent (`2`, `T`)."""
    score: Score
    """學業成績."""
    distribution: Distribution | None
    """本科目分數級距分布 with 母體人數."""
    percent: Decimal | None
    """推估相對表現 within the course."""
    description: str = ""
    """課程說明 of the approved plan (課程計畫.csv), where the package has it."""
    other_fields: tuple[FieldValue, ...] = ()
    """Unknown keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRecord:
    """修課紀錄."""

    semesters: tuple[SemesterResult, ...]
    """By semester, ascending; unreadable ones last."""
    courses: tuple[Course, ...]
    """In the export's order."""
    other_fields: tuple[FieldValue, ...] = ()
    """Unknown keys of 修課紀錄.json."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification:
    """認證 of a course outcome by the course's own teacher: authorship, not quality [S23, S25]."""

    status: str
    """認證狀態: empty, N, Y or F."""
    status_text: Text
    """What the code means."""
    teacher: str = ""
    """認證教師."""
    at: Day | None = None
    """認證時間."""
    sent_at: Day | None = None
    """送審時間."""
    note: str = ""
    """認證說明."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One 課程學習成果."""

    index: int
    """Place in the student's file, from 0: what 勾選項目 counts."""
    course_name: str
    """科目名稱."""
    course_code: str
    """課程代碼."""
    semester: Semester | None
    """實際修課學年度 and 實際修課學期."""
    abstract: str
    """課程學習成果簡述, plain text with its line breaks."""
    files: tuple[FileLink, ...]
    """Document, medium, or both."""
    category_value: str = ""
    """成果類別代碼 (四技), as sent."""
    certification: Certification | None = None
    """None when the package says nothing of it."""
    course: Course | None = None
    """The row of the student's own record that it belongs to, found by code and semester, else by name and semester."""
    other_fields: tuple[FieldValue, ...] = ()
    """Unknown keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """One 多元表現, of any of the eleven kinds."""

    kind: str
    """Key of its list in 多元表現.json (aliases already resolved)."""
    index: int
    """Place in that list, from 0: what 勾選項目 counts."""
    title: str
    """Value of the kind's title field; empty when it was not sent."""
    lane: Lane
    """Whose word it is."""
    abstract: str
    """內容簡述, plain text with its line breaks."""
    fields: tuple[FieldValue, ...]
    """The kind's own fields that were sent, in their order."""
    start: Day | None = None
    """First day that it names (開始日期, 取得證照日期, 結果公布日期, 作品日期)."""
    end: Day | None = None
    """結束日期."""
    semester: Semester | None = None
    """學年度 and 學期, else the semester of `start`."""
    files: tuple[FileLink, ...] = ()
    """證明文件, 影音檔案."""
    addresses: tuple[str, ...] = ()
    """外部影音連結, 作品成果連結: shown as text, marked as changeable, never fetched."""
    other_fields: tuple[FieldValue, ...] = ()
    """Unknown keys."""

    def values(self) -> dict[str, str]:
        """Codes and raw values by key, for the code set's assignments."""
        return {field.key: field.code or field.raw for field in self.fields}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A part that came as a file: N to T, a part uploaded as PDF instead of ticked, an extra transcript."""

    part: str
    """修課紀錄, 課程學習成果, 多元表現 (as PDF instead of JSON); 多元表現綜整心得, 學習歷程自述, 其他; 成績單."""
    code: str
    """The single code that the file's name gives (學習歷程自述_O.pdf, 其他_R.pdf); empty when the file is for all codes of its part."""
    department: str
    """校系代碼 of the sub-folder in which it lay (central export); empty when it lay in the package's root."""
    file: FileLink
    """The file: PDF or Markdown (or a picture)."""
    text: str | None = None
    """Content of a Markdown part, decoded; None for other files."""
    pictures: tuple[FileLink, ...] = ()
    """Pictures that the Markdown names, which must lie in the package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A row of 造字/造字.csv: what a private-use code point means at this school."""

    code_point: int
    """碼位."""
    picture: FileLink | None = None
    """SVG or PNG of the character."""
    mapped: str = ""
    """對應字: the character that search finds it by; may be empty."""
    description: str = ""
    """說明."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What the package's signature said, where one stood beside the bag."""

    state: str
    """`valid`, `invalid`, `unknown-key`."""
    signer: str
    """Name of the trusted key, or its fingerprint; empty where the school is hidden, since both name it or group its applicants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """Everything that a package holds."""

    package_id: str
    """Folder's name: the student's (central export) or 應試號碼 (committee's tree)."""
    identity: Identity
    """基本資料."""
    record: CourseRecord | None
    """None when there is neither JSON nor ... of it; a PDF then stands in `uploads` with part 修課紀錄."""
    outcomes: tuple[Outcome, ...]
    """課程學習成果, in the file's order."""
    performances: tuple[Performance, ...]
    """多元表現: kinds in the export's order, within a kind the file's order."""
    uploads: tuple[Upload, ...]
    """Files that are parts of their own."""
    photo: FileLink | None = None
    """照片.jpg or .png, where the package has one; shown unless `Mask.PHOTO` hides it."""
    other_fields: tuple[FieldValue, ...] = ()
    """Lists of 多元表現.json that are none of the eleven kinds, as sent."""
    glyphs: tuple[Glyph, ...] = ()
    """造字 that the school sent."""
    test_school: bool = False
    """The school code is one of the test schools; a note."""
    signature: Signature | None = None
    """Signature of a bag, where there is one."""
    unclaimed: tuple[str, ...] = ()
    """Names of files that no item refers to (LIST files and our own additions excluded)."""
    problems: tuple[Problem, ...] = ()
    """Everything odd that reading found and that belongs to no single file link."""
    content_sha256: str = ""
    """SHA-256 over the sorted (path, sha256) of every file of the package: its identity for incremental builds."""
