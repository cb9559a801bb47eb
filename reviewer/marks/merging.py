"""The main job: files in, everything that a department asks about them out. Nothing is written here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.marks import findings
from reviewer.marks.agreement import agreements
from reviewer.marks.changes import changed_since, no_longer_there
from reviewer.marks.desk_data import DeskData
from reviewer.marks.difference import cut_at, differences, disputed
from reviewer.marks.gathering import Gathered, gather
from reviewer.marks.overruled import overruled_problems
from reviewer.marks.places import Place, configured_otherwise, department_place, read_place
from reviewer.marks.rehearsal import rehearsal, rehearsal_problems
from reviewer.marks.shapes import Conflict, Cut, DossierMark, DossierResult, Outcome
from reviewer.marks.statistics import dossier_results, rater_result, totals_by_dossier
from reviewer.marks.values import marks_of
from reviewer.model.problem import ExitStatus, Problem, Severity, Stop, Where
from reviewer.model.selection import Selection
from reviewer.selection import config
from reviewer.selection.rubrics import Rubric, rubric_sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeRequest:
    """What is to be merged, and with what it is compared."""

    files: tuple[Path, ...]
    """Review files."""
    config: Path | None = None
    """The university's configuration: rubrics and departments; None takes the usual one and says which."""
    site: Path | None = None
    """A built site, or the department's folder of one, to see what has changed since the marks were given."""
    rehearsal: tuple[str, ...] = ()
    """Anchor dossiers."""
    cut: int | None = None
    """How many are admitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The outcome with what it was computed by."""

    outcome: Outcome
    """What was found."""
    rubric: Rubric
    """The department's rubric."""
    selection: Selection
    """The department."""
    place: Place | None
    """The department's folder; None without a site."""
    desk: DeskData | None
    """The folder as it stands; None without a site."""
    as_built: bool = True
    """Whether the folder was built with these settings, as far as its build record tells."""

    @property
    def status(self) -> ExitStatus:
        """3 when a file or a place of one was left out, or a conflict is open."""
        bad = any(problem.severity is not Severity.NOTE for problem in self.outcome.problems)
        return ExitStatus.SOME if bad or self.outcome.conflicts or self.outcome.changed else ExitStatus.WELL

    def told(self, problems: Iterable[Problem]) -> "Merged":
        """The same with what was found since."""
        return replace(self, outcome=replace(self.outcome, problems=(*self.outcome.problems, *problems)))


def merge(request: MergeRequest) -> Merged:
    """Read, merge, weigh and compare. Raises `Stop` when there is no mark to take, or configuration or site cannot be read."""
    gathered = gather(request.files)
    folder = request.config or config.default_folder()
    configuration = config.load(folder)
    selection = config.department(configuration, gathered.department_code)
    rubric = configuration.rubrics[selection.rubric]
    place = None if request.site is None else department_place(request.site, gathered.department_code)
    desk = None if place is None else read_place(place, gathered.department_code)
    if desk is not None and desk.raw["admission_year"] != gathered.admission_year:
        years = {"other": desk.raw["admission_year"], "own": gathered.admission_year}
        raise Stop(findings.SITE_YEAR.at(Where(file=str(request.site)), folder=request.site, **years))
    marks: list[DossierMark] = []
    conflicts: list[Conflict] = []
    otherwise = None if place is None else configured_otherwise(place, selection, folder)
    problems = [*_usual_configuration(request), *filter(None, (otherwise,)), *gathered.problems, *_other_rubrics(gathered, rubric)]
    for rater in gathered.raters:
        problems += overruled_problems(rater.name, rater.overruled, rubric)
        own, open_ones, found = marks_of(rater, rubric)
        marks += own
        conflicts += open_ones
        problems += found
    if not marks and not conflicts:
        raise Stop(*problems, findings.NOTHING_MARKED.at(Where()))
    problems += rehearsal_problems(request.rehearsal, marks)
    if desk is not None:
        problems += no_longer_there(marks, desk)
    outcome = _outcome(request, gathered, selection, rubric, desk, tuple(marks), tuple(conflicts), problems)
    return Merged(outcome=outcome, rubric=rubric, selection=selection, place=place, desk=desk, as_built=otherwise is None)


def _usual_configuration(request: MergeRequest) -> Iterator[Problem]:
    if request.config is None:
        yield config.examples_used() or findings.CONFIG_FOUND.at(Where(), config=config.default_folder())


def _outcome(
    request: MergeRequest,
    gathered: Gathered,
    selection: Selection,
    rubric: Rubric,
    desk: DeskData | None,
    marks: tuple[DossierMark, ...],
    conflicts: tuple[Conflict, ...],
    problems: list[Problem],
) -> Outcome:
    of_first = [mark for mark in marks if not mark.reread]
    totals = totals_by_dossier(of_first)
    by_rater: dict[str, list[DossierMark]] = {}
    for mark in marks:
        by_rater.setdefault(mark.rater, []).append(mark)
    raters = tuple(rater_result(rater, by_rater.get(rater.id, []), totals) for rater in gathered.raters)
    first = [rater.id for rater in raters if not rater.reread]
    dossiers = dossier_results(marks, raters, rubric.raters)
    cut = cut_at(request.cut, dossiers, rubric)
    problems += _cut_problems(cut, dossiers)
    found = differences(marks, dossiers, raters, rubric, cut)
    live = [mark for mark in of_first if mark.number not in request.rehearsal]
    return Outcome(
        department_code=gathered.department_code,
        department_name=selection.name.zh,
        admission_year=gathered.admission_year,
        rubric=rubric.id,
        raters=raters,
        dossiers=dossiers,
        marks=marks,
        differences=found,
        agreement=agreements(live, rubric),
        rehearsal=rehearsal(request.rehearsal, of_first, first, rubric),
        cut=cut,
        conflicts=conflicts,
        changed=() if desk is None else changed_since(marks, gathered.raters, desk),
        compared_with_site=desk is not None,
        disputed=disputed(found),
        refused=gathered.refused,
        problems=tuple(problems),
    )


def _cut_problems(cut: Cut | None, dossiers: Sequence[DossierResult]) -> Iterator[Problem]:
    if cut is not None and cut.line is None:
        yield findings.CUT_BEYOND.at(Where(), cut=cut.admitted, count=sum(result.enough for result in dossiers))


def _other_rubrics(gathered: Gathered, rubric: Rubric) -> Iterator[Problem]:
    own = rubric_sha256(rubric)
    for file, its_id, sha256 in gathered.rubrics:
        if its_id != rubric.id:
            yield findings.OTHER_RUBRIC.at(Where(file=file), id=its_id, own=rubric.id)
        elif sha256 != own:
            yield findings.RUBRIC_CHANGED.at(Where(file=file), id=its_id)
