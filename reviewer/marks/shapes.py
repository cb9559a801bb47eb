"""What a merge comes to: frozen values, which the workbook, the page and the JSON are written from. Its JSON Schema is site_config/schemas/marks.json."""

from dataclasses import dataclass

from reviewer.model.problem import Problem
from reviewer.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A place that a rater cited."""

    dimension: str
    """Id of the dimension."""
    anchor: str
    """Where it is on the dossier's page."""
    title: str
    """What the desk called it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a rater wrote."""

    entry: str
    """Id of the item; empty for the dossier as a whole."""
    text: str
    """His words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionMark:
    """One dimension of one dossier by one rater."""

    dimension: str
    """Id."""
    level: str
    """Id of the level; empty when none was chosen or two versions disagree."""
    score: float | None
    """Exact score, where one was given."""
    points: float | None
    """What counts: the exact score, else the middle of the level's range; None when there is neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierMark:
    """One dossier by one rater."""

    number: str
    """應試號碼."""
    rater: str
    """Id of the rater."""
    dimensions: tuple[DimensionMark, ...]
    """In the rubric's order."""
    total: float | None
    """Weighted total; None while a dimension with weight is missing."""
    missing: tuple[str, ...]
    """Ids of dimensions with weight that have no points."""
    reread: bool
    """Whether he read it as a third person, after others had parted."""
    done: bool
    """Whether the rater declared the dossier marked."""
    flag: str
    """His own flag's words."""
    evidence: tuple[Evidence, ...]
    """Places that he cited."""
    notes: tuple[Note, ...]
    """What he wrote."""
    turn: int | None
    """Which dossier it was in his order of reading, from 1; None when the desk did not record it."""
    seconds: int
    """How long it was open, all devices together."""
    given_on: tuple[str, ...]
    """Hashes of the dossiers on which the marks were given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two versions of one rater's field that do not know of each other; only he can choose."""

    rater: str
    """Id of the rater."""
    number: str
    """應試號碼."""
    field: str
    """Name of the field as the file has it."""
    values: tuple[str, ...]
    """The values, newest first, as words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Marks on a dossier that was rebuilt since."""

    rater: str
    """Id of the rater."""
    number: str
    """應試號碼."""
    slots: tuple[str, ...]
    """Titles of the slots that changed."""
    known: bool
    """False when the file does not say how the slots were; then nobody knows what changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterResult:
    """One rater."""

    id: str
    """Random id."""
    name: str
    """How he calls himself."""
    files: tuple[str, ...]
    """Files that were merged."""
    reread: bool
    """Whether he did nothing but re-read disputed dossiers."""
    started: int
    """Dossiers on which he gave at least one mark."""
    complete: int
    """Dossiers with a total."""
    undeclared: int
    """Dossiers with a total that he did not declare done."""
    mean: float | None
    """Mean of his totals."""
    spread: float | None
    """Standard deviation of his totals (n − 1)."""
    severity: float | None
    """Mean distance of his totals from the mean of the other raters of the same dossiers; None when he shares none."""
    shared: int
    """Dossiers that he shares with others."""
    standardised: bool
    """Whether z-scores could be taken."""
    why_not: Text | None
    """Why they could not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A dossier's total by one rater."""

    rater: str
    """Id of the rater."""
    total: float
    """Weighted total."""
    z: float | None
    """(total − his mean) / his standard deviation; None when it cannot be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierResult:
    """One dossier over all raters."""

    number: str
    """應試號碼."""
    totals: tuple[Total, ...]
    """First readings that are complete, in the raters' order."""
    rereads: tuple[Total, ...]
    """Totals of those who re-read it; told beside the others and in no mean."""
    mean: float | None
    """Mean of `totals`; None when there is none."""
    mean_z: float | None
    """Mean of the z-scores; None unless every total has one."""
    difference: float | None
    """Greatest less least total; None with fewer than two."""
    enough: bool
    """Whether as many raters completed it as the rubric asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A finding of the difference check (差分檢核)."""

    kind: str
    """`total`, `level`, `rater-means`, `tie`."""
    number: str
    """應試號碼; empty for a finding about two raters."""
    dimension: str
    """Id of the dimension, for `level`."""
    raters: tuple[str, ...]
    """Who part, higher first; for a tie, nobody."""
    values: tuple[str, ...]
    """What they gave, in the raters' order."""
    apart: float
    """By how much: points, or levels."""
    reread: bool
    """Whether a third person has marked it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Krippendorff's alpha of one thing that was judged."""

    dimension: str
    """Id of the dimension; empty for the totals."""
    metric: str
    """`ordinal` for levels, `interval` for totals."""
    alpha: float | None
    """1 is full agreement, 0 as by chance; None when it cannot be computed."""
    dossiers: int
    """Dossiers that two or more raters judged."""
    why_not: Text | None
    """Why it cannot be computed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalRater:
    """How a rater stood in the rehearsal and stands since."""

    rater: str
    """Id of the rater."""
    started: int
    """Anchor dossiers on which he gave at least one mark."""
    marked: int
    """Anchor dossiers that he completed."""
    first: bool | None
    """Whether he read them before all others; None when the order is not known, or he marked none of them."""
    severity: float | None
    """Mean distance from the other raters on the anchor dossiers."""
    severity_since: float | None
    """The same on all other dossiers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Anchor dossiers that everybody marks first."""

    numbers: tuple[str, ...]
    """應試號碼."""
    agreement: tuple[Agreement, ...]
    """On the anchor dossiers."""
    since: tuple[Agreement, ...]
    """On all others, in the same order."""
    raters: tuple[RehearsalRater, ...]
    """First readers in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The line of admission."""

    admitted: int
    """How many are admitted."""
    line: float | None
    """Mean total of the last one; None when too few are complete."""
    tied: tuple[str, ...]
    """Dossiers with that mean, where the line falls between them; empty when it does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything that a merge found."""

    department_code: str
    """校系代碼."""
    department_name: str
    """The department."""
    admission_year: int
    """招生學年度."""
    rubric: str
    """Id of the rubric by which was computed."""
    raters: tuple[RaterResult, ...]
    """By name."""
    dossiers: tuple[DossierResult, ...]
    """By number."""
    marks: tuple[DossierMark, ...]
    """By rater, then number."""
    differences: tuple[Difference, ...]
    """The difference check."""
    agreement: tuple[Agreement, ...]
    """By dimension, then of the totals; anchor dossiers apart."""
    rehearsal: Rehearsal | None
    """None without --rehearsal."""
    cut: Cut | None
    """None without --cut, or when the rubric does not ask for ties."""
    conflicts: tuple[Conflict, ...]
    """Open conflicts."""
    changed: tuple[Changed, ...]
    """Marks on dossiers that changed since."""
    compared_with_site: bool
    """Whether a site was given to compare with."""
    disputed: tuple[str, ...]
    """Dossiers that a third person should read."""
    refused: tuple[str, ...]
    """Files that were left out as a whole."""
    problems: tuple[Problem, ...]
    """Every fault."""
