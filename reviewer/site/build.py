"""The main job: packages in, one published folder a department out."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

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
        material = replace(material, applications=())  # the plan has them
        work = _Work(request, paths, plan, material, listener, open_pool)
        work.dossiers()
        for code in plan.vanishing:
            publish.withdraw(paths, code)
        report = _report(request, material, plan, work, time.monotonic() - started)
        del material, plan, work  # thousands of dossiers, which the reports read from the records one at a time
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
        self._began = time.time()
        self.effort = EffortSum()
        self.made = 0
        self.kept = 0
        self.problems: list[Problem] = []
        self.traces: list[str] = []
        self.unpublished: list[tuple[str, Result]] = []
        self._read: dict[str, bytes] = {}  # content of each package that was read, by its location

    def dossiers(self) -> None:
        """Make what must be made, and publish each department as soon as its last dossier is there."""
        departments = {department.code: department for department in self._plan.departments}
        waiting = {code: department.count(Action.MAKE) for code, department in departments.items()}
        with ThreadPoolExecutor(1) as finisher:
            # Finishing a department takes seconds (fonts); in a thread of its own it does not keep the workers waiting.
            finishing = [finisher.submit(self._finish, departments[code], set()) for code in waiting if not waiting[code]]
            finishing.extend(finisher.submit(self._finish, departments[code], same) for code, same in self._outcomes(waiting))
            for future in finishing:
                future.result()
        self.kept += self._plan.count(Action.KEEP)
        dossiers = (dossier for department in self._plan.departments for dossier in department.dossiers)
        signed = {dossier.address.location: dossier.signature for dossier in dossiers if dossier.address.location in self._read}
        SignatureIndex(self._request.cache, self._request.site).save(
            {location: (signed[location], content.hex()) for location, content in self._read.items()}
        )

    def _outcomes(self, waiting: dict[str, int]) -> Iterator[tuple[str, set[str]]]:
        """Yield the code of each department whose last dossier is there, and which of its dossiers turned out to be what they were.

        `waiting` says how many of each department are to be made.
        """
        total, done = sum(waiting.values()), 0
        same: dict[str, set[str]] = {code: set() for code in waiting}
        self._listener(done, total)
        for outcome in run.run(self._jobs(), job.make, workers=self._request.workers, open_pool=self._open_pool):
            task = outcome.job
            code = task.selection.department_code
            if isinstance(outcome, run.Crashed):
                job.crashed(task)
            elif self._take(task, outcome.reply):
                same[code].add(task.name)
                self.kept += 1
            waiting[code] -= 1
            done += 1
            self._listener(done, total)
            if not waiting[code]:
                yield code, same.pop(code)

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
                        began=self._began,
                        with_pdf=self._request.with_pdf,
                        watermark=self._material.watermark,
                        notes=dossier.notes,
                    )

    def _take(self, task: Job, reply: Reply) -> bool:
        """Note what came back; True when the published dossier can stay."""
        if reply.stop is not None:
            raise Stop(reply.stop, status=ExitStatus.NOTHING)
        self.effort.add(reply.effort)
        if reply.trace:
            self.traces.append(reply.trace)
        if reply.content_sha256 and task.signature:
            self._read[task.address.location] = bytes.fromhex(reply.content_sha256)
        self.made += reply.state is State.MADE
        return reply.state is None

    def _finish(self, planned: PlannedDepartment, same: set[str]) -> None:
        kept = same.union(dossier.name for dossier in planned.dossiers if dossier.action is Action.KEEP)
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
