"""A package that somebody writes into while it is read: what changed is named, nothing of it is kept, the neighbour is unharmed."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.model.portfolio import Portfolio
from reviewer.model.problem import Problem
from reviewer.packages import opening
from reviewer.packages.archive import unpack
from reviewer.packages.opening import Opened
from reviewer.packages.reader import read
from reviewer.site import dossier
from reviewer.site.report import BuildReport
from reviewer.site.request import Request

Build = Callable[..., BuildReport]
Contents = Callable[..., dict[str, bytes]]

CHANGING, NEIGHBOUR = "10110301", "001023/10110856"
LATE = b"\n% written while the package was read\n"


def test_an_attachment_that_changes_between_reading_and_drawing(
    build_it: Build,
    request_for: Request,
    export: Path,
    tmp_path: Path,
    site_contents: Contents,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    undisturbed = tmp_path / "undisturbed"
    build_it(site=undisturbed)
    papers = sorted((export / "001/001023" / CHANGING).glob("*.pdf"))
    assert papers

    def interrupted(opened: Opened) -> Portfolio:
        portfolio = read(opened)
        if portfolio.package_id == CHANGING:
            for paper in papers:
                paper.write_bytes(paper.read_bytes() + LATE)
        return portfolio

    with monkeypatch.context() as patch:
        patch.setattr(dossier, "read", interrupted)
        report = build_it(cache=tmp_path / "cache")  # what was drawn before is not drawn again, so it could not change
    (changed,) = (group for group in report.totals.findings if group.code == "attachment-changed")
    assert changed.example.what.en == "The file changed while it was processed; it is not what was read from the package."
    assert changed.count == len(papers)
    neighbour = {path: content for path, content in site_contents(undisturbed).items() if path.startswith(NEIGHBOUR)}
    assert neighbour
    assert {path: content for path, content in site_contents(request_for.site).items() if path.startswith(NEIGHBOUR)} == neighbour

    again = build_it(cache=tmp_path / "cache")
    assert (again.made, again.kept) == (1, 2)
    assert "attachment-changed" not in {group.code for group in again.totals.findings}
    build_it(site=tmp_path / "fresh")
    assert site_contents(request_for.site) == site_contents(tmp_path / "fresh")


def appended(path: Path) -> None:
    path.write_text(f"{path.read_text(encoding='utf-8')}\n\n後來加上的一段。\n", encoding="utf-8")


def renamed_student(path: Path) -> None:
    known = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(known | {"姓名": "後來的人"}, ensure_ascii=False), encoding="utf-8")


def half_written(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


WRITTEN: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a JSON part that is saved anew": ("*_基本資料.json", renamed_student),
    "a JSON part that is half written": ("*_修課紀錄.json", half_written),
    "a JSON part that is removed": ("*_多元表現.json", Path.unlink),
    "a text that is saved anew": ("*_學習歷程自述_O.md", appended),
    "a text that is removed": ("*_學習歷程自述_O.md", Path.unlink),
    "a course plan that is saved anew": ("課程計畫.csv", appended),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_part_that_goes_on_changing_sets_its_dossier_aside_until_it_rests(
    name: str,
    build_it: Build,
    request_for: Request,
    export: Path,
    tmp_path: Path,
    site_contents: Contents,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is hashed first and read afterwards: what was written in between is never published under the hash of what stood there before."""
    pattern, change = WRITTEN[name]
    (part,) = (export / "001/001023" / CHANGING).glob(pattern)
    kept = part.read_bytes()

    def interrupted(opened: Opened) -> Portfolio:
        if opened.package_id == CHANGING:
            change(part)
        try:
            return read(opened)
        finally:
            part.write_bytes(kept)

    with monkeypatch.context() as patch:
        patch.setattr(dossier, "read", interrupted)
        report = build_it()
    (line,) = report.totals.set_aside
    (problem,) = line.problems
    assert problem.code == "package-changed"
    assert problem.what.en == f"“{part.name}” was changed or removed while the package was read; it is not made."
    assert not (request_for.site / "001023" / CHANGING).exists()
    assert (request_for.site / NEIGHBOUR).is_dir()

    again = build_it()
    assert (again.made, again.kept) == (1, 2)
    assert not again.totals.set_aside
    build_it(site=tmp_path / "fresh")
    assert site_contents(request_for.site) == site_contents(tmp_path / "fresh")


@pytest.mark.parametrize("name", ["a JSON part that is saved anew", "a text that is removed"])
def test_a_part_that_changes_once_is_read_as_it_is_then(
    name: str,
    build_it: Build,
    request_for: Request,
    export: Path,
    tmp_path: Path,
    site_contents: Contents,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pattern, change = WRITTEN[name]
    changes = list((export / "001/001023" / CHANGING).glob(pattern))

    def interrupted(opened: Opened) -> Portfolio:
        if opened.package_id == CHANGING and changes:
            change(changes.pop())
        return read(opened)

    with monkeypatch.context() as patch:
        patch.setattr(dossier, "read", interrupted)
        report = build_it()
    assert (report.made, len(report.totals.set_aside)) == (3, 0)
    build_it(site=tmp_path / "fresh")
    assert site_contents(request_for.site) == site_contents(tmp_path / "fresh")


def zipped(export: Path) -> Path:
    """The package as a zip in the place of its folder."""
    folder = export / "001/001023" / CHANGING
    made = Path(shutil.make_archive(str(folder), "zip", folder))
    shutil.rmtree(folder)
    return made


def another(archive: Path) -> bytes:
    """The same zip with another student's name in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith("_基本資料.json"):
                content = json.dumps(json.loads(content) | {"姓名": "後來的人"}, ensure_ascii=False).encode()
            new.writestr(entry.filename, content)
    return made.getvalue()


@pytest.mark.parametrize(("way", "times"), [("replaced", 1), ("overwritten", 1), ("overwritten", 2), ("removed", 2)])
def test_a_zip_that_becomes_another_while_it_is_unpacked(
    way: str,
    times: int,
    build_it: Build,
    request_for: Request,
    export: Path,
    tmp_path: Path,
    site_contents: Contents,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Once: the other is read. Whenever it is looked at: set aside, by name, until it rests."""
    archive = zipped(export)
    kept, other, left = archive.read_bytes(), another(archive), [way] * times

    def interrupted(path: Path, folder: Path, package_id: str) -> dict[str, Problem]:
        if not left or path != archive:
            return unpack(path, folder, package_id)
        how = left.pop()
        try:
            if how == "overwritten":
                path.write_bytes(other[: len(other) // 2])
            return unpack(path, folder, package_id)
        finally:
            if how == "removed":
                path.unlink()
            if how == "replaced" or left or times == 1:
                beside = path.with_suffix(".new")
                beside.write_bytes(other)
                beside.replace(path)

    with monkeypatch.context() as patch:
        patch.setattr(opening, "unpack", interrupted)
        report = build_it()
    told = [problem.code for line in report.totals.set_aside for problem in line.problems]
    assert (report.made, told) == ((3, []) if times == 1 else (2, ["package-changed"]))
    assert (request_for.site / NEIGHBOUR).is_dir()
    if times == 2:
        archive.write_bytes(kept)
        assert build_it().made == 1
    build_it(site=tmp_path / "fresh")
    assert site_contents(request_for.site) == site_contents(tmp_path / "fresh")
