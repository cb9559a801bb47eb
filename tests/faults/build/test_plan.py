"""What `reviewer build --plan` says after real edits: of the export, the configuration, the templates, the theme, the fonts, the program itself.

The program runs from a copy of this tree, so that it can be edited; the site is built once, and each edit is undone after the plan was asked.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reviewer import resources

ROOT = Path(resources.__file__).parent.parent
STUDENT, NUMBER, OTHER = "013398-11203020", "10110301", "10110856"
EVERYBODY = {NUMBER, OTHER}
COPIED = ("reviewer", "templates", "themes", "site_config")


@dataclass(frozen=True, slots=True)
class Place:
    """A copy of the program, an export, and the site that it made of it."""

    root: Path

    def path(self, *parts: str) -> Path:
        return self.root.joinpath(*parts)

    def package(self, number: str = NUMBER) -> Path:
        return self.path("export", "001", "001023", number)

    def statement(self) -> Path:
        return self.package() / f"{NUMBER}_學習歷程自述_O.md"

    def reviewer(self, *more: str | Path, packages: str = "export", site: str = "site") -> str:
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "reviewer",
            "build",
            self.path(packages),
            "--config",
            self.path("program", "site_config"),
        ]
        command += ["--out", self.path(site), "--cache", self.path("cache"), "--jobs", "1", *map(str, more)]
        environment = {**os.environ, "PYTHONPATH": str(self.path("program")), "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
        done = subprocess.run(command, env=environment, cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def plan(self, *more: str | Path, **places: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.reviewer("--plan", "--json", *(more or ("--no-pdf",)), **places))
        return found

    def reasons(self, *more: str | Path, **places: str) -> dict[str, list[str]]:
        """Reasons by applicant; a dossier that is kept has none and is not there."""
        plan = self.plan(*more, **places)
        return {
            dossier["folder"]: dossier["reasons"]
            for department in plan["departments"]
            for dossier in department["dossiers"]
            if dossier["action"] != "keep"
        }


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = Place(tmp_path_factory.mktemp("plan"))
    for name in COPIED:
        shutil.copytree(ROOT / name, made.path("program", name), ignore=shutil.ignore_patterns("__pycache__"))
    for number in sorted(EVERYBODY):
        shutil.copytree(resources.data_folder("fixtures") / "committee/001/001023" / number, made.package(number))
    assert set(made.reasons()) == EVERYBODY
    made.reviewer("--no-pdf")
    return made


@contextlib.contextmanager
def edited(path: Path, change: Callable[[bytes], bytes]) -> Iterator[None]:
    """A file with other content for a while; content, time and inode are as before afterwards."""
    former, facts = path.read_bytes(), path.stat()
    content = change(former)
    assert content != former
    path.write_bytes(content)
    try:
        yield
    finally:
        path.write_bytes(former)
        os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def longer(content: bytes) -> bytes:
    return content + b"\n"


def test_nothing_is_made_when_nothing_changed(place: Place) -> None:
    assert place.reasons() == {}
    assert place.reviewer("--plan", "--no-pdf").splitlines() == [
        "製作 make 0 份、沿用 keep 2 份、接續 resume 0 份",
        "001023 社會學系 / Department of Sociology",
    ]


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("templates/dossier.html", ["templates"]),
        ("themes/default/css/entry.css", ["theme"]),
        ("themes/default/fonts/NotoSansTC-Regular.ttf", ["theme", "fonts"]),
        ("reviewer/render/markdown.py", ["code"]),
        ("reviewer/model/data/limits.toml", ["code"]),
        ("reviewer/site/dossier.py", ["code"]),
        ("reviewer/site/theme.py", ["code"]),
        ("reviewer/site/department.py", ["code"]),
        ("reviewer/site/check/links.py", ["code"]),
    ],
)
def test_what_all_dossiers_are_made_of_is_a_reason_for_all(place: Place, name: str, reasons: list[str]) -> None:
    with edited(place.path("program", *name.split("/")), longer):
        assert place.reasons() == dict.fromkeys(EVERYBODY, reasons)


def test_the_reason_stands_in_words_too(place: Place) -> None:
    with edited(place.path("program/templates/dossier.html"), longer):
        assert f"  {NUMBER}　製作 make　樣板 templates" in place.reviewer("--plan", "--no-pdf").splitlines()


@pytest.mark.parametrize("name", ["reviewer/site/plan.py", "reviewer/site/office.py", "reviewer/cli/building.py"])
def test_what_stands_around_the_making_is_no_reason(place: Place, name: str) -> None:
    with edited(place.path("program", *name.split("/")), longer):
        assert place.reasons() == {}


def test_a_choice_of_the_department_is_a_reason(place: Place) -> None:
    with edited(place.path("program/site_config/departments/001023.toml"), lambda toml: toml.replace(b'"school"', b'"photo"')):
        assert place.reasons() == {number: ["selection"] for number in EVERYBODY}


def test_options_are_a_reason(place: Place) -> None:
    assert place.reasons("--jobs", "1") == {number: ["options"] for number in EVERYBODY}


def test_an_application_is_a_reason(place: Place, tmp_path: Path) -> None:
    """In the central form of the export, whose applications stand in a table."""
    fixtures = resources.data_folder("fixtures")
    shutil.copytree(fixtures / "central" / STUDENT, place.path("central", STUDENT))
    rows = (fixtures / "applications.csv").read_text(encoding="utf-8-sig").splitlines()
    row = next(line for line in rows if line.startswith(f"{NUMBER},"))
    table = tmp_path / "applications.csv"
    table.write_text(f"{rows[0]}\n{row}\n", encoding="utf-8")
    more, where = ("--no-pdf", "--applications", table), {"packages": "central", "site": "central-site"}
    assert place.reasons(*more, **where) == {NUMBER: ["new"]}
    place.reviewer(*more, **where)
    assert place.reasons(*more, **where) == {}
    table.write_text(f"{rows[0]}\n{row.rpartition(';')[0]}\n", encoding="utf-8")
    assert place.reasons(*more, **where) == {NUMBER: ["application"]}


def test_a_package_that_changed_is_named_with_its_file(place: Place) -> None:
    with edited(place.statement(), longer):
        (changed,) = (one for one in place.plan()["departments"][0]["dossiers"] if one["action"] != "keep")
        assert (changed["folder"], changed["reasons"], changed["files"]) == (NUMBER, ["touched"], [place.statement().name])
        lines = place.reviewer("--plan", "--no-pdf").splitlines()
        at = lines.index(f"  {NUMBER}　製作 make　資料看來有變動，讀取後才知道 package looks changed; reading it will tell")
        assert lines[at + 1] == f"    {place.statement().name}"


def test_files_that_are_new_or_gone_are_named(place: Place) -> None:
    new = place.package() / "note.txt"
    new.write_text("x", encoding="utf-8")
    assert place.plan()["departments"][0]["dossiers"][0]["files"] == ["note.txt"]
    new.unlink()
    assert place.reasons() == {}


def test_a_package_that_was_read_again_is_named_as_changed(place: Place) -> None:
    """`--rehash` reads: what only looks changed is kept, what is another is `package`."""
    assert place.reasons("--rehash", "--no-pdf") == {}
    with edited(place.statement(), longer):
        assert place.reasons("--rehash", "--no-pdf") == {NUMBER: ["package"]}
        assert f"  {NUMBER}　製作 make　資料 package" in place.reviewer("--plan", "--rehash", "--no-pdf").splitlines()


def test_another_content_of_the_same_size_time_and_inode_is_found_by_reading_only(place: Place) -> None:
    facts = place.statement().stat()
    with edited(place.statement(), lambda content: content[:-2] + bytes((content[-2] ^ 1, content[-1]))):
        os.utime(place.statement(), ns=(facts.st_atime_ns, facts.st_mtime_ns))
        now = place.statement().stat()
        assert (now.st_size, now.st_mtime_ns, now.st_ino) == (facts.st_size, facts.st_mtime_ns, facts.st_ino)
        assert place.reasons() == {}
        assert place.reasons("--rehash", "--no-pdf") == {NUMBER: ["package"]}


def test_the_same_content_in_a_new_inode_is_looked_at_and_nothing_is_made(place: Place) -> None:
    former, facts = place.statement().read_bytes(), place.statement().stat()
    copy = place.statement().with_name("copy")
    copy.write_bytes(former)
    os.utime(copy, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    copy.replace(place.statement())
    assert place.statement().stat().st_ino != facts.st_ino
    assert place.reasons() == {NUMBER: ["touched"]}
    report = json.loads(place.reviewer("--no-pdf", "--json"))
    assert (report["made"], report["kept"]) == (0, 2)
    assert place.reasons() == {}


def test_a_cache_that_is_gone_makes_every_package_unread(place: Place) -> None:
    known = place.path("cache/packages")
    known.rename(place.path("elsewhere"))
    assert place.reasons() == {number: ["unseen"] for number in EVERYBODY}
    place.path("elsewhere").rename(known)


def test_what_vanishes_is_named(place: Place) -> None:
    away = place.path("away")
    place.package(OTHER).rename(away)
    assert (place.reasons(), place.plan()["departments"][0]["remove"]) == ({}, [OTHER])
    assert f"  {OTHER}　移除 remove" in place.reviewer("--plan", "--no-pdf").splitlines()
    away.rename(place.package(OTHER))
