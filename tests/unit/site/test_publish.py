"""Law 5: a department's folder appears whole or not at all, wherever the machine stops."""

import contextlib
import hashlib
import multiprocessing
import os
import signal
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from reviewer.model.problem import ExitStatus, Stop
from reviewer.model.text import Text
from reviewer.site import disk, layout, publish, record, swap

CODE = "101001"


def stage(paths: layout.Paths, words: str) -> None:
    """Put a whole department into staging, as the build does."""
    staged = paths.staged(CODE)
    staged.site.mkdir(parents=True)
    (staged.site / "index.html").write_text(words, encoding="utf-8")
    sums = f"{hashlib.sha256(words.encode()).hexdigest()}  index.html\n"
    (staged.site / layout.SUMS).write_text(sums, encoding="utf-8")
    head = record.Header(
        schema=record.SCHEMA,
        department_code=CODE,
        department_name=Text("法律學系", "Law"),
        shared=words,
        sums_sha256=hashlib.sha256(sums.encode()).hexdigest(),
    )
    record.write(staged.record, head, [])


@pytest.fixture
def paths(tmp_path: Path) -> layout.Paths:
    paths = layout.Paths(tmp_path / "site")
    with publish.sole_build(paths):
        stage(paths, "first")
        publish.publish(paths, CODE)
    return paths


def standing(paths: layout.Paths) -> tuple[str, str]:
    """What is published, and what its record says."""
    return (paths.department(CODE) / "index.html").read_text(encoding="utf-8"), record.header(paths.record(CODE)).shared


def test_the_first_folder_is_published_and_nothing_is_left_in_staging(paths: layout.Paths) -> None:
    assert standing(paths) == ("first", "first")
    assert list(paths.staging.iterdir()) == []


def test_the_second_takes_the_place_of_the_first(paths: layout.Paths) -> None:
    stage(paths, "second")
    publish.publish(paths, CODE)
    assert standing(paths) == ("second", "second")
    assert list(paths.staging.iterdir()) == []


def test_without_exchange_two_renames_do(paths: layout.Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "exchange", lambda _one, _other: False)
    stage(paths, "second")
    publish.publish(paths, CODE)
    assert standing(paths) == ("second", "second")
    assert list(paths.staging.iterdir()) == []


STEPS = ("reviewer.site.disk.flush", "pathlib.Path.rename", "pathlib.Path.replace", "reviewer.site.disk.flush_folder", "shutil.rmtree")


@pytest.mark.parametrize("exchanging", [True, False], ids=["exchange", "two-renames"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("count", [1, 2])
def test_stopped_at_any_step_one_whole_folder_stands_with_its_record(
    paths: layout.Paths, monkeypatch: pytest.MonkeyPatch, exchanging: bool, when: str, step: str, count: int
) -> None:
    """The step raises instead of, or after, doing its work for the n-th time; then the next run begins."""
    stage(paths, "second")
    if not exchanging:
        monkeypatch.setattr(swap, "exchange", lambda _one, _other: False)
    holder, name = step.rsplit(".", 1)
    original = getattr(_resolve(holder), name)
    calls: list[int] = []

    def stopping(*arguments: object, **options: object) -> object:
        calls.append(1)
        if len(calls) == count and when == "before":
            raise KeyboardInterrupt
        value = original(*arguments, **options)
        if len(calls) == count:
            raise KeyboardInterrupt
        return value

    with monkeypatch.context() as patch:
        patch.setattr(step, stopping)
        with contextlib.suppress(KeyboardInterrupt):
            publish.publish(paths, CODE)
    with publish.sole_build(paths):
        publish.recover(paths)
        published, recorded = standing(paths)
        assert published == recorded
        if published == "first":
            assert (paths.staged(CODE).site / "index.html").read_text(encoding="utf-8") == "second"
        publish.clear(paths)
    assert not paths.staging.exists()


def _resolve(holder: str) -> object:
    return {"reviewer.site.disk": disk, "pathlib.Path": Path, "shutil": __import__("shutil")}[holder]


def test_a_withdrawn_department_leaves_nothing(paths: layout.Paths) -> None:
    publish.withdraw(paths, CODE)
    publish.clear(paths)
    assert sorted(path.name for path in paths.site.rglob("*")) == [".reviewer", "lock", "records"]


@pytest.mark.parametrize("step", ["pathlib.Path.rename", "pathlib.Path.unlink", "shutil.rmtree"])
def test_a_withdrawal_that_was_stopped_is_finished_by_the_next(paths: layout.Paths, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """The record is what the next build knows of it, so it goes after the folder."""

    def stopping(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(step, stopping)
        with pytest.raises(KeyboardInterrupt):
            publish.withdraw(paths, CODE)
    assert paths.record(CODE).is_file() or not paths.department(CODE).exists()
    publish.recover(paths)
    publish.withdraw(paths, CODE)
    publish.clear(paths)
    assert sorted(path.name for path in paths.site.rglob("*")) == [".reviewer", "lock", "records"]


def hold(site: Path, ready: Event) -> None:
    with publish.sole_build(layout.Paths(site)):
        ready.set()
        signal.pause()


def test_a_second_build_into_the_same_folder_is_refused(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    other = context.Process(target=hold, args=(tmp_path / "site", ready))
    other.start()
    try:
        assert ready.wait(30)
        with pytest.raises(Stop) as stop, publish.sole_build(layout.Paths(tmp_path / "site")):
            pass
        assert stop.value.status is ExitStatus.NOTHING
        assert stop.value.problems[0].what.en == f"Another reviewer build is writing to {tmp_path / 'site'}."
    finally:
        assert other.pid is not None
        os.kill(other.pid, signal.SIGKILL)
        other.join()


def test_a_killed_build_does_not_hold_the_folder(tmp_path: Path) -> None:
    test_a_second_build_into_the_same_folder_is_refused(tmp_path)
    with publish.sole_build(layout.Paths(tmp_path / "site")):
        pass


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(Stop) as stop, publish.sole_build(layout.Paths(tmp_path)):
        pass
    assert stop.value.status is ExitStatus.USAGE
    assert (
        stop.value.problems[0].what.en == f"{tmp_path} already holds other files (such as thesis.docx) and is not a site made by reviewer."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").touch()
    with pytest.raises(Stop) as stop, publish.sole_build(layout.Paths(tmp_path / "site")):
        pass
    assert stop.value.problems[0].code == "target-not-writable"
