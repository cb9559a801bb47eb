"""Uploads of the three example schools, made once; building.py beside this file is importable."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `python -m fixtures.generate --uploads` writes."""
    from fixtures.generate import generate  # noqa: PLC0415 - takes a second, wanted by some tests only

    folder = tmp_path_factory.mktemp("example")
    generate(folder, uploads=True)
    return folder
