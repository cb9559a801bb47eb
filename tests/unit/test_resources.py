"""Where templates, themes, configuration and example data are found."""

from pathlib import Path

import pytest

from reviewer import resources
from reviewer.model.problem import ExitStatus, Stop
from reviewer.resources import data_folder

CHECKOUT = Path(__file__).resolve().parents[2]


def test_checkout_uses_its_own_folders() -> None:
    assert data_folder("themes") == CHECKOUT / "themes"


def test_wheel_uses_the_folders_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "reviewer"
    (package / "_data" / "themes").mkdir(parents=True)
    (package.parent / "themes").mkdir()  # somebody else's distribution
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert data_folder("themes") == package / "_data" / "themes"


def test_missing_folder_stops_the_run_and_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "reviewer"
    monkeypatch.setattr(resources, "_PACKAGE", package)
    with pytest.raises(Stop) as stop:
        data_folder("templates")
    (problem,) = stop.value.problems
    assert stop.value.status is ExitStatus.NOTHING
    assert problem.what.en == "The installation is incomplete: the folder templates is missing."
    assert str(problem) == f"{package}：安裝不完整，找不到資料夾 templates。請重新安裝 portfolio-reviewer。"
