"""What stands already: the packages as they lie there, the published folders with their records, what a stopped build left in staging."""

import os
from collections.abc import Iterator
from pathlib import Path

from reviewer.model.canonical import canonical_sha256
from reviewer.model.selection import Selection
from reviewer.search import shards
from reviewer.selection.rubrics import Rubric, rubric_sha256
from reviewer.site import inputs, layout, publish, record, signatures, sums
from reviewer.site.plan import DepartmentFacts, Seen, SitePlan, Standing, plan_site
from reviewer.site.request import Material, Request
from reviewer.site.results import Finished, Inputs, Result, State


def plan(request: Request, material: Material) -> SitePlan:
    """Look at what stands and lay out the site. Reads only."""
    paths = layout.Paths(request.site)
    index = signatures.SignatureIndex(request.cache, request.site)
    seen = {}
    for location, trusted in {address.location: address.trusted for _, address in material.applications}.items():
        current = signatures.held_against(signatures.signature(location), trusted)
        seen[location] = Seen(signature=current, content_sha256="" if request.rehash else index.content(location, current))
    return plan_site(
        applications=material.applications,
        seen=seen,
        departments={code: _facts(paths, selection, request, material) for code, selection in material.selections.items()},
        standing_departments=(path.stem for path in paths.records.glob("*.jsonl")) if paths.records.is_dir() else (),
        all_departments=not request.departments,
    )


def shared_sha256(shared: Inputs, rubric: Rubric | None) -> str:
    """Fingerprint of what a department's own pages are made from, its dossiers apart; these do not depend on the rubric."""
    return canonical_sha256([shared, rubric_sha256(rubric) if rubric else ""])


def _facts(paths: layout.Paths, selection: Selection, request: Request, material: Material) -> DepartmentFacts:
    code = selection.department_code
    shared = inputs.shared_inputs(selection, with_pdf=request.with_pdf, watermark=material.watermark)
    head = record.header(paths.record(code))
    stands = bool(head.sums_sha256) and head.sums_sha256 == publish.sums_sha256(paths.department(code))
    published = dict(_published(paths, code)) if stands else {}
    return DepartmentFacts(
        selection=selection,
        shared=shared,
        published=published,
        staged=dict(_staged(paths.staged(code))),
        folder_stands=stands
        and head.shared == shared_sha256(shared, material.rubrics.get(selection.rubric))
        and (paths.department(code) / layout.PAGE).is_file(),
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
        inputs=result.inputs,
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
