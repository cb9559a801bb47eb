"""What a build came to: figures and findings for the university's office. The counts are small; the findings are read from the records."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reviewer.model.problem import ExitStatus, Problem, Severity
from reviewer.model.text import Text
from reviewer.site import layout, record
from reviewer.site.leak_report import LeakSum, LeakSums
from reviewer.site.results import Effort, Result, State

SHOWN_PLACES = 5
"""Places that the page and the terminal list for one finding; the JSON report has them all."""


HEADLINES = {
    "well": Text(
        "{departments} 個校系、{dossiers} 份檔案已完成。",
        "{dossiers} {dossiers|dossier|dossiers} of {departments} {departments|department|departments} {dossiers|is|are} ready.",
    ),
    "aside": Text(
        "{departments} 個校系、{dossiers} 份檔案已完成，{aside} 份被擱置，請看原因。",
        "{dossiers} {dossiers|dossier|dossiers} of {departments} {departments|department|departments} {dossiers|is|are} ready; {aside} {aside|was|were} set aside for the reasons below.",
    ),
    "errors": Text(
        "{departments} 個校系、{dossiers} 份檔案已完成，但有錯誤需要處理。",
        "{dossiers} {dossiers|dossier|dossiers} of {departments} {departments|department|departments} {dossiers|is|are} ready, but errors need attention.",
    ),
    "nothing": Text("沒有任何一份檔案完成，{aside} 份被擱置。", "Nothing was built; {aside} {aside|dossier was|dossiers were} set aside."),
}
"""Verdicts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAsideLine:
    """One dossier that was not made."""

    department_code: str
    """校系代碼."""
    applicant_number: str
    """應試號碼."""
    package_id: str
    """學生."""
    problems: tuple[Problem, ...]
    """Why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentSummary:
    """One department's folder."""

    code: str
    """校系代碼."""
    name: Text
    """The department."""
    dossiers: int = 0
    """In the folder."""
    set_aside: int = 0
    """Not made."""
    pages: int = 0
    """Pages of all PDFs."""
    attached_pages: int = 0
    """Those of attachments."""
    size_bytes: int = 0
    """Bytes of all dossiers."""
    media_bytes: int = 0
    """Bytes of sound and film among them."""
    errors: int = 0
    """Findings that are errors."""
    warnings: int = 0
    """Findings that are warnings."""
    notes: int = 0
    """Findings that are notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """Findings of one kind."""

    code: str
    """Kind."""
    severity: Severity
    """How much it weighs."""
    example: Problem
    """The first one."""
    count: int
    """How many."""
    places: tuple[str, ...]
    """Where, the first of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums over all dossiers."""

    departments: tuple[DepartmentSummary, ...]
    """By code."""
    set_aside: tuple[SetAsideLine, ...]
    """By department and folder."""
    findings: tuple[FindingGroup, ...]
    """Gravest first, then by how many."""
    undrawn: tuple[tuple[str, tuple[str, ...]], ...]
    """Characters without a glyph, each with the applicants who need it."""
    fonts: int = 0
    """Fonts met in attachments."""
    characters_normalised: int = 0
    """Their shown characters that the project's typeface now draws."""
    characters_left: int = 0
    """Those left as they were."""
    left_because: tuple[tuple[str, int], ...] = ()
    """Characters left, by reason."""
    unticked: int = 0
    """Items that applicants did not tick."""
    leaks: tuple[LeakSum, ...] = ()
    """What was hidden and what is in doubt, for each department that masks, by code."""

    @property
    def dossiers(self) -> int:
        """Dossiers in all folders."""
        return sum(department.dossiers for department in self.departments)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """Everything that the office is told of one build."""

    site: str
    """Where the site is."""
    packages: int
    """Packages in the export."""
    idle_packages: int
    """Packages that no application names."""
    made: int
    """Dossiers made in this build."""
    kept: int
    """Dossiers taken over from the last one."""
    resumed: int
    """Dossiers that a stopped build had finished."""
    removed: int
    """Dossiers and departments of the last site that are gone."""
    problems: tuple[Problem, ...]
    """What concerns no dossier: applications, configuration, departments that could not be published."""
    totals: Totals
    """What stands in the site now."""
    seconds: float
    """Wall time."""
    stages: tuple[tuple[str, float], ...]
    """Wall time by stage, all workers together."""
    cpu_seconds: float
    """Processor time of the dossiers made."""
    cache_hits: int
    """Attachments taken from the cache."""
    cache_misses: int
    """Attachments processed."""
    workers: int
    """Processes."""
    guards_missing: tuple[str, ...] = ()
    """Guards of the processes that read attachments that a machine did not give."""
    versions: tuple[tuple[str, str], ...] = ()
    """Libraries that lay out and draw."""
    traces: tuple[str, ...] = ()
    """Where unexpected errors came from, for `--debug`."""

    @property
    def status(self) -> ExitStatus:
        """How the process ends."""
        if not self.totals.dossiers:
            return ExitStatus.NOTHING
        faulty = self.totals.set_aside or any(problem.severity is Severity.ERROR for problem in self.problems)
        return ExitStatus.SOME if faulty else ExitStatus.WELL

    @property
    def headline(self) -> Text:
        """The verdict in a sentence."""
        aside = len(self.totals.set_aside)
        verdict = "well"
        if self.status is ExitStatus.NOTHING:
            verdict = "nothing"
        elif self.status is ExitStatus.SOME:
            verdict = "aside" if aside else "errors"
        return HEADLINES[verdict].format(departments=len(self.totals.departments), dossiers=self.totals.dossiers, aside=aside)


@dataclass(slots=True)
class EffortSum:
    """Adds up what dossiers cost, one at a time."""

    stages: Counter[str] = field(default_factory=Counter)
    """Wall seconds by stage."""
    cpu_seconds: float = 0.0
    """Processor time of all jobs."""
    cache_hits: int = 0
    """Attachments taken from the cache."""
    cache_misses: int = 0
    """Attachments processed."""
    guards_missing: set[str] = field(default_factory=set)
    """Guards that were not to be had."""

    def add(self, effort: Effort) -> None:
        """One dossier more."""
        for name, seconds in effort.seconds:
            self.stages[name] += seconds  # type: ignore[assignment] # a Counter adds up seconds as well as numbers
        self.cpu_seconds += effort.cpu_seconds
        self.cache_hits += effort.cache_hits
        self.cache_misses += effort.cache_misses
        self.guards_missing.update(effort.guards_missing)


def all_results(paths: layout.Paths) -> Iterator[tuple[record.Header, Iterator[Result]]]:
    """Every department's record, its dossiers read one by one."""
    for path in sorted(paths.records.glob("*.jsonl")) if paths.records.is_dir() else ():
        yield record.header(path), record.results(path)


def summarise(paths: layout.Paths, extra: Iterable[Problem] = (), unpublished: Iterable[tuple[str, Result]] = ()) -> Totals:
    """Add up the records, holding one dossier at a time.

    `extra` are problems of the build itself, grouped with the others; `unpublished` the dossiers set aside (by department) of departments
    that have no new record because nothing of them could be published.
    """
    gathering = _Gathering()
    gathering.problems(extra)
    for code, result in unpublished:
        gathering.add(code, result)
    departments = []
    for head, results in all_results(paths):
        summary = _Summary(head)
        for result in results:
            summary.add(result)
            gathering.add(head.department_code, result)
        departments.append(summary.done())
        gathering.name(head)
    return gathering.done(tuple(departments))


class _Summary:
    def __init__(self, head: record.Header) -> None:
        self._head = head
        self._counts: Counter[str] = Counter()

    def add(self, result: Result) -> None:
        counts = self._counts
        if result.state is State.SET_ASIDE:
            counts["set_aside"] += 1
        else:
            counts["dossiers"] += 1
        counts["pages"] += result.pages
        counts["attached_pages"] += result.attached_pages
        counts["size_bytes"] += result.size_bytes
        counts["media_bytes"] += result.media_bytes
        for problem in result.problems:
            counts[f"{problem.severity.value}s"] += 1

    def done(self) -> DepartmentSummary:
        return DepartmentSummary(code=self._head.department_code, name=self._head.department_name, **self._counts)


class _Gathering:
    def __init__(self) -> None:
        self._set_aside: list[SetAsideLine] = []
        self._groups: dict[str, tuple[Problem, list[str]]] = {}
        self._counts: Counter[str] = Counter()
        self._undrawn: dict[str, list[str]] = {}
        self._sums: Counter[str] = Counter()
        self._left: Counter[str] = Counter()
        self._leaks: dict[str, LeakSums] = {}
        self._names: dict[str, Text] = {}

    def name(self, head: record.Header) -> None:
        self._names[head.department_code] = head.department_name

    def problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self._counts[problem.code] += 1
            _, places = self._groups.setdefault(problem.code, (problem, []))
            if len(places) < SHOWN_PLACES:
                places.append(str(problem.where))

    def add(self, code: str, result: Result) -> None:
        self.problems(result.problems)
        if result.state is State.SET_ASIDE:
            line = SetAsideLine(
                department_code=code, applicant_number=result.applicant_number, package_id=result.package_id, problems=result.problems
            )
            self._set_aside.append(line)
        for notation in result.undrawn:
            self._undrawn.setdefault(notation, []).append(result.applicant_number)
        self._sums["fonts"] += result.fonts.fonts
        self._sums["characters_normalised"] += result.fonts.characters_normalised
        self._sums["characters_left"] += result.fonts.characters_left
        self._sums["unticked"] += len(result.unticked)
        self._left.update(dict(result.fonts.left_because))
        if result.blinding.masked:
            self._leaks.setdefault(code, LeakSums()).add(result.blinding)

    def done(self, departments: tuple[DepartmentSummary, ...]) -> Totals:
        groups = [
            FindingGroup(code=code, severity=problem.severity, example=problem, count=self._counts[code], places=tuple(places))
            for code, (problem, places) in self._groups.items()
        ]
        order = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
        return Totals(
            departments=departments,
            set_aside=tuple(self._set_aside),
            findings=tuple(sorted(groups, key=lambda group: (order.index(group.severity), -group.count, group.code))),
            undrawn=tuple((notation, tuple(sorted(set(numbers)))) for notation, numbers in sorted(self._undrawn.items())),
            left_because=tuple(sorted(self._left.items())),
            leaks=tuple(self._leaks[code].done(code, self._names.get(code, Text(code, code))) for code in sorted(self._leaks)),
            **self._sums,
        )
