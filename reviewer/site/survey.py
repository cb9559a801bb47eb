"""What stands already: the packages as they lie there, the published folders with their records, what a stopped build left in staging."""

import dataclasses
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from reviewer.model.canonical import canonical_sha256
from reviewer.model.selection import Selection
from reviewer.search import shards
from reviewer.selection.rubrics import Rubric, rubric_sha256
from reviewer.site import inputs, layout, publish, record, rehash, run, signatures, sums
from reviewer.site.plan import DepartmentFacts, Seen, SitePlan, Standing, plan_site
from reviewer.site.request import Material, Request
from reviewer.site.results import Finished, Inputs, Result, State


def plan(request: Request, material: Material) -> SitePlan:
    """Look at what stands and lay out the site. Reads only, and of packages names, sizes and times only."""
    return _plan(layout.Paths(request.site), request, material, _seen(request, material))


def plan_rehashed(request: Request, material: Material, open_pool: run.OpenPool = run.local_pool) -> SitePlan:
    """The same with every package read again, as `--rehash` makes a build do: then the plan knows what is made and what only looked changed."""
    addresses = {address.location: address for _, address in material.applications}
    contents = {
        outcome.job.location: outcome.reply if isinstance(outcome, run.Done) else ""
        for outcome in run.run(addresses.values(), rehash.content, workers=request.workers, open_pool=open_pool)
    }
    seen = {location: replace(one, content_sha256=contents[location]) for location, one in _seen(request, material).items()}
    return _plan(layout.Paths(request.site), request, material, seen)


def _plan(paths: layout.Paths, request: Request, material: Material, seen: Mapping[str, Seen]) -> SitePlan:
    return plan_site(
        applications=material.applications,
        seen=seen,
        selections=material.selections,
        facts=lambda code: _facts(paths, material.selections[code], request, material),
        standing_departments=(path.stem for path in paths.records.glob("*.jsonl")) if paths.records.is_dir() else (),
        all_departments=not request.departments,
    )


def _seen(request: Request, material: Material) -> dict[str, Seen]:
    """Every package as it lies there now. What was known of it is asked for only where it looks changed."""
    trusted = {address.location: address.trusted for _, address in material.applications}
    seen = {
        location: Seen(signature=signatures.held_against(signatures.signature(location), keys), content_sha256="")
        for location, keys in trusted.items()
    }
    for known in signatures.SignatureIndex(request.cache, request.site):
        now = seen.get(known.location)
        if now is None or request.rehash:
            continue
        if now.signature and now.signature == known.signature:
            seen[known.location] = replace(now, content_sha256=known.content_sha256)
        else:
            seen[known.location] = replace(now, touched=True, files=signatures.differences(known.files, known.location))
    return seen


def shared_sha256(shared: Inputs, rubric: Rubric | None) -> str:
    """Fingerprint of what a department's own pages are made from, its dossiers apart; these do not depend on the rubric."""
    return canonical_sha256([shared, rubric_sha256(rubric) if rubric else ""])


def _facts(paths: layout.Paths, selection: Selection, request: Request, material: Material) -> DepartmentFacts:
    code = selection.department_code
    shared = inputs.shared_inputs(selection, with_pdf=request.with_pdf, watermark=material.watermark)
    head = record.header(paths.record(code))
    department = paths.department(code)
    stands = bool(head.sums_sha256) and head.sums_sha256 == publish.sums_sha256(department)
    published = dict(_published(paths, code)) if stands else {}
    return DepartmentFacts(
        selection=selection,
        shared=shared,
        published=published,
        staged=dict(_staged(paths.staged(code))),
        folder_stands=stands
        and head.shared == shared_sha256(shared, material.rubrics.get(selection.rubric))
        and all(_is_there(f"{department}{os.sep}{path}", size_bytes) for path, size_bytes in head.own),
        notes={package: notes for (package, department), notes in material.notes.items() if department == code},
    )


def _published(paths: layout.Paths, code: str) -> Iterator[tuple[str, Standing]]:
    """What the record says of the published folder, and whether it is still there."""
    department = paths.department(code)
    searchable = shards.Standing(department / layout.DATA).numbers
    for result in record.results(paths.record(code)):
        yield result.name, _standing(result, department, found=result.applicant_number in searchable or result.state is State.SET_ASIDE)


def _standing(result: Result, department: Path, *, found: bool) -> Standing:
    folder = f"{department}{os.sep}{result.name}{os.sep}"
    return Standing(
        # Most are the same for all dossiers: one text each is kept, not one a dossier.
        inputs=Inputs(**{name: sys.intern(value) for name, value in dataclasses.asdict(result.inputs).items()}),
        lasting=result.lasting,
        intact=found and all(_is_there(folder + file.path, file.size_bytes) for file in result.files),
    )


def _is_there(path: str, size_bytes: int) -> bool:
    # A text, not a Path: this is asked of every file of the site, and making the Path costs more than asking.
    try:
        return os.stat(path).st_size == size_bytes  # noqa: PTH116
    except OSError:
        return False


def _staged(staged: layout.Staged) -> Iterator[tuple[str, Standing]]:
    """What a stopped build had finished, and what is whole: every byte is hashed again, since the machine may have lost power."""
    for path in sorted(staged.results.glob("*.json")) if staged.results.is_dir() else ():
        finished = record.read_finished(path)
        if finished is not None and _is_whole(finished, staged):
            result = finished.result
            yield result.name, Standing(inputs=result.inputs, lasting=result.lasting, signature=finished.signature)


def _is_whole(finished: Finished, staged: layout.Staged) -> bool:
    result = finished.result
    folder = staged.site / result.name
    if result.state is State.SET_ASIDE:
        return True
    try:
        return (
            staged.search_record(result.name).is_file()
            and list(sums.files_below(folder)) == sorted(file.path for file in result.files)
            and all(sums.sha256_of(folder / file.path) == file.sha256 for file in result.files)
        )
    except OSError:
        return False
