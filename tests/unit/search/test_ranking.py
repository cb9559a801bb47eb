"""The terminal finds what a naive reading of every text finds, in the same order; so does the office's index."""

from pathlib import Path

import pytest

from reviewer.search import department, indexing, office
from reviewer.search.query import parse
from tests.unit.search.cohort import Cohort, Oracle, cohort, queries, write

COUNT = 250


@pytest.fixture(scope="module")
def made() -> Cohort:
    return cohort(40, seed=5)


@pytest.fixture(scope="module")
def folder(made: Cohort, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("site") / "001012", made)


@pytest.fixture(scope="module")
def index(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("office") / "index"
    indexing.index_site(folder.parent, out, workers=1)
    return out


def found(folder: Path, query: str) -> list[tuple[str, int, list[str]]]:
    search = office.search if office.is_index(folder) else department.search
    return [(each.applicant_number, each.score, [place.anchor for place in each.places]) for each in search(folder, query).dossiers]


def test_recall_precision_and_order_are_those_of_the_oracle(made: Cohort, folder: Path) -> None:
    oracle, answered = Oracle(made), 0
    for written in queries(COUNT, seed=9):
        query = parse(written)
        if not query.error:
            expected = oracle.answer(query.terms, query.excluded, [(each.field, each.value, each.excluded) for each in query.filters])
            assert found(folder, written) == expected, written
            answered += bool(expected)
    assert answered > COUNT / 3


def test_the_index_answers_as_the_department_s_folder_does(folder: Path, index: Path) -> None:
    for written in queries(COUNT, seed=10):
        if not any(sign in written for sign in "()*?"):
            assert found(index, written) == found(folder, written), written
