"""Uploads of the three example schools, made once."""

from pathlib import Path

import pytest

from fixtures.generate import generate


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `python -m fixtures.generate --uploads` writes."""
    folder = tmp_path_factory.mktemp("example")
    generate(folder, uploads=True)
    return folder
