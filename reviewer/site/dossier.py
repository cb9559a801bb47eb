"""A dossier made: selected, its attachments processed, laid out on screen and on paper, written, checked."""

import functools
import hashlib
import os
import secrets
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.attachments import paper
from reviewer.attachments.cache import Store
from reviewer.attachments.jobs import missing_guards
from reviewer.attachments.process import blind_key, process_blind, process_glyph
from reviewer.fonts import rare
from reviewer.model.attachment import Attachment
from reviewer.model.dossier import Dossier
from reviewer.model.hiding import Hidden
from reviewer.model.problem import Problem, SetAside
from reviewer.model.processed import Processed
from reviewer.packages.opening import Opened, file_path
from reviewer.packages.reader import read
from reviewer.render.files import output_files, output_names
from reviewer.render.html import dossier_page
from reviewer.render.lettering import lettering
from reviewer.render.pdf.document import Paper, dossier_pdf, engine
from reviewer.render.pdf.engine import tune_worker
from reviewer.render.view import characters, cohort_row, dossier_view, page_characters
from reviewer.search.spool import spool
from reviewer.selection.masks import masking
from reviewer.selection.select import Selected, select
from reviewer.site import disk, layout, rows, time_limit
from reviewer.site.blinding import blinding
from reviewer.site.check.dossiers import check
from reviewer.site.notes import add_notes
from reviewer.site.results import Effort, FontCounts, Inputs, Result, State, WrittenFile
from reviewer.site.stages import Stages
from reviewer.site.task import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A dossier on screen and on paper."""

    page: str
    """HTML."""
    paper: Paper
    """The PDF; without bytes and pages with `--no-pdf`."""
    row: str
    """What the cohort page says of it, as JSON."""
    undrawn: tuple[str, ...]
    """Characters that nothing draws."""


def build(job: Job, inputs: Inputs, opened: Opened, stages: Stages) -> tuple[Result, Effort]:
    """Make the dossier's folder in staging. Raises `SetAside` when it cannot be, or when the check of what was written finds a fault."""
    store = open_store(job.cache, job.began)
    with stages.stage("read"):
        portfolio = read(opened)
    with stages.stage("select"):
        selected = select(portfolio, job.selection, job.application, watermark=job.watermark)
        hide = masking(portfolio.identity, job.selection.masks, portfolio.glyphs)
        hidden = hide.beyond(f"{job.selection.university_name} {job.selection.name}")
        shown = add_notes(selected.dossier, job.notes, hide.text)
    with stages.stage("attachments"):
        hits = sum(store.entry(blind_key(one, hidden) or one.sha256).is_dir() for one in selected.attachments)
        processed = _process(opened, selected, store, hidden)
    with time_limit.laying_out(job.address.package_id):
        rendered = _render(job, shown, processed, store, stages)
    with stages.stage("write"):
        files = _write(job, selected.dossier, processed, rendered, store)
    with stages.stage("search"):
        _write_search(job, selected.dossier, processed, hidden)
    with stages.stage("check"):
        outside = _check(job, hidden, rendered, files)
    result = Result(
        name=job.name,
        applicant_number=job.application.applicant_number,
        package_id=job.address.package_id,
        inputs=inputs,
        state=State.MADE,
        lasting=all(one.is_lasting for one in processed.values()),
        dossier_sha256=selected.dossier.sha256,
        files=files,
        pages=rendered.paper.pages,
        attached_pages=rendered.paper.pages - rendered.paper.own_pages,
        characters=tuple(sorted(page_characters(rendered.page) | page_characters(rendered.row))),
        undrawn=rendered.undrawn,
        row=rendered.row,
        references=tuple(sorted(outside)),
        fonts=_font_counts(processed),
        unticked=selected.office.unticked,
        problems=_problems(job, selected, processed),
        blinding=blinding(selected, processed),
    )
    hits_missed = len(selected.attachments) - hits
    return result, Effort(
        seconds=stages.seconds(),
        cpu_seconds=stages.cpu_seconds(),
        cache_hits=hits,
        cache_misses=hits_missed,
        guards_missing=missing_guards(),
    )


@functools.cache
def warm_up(*, with_pdf: bool) -> None:
    """Load fonts and style sheets once a worker, before its first dossier."""
    rare.plan(())
    if with_pdf:
        engine()
    tune_worker()


@functools.cache
def open_store(cache: str, began: float) -> Store:
    """The cache of derived files, opened once a worker."""
    return Store(Path(cache) / "attachments", began=began)


def _process(opened: Opened, selected: Selected, store: Store, hidden: Hidden) -> dict[str, Processed]:
    """Every file that the dossier names, by hash; a school's own characters by the hash of the picture made of them as well."""
    glyphs = {glyph.picture.attachment.sha256 for glyph in selected.dossier.glyphs if glyph.picture and glyph.picture.attachment}
    processed: dict[str, Processed] = {}
    end = time.monotonic() + time_limit.ATTACHMENTS_SECONDS
    for each in selected.attachments:
        if time.monotonic() > end:
            raise time_limit.TookTooLong(time_limit.ATTACHMENTS, time_limit.ATTACHMENTS_SECONDS, opened.package_id)
        path = _path(opened, each)
        made = process_glyph(path, each, store) if each.sha256 in glyphs else process_blind(path, each, store, hidden)
        processed[each.sha256] = processed[made.sha256] = made
    return processed


def _path(opened: Opened, attachment: Attachment) -> Path:
    try:
        return file_path(opened, attachment)
    except OSError:
        # Gone since the package was read: `process` says so in its slot.
        return opened.root / attachment.path


def _render(job: Job, dossier: Dossier, processed: Mapping[str, Processed], store: Store, stages: Stages) -> Rendered:
    with stages.stage("page"):
        files = output_files(dossier, processed)
        drawing = rare.plan(characters(dossier, processed), dossier.glyphs)
        letters = lettering(dossier, processed, output_names(dossier, processed), drawing, job.selection.language)
        view = dossier_view(dossier, processed, drawing, pdf=layout.PDF if job.with_pdf else "", language=job.selection.language)
        page = dossier_page(view, job.selection.logo)
        row = rows.to_json(cohort_row(dossier, letters, pdf=job.with_pdf, folder=job.name))
    made = Paper(pdf=b"", own_pages=0, pages=0)
    if job.with_pdf:
        with stages.stage("paper"):
            made = dossier_pdf(
                view,
                files,
                processed,
                store,
                plan=drawing,
                theme=job.selection.theme,
                logo=job.selection.logo,
                package=job.address.package_id,
            )
    undrawn = tuple(special.notation for special in letters.specials.values() if special.number)
    return Rendered(page=page, paper=made, row=row, undrawn=undrawn)


def _write_search(job: Job, dossier: Dossier, processed: Mapping[str, Processed], hidden: Hidden) -> None:
    """Leave the dossier's search record in staging, from where the department's shards are put together."""
    staged = layout.Staged(Path(job.staging))
    staged.search.mkdir(parents=True, exist_ok=True)
    disk.write_whole(staged.search_record(job.name), spool(dossier, processed, hidden))


def _check(job: Job, hidden: Hidden, rendered: Rendered, files: tuple[WrittenFile, ...]) -> frozenset[str]:
    """Check what was written; return what the page names outside its folder."""
    printed = layout.Staged(Path(job.staging)).site / job.name / layout.PDF
    checked = check(
        job.name,
        rendered.page,
        paper.words(printed, job.address.package_id) if hidden and rendered.paper.pdf else (),
        files=[file.path for file in files],
        hidden=hidden,
        package=job.address.package_id,
    )
    if checked.problems:
        raise SetAside(*checked.problems)
    return checked.outside


def _write(job: Job, dossier: Dossier, processed: Mapping[str, Processed], rendered: Rendered, store: Store) -> tuple[WrittenFile, ...]:
    """Write the folder under a name of its own, then put it in its place in one step.

    Derived files are copied: were they links into the cache, whoever changes a file of the site would change the cache, and every later site.
    """
    staged = layout.Staged(Path(job.staging))
    scratch = staged.scratch / f"{job.name}-{os.getpid()}-{secrets.token_hex(4)}"
    scratch.mkdir(parents=True)
    files = [_written(scratch, layout.PAGE, rendered.page.encode("utf-8"))]
    if rendered.paper.pdf:
        files.append(_written(scratch, layout.PDF, rendered.paper.pdf))
    for file in output_files(dossier, processed):
        content = store.path(processed[file.sha256], file.source_name).read_bytes()
        files.append(_written(scratch, file.name, content, is_media=file.is_media))
    target = staged.site / job.name
    target.parent.mkdir(parents=True, exist_ok=True)
    disk.remove_tree(target)
    scratch.rename(target)
    return tuple(sorted(files, key=lambda file: file.path))


def _written(folder: Path, name: str, content: bytes, *, is_media: bool = False) -> WrittenFile:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return WrittenFile(path=name, sha256=hashlib.sha256(content).hexdigest(), size_bytes=len(content), is_media=is_media)


def _font_counts(processed: Mapping[str, Processed]) -> FontCounts:
    fonts = [font for each in processed.values() for font in each.fonts]
    left: Counter[str] = Counter()
    for font in fonts:
        left[font.reason] += font.characters_left
    return FontCounts(
        fonts=len(fonts),
        characters_normalised=sum(font.characters_normalised for font in fonts),
        characters_left=sum(font.characters_left for font in fonts),
        left_because=tuple((reason, count) for reason, count in sorted(left.items()) if count),
    )


def _problems(job: Job, selected: Selected, processed: Mapping[str, Processed]) -> tuple[Problem, ...]:
    """Everything that was found about a dossier, once each, under the package's own name."""
    entries = selected.dossier.entries()
    found = [*selected.office.problems, *selected.dossier.problems]
    for entry in entries:
        found += entry.problems
        found += (link.problem for link in (*entry.files, *entry.pictures) if link.problem)
    for sha256 in sorted(processed):
        refused = processed[sha256].refused
        found += (*processed[sha256].problems, refused) if refused else processed[sha256].problems
    named = (replace(problem, where=replace(problem.where, package=job.address.package_id)) for problem in found)
    return tuple(dict.fromkeys(named))
