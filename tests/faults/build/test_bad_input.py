"""Bad input gets a sentence and an exit status, never a traceback (issue: the last paragraph)."""

import errno
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reviewer import resources
from reviewer.cli.main import run
from reviewer.model.problem import ExitStatus, Stop
from reviewer.render.html import dossier_page
from reviewer.render.shapes.dossier import DossierView
from reviewer.site import disk, dossier, office, swap
from reviewer.site.report import BuildReport
from reviewer.site.request import Request

Build = Callable[..., BuildReport]
Contents = Callable[..., dict[str, bytes]]


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    """Exit status and what was said, which is never a traceback."""
    status = run([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err + captured.out
    return status, captured.err


def test_no_such_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, words = said(capsys, "build", tmp_path / "nowhere", "--out", tmp_path / "site")
    assert status == ExitStatus.NOTHING
    assert f"找不到「{tmp_path / 'nowhere'}」。" in words
    assert not (tmp_path / "site").exists()


def test_empty_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    status, words = said(capsys, "build", tmp_path / "empty", "--out", tmp_path / "site")
    assert (status, "是空的。" in words) == (ExitStatus.NOTHING, True)


def test_not_an_export(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "holiday").mkdir()
    (tmp_path / "holiday/beach.jpg").touch()
    status, words = said(capsys, "build", tmp_path / "holiday", "--out", tmp_path / "site")
    assert status == ExitStatus.NOTHING
    assert "does not hold an export of learning portfolios." in words


def test_a_central_export_needs_its_applications(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    central = resources.data_folder("fixtures") / "central"
    status, words = said(capsys, "build", central, "--out", tmp_path / "site")
    assert status == ExitStatus.USAGE
    assert "Name the applications table with --applications (.csv or .xlsx with the columns 應試號碼, 校系代碼, 學生, 勾選項目)." in words


def test_five_categories(capsys: pytest.CaptureFixture[str], export: Path, tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(resources.data_folder("site_config"), config)
    file = config / "departments/001012.toml"
    text = file.read_text(encoding="utf-8")
    lines = ['performances = ["F", "G", "H", "I", "J"]' if line.startswith("performances") else line for line in text.splitlines()]
    file.write_text("\n".join(lines), encoding="utf-8")
    status, words = said(capsys, "build", export, "--config", config, "--out", tmp_path / "site")
    assert status == ExitStatus.USAGE
    assert "001012" in words
    assert all(code in words for code in "FGHIJ")
    assert not (tmp_path / "site").exists()


def test_an_unknown_department(capsys: pytest.CaptureFixture[str], export: Path, tmp_path: Path) -> None:
    status, words = said(capsys, "build", export, "--department", "999999", "--out", tmp_path / "site")
    assert status == ExitStatus.USAGE
    assert "There is no configuration for department 999999. Departments that are configured: 001012、001023、101004." in words


def test_a_department_without_applications(capsys: pytest.CaptureFixture[str], export: Path, tmp_path: Path) -> None:
    status, words = said(capsys, "build", export, "--department", "001012", "--out", tmp_path / "site")
    assert status == ExitStatus.NOTHING
    assert "No application belongs to a department that is to be built (001012)." in words


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_a_number_of_jobs_that_is_none(capsys: pytest.CaptureFixture[str], export: Path, tmp_path: Path, jobs: str) -> None:
    status, words = said(capsys, "build", export, "--jobs", jobs, "--out", tmp_path / "site")
    assert status == ExitStatus.USAGE
    assert "Invalid value for '--jobs'" in words


def test_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "build")[0] == ExitStatus.USAGE
    assert said(capsys, "bild")[0] == ExitStatus.USAGE
    assert said(capsys, "build", "--colour")[0] == ExitStatus.USAGE


def test_a_target_within_the_export(capsys: pytest.CaptureFixture[str], export: Path) -> None:
    status, words = said(capsys, "build", export, "--out", export / "site")
    assert status == ExitStatus.USAGE
    assert f"The output folder {export / 'site'} lies within the export {export}." in words


@pytest.mark.parametrize("place", ["site", "site/001012", "export", "export/cache"])
def test_a_cache_within_the_site_or_the_export(capsys: pytest.CaptureFixture[str], export: Path, tmp_path: Path, place: str) -> None:
    """There it would be taken for a department's files or for packages, and go when they go."""
    around = export if place.startswith("export") else tmp_path / "site"
    cache = around / place.partition("/")[2]
    status, words = said(capsys, "build", export, "--out", tmp_path / "site", "--cache", cache)
    assert status == ExitStatus.USAGE
    assert f"快取 {cache} 不能放在 {around} 之內。請用 --cache 指定其他資料夾。" in words
    assert f"The cache {cache} may not lie within {around}. Name another folder with --cache." in words
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("below", ["", "sub"])
def test_a_cache_that_is_a_file(capsys: pytest.CaptureFixture[str], export: Path, tmp_path: Path, below: str) -> None:
    (tmp_path / "afile").touch()
    cache = tmp_path / "afile" / below
    status, words = said(capsys, "build", export, "--out", tmp_path / "site", "--cache", cache)
    assert status == ExitStatus.USAGE
    assert f"快取 {cache} 不是資料夾：{tmp_path / 'afile'} 是檔案。請用 --cache 指定資料夾。" in words
    assert f"The cache {cache} is no folder: {tmp_path / 'afile'} is a file. Name a folder with --cache." in words


def test_a_configuration_file_that_is_a_pipe_is_not_waited_for(capsys: pytest.CaptureFixture[str], export: Path, tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(resources.data_folder("site_config"), config)
    os.mkfifo(config / "departments/009999.toml")
    status, words = said(capsys, "build", export, "--config", config, "--out", tmp_path / "site")
    assert status == ExitStatus.USAGE
    assert "departments/009999.toml：讀不到這個檔：不是一般檔案。" in words
    assert "This file cannot be read: no regular file." in words


def test_a_target_that_holds_something_else(capsys: pytest.CaptureFixture[str], export: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/chapter.docx").touch()
    status, words = said(capsys, "build", export, "--out", tmp_path / "thesis")
    assert (status, "is not a site made by reviewer." in words) == (ExitStatus.USAGE, True)


def test_a_target_that_is_a_file(capsys: pytest.CaptureFixture[str], export: Path, tmp_path: Path) -> None:
    (tmp_path / "site").touch()
    status, words = said(capsys, "build", export, "--out", tmp_path / "site")
    assert (status, f"Cannot write to {tmp_path / 'site'}" in words) == (ExitStatus.NOTHING, True)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_an_unwritable_target(build_it: Build, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(Stop) as stop:
        build_it()
    assert stop.value.status is ExitStatus.NOTHING
    assert f"({os.strerror(number)}). The previous site is untouched." in stop.value.problems[0].what.en


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    ("holder", "name"),
    [(dossier, "_written"), (disk, "write_whole"), (disk, "link_tree"), (office, "report_json"), (swap, "exchange")],
    ids=["dossier", "result", "taking-over", "report", "exchange"],
)
def test_a_full_disk_leaves_the_previous_site(
    build_it: Build, request_for: Request, export: Path, monkeypatch: pytest.MonkeyPatch, site_contents: Contents, holder: object, name: str
) -> None:
    """Wherever the disk turns out to be full, one whole folder a department stands, and the next build completes the site."""
    build_it()
    first = site_contents(request_for.site)
    (export / "001/001023/10110301/10110301_學習歷程自述_O.md").write_text("改寫。\n", encoding="utf-8")

    def full(*_: object, **__: object) -> None:
        raise FULL

    with monkeypatch.context() as patch:
        patch.setattr(holder, name, full)
        with pytest.raises(Stop) as stop:
            build_it()
    assert stop.value.status is ExitStatus.NOTHING
    assert stop.value.problems[0].what.en.startswith("There is no space left to write ")
    if holder is not office:
        standing = site_contents(request_for.site)
        assert {path for path in first if standing.get(path) != first[path]} == set()
    assert build_it().status is ExitStatus.WELL
    assert not (request_for.site / ".reviewer/staging").exists()


def test_a_corrupt_zip_sets_one_dossier_aside(build_it: Build, export: Path) -> None:
    folder = export / "001/001023/10110301"
    shutil.rmtree(folder)
    folder.with_suffix(".zip").write_bytes(b"PK\x03\x04 and then nothing")
    report = build_it()
    assert report.status is ExitStatus.SOME
    assert [(line.applicant_number, len(line.problems)) for line in report.totals.set_aside] == [("10110301", 1)]
    assert report.totals.dossiers == 2


def test_a_zip_is_as_good_as_its_folder(
    build_it: Build, request_for: Request, export: Path, tmp_path: Path, site_contents: Contents
) -> None:
    build_it()
    folder = export / "001/001023/10110301"
    with zipfile.ZipFile(folder.with_suffix(".zip"), "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    shutil.rmtree(folder)
    build_it(site=tmp_path / "zipped")
    assert site_contents(tmp_path / "zipped") == site_contents(request_for.site)


def test_nothing_built_is_status_one(build_it: Build, request_for: Request, export: Path) -> None:
    for path in export.rglob("*基本資料.json"):
        path.write_text("[", encoding="utf-8")
    report = build_it()
    assert report.status is ExitStatus.NOTHING
    assert report.headline.en == "Nothing was built; 3 dossiers were set aside."
    assert {line.problems[0].code for line in report.totals.set_aside} == {"json-broken"}
    assert "10110301" in (request_for.site / "build-report.html").read_text(encoding="utf-8")


def test_an_unexpected_error_sets_one_dossier_aside(build_it: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    real = dossier_page

    def breaking(view: DossierView, *more: Any) -> str:
        if view.applicant_number == "10110301":
            raise ZeroDivisionError("half a page")
        return real(view, *more)

    with monkeypatch.context() as patch:
        patch.setattr(dossier, "dossier_page", breaking)
        report = build_it()
    assert report.status is ExitStatus.SOME
    assert report.totals.set_aside[0].problems[0].what.en == "An unexpected error met this dossier (ZeroDivisionError: half a page)."
    again = build_it()
    assert (again.status, again.made, again.kept) == (ExitStatus.WELL, 1, 2)


def test_a_stop_with_json_is_one_object(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["build", str(tmp_path / "nowhere"), "--out", str(tmp_path / "site"), "--json"]) == ExitStatus.NOTHING
    answer = json.loads(capsys.readouterr().out)
    assert (answer["status"], answer["problems"][0]["code"]) == (1, "no-such-folder")


def test_disk_errors_have_their_words() -> None:
    assert disk.stop_for(OSError(errno.EDQUOT, "quota"), Path("x")).problems[0].code == "disk-full"
    assert disk.stop_for(OSError(errno.EIO, "I/O error"), Path("x")).problems[0].code == "target-not-writable"
