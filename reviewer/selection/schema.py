"""The files that a university writes by hand, as frozen models that allow nothing unknown: site.toml, departments/*.toml, codes/*.toml.

The field descriptions are what editors show while typing: the JSON Schemas in site_config/schemas/ are generated from here.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from reviewer.model.codes import Group
from reviewer.model.language import Language
from reviewer.model.selection import Mask
from reviewer.model.text import Text, both


class FileModel(BaseModel):
    """Base of everything that is read from a TOML file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(FileModel):
    """A name in both languages."""

    zh: StrictStr = Field(min_length=1, description="正體中文。Traditional Chinese.")
    en: StrictStr = Field(min_length=1, description="英文。English.")


Name = Words | Annotated[StrictStr, Field(min_length=1)]
"""A name: `{ zh = "…", en = "…" }`, or one text for both languages."""


def as_text(name: Words | str) -> Text:
    """Turn a name of a file into the model's Text."""
    return both(name) if isinstance(name, str) else Text(name.zh, name.en)


Code = Annotated[StrictStr, Field(pattern=r"^[A-Z](-?[0-9]{1,2})?$")]
"""A code of the review material: `J`, `B-1`."""

UniversityCode = Annotated[StrictStr, Field(pattern=r"^[0-9A-Za-z]{3}$")]
DepartmentCode = Annotated[StrictStr, Field(pattern=r"^[0-9A-Za-z]{6}$")]
AdmissionYear = Annotated[StrictInt, Field(ge=108, le=200)]
Colour = Annotated[StrictStr, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
ShortName = Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
FileName = Annotated[StrictStr, Field(pattern=r"^[^\\:*?\"<>|]{1,120}$")]

SectionName = Literal["course_record", "outcomes", "performances", "summary", "statements", "others"]
"""Keys of a department file that name a section, as `order` lists them."""

SECTION_GROUPS: dict[SectionName, Group] = {
    "course_record": Group.COURSE_RECORD,
    "outcomes": Group.OUTCOME,
    "performances": Group.PERFORMANCE,
    "summary": Group.SUMMARY,
    "statements": Group.STATEMENT,
    "others": Group.OTHER,
}
"""The group of each section, in published order."""


class SiteFile(FileModel):
    """site.toml: what holds for the whole university."""

    university_code: UniversityCode = Field(description="大學代碼，3 碼。The university's code, 3 characters.")
    university_name: Name = Field(description="大學名稱。The university's name.")
    admission_year: AdmissionYear = Field(description="招生學年度（民國）。Admission year (ROC).")
    code_set: ShortName = Field(
        "university", description="審查資料項目代碼的種類：university（大學）、technology（四技），或 codes/ 裡自訂的。Default code set."
    )
    theme: ShortName = Field("default", description="版面主題，themes/ 裡的資料夾名稱。Theme, a folder in themes/.")
    accent: Colour | None = Field(
        None, description="強調色 #rrggbb，在紙色上的對比須達 WCAG AA。Accent colour; must reach WCAG AA on paper."
    )
    logo: FileName | None = Field(
        None, description="標誌的 PNG 或 SVG 檔，相對於設定資料夾，例如 logos/university.svg。Logo, a PNG or SVG file."
    )
    logo_alt: Name | None = Field(None, description="標誌的替代文字；省略時是「（大學名稱）標誌」。What the logo shows, in words.")
    rubric: ShortName = Field("default", description="預設的評量尺規，rubrics/ 裡的檔名（不含 .toml）。Default rubric, a file in rubrics/.")
    language: Language = Field(
        Language.CHINESE, description="審查頁面的語言：zh-Hant 正體中文、en 英文；申請人的資料不翻譯。Language of the pages: zh-Hant or en."
    )


class OwnItemFile(FileModel):
    """One item of 其他: R, S, T …, or a code of the set (四技 D-3)."""

    code: Code = Field(description="代碼，例如 R。Code, such as R.")
    name: Name | None = Field(
        None, description="校系自訂的名稱；代碼本身已有名稱時可省略。The department's own name; may be left out where the code has one."
    )


class DepartmentFile(FileModel):
    """departments/<校系代碼>.toml: what one department takes."""

    code: DepartmentCode = Field(description="校系代碼，6 碼，與檔名相同。Department code, 6 characters, the same as the file's name.")
    name: Name = Field(description="校系名稱。The department's name.")
    field: StrictStr = Field(
        "", description="學群，統計與公開網頁依此分類，例如「資訊學群」。Field of study, for statistics and the public page."
    )
    university_code: UniversityCode | None = Field(
        None, description="大學代碼；省略時用 site.toml 的。University code; site.toml's when left out."
    )
    university_name: Name | None = Field(None, description="大學名稱；省略時用 site.toml 的。University name; site.toml's when left out.")
    admission_year: AdmissionYear | None = Field(
        None, description="招生學年度；省略時用 site.toml 的。Admission year; site.toml's when left out."
    )
    code_set: ShortName | None = Field(None, description="代碼種類；省略時用 site.toml 的。Code set; site.toml's when left out.")

    course_record: StrictBool | tuple[Code, ...] = Field(
        False, description="是否採計修課紀錄（A）。Whether the course record (A) is taken."
    )
    outcomes: tuple[Code, ...] = Field((), description='課程學習成果，例如 ["B", "C"]。Course outcomes, such as ["B", "C"].')
    performances: tuple[Code, ...] = Field(
        (), description='多元表現，大學至多四項，例如 ["F", "J"]。Performances, at most four for universities.'
    )
    summary: StrictBool | tuple[Code, ...] = Field(False, description="是否採計多元表現綜整心得（N）。Whether the reflection (N) is taken.")
    statements: tuple[Code, ...] = Field((), description='學習歷程自述，例如 ["O", "P", "Q"]。Statements, such as ["O", "P", "Q"].')
    others: tuple[OwnItemFile, ...] = Field(
        (), description='其他，例如 [{ code = "R", name = "個人資料表" }]。Others, named by the department.'
    )
    order: tuple[SectionName, ...] = Field(
        (), description="各部分的先後；沒列出的依公告順序排在後面。Order of the sections; those left out follow in published order."
    )

    max_outcomes: Annotated[StrictInt, Field(ge=1)] | None = Field(None, description="課程學習成果至多幾件。Course outcomes at most.")
    max_performances: Annotated[StrictInt, Field(ge=1)] | None = Field(None, description="多元表現至多幾件。Performances at most.")
    masks: tuple[Mask, ...] = Field(
        (), description="不讓審查委員看到的：name 姓名、school 學校、low_income 經濟與身分、photo 照片。What reviewers do not see."
    )
    originals: StrictBool = Field(
        False,
        description="是否提供字型統一前的頁面影像；與 masks 不能並用。Whether pages before font normalising are offered; not together with masks.",
    )
    accent: Colour | None = Field(None, description="強調色 #rrggbb；省略時用 site.toml 或主題的。Accent colour.")
    theme: ShortName | None = Field(None, description="版面主題；省略時用 site.toml 的。Theme; site.toml's when left out.")
    logo: FileName | None = Field(
        None,
        description="標誌的 PNG 或 SVG 檔，例如 logos/001012.svg；省略時用 site.toml 的。Logo, a PNG or SVG file; site.toml's when left out.",
    )
    logo_alt: Name | None = Field(None, description="標誌的替代文字；省略時是「（校系名稱）標誌」。What the logo shows, in words.")
    rubric: ShortName | None = Field(None, description="評量尺規；省略時用 site.toml 的。Rubric; site.toml's when left out.")
    language: Language | None = Field(
        None, description="審查頁面的語言 zh-Hant 或 en；省略時用 site.toml 的。Language of the pages; site.toml's when left out."
    )
    guide: FileName | None = Field(
        None, description="準備指引的 Markdown 檔，相對於設定資料夾，例如 guides/001012.md。Guide, a Markdown file."
    )
    guide_text: StrictStr = Field(
        "", max_length=2000, description="準備指引的簡短文字，公開表格會列出。Short guide text, shown in the published table."
    )


class CodeItemFile(FileModel):
    """One code of a code set."""

    code: Code = Field(description="代碼。Code.")
    name: tuple[StrictStr, StrictStr] = Field(description="[中文, English]")
    group: Group = Field(description="類別。Group.")
    max_items: Annotated[StrictInt, Field(ge=1)] | None = Field(None, description="這一項至多幾件。Items under this code at most.")


class AssignmentFile(FileModel):
    """Which code a kind of performance usually stands under."""

    kind: StrictStr = Field(description="多元表現的種類，例如 競賽參與紀錄。Kind of performance.")
    code: Code = Field(description="預設的代碼。Usual code.")
    field: StrictStr = Field("", description="由哪個欄位決定（可省略）。Field that decides, if any.")
    value: StrictStr = Field("", description="該欄位的值。That field's value.")


Count = Annotated[StrictInt, Field(ge=1, le=1000)]


class CodeSetFile(FileModel):
    """codes/*.toml: a further code set, or changes to a shipped one (`extends`), already merged with what it extends."""

    id: ShortName = Field(description="短名，例如 university；與內建的相同就是取代它。Short name; the same as a shipped one replaces it.")
    name: tuple[StrictStr, StrictStr] = Field(description="[中文, English]")
    items: tuple[CodeItemFile, ...] = Field(min_length=1, description="全部代碼，依公告順序。All codes in published order.")
    assignments: tuple[AssignmentFile, ...] = Field(description="多元表現各種類的預設代碼，由上而下先符合者為準。First fit wins.")
    max_categories: Count = Field(description="至多採計幾項多元表現。Performance codes at most.")
    max_outcomes: Count = Field(description="課程學習成果至多幾件。Course outcomes at most.")
    max_performances: Count = Field(description="多元表現至多幾件。Performances at most.")
    summary_max_characters: Annotated[StrictInt, Field(ge=1)] = Field(description="綜整心得至多幾字。Characters of the reflection at most.")
    summary_max_pictures: Annotated[StrictInt, Field(ge=0)] = Field(description="綜整心得至多幾張圖。Pictures of the reflection at most.")
    department_codes: tuple[Code, ...] = Field(description="留給校系自訂的代碼。Codes that departments may name.")
    outcome_field: StrictStr = Field(
        "", description="由哪個欄位分辨課程學習成果的代碼；空白表示不分。Field that divides the outcomes; empty: undivided."
    )
    outcome_values: dict[StrictStr, Code] = Field(
        default_factory=dict, description="該欄位的值與代碼的對照。Values of that field and their codes."
    )
