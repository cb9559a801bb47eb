"""Jobs on a Dask cluster, behind the same `Executor` as the local pool: `with connect(address, …) as cluster: build(…, open_pool=cluster.open_pool)`.

What passes between the machines is addresses and small replies: packages are read, and dossiers written, on folders that all workers share.
Before the first job every worker is asked whether it has the same code, templates, themes and fonts (law 7) and sees the same folders; one
that joins later is asked with its first job. A worker runs one dossier at a time, however many threads it was given.

A worker that dies is Dask's business first: its jobs go to other workers. A job that still finds none that survives it comes back as a broken
pool, and `run` tries it once more, alone, before it is given up. When the scheduler is lost, every job under way ends in the same `Stop`; what was
finished lies in staging for the next run.
"""

import contextlib
import functools
import importlib
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any, TypeVar

from reviewer import resources
from reviewer.model.problem import Problem, Stop, Where
from reviewer.packages import remote
from reviewer.site import cluster_findings as findings
from reviewer.site import inputs, layout

CONNECT_SECONDS = 20
"""A scheduler that does not answer within this time is not there."""

WORKERS_SECONDS = 120
"""So long the first worker may take to join, and workers of a build that was stopped to end what they had begun."""

WATCH_SECONDS = 0.5
"""How often the connection is looked at."""

_SPEAKERS = ("distributed", "tornado", "asyncio")
"""Loggers that tell of a lost connection by tracebacks."""

Answer = TypeVar("Answer")


class WorkerLost(BrokenExecutor):
    """A job's workers died, each time."""


@contextlib.contextmanager
def connect(address: str, *, site: Path, cache: Path, packages: str) -> Iterator["Cluster"]:
    """Connect to a scheduler and wait for its first worker. Raises `Stop`: status 2 for what was asked wrongly, 1 for what is not there."""
    distributed = _distributed()
    _quiet()
    place = Where(file=address)
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise Stop(findings.SCHEDULER_NOT_THERE.at(place, address=address)) from error
    except (ValueError, TypeError, ImportError) as error:
        raise Stop(findings.SCHEDULER_ADDRESS.at(place, address=address), status=findings.USAGE) from error
    cluster = Cluster(client, address, (site, cache), packages)
    try:
        cluster.wait_for_workers()
        yield cluster
    finally:
        cluster.close()


class Cluster:
    """A connection to a scheduler, for one build."""

    def __init__(self, client: Any, address: str, folders: tuple[Path, ...], packages: str) -> None:
        self._client, self._address = client, address
        self._probe = Probe(folders, packages)
        self._ready = False

    @property
    def workers(self) -> int:
        """Workers at this moment; each runs one dossier at a time."""
        return max(1, len(self._client.scheduler_info(n_workers=-1)["workers"]))

    def wait_for_workers(self) -> None:
        """Wait until there is one. Raises `Stop`."""
        try:
            self._client.wait_for_workers(1, timeout=WORKERS_SECONDS)
        except TimeoutError as error:
            raise Stop(findings.NO_WORKERS.at(Where(file=self._address), address=self._address, seconds=WORKERS_SECONDS)) from error
        except OSError as error:
            raise self._lost() from error

    def open_pool(self, workers: int) -> Executor:  # noqa: ARG002 - the cluster has the workers that it has
        """An executor over the whole cluster; to be called once the site is held by this build."""
        if not self._ready:
            self._probe.place()
            self._ask_all()
            self._ready = True
        return _ClusterExecutor(self._client, self._probe, self._lost)

    def close(self) -> None:
        """Let go of the cluster, which is not ours to end."""
        self._probe.remove()
        with contextlib.suppress(OSError, TimeoutError):
            self._client.close(timeout=WATCH_SECONDS if self._client.status != "running" else CONNECT_SECONDS)

    def _ask_all(self) -> None:
        """Ask every worker what `answer` tells, and wait for those that still work for a build that was stopped."""
        end = time.monotonic() + WORKERS_SECONDS
        answers = self._on_all(answer, self._probe)
        for worker in sorted(answers):
            problem = self._probe.judge(worker, answers[worker])
            if problem is not None:
                raise Stop(problem)
        while any(self._on_all(is_busy).values()):
            if time.monotonic() > end:
                raise Stop(findings.WORKERS_BUSY.at(Where(file=self._address), address=self._address))
            time.sleep(WATCH_SECONDS)

    def _on_all(self, function: Callable[..., Answer], *arguments: object) -> Mapping[str, Answer]:
        try:
            answers: Mapping[str, Answer] = self._client.run(function, *arguments)
        except OSError as error:
            raise self._lost() from error
        except Exception as error:  # a worker without the program answers with whatever its import raised
            raise unfit("", error) from error
        return answers

    def _lost(self) -> Stop:
        return Stop(findings.SCHEDULER_LOST.at(Where(file=self._address), address=self._address))


class Probe:
    """What a worker must have in common with us: sent with every job, answered once a worker."""

    def __init__(self, folders: tuple[Path, ...], packages: str) -> None:
        token = secrets.token_hex(8)
        site, *others = (folder.absolute() for folder in folders)
        self.marks = (str(site / layout.STATE / f"cluster-{token}"), *(str(folder / f"cluster-{token}") for folder in others))
        """Files that must be there, one in each folder that is shared."""
        self.packages = "" if remote.is_remote(packages) else str(Path(packages).expanduser().absolute())
        """The export, where it is a folder."""
        self.common = common()
        """Fingerprints of what makes a dossier."""

    def place(self) -> None:
        """Put the marks where workers look for them."""
        for mark in self.marks:
            Path(mark).parent.mkdir(parents=True, exist_ok=True)
            Path(mark).touch()

    def remove(self) -> None:
        """Take the marks away."""
        for mark in self.marks:
            with contextlib.suppress(OSError):
                Path(mark).unlink(missing_ok=True)

    def judge(self, worker: str, theirs: tuple[tuple[tuple[str, str], ...], tuple[str, ...]]) -> Problem | None:
        """What makes a worker unfit; None when nothing does."""
        what, missing = theirs
        other = [name for name, value in what if dict(self.common)[name] != value]
        if other:
            return findings.WORKER_DIFFERS.at(Where(file=worker), worker=worker, what="、".join(other))
        if missing:
            return findings.FOLDER_NOT_SHARED.at(Where(file=worker), worker=worker, folder=missing[0])
        return None


def answer(probe: Probe) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """On a worker: its own fingerprints, and which of the shared places it does not see."""
    places = (*probe.marks, *([probe.packages] if probe.packages else []))
    missing = [place for place in places if not Path(place).exists()]
    return common(), tuple(str(Path(place).parent) if place in probe.marks else place for place in missing)


@functools.cache
def common() -> tuple[tuple[str, str], ...]:
    """Fingerprints of everything that a dossier is made with, by name."""
    return (
        ("code", inputs.code_sha256()),
        ("fonts", inputs.fonts_sha256()),
        ("templates", inputs.tree_sha256(resources.data_folder("templates"))),
        ("themes", inputs.tree_sha256(resources.data_folder("themes"))),
    )


_ONE_AT_A_TIME = threading.Lock()
_fit: set[str] = set()


def is_busy() -> bool:
    """On a worker: whether a dossier is being made."""
    return _ONE_AT_A_TIME.locked()


def serve(probe: Probe, work: Callable[..., Answer], *arguments: object) -> Answer:
    """On a worker: do a job, once it is known that this worker is fit. Raises `Stop` when it is not."""
    with _ONE_AT_A_TIME:
        if probe.marks[0] not in _fit:
            problem = probe.judge(_worker_name(), answer(probe))
            if problem is not None:
                raise Stop(problem)
            _fit.add(probe.marks[0])
        return work(*arguments)


def _worker_name() -> str:
    return str(_distributed().get_worker().address)


def unfit(worker: str, error: Exception) -> Stop:
    """The sentence for a worker that cannot even begin: the program, or one of another version, is not installed there."""
    return Stop(findings.WORKER_UNFIT.at(Where(file=worker), kind=type(error).__name__, words=str(error).partition("\n")[0][:200]))


class _ClusterExecutor(Executor):
    """Submits through the client's own executor; what becomes of a job is told in the words of `run`."""

    def __init__(self, client: Any, probe: Probe, lost: Callable[[], Stop]) -> None:
        self._client, self._probe, self._lost = client, probe, lost
        # Not pure: the same job twice is two jobs.
        self._inner = client.get_executor(pure=False)
        self._comm = client.scheduler_comm
        self._open: set[Future[Any]] = set()
        self._changing = threading.Lock()
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, work: Callable[..., Answer], /, *arguments: Any, **options: Any) -> Future[Answer]:
        """Hand a job to the cluster."""
        future: Future[Answer] = Future()
        if not self._connected():
            raise self._lost()
        with self._changing:
            self._open.add(future)
        inner = self._inner.submit(serve, self._probe, functools.partial(work, **options), *arguments)
        inner.add_done_callback(functools.partial(self._settle, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for what is under way, or cancel what has not begun."""
        self._ended.set()
        with contextlib.suppress(Exception):  # a connection that is gone has nothing to wait for, whatever Dask says of it
            if self._connected():
                self._inner.shutdown(wait=wait and not cancel_futures)

    def _connected(self) -> bool:
        """Whether this is still the connection that jobs were handed to: a scheduler that comes back knows nothing of them."""
        return self._client.status == "running" and self._client.scheduler_comm is self._comm

    def _watch(self) -> None:
        while not self._ended.wait(WATCH_SECONDS):
            if not self._connected():
                with self._changing:
                    stranded = list(self._open)
                for future in stranded:
                    self._end(future, self._lost())

    def _settle(self, future: Future[Answer], inner: Future[Answer]) -> None:
        if inner.cancelled():
            self._end(future, self._lost())
            return
        error = inner.exception()
        if error is None:
            self._end(future, inner.result())
        elif isinstance(error, Stop):
            self._end(future, error)
        elif isinstance(error, _distributed().KilledWorker):
            self._end(future, WorkerLost())
        else:
            self._end(future, unfit("", error) if isinstance(error, Exception) else error)

    def _end(self, future: Future[Any], outcome: object) -> None:
        """Give a job its end, once: the watch and Dask may both have one for it."""
        with self._changing:
            if future not in self._open:
                return
            self._open.discard(future)
        if isinstance(outcome, BaseException):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)


def _quiet() -> None:
    """What Dask, and the loop that it runs on, say of lost connections is said here, once and in words.

    Dask gives some of its loggers a level of their own when it is imported, so that the level of their parent does not reach them.
    """
    for name in [*_SPEAKERS, *logging.root.manager.loggerDict]:
        if name.partition(".")[0] in _SPEAKERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _distributed() -> Any:
    """The library, which is installed with the extra `cluster` only. Raises `Stop`."""
    try:
        return importlib.import_module("distributed")
    except ImportError as error:
        raise Stop(findings.CLUSTER_MISSING.at(Where(file="--scheduler")), status=findings.USAGE) from error
