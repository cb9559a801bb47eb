"""What a build was asked for, and what was found at the places that it names: packages, applications, configuration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from reviewer.model.application import Application
from reviewer.model.problem import ExitStatus, Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.selection import Selection
from reviewer.model.text import Text
from reviewer.packages import applications as tables
from reviewer.packages import remote
from reviewer.packages.address import PackageAddress
from reviewer.packages.discovery import discover
from reviewer.packages.signature import trusted_keys
from reviewer.selection import config
from reviewer.selection.rubrics import Rubric
from reviewer.site.notes import Note

APPLICATIONS_NEEDED = ProblemKind(
    "applications-needed",
    Severity.ERROR,
    Text(
        "{packages} 是中央資料庫的匯出（每位學生一個資料夾），沒有說明誰報名哪個校系。",
        "{packages} is the central database's export (one folder a student); it does not say who applies where.",
    ),
    Text(
        "請用 --applications 指定報名資料（.csv 或 .xlsx，欄位：應試號碼、校系代碼、學生、勾選項目）。",
        "Name the applications table with --applications (.csv or .xlsx with the columns 應試號碼, 校系代碼, 學生, 勾選項目).",
    ),
)

APPLICATIONS_NOT_USED = ProblemKind(
    "applications-not-used",
    Severity.NOTE,
    Text(
        "甄選會的資料夾本身已說明誰報名哪個校系，{table} 沒有使用。",
        "The committee's folders say themselves who applies where; {table} was not used.",
    ),
    Text("不需處理。", "Nothing to do."),
)

UNKNOWN_DEPARTMENT = ProblemKind(
    "unknown-department",
    Severity.ERROR,
    Text("沒有校系 {code} 的設定。", "There is no configuration for department {code}."),
    Text("已設定的校系：{known}。", "Departments that are configured: {known}."),
)

TARGET_WITHIN_PACKAGES = ProblemKind(
    "target-within-packages",
    Severity.ERROR,
    Text("輸出資料夾 {site} 在匯出資料 {packages} 之內。", "The output folder {site} lies within the export {packages}."),
    Text(
        "請用 --out 指定其他資料夾，以免輸出被當成匯出資料。", "Name another folder with --out, or the output will be taken for packages."
    ),
)

CACHE_MISPLACED = ProblemKind(
    "cache-misplaced",
    Severity.ERROR,
    Text("快取 {cache} 不能放在 {place} 之內。", "The cache {cache} may not lie within {place}."),
    Text("請用 --cache 指定其他資料夾。", "Name another folder with --cache."),
)

CACHE_NO_FOLDER = ProblemKind(
    "cache-no-folder",
    Severity.ERROR,
    Text("快取 {cache} 不是資料夾：{file} 是檔案。", "The cache {cache} is no folder: {file} is a file."),
    Text("請用 --cache 指定資料夾。", "Name a folder with --cache."),
)

NO_APPLICATIONS = ProblemKind(
    "no-applications",
    Severity.ERROR,
    Text("沒有任何一份報名資料屬於要製作的校系（{codes}）。", "No application belongs to a department that is to be built ({codes})."),
    Text("請核對校系代碼與報名資料。", "Check the departments' codes against the applications."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A build, as the command line asks for it."""

    packages: str
    """Address of the export."""
    applications: Path | str | None
    """The applications table: a file, or an address for fsspec."""
    config: Path
    """The configuration folder."""
    site: Path
    """Where the site goes."""
    cache: Path
    """The cache folder."""
    departments: tuple[str, ...] = ()
    """Only these; empty for all."""
    workers: int = 1
    """Processes."""
    with_pdf: bool = True
    """Whether dossiers are printed."""
    rehash: bool = False
    """Whether every package is read again, even when it looks unchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What there is to build from."""

    applications: tuple[tuple[Application, PackageAddress], ...]
    """Who applies where, with his package."""
    selections: Mapping[str, Selection]
    """Departments that are configured and wanted, by code."""
    packages: int
    """Packages in the export."""
    idle_packages: int
    """Packages that no application names."""
    problems: tuple[Problem, ...]
    """What was odd."""
    watermark: str = ""
    """Words across every page of a preview; empty in a build."""
    notes: Mapping[tuple[str, str], tuple[Note, ...]] = field(default_factory=dict)
    """What a preview says beside items, by package id and 校系代碼; none in a build."""
    rubrics: Mapping[str, Rubric] = field(default_factory=dict)
    """What reviewers mark by, by name; none in a preview, where nobody marks."""


def gather(request: Request) -> Material:
    """Look at everything that a build needs before it writes a byte. Raises `Stop`."""
    configuration = config.load(request.config)
    selections = _wanted(configuration.departments, request.departments)
    discovery = discover(request.packages, trusted_keys(request.config / "keys"))
    _refuse_within(request)
    problems = [*configuration.problems, *discovery.problems]
    if discovery.form == "committee":
        applications = tables.from_tree(discovery)
        if request.applications is not None:
            problems.append(APPLICATIONS_NOT_USED.at(Where(file=str(request.applications)), table=PurePath(request.applications).name))
    elif request.applications is None:
        raise Stop(APPLICATIONS_NEEDED.at(Where(file=request.packages), packages=request.packages), status=ExitStatus.USAGE)
    else:
        applications, found = _applications(request.applications)
        problems += found
    matched = tables.match(discovery, applications)
    pairs = tuple(pair for pair in matched.pairs if not request.departments or pair[0].department_code in selections)
    if not any(application.department_code in selections for application, _ in pairs):
        raise Stop(*matched.problems, NO_APPLICATIONS.at(Where(file=request.packages), codes="、".join(selections)))
    return Material(
        applications=pairs,
        selections=selections,
        packages=len(discovery.packages),
        idle_packages=len(matched.idle),
        problems=(*problems, *matched.problems),
        rubrics=configuration.rubrics,
    )


def _applications(table: Path | str) -> tuple[tuple[Application, ...], tuple[Problem, ...]]:
    if not remote.is_remote(str(table)):
        return tables.read_table(Path(table))
    with remote.brought(str(table)) as path:
        return tables.read_table(path)


def _wanted(selections: Mapping[str, Selection], codes: tuple[str, ...]) -> Mapping[str, Selection]:
    unknown = [code for code in codes if code not in selections]
    if unknown:
        known = "、".join(selections)
        raise Stop(*(UNKNOWN_DEPARTMENT.at(Where(package=code), code=code, known=known) for code in unknown), status=ExitStatus.USAGE)
    return {code: selection for code, selection in selections.items() if not codes or code in codes}


def _refuse_within(request: Request) -> None:
    """Site, cache and export may not lie in one another, nor may a file stand where the cache goes. Raises `Stop`."""
    site, cache = request.site.resolve(), request.cache.resolve()
    places = {str(request.site): site}
    if not remote.is_remote(request.packages):
        packages = Path(request.packages).resolve()
        if site.is_relative_to(packages):
            problem = TARGET_WITHIN_PACKAGES.at(Where(file=str(request.site)), site=request.site, packages=request.packages)
            raise Stop(problem, status=ExitStatus.USAGE)
        places[request.packages] = packages
    for name, place in places.items():
        if cache.is_relative_to(place):
            raise Stop(CACHE_MISPLACED.at(Where(file=str(request.cache)), cache=request.cache, place=name), status=ExitStatus.USAGE)
    file = next((above for above in (cache, *cache.parents) if above.exists()), cache)
    if file.is_file():
        raise Stop(CACHE_NO_FOLDER.at(Where(file=str(request.cache)), cache=request.cache, file=file), status=ExitStatus.USAGE)
