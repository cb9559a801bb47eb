"""The plan: every dossier of every department, which must be made and why, which can be taken over, what vanishes. Pure.

Applications say who is reviewed where; packages, selections and the record of what stands decide what is left to do. A dossier is made again
exactly when one of its `Inputs` differs from what its line in the record (or its result in staging) was made from.
"""

import enum
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from reviewer.model.application import Application
from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.selection import Selection
from reviewer.model.text import Text
from reviewer.packages.address import PackageAddress
from reviewer.site import layout
from reviewer.site.inputs import application_sha256
from reviewer.site.results import Inputs

STUDENT_NOT_THERE = ProblemKind(
    "application-without-package",
    Severity.NOTE,
    Text(
        "報名資料列出學生 {student}（應試號碼 {number}），但匯出資料中沒有他的資料夾。",
        "The applications name student {student} (applicant {number}), but the export holds no folder of that name.",
    ),
    Text("若應有此生，請補上他的資料夾後重新執行。", "If the student should be there, add the folder and run again."),
)

DEPARTMENT_NOT_CONFIGURED = ProblemKind(
    "department-not-configured",
    Severity.WARNING,
    Text(
        "校系 {code} 有 {count} 份報名資料，但沒有設定檔，因此沒有製作。",
        "Department {code} has {count} applications but no configuration and was not built.",
    ),
    Text("請建立 departments/{code}.toml 後重新執行。", "Write departments/{code}.toml and run again."),
)

APPLICATION_TWICE = ProblemKind(
    "application-twice",
    Severity.WARNING,
    Text(
        "應試號碼 {number} 在校系 {code} 出現不只一次且內容不同；採用第一筆。",
        "Applicant {number} stands more than once under department {code}, with different content; the first row counts.",
    ),
    Text("請核對報名資料，刪除多餘的列。", "Check the applications table and remove the row that is wrong."),
)

NUMBER_NOT_PLAIN = ProblemKind(
    "applicant-number-not-plain",
    Severity.NOTE,
    Text("應試號碼 {number} 不能直接作為資料夾名稱，改用 {name}。", "Applicant number {number} cannot name a folder; {name} is used instead."),
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
    """The package is not the one that was read last, by names, sizes and times; its content decides when it is opened."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDossier:
    """One dossier of the site."""

    name: str
    """Name of its folder."""
    application: Application
    """Who applies where with what."""
    address: PackageAddress
    """Where the package is."""
    inputs: Inputs
    """What it is made from; `package` is empty while that is unknown."""
    signature: str
    """The package as it lies there now."""
    action: Action
    """What becomes of it."""
    reasons: tuple[str, ...]
    """Why it is made: members of `Reason`, names of inputs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDepartment:
    """One department of the site."""

    selection: Selection
    """Its published choice."""
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

    @property
    def unchanged(self) -> bool:
        """Whether the published folder can stay as it is."""
        return self.folder_stands and not self.vanishing and all(dossier.action is Action.KEEP for dossier in self.dossiers)


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
        return sum(dossier.action is action for department in self.departments for dossier in department.dossiers)


def plan_site(
    *,
    applications: tuple[Application, ...],
    addresses: Mapping[tuple[str, str], PackageAddress],
    seen: Mapping[str, Seen],
    departments: Mapping[str, DepartmentFacts],
    standing_departments: tuple[str, ...],
    all_departments: bool,
) -> SitePlan:
    """Lay out the site.

    `addresses` is keyed by (校系代碼 or "", package id), `seen` by location; `departments` holds what can and shall be built. Published
    departments that are not wanted vanish only when `all_departments` were asked for.
    """
    applications, problems = _without_repeats(applications)
    problems += _not_configured(applications, departments) if all_departments else []
    planned = []
    for code in sorted(departments):
        mine = [application for application in applications if application.department_code == code]
        department, found = _plan_department(departments[code], mine, addresses, seen)
        problems += found
        if department.dossiers:
            planned.append(department)
    wanted = {department.code for department in planned} | (departments.keys() if not all_departments else set())
    vanishing = tuple(code for code in sorted(standing_departments) if code not in wanted) if all_departments else ()
    return SitePlan(departments=tuple(planned), vanishing=vanishing, problems=tuple(problems))


def _without_repeats(applications: tuple[Application, ...]) -> tuple[tuple[Application, ...], list[Problem]]:
    first: dict[tuple[str, str], Application] = {}
    problems: dict[tuple[str, str], Problem] = {}
    for application in applications:
        key = (application.department_code, application.applicant_number)
        if first.setdefault(key, application) != application:
            where = Where(package=application.package_id)
            problems[key] = APPLICATION_TWICE.at(where, number=application.applicant_number, code=application.department_code)
    return tuple(first.values()), list(problems.values())


def _not_configured(applications: tuple[Application, ...], departments: Mapping[str, DepartmentFacts]) -> list[Problem]:
    counts = Counter(application.department_code for application in applications)
    return [
        DEPARTMENT_NOT_CONFIGURED.at(Where(package=code), code=code, count=count)
        for code, count in sorted(counts.items())
        if code not in departments
    ]


def _plan_department(
    facts: DepartmentFacts,
    applications: list[Application],
    addresses: Mapping[tuple[str, str], PackageAddress],
    seen: Mapping[str, Seen],
) -> tuple[PlannedDepartment, list[Problem]]:
    problems: list[Problem] = []
    dossiers: list[PlannedDossier] = []
    for application in applications:
        student = application.package_id
        address = addresses.get((application.department_code, student)) or addresses.get(("", student))
        where = Where(package=student)
        if address is None:
            problems.append(STUDENT_NOT_THERE.at(where, student=student, number=application.applicant_number))
            continue
        dossier = _plan_dossier(facts, application, address, seen.get(address.location, Seen(signature="", content_sha256="")))
        if dossier.name != application.applicant_number:
            problems.append(NUMBER_NOT_PLAIN.at(where, number=application.applicant_number, name=dossier.name))
        dossiers.append(dossier)
    names = {dossier.name for dossier in dossiers}
    department = PlannedDepartment(
        selection=facts.selection,
        dossiers=tuple(sorted(dossiers, key=lambda dossier: dossier.name)),
        vanishing=tuple(name for name in sorted(facts.published) if name not in names),
        folder_stands=facts.folder_stands,
    )
    return department, problems


def _plan_dossier(facts: DepartmentFacts, application: Application, address: PackageAddress, seen: Seen) -> PlannedDossier:
    name = layout.folder_name(application.applicant_number)
    inputs = replace(facts.shared, package=seen.content_sha256, application=application_sha256(application))
    action, reasons = _decide(inputs, seen, facts.published.get(name), facts.staged.get(name))
    return PlannedDossier(
        name=name, application=application, address=address, inputs=inputs, signature=seen.signature, action=action, reasons=reasons
    )


def _decide(inputs: Inputs, seen: Seen, published: Standing | None, staged: Standing | None) -> tuple[Action, tuple[str, ...]]:
    if staged is not None and staged.lasting and staged.signature == seen.signature and seen.signature:
        if replace(inputs, package=staged.inputs.package) == staged.inputs:
            return Action.RESUME, ()
    if published is None:
        return Action.MAKE, (Reason.NEW,)
    differences = inputs.differences(published.inputs)
    if not inputs.package:
        differences = (Reason.UNSEEN, *(name for name in differences if name != "package"))
    if differences:
        return Action.MAKE, differences
    if not published.lasting:
        return Action.MAKE, (Reason.RETRY,)
    return (Action.KEEP, ()) if published.intact else (Action.MAKE, (Reason.INCOMPLETE,))
