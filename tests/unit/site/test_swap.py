"""One folder in the place of another, with the system's one step and without it."""

from pathlib import Path

import pytest

from reviewer.site import swap


@pytest.fixture(params=[True, False], ids=["one-step", "two-renames"])
def folders(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    """What is to stand, where, and where the former one may stand aside; on systems of both kinds."""
    if not request.param:
        monkeypatch.setattr(swap, "exchange", lambda _one, _other: False)
    staged, target = tmp_path / "staged", tmp_path / "target"
    hold(staged, "new")
    return staged, target, swap.beside(target)


def hold(folder: Path, content: str) -> None:
    folder.mkdir()
    (folder / "file").write_text(content, encoding="utf-8")


def content(folder: Path) -> str:
    return (folder / "file").read_text(encoding="utf-8")


def test_the_new_one_stands_and_the_former_one_is_where_it_says(folders: tuple[Path, Path, Path]) -> None:
    staged, target, aside = folders
    hold(target, "former")
    former = swap.swap(staged, target, aside)
    assert (content(target), content(former)) == ("new", "former")
    assert former in (staged, aside)


def test_where_nothing_stood_nothing_is_left(folders: tuple[Path, Path, Path]) -> None:
    staged, target, aside = folders
    assert not swap.swap(staged, target, aside).exists()
    assert content(target) == "new"


def test_what_an_earlier_run_left_aside_gives_way(folders: tuple[Path, Path, Path]) -> None:
    staged, target, aside = folders
    hold(target, "former")
    hold(aside, "older")
    assert content(swap.swap(staged, target, aside)) == "former"
    assert content(target) == "new"


def test_stopped_between_two_renames_the_former_one_comes_back(folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    staged, target, aside = folders
    hold(target, "former")
    monkeypatch.setattr(swap, "exchange", lambda _one, _other: False)
    rename = Path.rename

    def stopping(path: Path, to: Path) -> Path:
        if path == staged:
            raise KeyboardInterrupt
        return rename(path, to)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", stopping)
        with pytest.raises(KeyboardInterrupt):
            swap.swap(staged, target, aside)
    assert not target.exists()
    swap.restore(target, aside)
    assert (content(target), aside.exists()) == ("former", False)


def test_where_the_folder_stands_nothing_is_put_back(folders: tuple[Path, Path, Path]) -> None:
    _, target, aside = folders
    hold(target, "new")
    hold(aside, "former")
    swap.restore(target, aside)
    assert content(target) == "new"


def test_exchange_is_one_step_here(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert swap.exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one/other").exists()
    assert (tmp_path / "other/one").exists()
