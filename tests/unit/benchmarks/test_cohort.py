"""A cohort of any size from a small department: listed, opened and searched as a real one."""

import json
from pathlib import Path

import pytest

from benchmarks.cohort import FIRST, cohort, largest
from reviewer.search import department
from reviewer.search.collection import load


@pytest.fixture
def wide(demo_site: Path, tmp_path: Path) -> Path:
    return cohort(largest(demo_site), tmp_path / "wide", 30).parent


def test_every_dossier_is_listed_and_has_its_page(wide: Path) -> None:
    text = (wide / "data" / "desk.js").read_text(encoding="utf-8")
    rows = json.loads(text.removeprefix('Reviewer.give("desk", ').removesuffix(");\n"))["dossiers"]
    assert [row["number"] for row in rows] == [str(FIRST + at) for at in range(30)]
    assert all((wide / row["page"]).is_file() for row in rows)
    assert (wide / "index.html").read_text(encoding="utf-8").count("data-number=") == 30


def test_every_dossier_is_found_by_its_new_number_and_no_other(wide: Path, demo_site: Path) -> None:
    found = load(wide)
    assert sorted(each.number for each in found.dossiers) == [str(FIRST + at) for at in range(30)]
    assert found.problems == ()
    (hit,) = department.search(wide, str(FIRST + 29)).dossiers
    assert hit.applicant_number == str(FIRST + 29)
    old = load(largest(demo_site)).dossiers[0].number
    assert department.search(wide, old).dossiers == ()


def test_a_site_without_departments_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no department in"):
        largest(tmp_path)
