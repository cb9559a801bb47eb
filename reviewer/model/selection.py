"""A department's published choice: which items it takes, how many, how they are ordered, what is masked."""

import enum
from dataclasses import dataclass

from reviewer.model.codes import CodeItem, CodeSet, Group
from reviewer.model.language import Language
from reviewer.model.text import Text


class Mask(enum.StrEnum):
    """A fact that a department may have hidden from its reviewers."""

    NAME = "name"
    """姓名: shown as one circle for each character of the surname, its width but not its letter."""
    SCHOOL = "school"
    """學校代碼, 學校名稱, 縣市."""
    LOW_INCOME = "low_income"
    """低收入戶, 考生身分."""
    PHOTO = "photo"
    """A photo of the applicant, where the package has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChoice:
    """One section of a dossier, in the department's own order."""

    group: Group
    """Which sort of material."""
    codes: tuple[str, ...]
    """Its codes in the department's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A department's logo, safe and of bounded size; no part of a dossier's hash."""

    name: str
    """File name in the theme's folder: `logo.png`, `logo.svg`."""
    words: Text
    """What it shows, for those who do not see it."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    content: str
    """The file in base64, so that a Selection stays plain JSON."""
    sha256: str
    """Of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What one department takes. Built and validated by `selection.config`; nothing half-valid reaches this type."""

    department_code: str
    """校系代碼: 6 characters, ASCII."""
    university_code: str
    """學校代碼 of the university: 3 characters."""
    university_name: Text
    """Name of the university."""
    name: Text
    """Name of the department."""
    admission_year: int
    """招生學年度, ROC."""
    code_set: CodeSet
    """The code set that it uses."""
    sections: tuple[SectionChoice, ...]
    """Sections in the department's order; every group at most once, only with codes that the department takes."""
    own_items: tuple[CodeItem, ...] = ()
    """R, S, T …: the department's own names for its own codes."""
    max_outcomes: int = 3
    """At most so many outcomes; more are shown with a problem."""
    max_performances: int = 10
    """At most so many performances in all; more are shown with a problem."""
    masks: frozenset[Mask] = frozenset()
    """What is hidden."""
    originals: bool = False
    """Page images of the uploads before font normalising may be shown; excluded together with any mask."""
    accent: str = ""
    """Accent colour `#rrggbb`; empty takes the theme's. Contrast is checked when the configuration is read."""
    theme: str = "default"
    """Name of the theme folder."""
    logo: Logo | None = None
    """Logo of the department or the university; None when there is none."""
    guide: str = ""
    """準備指引: the department's guide, Markdown."""
    field: str = ""
    """學群: field of study, by which the public page and the statistics group departments."""
    rubric: str = "default"
    """Name of the rubric (評量尺規) in site_config/rubrics/."""
    guide_text: str = ""
    """A short guide text, shown in the published table."""
    language: Language = Language.CHINESE
    """Language of the pages' own words; no part of a dossier's hash, since what the applicant says is the same."""

    def codes_of(self, group: Group) -> tuple[str, ...]:
        """Codes that the department takes of a group; empty when it takes none."""
        return next((section.codes for section in self.sections if section.group is group), ())

    def item(self, code: str) -> CodeItem | None:
        """What a code means here: the department's own name first, then the code set's."""
        return next((item for item in self.own_items if item.code == code), None) or self.code_set.item(code)
