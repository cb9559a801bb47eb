"""What a department's pages are written from: rows and records on disk, read one at a time, in the order that the pages need."""

from pathlib import Path

import pytest

from reviewer.model.text import Text
from reviewer.render.html import cohort_page, cohort_pieces
from reviewer.render.view import CohortRow, cohort_row, cohort_view, desk_pieces, desk_script, ordered_cohort_view
from reviewer.render.words import PLAIN
from reviewer.site import record, rows
from reviewer.site.check import pages
from reviewer.site.results import Inputs, Result, State
from tests import factories
from tests.pages import selection

NUMBERS = ("10210009", "10210007", "10210008")


def row(number: str) -> CohortRow:
    return cohort_row(factories.dossier(applicant_number=number), PLAIN, pdf=True)


@pytest.fixture
def line_file(tmp_path: Path) -> rows.RowFile:
    return rows.RowFile(tmp_path / "rows", ((number, rows.to_json(row(number))) for number in NUMBERS))


def test_rows_come_by_number_as_often_as_they_are_asked_for(line_file: rows.RowFile) -> None:
    assert [one.number for one in line_file] == sorted(NUMBERS)
    assert list(line_file) == [row(number) for number in sorted(NUMBERS)]
    assert (len(line_file), line_file[-1], line_file[:2]) == (3, row("10210009"), [row("10210007"), row("10210008")])


def test_no_rows_are_no_rows(tmp_path: Path) -> None:
    assert not rows.RowFile(tmp_path / "rows", ())


def test_pages_of_rows_on_disk_are_those_of_rows_in_memory(line_file: rows.RowFile) -> None:
    held = [row(number) for number in NUMBERS]
    assert "".join(cohort_pieces(ordered_cohort_view(selection(), line_file))) == cohort_page(cohort_view(selection(), held))
    assert "".join(desk_pieces(selection(), line_file, None)) == desk_script(selection(), held, None)


def test_a_page_that_is_read_piece_by_piece_names_what_the_whole_one_names(line_file: rows.RowFile) -> None:
    page = "".join(cohort_pieces(ordered_cohort_view(selection(), line_file)))
    whole, pieces = pages.read_page(page), pages.read_places(page.splitlines(keepends=True))
    assert (pieces.addresses, pieces.ids) == (whole.addresses, whole.ids)


def result(name: str) -> Result:
    inputs = Inputs(package="p", application="a", selection="s", templates="t", theme="h", fonts="f", code="c", options="pdf")
    return Result(name=name, applicant_number=name, package_id=name, inputs=inputs, state=State.MADE, characters=(0x5B57, ord(name[-1])))


def written(path: Path) -> Path:
    head = record.Header(schema=record.SCHEMA, department_code="001012", department_name=Text("系", "D"), shared="", sums_sha256="")
    record.write(path, head, map(result, ("1", "2", "3")))
    return path


def test_lines_of_a_record_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    lines = record.Lines(written(tmp_path / "record"), {"1", "3"})
    assert (lines["3"], lines["1"]) == (result("3"), result("1"))
    with pytest.raises(KeyError):
        lines["2"]


def test_a_record_that_was_cut_off_has_the_lines_before_the_cut(tmp_path: Path) -> None:
    path = written(tmp_path / "record")
    path.write_bytes(path.read_bytes()[:-40])
    assert record.Lines(path, {"1", "2", "3"})["2"] == result("2")
    with pytest.raises(KeyError):
        record.Lines(tmp_path / "none", {"1"})["1"]
