"""Applicant numbers that cannot name a folder: the folder has a safe name, the pages show the number."""

from collections.abc import Callable
from pathlib import Path

from reviewer.model.problem import ExitStatus
from reviewer.site.layout import folder_name
from reviewer.site.report import BuildReport
from reviewer.site.request import Request

Build = Callable[..., BuildReport]


def test_a_number_with_capitals_gets_a_safe_folder(build_it: Build, request_for: Request, export: Path) -> None:
    (export / "001/001023/10110301").rename(export / "001/001023/AB110301")
    report = build_it()
    assert report.status is ExitStatus.WELL
    name = folder_name("AB110301")
    assert name == f"ab110301-{name[-8:]}"
    cohort = (request_for.site / "001023/index.html").read_text(encoding="utf-8")
    assert f'href="{name}/index.html"' in cohort
    assert "AB110301" in cohort
    assert (request_for.site / "001023" / name / "index.html").is_file()
    assert "applicant-number-not-plain" in {group.code for group in report.totals.findings}
