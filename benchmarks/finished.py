"""Dossiers that are finished already, in place of work: each job gets one of them as hard links, and its result under the job's own name.

The parent's work is all of it real: plan, jobs to the processes of its own pool, replies, departments put together, fonts cut, folders checked, published and recorded,
reports. A build of thousands takes two minutes instead of hours. `python -m benchmarks.finished EXPORT SITE CACHE --finished MODELS`
runs one such build in a process of its own and prints what it came to, with the process's peak as the kernel kept it.
"""

import argparse
import gc
import itertools
import json
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from reviewer import resources
from reviewer.model.canonical import canonical_json
from reviewer.search import shards
from reviewer.site import disk, layout, record
from reviewer.site.build import build
from reviewer.site.request import Request
from reviewer.site.results import Effort, Finished, State
from reviewer.site.run import local_pool
from reviewer.site.task import Job, Reply

ENOUGH = 12
"""Finished dossiers of each department that are given out in turn."""


class Pool(Executor):
    """The build's own pool of processes; what a worker does with a job is to give it a finished dossier."""

    def __init__(self, workers: int, models: Path) -> None:
        self._pool = local_pool(workers)
        self._models = {folder.name: sorted(folder.iterdir()) for folder in sorted(models.iterdir())}
        self._turns = itertools.count()

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:  # noqa: ARG002 - an executor's signature
        """Give a finished dossier to the job; `work` is not called."""
        (job,) = arguments
        models = self._models.get(job.selection.department_code) or next(iter(self._models.values()))
        return self._pool.submit(give, job, models[next(self._turns) % len(models)])

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


def lay_out(finished: layout.Paths, models: Path) -> None:
    """Put the first finished dossiers of each department where the pool finds them: folder, line of the record, search record."""
    for path in sorted(finished.records.glob("*.jsonl")):
        standing = shards.Standing(finished.department(path.stem) / layout.DATA)
        made = (result for result in record.results(path) if result.state is State.MADE)
        for result in itertools.islice(made, ENOUGH):
            model = models / path.stem / result.name
            model.mkdir(parents=True)
            disk.link_tree(finished.department(path.stem) / result.name, model / "site")
            (model / "result").write_bytes(canonical_json(Finished(result=result, signature="", effort=Effort())))
            (model / "search").write_bytes(standing.record(result.applicant_number))


def give(job: Job, model: Path) -> Reply:
    """Lay a finished dossier into staging as this job's own."""
    staged, number = layout.Staged(Path(job.staging)), job.application.applicant_number
    for folder in (staged.site, staged.search, staged.results):
        folder.mkdir(parents=True, exist_ok=True)
    finished = record.read_finished(model / "result")
    if finished is None:
        raise FileNotFoundError(model)
    former = finished.result.applicant_number
    disk.link_tree(model / "site", staged.site / job.name)
    search = (model / "search").read_bytes().decode("utf-16-le").replace(former, number)
    staged.search_record(job.name).write_bytes(search.encode("utf-16-le"))
    result = replace(
        finished.result,
        name=job.name,
        applicant_number=number,
        package_id=job.address.package_id,
        inputs=replace(job.inputs, package=f"{int(number):064x}" if number.isdecimal() else "0" * 64),
        row=finished.result.row.replace(former, number),
    )
    staged.result(job.name).write_bytes(canonical_json(Finished(result=result, signature=job.signature, effort=Effort())))
    return Reply(state=State.MADE, content_sha256=result.inputs.package)


def peak_mb() -> float:
    """Most memory that this process ever held."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def main() -> None:
    """Build, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("export", type=Path)
    parser.add_argument("site", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--finished", type=Path, required=True, help="what `lay_out` wrote")
    parser.add_argument("--config", type=Path, default=resources.data_folder("site_config"))
    options = parser.parse_args()
    request = Request(
        packages=str(options.export / "central"),
        applications=options.export / "applications.csv",
        config=options.config,
        site=options.site,
        cache=options.cache,
        with_pdf=False,
        workers=2,
    )
    began = time.monotonic()
    gc.freeze()  # as the command does
    report = build(request, open_pool=lambda workers: Pool(workers, options.finished))
    seconds = round(time.monotonic() - began, 1)
    print(json.dumps({"made": report.made, "kept": report.kept, "parent_peak_mb": round(peak_mb(), 1), "seconds": seconds}))


if __name__ == "__main__":
    main()
