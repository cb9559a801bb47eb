"""A build on a Dask cluster: the same site as a local build, whatever dies on the way; sentences where there is no cluster."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import distributed
import pytest

from reviewer import resources
from reviewer.cli.main import run as command
from reviewer.model.problem import ExitStatus, Stop
from reviewer.site import cluster, layout
from reviewer.site.build import build
from reviewer.site.report import BuildReport
from reviewer.site.request import Request
from reviewer.site.run import Crashed, Done, run

PICKED = ("001/001023/10110301", "001/001023/10110856", "101/101004/10110671")
REPORT = ("build-report.html", "build-report.json")

# Dask's own set-up and its connections that end with the processes they lead to.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


def local_cluster(workers: int) -> Any:
    return distributed.LocalCluster(  # type: ignore[no-untyped-call] # untyped library
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    )


@pytest.fixture(scope="module")
def dask() -> Iterator[Any]:
    with local_cluster(2) as running:
        yield running


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Attachments are processed once for all tests: they are not what is tested here."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def request_for(tmp_path: Path, cache: Path) -> Request:
    for package in PICKED:
        shutil.copytree(resources.data_folder("fixtures") / "committee" / package, tmp_path / "export" / package)
    return Request(
        packages=str(tmp_path / "export"),
        applications=None,
        config=resources.data_folder("site_config"),
        site=tmp_path / "site",
        cache=cache,
        with_pdf=False,
    )


def connect(address: str, request: Request) -> AbstractContextManager[cluster.Cluster]:
    return cluster.connect(address, site=request.site, cache=request.cache, packages=request.packages)


def on(address: str, request: Request, **options: Any) -> BuildReport:
    with connect(address, request) as joined:
        return build(replace(request, workers=joined.workers), open_pool=joined.open_pool, **options)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (*REPORT, "lock")
    }


def sentences(stop: Stop) -> list[str]:
    return [f"{problem.code} {problem}" for problem in stop.problems]


def test_a_cluster_makes_the_site_that_one_process_makes(dask: Any, request_for: Request, tmp_path: Path) -> None:
    assert on(dask.scheduler_address, request_for).made == 3
    local = replace(request_for, site=tmp_path / "local")
    build(local)
    assert contents(request_for.site) == contents(local.site)
    assert not (request_for.site / layout.STATE / "staging").exists()
    assert list(request_for.site.rglob("cluster-*")) + list(request_for.cache.glob("cluster-*")) == []


def test_a_package_at_a_remote_address_is_built_by_workers(dask: Any, request_for: Request) -> None:
    remote = replace(request_for, packages=Path(request_for.packages).as_uri())
    assert on(dask.scheduler_address, remote).made == 3


def dies_once(marker: str) -> str:
    if not Path(marker).exists():
        Path(marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "survived"


def dies(_job: str) -> str:
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"


def more_applicants(export: Path) -> int:
    """Two more of the second department, alike but for their numbers, so that workers hold jobs while the first dossier comes back."""
    for number in (10110672, 10110673):
        shutil.copytree(export / PICKED[2], export / "101/101004" / str(number))
    return len(PICKED) + 2


def kill_a_worker_at_work(own: Any) -> tuple[str, ...]:
    """Kill a worker and its dossier with it; return the jobs that it held at that moment. All stand still while one is chosen."""
    pids = {nanny.worker_address: nanny.pid for nanny in own.workers.values()}
    for pid in pids.values():
        os.kill(pid, signal.SIGSTOP)
    with distributed.Client(own, set_as_default=False) as client:  # type: ignore[no-untyped-call] # untyped library
        address, held = next((address, jobs) for address, jobs in client.processing().items() if jobs)
    os.kill(pids.pop(address), signal.SIGKILL)
    for pid in pids.values():
        os.kill(pid, signal.SIGCONT)
    return tuple(held)


def test_a_worker_killed_mid_build_costs_its_dossiers_a_second_go(request_for: Request, tmp_path: Path) -> None:
    dossiers = more_applicants(Path(request_for.packages))
    lost: list[tuple[str, ...]] = []
    with local_cluster(2) as own:

        def kill_one(done: int, _total: int) -> None:
            if done == 1:
                lost.append(kill_a_worker_at_work(own))

        report = on(own.scheduler_address, request_for, listener=kill_one)
    assert len(lost) == 1
    assert len(lost[0]) >= 1
    assert (report.made, report.totals.set_aside) == (dossiers, ())
    local = replace(request_for, site=tmp_path / "local")
    build(local)
    assert contents(request_for.site) == contents(local.site)


@pytest.mark.parametrize(("work", "outcome"), [(dies_once, "survived"), (dies, None)])
def test_a_job_that_kills_every_worker_is_given_up_and_no_other(
    work: Callable[[str], str], outcome: str | None, request_for: Request, tmp_path: Path
) -> None:
    with local_cluster(2) as own, connect(own.scheduler_address, request_for) as joined:
        ends = list(run([str(tmp_path / "marker")], work, workers=joined.workers, open_pool=joined.open_pool))
        after = list(run([3], abs, workers=joined.workers, open_pool=joined.open_pool))
    assert ends == ([Done(str(tmp_path / "marker"), outcome)] if outcome else [Crashed(str(tmp_path / "marker"))])
    assert after == [Done(3, 3)]


def slow(_job: int) -> None:
    time.sleep(30)


@contextmanager
def started(*arguments: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """One of Dask's own programs, as documented, ended whatever comes."""
    with log.open("wb") as file:
        process = subprocess.Popen([sys.executable, "-m", "dask", *arguments], stdout=file, stderr=file, cwd=log.parent)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(condition: Callable[[], object], seconds: float = 300) -> None:
    """Wait until something is so; an assertion fails when it never is."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def reviewer_build(request: Request, *more: str) -> list[str]:
    return [
        *(sys.executable, "-m", "reviewer", "build", request.packages, "--out", str(request.site)),
        *("--cache", str(request.cache), "--config", str(request.config), "--no-pdf", *more),
    ]


def test_the_scheduler_is_killed_and_the_next_run_completes(request_for: Request, tmp_path: Path) -> None:
    more_applicants(Path(request_for.packages))
    build(replace(request_for, site=tmp_path / "undisturbed"))
    dask = tmp_path / "dask"
    dask.mkdir()
    at = dask / "scheduler.json"
    scheduler = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(at))
    worker = ("worker", "--scheduler-file", str(at), "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(dask))
    with started(*scheduler, log=dask / "scheduler.log") as first, started(*worker, log=dask / "worker.log") as second:
        until(at.exists)
        address = json.loads(at.read_text(encoding="utf-8"))["address"]
        run = subprocess.Popen(
            reviewer_build(request_for, "--scheduler", address), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        until(lambda: list(request_for.site.glob(f"{layout.STATE}/staging/*/results/*.json")))
        # The worker stands still, or it would finish the next ones before the command has noticed.
        second.send_signal(signal.SIGSTOP)
        first.kill()
        said, complained = run.communicate(timeout=300)
    assert (run.returncode, said) == (ExitStatus.NOTHING, "")
    assert complained.rstrip().splitlines() == [
        f"錯誤 與排程器 {address} 的連線中斷。已發布的校系沒有變動。排程器恢復後請重新執行同一指令，已完成的檔案會沿用。",
        f"  The connection to the scheduler {address} was lost. Published departments stand as they were. "  # noqa: ISC004 - one line
        "Run the same command again when the scheduler is back; finished dossiers are taken over.",
    ]
    again = subprocess.run(reviewer_build(request_for, "--jobs", "1", "--json"), capture_output=True, text=True, check=True)
    report = json.loads(again.stdout)
    assert report["resumed"] > 0
    assert report["made"] + report["resumed"] == len(PICKED) + 2
    assert contents(request_for.site) == contents(tmp_path / "undisturbed")
    assert not (request_for.site / layout.STATE / "staging").exists()


def test_jobs_under_way_end_when_the_scheduler_is_lost(request_for: Request) -> None:
    own = local_cluster(1)
    with connect(own.scheduler_address, request_for) as joined:
        pool = joined.open_pool(1)
        waiting = pool.submit(slow, 1)
        threading.Thread(target=own.close, kwargs={"timeout": 5}).start()
        with pytest.raises(Stop) as caught:
            waiting.result(timeout=25)
    assert [problem.code for problem in caught.value.problems] == ["scheduler-lost"]


def test_a_worker_of_another_version_is_refused(dask: Any, request_for: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = cluster.common()
    monkeypatch.setattr(cluster, "common", lambda: (("code", "another"), *ours[1:]))
    with pytest.raises(Stop) as caught:
        on(dask.scheduler_address, request_for)
    (problem,) = caught.value.problems
    assert problem.code == "worker-differs"
    assert problem.what.zh == f"工作程序 {problem.where.file} 的版本與這裡不同（code），做出的檔案會不一致。"


def test_a_worker_that_does_not_see_a_folder_is_refused(dask: Any, request_for: Request) -> None:
    elsewhere = replace(request_for, packages="/nowhere/export")
    with connect(dask.scheduler_address, elsewhere) as joined, pytest.raises(Stop) as caught:
        joined.open_pool(1)
    (problem,) = caught.value.problems
    assert problem.code == "folder-not-shared"
    assert problem.what.zh == f"工作程序 {problem.where.file} 看不到資料夾 /nowhere/export。"


def build_with(scheduler: str, request: Request, *more: str) -> int:
    return command(["build", request.packages, "--out", str(request.site), "--cache", str(request.cache), "--scheduler", scheduler, *more])


def test_no_scheduler_at_the_address(request_for: Request, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    assert build_with("tcp://127.0.0.1:9", request_for) == ExitStatus.NOTHING
    assert "連不上排程器 tcp://127.0.0.1:9。" in capsys.readouterr().err
    assert not request_for.site.exists()


def test_what_is_no_address(request_for: Request, capsys: pytest.CaptureFixture[str]) -> None:
    assert build_with("carrier-pigeon://coop", request_for) == ExitStatus.USAGE
    assert "「carrier-pigeon://coop」不是排程器的位址。" in capsys.readouterr().err


def test_without_the_extra(request_for: Request, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def absent(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("reviewer.site.cluster.importlib.import_module", absent)
    with pytest.raises(Stop) as caught, cluster.connect("tcp://127.0.0.1:9", site=request_for.site, cache=request_for.cache, packages=""):
        pass
    assert sentences(caught.value) == [
        "cluster-not-installed --scheduler：--scheduler 需要 Dask，這裡沒有安裝。請執行 pip install 'portfolio-reviewer[cluster]' 後再試。"
    ]
    assert caught.value.status is ExitStatus.USAGE


def test_jobs_and_scheduler_exclude_each_other(request_for: Request, capsys: pytest.CaptureFixture[str]) -> None:
    assert build_with("tcp://127.0.0.1:9", request_for, "--jobs", "2") == ExitStatus.USAGE
    assert "--jobs 與 --scheduler 只能擇一。" in capsys.readouterr().err
