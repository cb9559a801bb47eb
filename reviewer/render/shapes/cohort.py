"""CohortView: everything that the cohort page's template may use; CohortRow: what one dossier hands to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reviewer.model.language import Language
from reviewer.render.shapes.desk import DeskRow
from reviewer.render.shapes.small import BadgeView
from reviewer.render.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortCell:
    """One slot of one applicant: a shape and a word, never a count."""

    label: str
    """Codes of the slot, as the table heads them."""
    title: str
    """Official name of the slot."""
    state: BadgeView
    """Which it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortRow:
    """One applicant, small enough to travel between processes."""

    number: str
    """應試號碼: also the folder of the dossier."""
    name: Words
    """姓名 or its mask; glyph pictures addressed from the cohort page."""
    school: Words
    """學校名稱, or its mask."""
    school_type: str
    """部別, 班別 and 實驗教育類型, as sent; empty when nothing was."""
    group: str
    """群別 and 科班學程別, as sent; empty when nothing was."""
    cells: tuple[CohortCell, ...]
    """Slots in the department's order."""
    page: str
    """Address of the dossier's page."""
    pdf: str
    """Address of the PDF; empty when none was made."""
    desk: DeskRow
    """What the desk's script gets to know of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """One section of what the department takes."""

    title: str
    """Name of the group."""
    items: tuple[str, ...]
    """`J 競賽表現`, in the department's order."""
    limit: str
    """`至多 3 件`; empty when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendView:
    """A shape and what it says."""

    state: BadgeView
    """Shape and word."""
    sentence: str
    """What it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortView:
    """All that the department's first page may use."""

    university: str
    """University."""
    department: str
    """Department."""
    department_code: str
    """校系代碼."""
    admission_year: int
    """招生學年度."""
    choices: tuple[ChoiceView, ...]
    """The selection in words."""
    masks: str
    """What is hidden, as a sentence; empty when nothing is."""
    columns: tuple[CohortCell, ...]
    """Slots that head the table."""
    rows: Sequence[CohortRow]
    """Applicants by number; in a build they are read from disk, one at a time."""
    legend: tuple[LegendView, ...]
    """Shapes that occur in the table."""
    lanes: tuple[LegendView, ...]
    """Source lanes."""
    guide: Markup | None
    """準備指引 of the department, rendered."""
    program: str
    """Name and version of the program that made the page."""
    watermark: str
    """Words across every page of a preview; empty in a build."""
    language: Language
    """Language of the page's own words."""
    evidence: str = ""
    """Address of the page of earlier marks, in a folder for re-reading; empty elsewhere."""
