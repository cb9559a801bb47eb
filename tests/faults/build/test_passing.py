"""What passes by itself (a busy machine, a file that cannot be read just now) is no fact about a package: the next build tries again."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.attachments import jobs
from reviewer.packages import contents, inventory, opening
from reviewer.packages.inventory import Inventory
from reviewer.site.report import BuildReport
from reviewer.site.request import Request

Build = Callable[..., BuildReport]
Contents = Callable[..., dict[str, bytes]]

ONE = "10110301"


def codes(report: BuildReport) -> set[str]:
    return {group.code for group in report.totals.findings}


@pytest.mark.parametrize("job", ["prepare", "draw", "read", "picture"])
def test_attachments_whose_processing_was_stopped(
    build_it: Build, request_for: Request, tmp_path: Path, site_contents: Contents, monkeypatch: pytest.MonkeyPatch, job: str
) -> None:
    call = jobs.call

    def stopping(request: jobs.Request, kind: type[object], seconds: float = 60.0) -> object:
        return jobs.stopped() if request.job == job else call(request, kind, seconds)

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "call", stopping)
        stopped = build_it(cache=tmp_path / "cache")
    assert codes(stopped) & {"attachment-stopped", "pdf-as-images", "pdf-not-read", "page-not-drawn"}
    again = build_it(cache=tmp_path / "cache")
    assert again.made > 0
    assert not codes(again) & {"attachment-stopped", "pdf-not-read", "page-not-drawn"}
    build_it(site=tmp_path / "undisturbed")
    assert site_contents(request_for.site) == site_contents(tmp_path / "undisturbed")
    assert build_it(cache=tmp_path / "cache").made == 0


def test_a_file_that_cannot_be_read_just_now(
    build_it: Build, request_for: Request, tmp_path: Path, site_contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither its size nor its time tells that it can be read again."""
    real = contents.open_regular

    def failing(root: Path, path: str) -> object:
        if path.endswith("_學習歷程自述_O.md") and ONE in path:
            raise OSError(errno.EIO, "Input/output error")
        return real(root, path)

    with monkeypatch.context() as patch:
        patch.setattr(contents, "open_regular", failing)
        build_it()
    again = build_it()
    assert (again.made, again.kept) == (1, 2)
    build_it(site=tmp_path / "undisturbed")
    assert site_contents(request_for.site) == site_contents(tmp_path / "undisturbed")


def test_a_package_that_cannot_be_opened_just_now(
    build_it: Build, request_for: Request, tmp_path: Path, site_contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its content is known from an earlier build, which says nothing of this one."""
    real = inventory.take_inventory

    def failing(location: Path, package_id: str, left_out: dict[str, object]) -> Inventory:
        if package_id == ONE:
            raise OSError(errno.EMFILE, "Too many open files")
        return real(location, package_id, left_out)  # type: ignore[arg-type]

    build_it()
    shutil.rmtree(request_for.site / "001023" / ONE)
    with monkeypatch.context() as patch:
        patch.setattr(opening, "take_inventory", failing)
        report = build_it()
    assert [line.problems[0].code for line in report.totals.set_aside] == ["package-gone"]
    again = build_it()
    assert (again.made, again.totals.set_aside) == (1, ())
    build_it(site=tmp_path / "undisturbed")
    assert site_contents(request_for.site) == site_contents(tmp_path / "undisturbed")
