"""The main job: packages in, one published folder a department out."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from reviewer.model.problem import ExitStatus, Problem, Stop
from reviewer.site import disk, job, layout, office, publish, run, survey
from reviewer.site.department import Department
from reviewer.site.inputs import versions
from reviewer.site.leak_report import GUARDS
from reviewer.site.plan import Action, PlannedDepartment, SitePlan
from reviewer.site.report import BuildReport, EffortSum, summarise
from reviewer.site.request import Material, Request, gather
from reviewer.site.results import Result, State
from reviewer.site.signatures import SignatureIndex
from reviewer.site.stages import STAGES
from reviewer.site.task import Job, Reply

Listener = Callable[[int, int], None]
"""Told of progress: dossiers done, dossiers to do."""


def build(
    request: Request,
    *,
    listener: Listener = lambda _done, _total: None,
    open_pool: run.OpenPool = run.local_pool,
    material: Material | None = None,
) -> BuildReport:
    """Build a site. Raises `Stop` when the run cannot go on; the published folders stand then as they were.

    `material` is what a preview has gathered itself; a build looks at the places that the request names.
    """
    started = time.monotonic()
    material = gather(request) if material is None else material
    paths = layout.Paths(request.site)
    with publish.sole_build(paths), disk.target_errors(request.site):
        publish.recover(paths)
        plan = survey.plan(request, material)
        work = _Work(request, paths, plan, material, listener, open_pool)
        work.dossiers()
        for code in plan.vanishing:
            publish.withdraw(paths, code)
        report = _report(request, material, plan, work, time.monotonic() - started)
        office.write(paths, report)
        publish.clear(paths)
    return report


class _Work:
    """The dossiers of one build, department by department."""

    def __init__(
        self, request: Request, paths: layout.Paths, plan: SitePlan, material: Material, listener: Listener, open_pool: run.OpenPool
    ) -> None:
        self._request, self._paths, self._plan, self._material = request, paths, plan, material
        self._listener, self._open_pool = listener, open_pool
        self.effort = EffortSum()
        self.made = 0
        self.kept = 0
        self.problems: list[Problem] = []
        self.traces: list[str] = []
        self.unpublished: list[tuple[str, Result]] = []
        self._read: dict[str, tuple[str, str]] = {}

    def dossiers(self) -> None:
        """Make what must be made, and publish each department as soon as its last dossier is there."""
        waiting = {department.code: _to_make(department) for department in self._plan.departments}
        kept = {department.code: _names(department, Action.KEEP) for department in self._plan.departments}
        by_code = {department.code: department for department in self._plan.departments}
        with ThreadPoolExecutor(1) as finisher:
            # Finishing a department takes seconds (fonts); in a thread of its own it does not keep the workers waiting.
            finishing = [finisher.submit(self._finish, by_code[code], kept[code]) for code in waiting if not waiting[code]]
            finishing.extend(finisher.submit(self._finish, by_code[code], kept[code]) for code in self._outcomes(waiting, kept))
            for future in finishing:
                future.result()
        self.kept = sum(len(names) for names in kept.values())
        SignatureIndex(self._request.cache, self._request.site).save(self._read)

    def _outcomes(self, waiting: dict[str, set[str]], kept: dict[str, set[str]]) -> Iterator[str]:
        """Yield the code of each department whose last dossier is there."""
        total, done = sum(len(names) for names in waiting.values()), 0
        self._listener(done, total)
        for outcome in run.run(self._jobs(), job.make, workers=self._request.workers, open_pool=self._open_pool):
            task = outcome.job
            code = task.selection.department_code
            if isinstance(outcome, run.Crashed):
                job.crashed(task)
            elif self._take(task, outcome.reply):
                kept[code].add(task.name)
            waiting[code].discard(task.name)
            done += 1
            self._listener(done, total)
            if not waiting[code]:
                yield code

    def _jobs(self) -> Iterator[Job]:
        for department in self._plan.departments:
            staging = self._paths.staged(department.code).root
            for dossier in department.dossiers:
                if dossier.action is Action.MAKE:
                    yield Job(
                        name=dossier.name,
                        application=dossier.application,
                        address=dossier.address,
                        signature=dossier.signature,
                        inputs=dossier.inputs,
                        published=dossier.published,
                        selection=department.selection,
                        staging=str(staging.absolute()),
                        cache=str(self._request.cache.absolute()),
                        with_pdf=self._request.with_pdf,
                        watermark=self._material.watermark,
                        notes=self._material.notes.get((dossier.address.package_id, department.code), ()),
                    )

    def _take(self, task: Job, reply: Reply) -> bool:
        """Note what came back; True when the published dossier can stay."""
        if reply.stop is not None:
            raise Stop(reply.stop, status=ExitStatus.NOTHING)
        self.effort.add(reply.effort)
        if reply.trace:
            self.traces.append(reply.trace)
        if reply.content_sha256 and task.signature:
            self._read[task.address.location] = task.signature, reply.content_sha256
        self.made += reply.state is State.MADE
        return reply.state is None

    def _finish(self, planned: PlannedDepartment, kept: set[str]) -> None:
        if planned.unchanged(kept):
            disk.remove_tree(self._paths.staged(planned.code).root)
            return
        department = Department(
            self._paths,
            planned,
            frozenset(kept),
            watermark=self._material.watermark,
            rubric=self._material.rubrics.get(planned.selection.rubric),
        )
        problems = department.finish()
        if problems:
            self.problems += problems
            self.unpublished += ((planned.code, result) for result in department.set_aside())
        else:
            publish.publish(self._paths, planned.code)


def _to_make(department: PlannedDepartment) -> set[str]:
    return _names(department, Action.MAKE)


def _names(department: PlannedDepartment, action: Action) -> set[str]:
    return {dossier.name for dossier in department.dossiers if dossier.action is action}


def _report(request: Request, material: Material, plan: SitePlan, work: _Work, seconds: float) -> BuildReport:
    problems = (*material.problems, *plan.problems, *work.problems)
    effort = work.effort
    return BuildReport(
        site=str(request.site),
        packages=material.packages,
        idle_packages=material.idle_packages,
        made=work.made,
        kept=work.kept,
        resumed=plan.count(Action.RESUME),
        removed=len(plan.vanishing) + sum(len(department.vanishing) for department in plan.departments),
        problems=problems,
        totals=summarise(layout.Paths(request.site), problems, work.unpublished),
        seconds=round(seconds, 3),
        stages=tuple((name, round(effort.stages[name], 3)) for name in STAGES if name in effort.stages),
        cpu_seconds=round(effort.cpu_seconds, 3),
        cache_hits=effort.cache_hits,
        cache_misses=effort.cache_misses,
        workers=request.workers,
        guards_missing=tuple(guard for guard in GUARDS if guard in effort.guards_missing),
        versions=versions(),
        traces=tuple(work.traces),
    )
