"""Each case tells exactly what `expected.toml` says: severity, code, whole sentence, and whether the dossier is set aside."""

from pathlib import Path

import pytest

from tests.faults.packages.cases import NAMES
from tests.faults.packages.telling import expected, told


@pytest.mark.parametrize("name", NAMES)
def test_what_is_told(name: str, tmp_path: Path) -> None:
    assert list(told(name, tmp_path)) == expected()[name]


def test_every_expectation_has_its_case() -> None:
    assert list(expected()) == list(NAMES)


def test_what_sets_aside_is_an_error_and_nothing_else_is() -> None:
    for lines in expected().values():
        for line in lines:
            fate, severity, *_ = line.split()
            assert (fate == "aside") == (severity == "error"), line
