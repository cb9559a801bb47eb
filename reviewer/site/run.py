"""Jobs over a pool of processes, through `concurrent.futures.Executor`: a local pool here, a cluster's executor where one is given.

Few jobs are under way at any moment, so that thousands cost no more memory than ten. A worker that dies takes the whole pool with it and
does not say at which job: all that were under way are tried once more, each alone, and only one that kills its worker again is given up.
"""

import itertools
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from typing import Generic, TypeVar

Job = TypeVar("Job")
Reply = TypeVar("Reply")

WINDOW_PER_WORKER = 3
"""Jobs under way for each worker: one running, the others at hand, so that nobody waits for the parent."""

JOBS_PER_WORKER = 250
"""A pool is closed and opened anew after so many jobs for each worker: what libraries in C leak stays bounded."""

PRELOADED = ("reviewer.site.dossier",)
"""Modules that every worker needs."""

OpenPool = Callable[[int], Executor]
"""Opens an executor with so many workers."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Job, Reply]):
    """A job that came back."""

    job: Job
    """What was asked."""
    reply: Reply
    """What came back."""


@dataclass(frozen=True, slots=True)
class Crashed(Generic[Job]):
    """A job whose worker died twice."""

    job: Job
    """What was asked."""


def local_pool(workers: int) -> Executor:
    """Open a pool of processes on this machine. They start from a clean server process, not as copies of this one with its threads."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    # What lays out and draws takes a second to import: the server does it once, for all workers.
    context.set_forkserver_preload(list(PRELOADED))
    return ProcessPoolExecutor(max_workers=workers, mp_context=context, initializer=begin_worker)


def begin_worker() -> None:
    """Let Ctrl-C be the parent's business, and end at once when the parent is gone, so that nothing writes behind the back of the next build."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def run(
    jobs: Iterable[Job],
    work: Callable[[Job], Reply],
    *,
    workers: int,
    open_pool: OpenPool = local_pool,
    jobs_per_worker: int = JOBS_PER_WORKER,
) -> Iterator[Done[Job, Reply] | Crashed[Job]]:
    """Yield what becomes of every job, as it comes back. `work` must be a function of a module; what it raises is raised here."""
    waiting = iter(jobs)
    for first in waiting:
        served = itertools.chain([first], itertools.islice(waiting, workers * jobs_per_worker - 1))
        broken = True
        while broken:
            suspects: list[Job] = []
            yield from _serve(served, work, workers, open_pool, suspects)
            yield from _alone(suspects, work, open_pool)
            broken = bool(suspects)


def _serve(
    jobs: Iterator[Job], work: Callable[[Job], Reply], workers: int, open_pool: OpenPool, suspects: list[Job]
) -> Iterator[Done[Job, Reply]]:
    """Serve jobs until there are none left, or until the pool breaks: then `suspects` are those that were under way."""
    under_way: dict[Future[Reply], Job] = {}
    executor = open_pool(workers)
    try:
        while not suspects:
            for job in itertools.islice(jobs, workers * WINDOW_PER_WORKER - len(under_way)):
                try:
                    under_way[executor.submit(work, job)] = job
                except BrokenExecutor:
                    suspects.append(job)
                    break
            if not under_way:
                return
            finished, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in finished:
                yield from _collect(future, under_way.pop(future), suspects)
        for future, job in under_way.items():
            yield from _collect(future, job, suspects)
    finally:
        executor.shutdown(cancel_futures=True)


def _collect(future: Future[Reply], job: Job, suspects: list[Job]) -> Iterator[Done[Job, Reply]]:
    try:
        yield Done(job, future.result())
    except BrokenExecutor:
        suspects.append(job)


def _alone(jobs: list[Job], work: Callable[[Job], Reply], open_pool: OpenPool) -> Iterator[Done[Job, Reply] | Crashed[Job]]:
    """Try each job by itself; a worker that survives serves the next one too."""
    left = iter(jobs)
    job = next(left, None)
    while job is not None:
        with open_pool(1) as executor:
            while job is not None:
                try:
                    yield Done(job, executor.submit(work, job).result())
                except BrokenExecutor:
                    yield Crashed(job)
                    job = next(left, None)
                    break
                job = next(left, None)
