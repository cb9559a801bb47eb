"""The plan: every dossier of every department, which must be made and why, which can be taken over, what vanishes. Pure.

Applications say who is reviewed where; packages, selections and the record of what stands decide what is left to do. A dossier is made again
exactly when one of its `Inputs` differs from what its line in the record (or its result in staging) was made from.
"""

import enum
from collections.abc import Callable, Container, Iterable, Mapping, Sized
from dataclasses import dataclass, field, replace

from reviewer.model.application import Application
from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.selection import Selection
from reviewer.model.text import Text
from reviewer.packages.address import PackageAddress
from reviewer.site import layout
from reviewer.site.inputs import application_sha256
from reviewer.site.notes import Note
from reviewer.site.results import Inputs

DEPARTMENT_NOT_CONFIGURED = ProblemKind(
    "department-not-configured",
    Severity.WARNING,
    Text(
        "校系 {code} 有 {count} 份報名資料，但沒有設定檔，因此沒有製作。",
        "Department {code} has {count} applications but no configuration and was not built.",
    ),
    Text("請建立 departments/{code}.toml 後重新執行。", "Write departments/{code}.toml and run again."),
)

NUMBER_NOT_PLAIN = ProblemKind(
    "applicant-number-not-plain",
    Severity.NOTE,
    Text(
        "應試號碼 {number} 不能直接作為資料夾名稱，改用 {name}。", "Applicant number {number} cannot name a folder; {name} is used instead."
    ),
    Text("不需處理；頁面上仍顯示原號碼。", "Nothing to do; pages show the number as it was sent."),
)


class Action(enum.StrEnum):
    """What becomes of a dossier in this build."""

    MAKE = "make"
    """It is made."""
    KEEP = "keep"
    """It is taken over from the published folder."""
    RESUME = "resume"
    """A build that was stopped had finished it."""


class Reason(enum.StrEnum):
    """Why a dossier is made, beside the names of inputs that differ."""

    NEW = "new"
    """Nothing stands of it."""
    UNSEEN = "unseen"
    """The package was never read here; its content decides when it is opened."""
    TOUCHED = "touched"
    """A file of the package is new or gone, or its size, time or inode is another than when it was read; its content decides when it is opened."""
    INCOMPLETE = "incomplete"
    """The published folder lacks files of it."""
    RETRY = "retry"
    """It was set aside for a reason that may have passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A package as it lies there now."""

    signature: str
    """Names, sizes and times of its files."""
    content_sha256: str
    """Its content when it last had this signature; empty when it was not read since."""
    touched: bool = False
    """Whether it was read before, and something of it looks changed since."""
    files: tuple[str, ...] = ()
    """Which of its files look changed, where that is known."""


_NEW = (Reason.NEW,)
"""The reason of thousands of dossiers: one tuple for all."""

NEVER_SEEN = Seen(signature="", content_sha256="")
"""A package of which nothing is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the record (or staging) says of a dossier."""

    inputs: Inputs
    """What it was made from."""
    lasting: bool = True
    """Whether the same inputs would lead to the same result."""
    intact: bool = True
    """Whether its files are there, by name and size."""
    signature: str = ""
    """In staging: the package's signature when it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentFacts:
    """What the plan needs to know of a department that can be built."""

    selection: Selection
    """Its published choice."""
    shared: Inputs
    """What all its dossiers have in common."""
    published: Mapping[str, Standing]
    """Dossiers of the published folder, by folder name."""
    staged: Mapping[str, Standing]
    """Dossiers that a stopped build had finished, by folder name."""
    folder_stands: bool
    """Whether the published folder, its own pages included, is that of its record and was made from the same shared inputs."""
    notes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)
    """What a preview says beside items, by package id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDossier:
    """One dossier of the site."""

    name: str
    """Name of its folder."""
    application: Application
    """Who applies where with what."""
    address: PackageAddress
    """Where the package is."""
    shared: Inputs
    """What all dossiers of its department have in common: one for all, since a university has thousands of dossiers."""
    package_sha256: str
    """The package's content; empty while that is unknown."""
    signature: str
    """The package as it lies there now."""
    action: Action
    """What becomes of it."""
    published: Inputs | None
    """What the published dossier was made from, where it could turn out to be the same; None when there is none, or nothing is to be made."""
    reasons: tuple[str, ...]
    """Why it is made: members of `Reason`, names of inputs."""
    files: tuple[str, ...] = ()
    """Files of the package that look changed since it was read."""
    notes: tuple[Note, ...] = ()
    """What a preview says beside its items."""

    @property
    def inputs(self) -> Inputs:
        """What it is made from; `package` is empty while that is unknown. Worked out when asked for, since thousands of dossiers are held."""
        return replace(self.shared, package=self.package_sha256, application=application_sha256(self.application, self.notes))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDepartment:
    """One department of the site."""

    selection: Selection
    """Its published choice."""
    shared: Inputs
    """What all its dossiers have in common."""
    dossiers: tuple[PlannedDossier, ...]
    """By folder name."""
    vanishing: tuple[str, ...]
    """Folders of the published site that are no longer wanted."""
    folder_stands: bool
    """Whether its own pages are up to date."""

    @property
    def code(self) -> str:
        """校系代碼."""
        return self.selection.department_code

    def count(self, action: Action) -> int:
        """How many dossiers meet this action."""
        return sum(dossier.action is action for dossier in self.dossiers)

    def unchanged(self, kept: Container[str]) -> bool:
        """Whether the published folder can stay as it is, when these dossiers (by folder name) turned out to be kept."""
        return self.folder_stands and not self.vanishing and all(dossier.name in kept for dossier in self.dossiers)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """What a build will do."""

    departments: tuple[PlannedDepartment, ...]
    """By code."""
    vanishing: tuple[str, ...]
    """Departments whose published folder is no longer wanted."""
    problems: tuple[Problem, ...]
    """What is odd about who applies where."""

    def count(self, action: Action) -> int:
        """How many dossiers meet this action."""
        return sum(department.count(action) for department in self.departments)


def plan_site(
    *,
    applications: Iterable[tuple[Application, PackageAddress]],
    seen: Mapping[str, Seen],
    selections: Container[str],
    facts: Callable[[str], DepartmentFacts],
    standing_departments: Iterable[str],
    all_departments: bool,
) -> SitePlan:
    """Lay out the site.

    `applications` are those whose package is there, each applicant at most once a department; `seen` is keyed by the packages' location;
    `selections` names what can and shall be built, and `facts` is asked of each department in turn, so that what stands of one is let go before the next. Published departments that are not wanted vanish only when all were asked for.
    """
    mine: dict[str, list[tuple[Application, PackageAddress]]] = {}
    for application, address in applications:
        mine.setdefault(application.department_code, []).append((application, address))
    problems = _not_configured(mine, selections) if all_departments else []
    planned = []
    for code in sorted(code for code in mine if code in selections):
        department, found = _plan_department(facts(code), mine[code], seen)
        planned.append(department)
        problems += found
    wanted = {department.code for department in planned}
    vanishing = tuple(sorted(set(standing_departments) - wanted)) if all_departments else ()
    return SitePlan(departments=tuple(planned), vanishing=vanishing, problems=tuple(problems))


def _not_configured(applications: Mapping[str, Sized], departments: Container[str]) -> list[Problem]:
    return [
        DEPARTMENT_NOT_CONFIGURED.at(Where(package=code), code=code, count=len(applications[code]))
        for code in sorted(applications)
        if code not in departments
    ]


def _plan_department(
    facts: DepartmentFacts, applications: Iterable[tuple[Application, PackageAddress]], seen: Mapping[str, Seen]
) -> tuple[PlannedDepartment, list[Problem]]:
    problems: list[Problem] = []
    dossiers: list[PlannedDossier] = []
    for application, address in applications:
        dossier = _plan_dossier(facts, application, address, seen.get(address.location, NEVER_SEEN))
        if dossier.name != application.applicant_number:
            where = Where(package=address.package_id)
            problems.append(NUMBER_NOT_PLAIN.at(where, number=application.applicant_number, name=dossier.name))
        dossiers.append(dossier)
    names = {dossier.name for dossier in dossiers}
    department = PlannedDepartment(
        selection=facts.selection,
        shared=facts.shared,
        dossiers=tuple(sorted(dossiers, key=lambda dossier: dossier.name)),
        vanishing=tuple(name for name in sorted(facts.published) if name not in names),
        folder_stands=facts.folder_stands,
    )
    return department, problems


def _plan_dossier(facts: DepartmentFacts, application: Application, address: PackageAddress, seen: Seen) -> PlannedDossier:
    name = layout.folder_name(application.applicant_number)
    notes = facts.notes.get(address.package_id, ())
    inputs = replace(facts.shared, package=seen.content_sha256, application=application_sha256(application, notes))
    published = facts.published.get(name)
    action, reasons = _decide(inputs, seen, published, facts.staged.get(name))
    return PlannedDossier(
        name=name,
        application=application,
        address=address,
        shared=facts.shared,
        package_sha256=seen.content_sha256,
        signature=seen.signature,
        action=action,
        published=published.inputs if action is Action.MAKE and published is not None and published.lasting and published.intact else None,
        reasons=reasons,
        files=seen.files if Reason.TOUCHED in reasons else (),
        notes=notes,
    )


def _decide(inputs: Inputs, seen: Seen, published: Standing | None, staged: Standing | None) -> tuple[Action, tuple[str, ...]]:
    if staged is not None and staged.lasting and seen.signature and staged.signature == seen.signature:  # noqa: SIM102 - two questions
        if replace(inputs, package=staged.inputs.package) == staged.inputs:
            return Action.RESUME, ()
    if published is None:
        return Action.MAKE, _NEW
    differences = inputs.differences(published.inputs)
    if not inputs.package:
        differences = (Reason.TOUCHED if seen.touched else Reason.UNSEEN, *(name for name in differences if name != "package"))
    if differences:
        return Action.MAKE, differences
    if not published.lasting:
        return Action.MAKE, (Reason.RETRY,)
    return (Action.KEEP, ()) if published.intact else (Action.MAKE, (Reason.INCOMPLETE,))
