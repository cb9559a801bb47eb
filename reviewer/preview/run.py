"""The preview's main job: gather, build on the university's own path, and write the pages that lead to the dossiers."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from reviewer.model.problem import ExitStatus
from reviewer.preview import choosing
from reviewer.preview.material import WATERMARK, Prepared, prepare
from reviewer.preview.request import PreviewRequest
from reviewer.preview.views import PreviewView, StudentView, preview_view
from reviewer.render.html import render
from reviewer.render.shapes.page import PageView
from reviewer.render.view import page_characters
from reviewer.selection.themes.contract import DEFAULT
from reviewer.site import disk, layout, record, theme
from reviewer.site.build import Listener, build
from reviewer.site.report import BuildReport
from reviewer.site.request import Request
from reviewer.site.results import Result, State
from reviewer.site.run import OpenPool, local_pool

THEME = "preview-theme"
"""Folder of the theme that these pages are set in; the build keeps one of its own for its report."""
STUDENT_PAGES = "student-*.html"
"""Pages on which a student's dossiers stand side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a preview came to."""

    view: PreviewView
    """What its pages say."""
    report: BuildReport
    """What the build says."""

    @property
    def status(self) -> ExitStatus:
        """How the process ends: 3 when something was set aside or would be held back."""
        if self.report.status is ExitStatus.WELL and any(student.held for student in self.view.students):
            return ExitStatus.SOME
        return self.report.status


def preview(request: PreviewRequest, *, listener: Listener = lambda _done, _total: None, open_pool: OpenPool = local_pool) -> Preview:
    """Make a preview. Raises `Stop` when nothing can be shown; what stood before stands then as it was."""
    choosing.refuse_missing(request.source)
    choosing.refuse_target(request.source, request.out, layout.STATE)
    with tempfile.TemporaryDirectory(prefix="reviewer-preview-") as scratch:
        prepared = prepare(request, Path(scratch))
        _mark(request.out)
        report = build(_build_request(request), listener=listener, material=prepared.material, open_pool=open_pool)
    view = preview_view(prepared, report, _standing(request.out, prepared))
    _write(request, view)
    return Preview(view=view, report=report)


def _build_request(request: PreviewRequest) -> Request:
    return Request(
        packages=str(request.source),
        applications=request.applications,
        config=request.config,
        site=request.out,
        cache=request.cache,
        workers=request.workers,
    )


def _mark(out: Path) -> None:
    """Say in the target that it is a preview's, before a build takes it: a target that holds other files is left to the build to refuse."""
    with disk.target_errors(out):
        if not out.exists() or (out.is_dir() and (not any(out.iterdir()) or (out / layout.STATE).is_dir())):
            (out / layout.STATE).mkdir(parents=True, exist_ok=True)
            (out / layout.STATE / choosing.MARK).touch()


def _standing(out: Path, prepared: Prepared) -> dict[tuple[str, str], Result]:
    """The dossiers that stand now, by 校系代碼 and 應試號碼."""
    paths = layout.Paths(out)
    codes = {application.department_code for application, _ in prepared.material.applications}
    return {
        (code, result.applicant_number): result
        for code in sorted(codes)
        for result in record.results(paths.record(code))
        if result.state is State.MADE
    }


def _write(request: PreviewRequest, view: PreviewView) -> None:
    """Write index and students' pages in the place of the office's index, and the theme cut to what they show."""
    watermark = "" if view.packed else WATERMARK
    pages = {layout.PAGE: _page("preview/index.html", "預覽 Preview", watermark, view)}
    for student in view.students:
        title = f"{student.number} {student.name}".strip()
        pages[student.page] = _page("preview/student.html", f"{title} 預覽 Preview", watermark, StudentView(preview=view, student=student))
    with disk.target_errors(request.out):
        for old in request.out.glob(STUDENT_PAGES):
            if old.name not in pages:
                old.unlink()
        points = theme.characters_of(DEFAULT).union(*(page_characters(text) for text in pages.values()))
        theme.write(request.out / THEME, "", DEFAULT, points)
        for name, text in pages.items():
            disk.write_whole(request.out / name, text.encode("utf-8"))


def _page(template: str, title: str, watermark: str, view: object) -> str:
    page = PageView(title=title, kind="office", theme=f"{THEME}/", accent=False, watermark=watermark)
    return render(template, page=page, view=view)
