"""Rows of a .csv whose quotation marks are wrong: the same rows as by trying each line on its own, in time that grows with the text alone."""

import csv
import random
from collections.abc import Iterator

import pytest

from reviewer.packages.findings import Findings, Place
from reviewer.packages.text_files import rows

HEAD = "科目名稱,學分\n"
TOKENS = ('"', '""', '"""', ",", "x", "甲乙", "\n", "\n", " ", 'x","\n', '"a\nb",')


def read(text: str) -> list[list[str]]:
    return rows(text, Place(Findings(""), "課程計畫.csv"))


def tried_from_every_line(text: str) -> list[list[str]]:
    """What `rows` gives, row by row: whatever cannot be read is read as its first line, or is empty."""
    lines, found, at = text.splitlines(keepends=True), [], 0
    while at < len(lines):
        reader = csv.reader(iter([*lines[at:-1], lines[-1].removesuffix("\n") + "\n"]), strict=True)
        try:
            cells, used = next(reader), reader.line_num
        except csv.Error:
            cells, used = alone(lines[at]), 1
        found.append([cell.strip() for cell in cells])
        at += used
    return found


def alone(line: str) -> list[str]:
    try:
        return [] if line.count('"') % 2 else next(csv.reader([line]))
    except csv.Error:
        return []


@pytest.fixture
def short_cells() -> Iterator[None]:
    """Cells of twenty characters, so that small texts have cells that are too long."""
    limit = csv.field_size_limit(20)
    yield
    csv.field_size_limit(limit)


@pytest.mark.usefixtures("short_cells")
@pytest.mark.parametrize("seed", range(20))
def test_rows_are_those_that_are_found_by_trying_every_line(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - texts, no secrets
    for _ in range(200):
        text = HEAD + "".join(dice.choice(TOKENS) for _ in range(dice.randint(1, 60)))
        assert read(text) == tried_from_every_line(text)


@pytest.mark.parametrize("row", ['x","\n', 'x,"y\n', '"""a,"\n'])
def test_quotation_marks_that_are_never_closed_cost_no_second_reading(row: str) -> None:
    # A file of 1 MB took more than an hour, since each row was read to the end of the file.
    assert len(read(HEAD + row * 170_000)) == 170_001


def test_cells_that_are_too_long_cost_no_second_reading() -> None:
    text = HEAD + ('x","\n' * 5_000 + "a" * 140_000 + "\n") * 6
    assert len(read(text)) == 1 + 6 * 5_001
