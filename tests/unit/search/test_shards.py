"""The files of a department's search: their names, their bytes, and what becomes of dossiers that stay from one build to the next."""

import hashlib
from pathlib import Path

import pytest

from benchmarks.search import corpus
from reviewer.search import shards
from reviewer.search.collection import load
from tests.unit.search.cohort import cohort, write


def contents(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (folder / "data").iterdir()}


def test_names_are_fixed_whatever_the_cohort(tmp_path: Path) -> None:
    names = sorted(["search.js", *(f"text-{index:02d}.js" for index in range(16))])
    assert sorted(contents(write(tmp_path / "one", cohort(1, seed=1)))) == names
    assert sorted(contents(write(tmp_path / "many", cohort(50, seed=1)))) == names


def test_the_order_of_arrival_changes_no_byte(tmp_path: Path) -> None:
    made = cohort(20, seed=3)
    backwards = dict(reversed(list(made.items())))
    assert contents(write(tmp_path / "one", made)) == contents(write(tmp_path / "other", backwards))


def test_a_dossier_that_changes_changes_one_shard_and_the_manifest(tmp_path: Path) -> None:
    made = dict(cohort(20, seed=3))
    before = contents(write(tmp_path / "site", made))
    number = next(iter(made))
    made[number] = made[number][:-1]
    after = contents(write(tmp_path / "site", made))
    assert {name for name in before if before[name] != after[name]} <= {"search.js", shards.shard_name(shards.shard_of(number))}


def test_dossiers_that_stay_are_taken_over_to_the_byte(tmp_path: Path) -> None:
    made = cohort(20, seed=3)
    before = write(tmp_path / "before", made)
    former = shards.Standing(before / "data")
    assert former.numbers == frozenset(made)
    shards.write(tmp_path / "after/data", ((number, number) for number in made), former.record)
    assert contents(tmp_path / "after") == contents(before)


@pytest.mark.parametrize("harm", ["missing", "cut", "foreign"])
def test_nothing_is_taken_over_from_damaged_files(tmp_path: Path, harm: str) -> None:
    folder = write(tmp_path / "site", cohort(20, seed=3))
    shard = folder / "data/text-03.js"
    if harm == "missing":
        shard.unlink()
    elif harm == "cut":
        shard.write_bytes(shard.read_bytes()[:-20])
    else:
        other = write(tmp_path / "other", cohort(30, seed=4))
        shard.write_bytes((other / "data/text-03.js").read_bytes())
    assert shards.Standing(folder / "data").numbers == frozenset()
    assert [problem.where.file for problem in load(folder).problems] == ["data/text-03.js"]


def test_the_files_stay_within_1_3_times_the_utf_8_text(tmp_path: Path) -> None:
    rows = list(corpus.records(40))
    written = shards.write(
        tmp_path / "data", ((number, number) for number, _, _ in rows), {number: made for number, made, _ in rows}.__getitem__
    )
    assert written <= 1.3 * sum(text_bytes for _, _, text_bytes in rows)
    assert written == sum(file.stat().st_size for file in (tmp_path / "data").iterdir())
