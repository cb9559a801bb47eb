"""`reviewer verify`: packages and built folders."""

import hashlib
import json
import shutil
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
