"""The example schools' uploads, as the generator writes them."""

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of three schools' folders of uploads."""
    folder = tmp_path_factory.mktemp("fixtures")
    subprocess.run(
        [sys.executable, "-m", "fixtures.generate", "--uploads", "--out", str(folder)], cwd=CHECKOUT, check=True, capture_output=True
    )
    return folder / "uploads"
