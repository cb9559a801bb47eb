"""One dossier, from its package to a finished folder in staging. Runs in a worker process; what goes in and comes back is small.

The result file is written last: it vouches for the folder, so that a build that was stopped can be taken up where it was.
"""

import contextlib
import os
import shutil
import traceback
from dataclasses import replace
from pathlib import Path

from reviewer.model.canonical import canonical_json
from reviewer.model.problem import Problem, ProblemKind, SetAside, SetAsideForNow, Severity, Where
from reviewer.model.text import Text
from reviewer.packages.contents import PackageChanged
from reviewer.site import disk, layout, time_limit
from reviewer.site.results import Effort, Finished, Inputs, Result, State
from reviewer.site.stages import Stages
from reviewer.site.task import Job, Reply

FAILED = ProblemKind(
    "dossier-failed",
    Severity.ERROR,
    Text("製作時發生未預期的錯誤（{kind}：{words}）。", "An unexpected error met this dossier ({kind}: {words})."),
    Text(
        "其他檔案不受影響；請將本報告與這份資料回報給系統維護者。",
        "No other dossier is affected; please report this, with the package, to those who maintain the program.",
    ),
)

CRASHED = ProblemKind(
    "dossier-crashed",
    Severity.ERROR,
    Text(
        "製作這份檔案的程序兩次中斷（可能是記憶體不足或附件損壞）。",
        "The process that made this dossier died twice (no memory left, or a damaged attachment).",
    ),
    Text("請以 --jobs 1 再試；若仍中斷，請檢查它的附件。", "Try again with --jobs 1; if it still dies, look at its attachments."),
)


def make(job: Job) -> Reply:
    """Make a dossier. Never raises: what cannot be made is set aside, and a target that cannot be written is told."""
    stages = Stages()
    try:
        return _make(job, stages)
    except OSError as error:
        place = _target_of(error, job)
        if place is not None:
            return Reply(state=None, stop=disk.stop_for(error, place).problems[0])
        return _set_aside_unexpected(job, stages, error)
    except Exception as error:  # noqa: BLE001 - law 4: whatever is wrong with one dossier, the others are made
        return _set_aside_unexpected(job, stages, error)


def crashed(job: Job) -> None:
    """Write down that a dossier killed its worker twice. Called by the parent."""
    _finish(job, _aside(job, job.inputs, (CRASHED.at(Where(package=job.address.package_id)),), lasting=False), Effort())


def _make(job: Job, stages: Stages) -> Reply:
    # They bring in all that reads, lays out and draws, which the parent process never needs.
    from reviewer.site import dossier  # noqa: PLC0415

    dossier.warm_up(with_pdf=job.with_pdf)
    try:
        return _once(job, stages)
    except PackageChanged:
        # Whoever wrote into it may be done by now.
        return _once(job, stages, is_last=True)


def _once(job: Job, stages: Stages, *, is_last: bool = False) -> Reply:
    """Make the dossier of the package as it is now. Raises `PackageChanged`, unless this is the last time."""
    from reviewer.packages.opening import open_package  # noqa: PLC0415 - as in `_make`
    from reviewer.site import dossier  # noqa: PLC0415

    inputs, unread = job.inputs, list[str]()
    try:
        with contextlib.ExitStack() as stack:
            with stages.stage("open"):
                opened = stack.enter_context(open_package(job.address))
                # Files that cannot be read count by their size here; reading tells of them.
                inputs = replace(inputs, package=opened.fingerprint(unread))
            if inputs == job.published:
                return Reply(state=None, content_sha256=inputs.package, effort=_effort(stages))
            stack.enter_context(time_limit.worker_ends())
            result, effort = dossier.build(job, inputs, opened, stages)
    except SetAsideForNow as reason:
        if isinstance(reason, PackageChanged) and not is_last:
            raise
        result, effort = _aside(job, inputs, reason.problems, lasting=False), _effort(stages)
    except SetAside as reason:
        result, effort = _aside(job, inputs, reason.problems, lasting=bool(inputs.package)), _effort(stages)
    if unread:  # what stood in the way may be gone, and no time or size of a file would show it
        result = replace(result, lasting=False)
    _finish(job, result, effort)
    return Reply(state=result.state, content_sha256="" if unread else inputs.package, effort=effort)


def _set_aside_unexpected(job: Job, stages: Stages, error: Exception) -> Reply:
    words = str(error).strip().partition("\n")[0][:200] or "–"
    problem = FAILED.at(Where(package=job.address.package_id), kind=type(error).__name__, words=words)
    result = _aside(job, job.inputs, (problem,), lasting=False)
    try:
        _finish(job, result, _effort(stages))
    except OSError as disk_error:
        place = _target_of(disk_error, job) or Path(job.staging)
        return Reply(state=None, stop=disk.stop_for(disk_error, place).problems[0])
    return Reply(state=State.SET_ASIDE, effort=_effort(stages), trace=traceback.format_exc())


def _aside(job: Job, inputs: Inputs, problems: tuple[Problem, ...], *, lasting: bool) -> Result:
    return Result(
        name=job.name,
        applicant_number=job.application.applicant_number,
        package_id=job.address.package_id,
        inputs=inputs,
        state=State.SET_ASIDE,
        lasting=lasting,
        problems=problems,
    )


def _finish(job: Job, result: Result, effort: Effort) -> None:
    staged = layout.Staged(Path(job.staging))
    if result.state is State.SET_ASIDE:
        disk.remove_tree(staged.site / job.name)
    finished = Finished(result=result, signature=job.signature, effort=effort)
    staged.results.mkdir(parents=True, exist_ok=True)
    disk.write_whole(staged.result(job.name), canonical_json(finished))


def _effort(stages: Stages) -> Effort:
    return Effort(seconds=stages.seconds(), cpu_seconds=stages.cpu_seconds())


def _target_of(error: OSError, job: Job) -> Path | None:
    """Where the target failed; None when the error is about something else, such as a file of the package."""
    if error.errno in disk.FULL_ERRORS:
        return Path(os.fsdecode(error.filename)) if error.filename else min((Path(job.staging), Path(job.cache)), key=_room)
    if error.errno not in disk.TARGET_ERRORS or not error.filename:
        return None
    failed = Path(os.fsdecode(error.filename))
    own = (Path(job.staging), Path(job.cache))
    return failed if any(failed.is_relative_to(folder) for folder in own) else None


def _room(folder: Path) -> int:
    """Bytes that are free where a folder is. A write that finds no room does not say of which file; it is the fuller of two disks."""
    there = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    return shutil.disk_usage(there).free
