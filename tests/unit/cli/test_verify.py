"""`reviewer verify`: packages and built folders."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from reviewer import resources
from reviewer.cli.main import run
from reviewer.model.problem import ExitStatus


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one department with two files."""
    folder = tmp_path / "site/101001"
    folder.mkdir(parents=True)
    lines = []
    for name in ("a.html", "index.html"):
        (folder / name).write_text(name, encoding="utf-8")
        lines.append(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n")
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
    return tmp_path / "site"


def answer(capsys: pytest.CaptureFixture[str], path: Path) -> dict[str, object]:
    status = run(["verify", str(path), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    assert found["status"] == status
    return found


@pytest.mark.parametrize("part", ["", "101001"])
def test_an_untouched_site_is_well(capsys: pytest.CaptureFixture[str], site: Path, part: str) -> None:
    assert answer(capsys, site / part) == {"status": 0, "kind": "site", "checked": 2, "problems": []}


def test_what_was_altered_is_named(capsys: pytest.CaptureFixture[str], site: Path) -> None:
    (site / "101001/a.html").write_text("b.html", encoding="utf-8")
    (site / "101001/index.html").unlink()
    (site / "101001/virus.exe").touch()
    assert run(["verify", str(site)]) == ExitStatus.SOME
    words = capsys.readouterr().out
    assert "101001 · a.html：檔案內容與 SHA256SUMS 不符。" in words
    assert "101001 · index.html：SHA256SUMS 列有此檔，但資料夾中沒有。" in words
    assert "101001 · virus.exe：資料夾中有此檔，但 SHA256SUMS 沒有列出。" in words


def departments_files(folder: Path) -> None:
    for name in ("data", "theme"):
        (folder / name).mkdir()


@pytest.mark.parametrize("part", ["", "101001"])
def test_a_department_without_its_sums_is_no_department_that_is_well(capsys: pytest.CaptureFixture[str], site: Path, part: str) -> None:
    departments_files(site / "101001")
    shutil.copytree(site / "101001", site / "101002")
    (site / "101001/SHA256SUMS").unlink()
    assert run(["verify", str(site / part)]) == ExitStatus.SOME
    words = capsys.readouterr().out
    assert "101001：這個校系資料夾沒有 SHA256SUMS，無法核對其中任何檔案。" in words
    assert "This department's folder has no SHA256SUMS; none of its files can be verified." in words


@pytest.mark.parametrize("known_by", ["record", "report"])
def test_a_department_that_the_site_should_hold_is_missed(capsys: pytest.CaptureFixture[str], site: Path, known_by: str) -> None:
    if known_by == "record":
        (site / ".reviewer/records").mkdir(parents=True)
        (site / ".reviewer/records/101002.jsonl").touch()
    else:
        report = {"departments": [{"code": "101001", "dossiers": 3}, {"code": "101002", "dossiers": 1}, {"code": "101003", "dossiers": 0}]}
        (site / "build-report.json").write_text(json.dumps(report), encoding="utf-8")
    found = answer(capsys, site)
    assert found["status"] == ExitStatus.SOME
    assert isinstance(found["problems"], list)
    assert [problem["what"] for problem in found["problems"]] == [
        {
            "zh": "這個網站做過校系 101002，資料夾卻不在。",
            "en": "The site holds department 101002 by its own record, but the folder is not there.",
        }
    ]


def test_a_link_a_name_that_no_disk_holds_and_folders_without_end(capsys: pytest.CaptureFixture[str], site: Path) -> None:
    folder = site / "101001"
    (folder / "a.html").rename(site / "elsewhere.html")
    (folder / "a.html").symlink_to(site / "elsewhere.html")
    with (folder / "SHA256SUMS").open("a", encoding="utf-8") as sums:
        sums.write(f"{'0' * 64}  {'z' * 300}\n")
    deep = os.open(folder, os.O_RDONLY)
    for _ in range(1_000):
        os.mkdir("d", dir_fd=deep)
        below = os.open("d", os.O_RDONLY, dir_fd=deep)
        os.close(deep)
        deep = below
    os.close(deep)
    found = answer(capsys, site)
    assert found["status"] == ExitStatus.SOME
    assert isinstance(found["problems"], list)
    assert [(problem["code"], problem["where"]["file"]) for problem in found["problems"]] == [
        ("sums-link", "a.html"),
        ("sums-missing", "z" * 300),
        ("sums-added", "d/" * 33),
    ]
    assert found["problems"][0]["what"]["en"] == "SHA256SUMS names this file, but the folder holds a link or a special file there."
    subprocess.run(["rm", "-rf", str(folder / "d")], check=True)  # deeper than Python's own way of removing goes


def test_the_example_export_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, resources.data_folder("fixtures") / "committee/101")
    assert (found["status"], found["kind"], found["checked"]) == (0, "packages", 10)


def test_a_package_that_does_not_parse_is_found(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    package = tmp_path / "10110671"
    shutil.copytree(resources.data_folder("fixtures") / "committee/101/101004/10110671", package)
    (package / "修課紀錄.json").write_text("{", encoding="utf-8")
    found = answer(capsys, package)
    assert found["status"] == ExitStatus.SOME


def test_what_is_not_there_cannot_be_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["verify", str(tmp_path / "nowhere")]) == ExitStatus.NOTHING
    assert "nowhere" in capsys.readouterr().err
