"""`reviewer deliver apply` is killed at seeded moments: the old state or the new one stands, and a second run reaches the new one."""

import multiprocessing
import os
import random
import signal
from pathlib import Path

import pytest

from reviewer.site import disk
from reviewer.site.delivery import exchanging
from reviewer.site.delivery.folder import state_of
from tests import deliveries

OWN = {"marks.json": b"{}", "10110001/notes.csv": b"1,2"}


def _killed_apply(delta: Path, desk: Path, moment: int, steps: tuple[str, ...]) -> None:
    """Apply in this process and end it, as the power cut would, at the n-th call of a file operation."""
    calls = [0]

    def counted(_event: str, _arguments: object) -> None:
        if _event in steps:
            calls[0] += 1
            if calls[0] == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    __import__("sys").addaudithook(counted)
    deliveries.apply(delta, desk)


@pytest.fixture(autouse=True)
def without_flushing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed process loses nothing that it wrote; waiting for the whole machine's disk would only slow this down."""
    monkeypatch.setattr(disk, "flush", lambda _folder: None)


EVENTS = ("open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree", "os.scandir", "ctypes.dlsym")


@pytest.mark.parametrize("moment", sorted(random.Random(8).sample(range(1, 90), 12)))  # noqa: S311 - moments, not secrets
@pytest.mark.parametrize("one_step", [True, False], ids=["exchange", "two-renames"])
def test_killed_at_a_moment(tmp_path: Path, moment: int, one_step: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not one_step:
        monkeypatch.setattr("reviewer.site.swap.exchange", lambda _one, _other: False)
    old = deliveries.department(tmp_path / "old" / deliveries.CODE, deliveries.OLD)
    new = deliveries.department(tmp_path / "new" / deliveries.CODE, deliveries.NEW)
    desk = tmp_path / "desk"
    deliveries.apply(deliveries.container(tmp_path / "full.age", old), desk)
    for path, content in OWN.items():
        (desk / path).write_bytes(content)
    delta = deliveries.container(tmp_path / "delta.age", new, since=state_of(old))
    process = multiprocessing.get_context("fork").Process(target=_killed_apply, args=(delta, desk, moment, EVENTS))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    # Where two folders cannot be exchanged in one step, the old one may stand aside for a moment, whole.
    standing = deliveries.tree(desk if desk.exists() else exchanging.Places(desk).old)
    assert standing in ({**deliveries.tree(old), **OWN}, {**deliveries.tree(new), **OWN})
    assert desk.exists() or not one_step
    deliveries.apply(delta, desk)
    assert deliveries.tree(desk) == {**deliveries.tree(new), **OWN}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["delta.age", "desk", "full.age", "new", "old"]


def test_what_the_reviewer_saves_while_the_folders_are_exchanged_comes_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = deliveries.department(tmp_path / "old" / deliveries.CODE, deliveries.OLD)
    new = deliveries.department(tmp_path / "new" / deliveries.CODE, deliveries.NEW)
    desk = tmp_path / "desk"
    deliveries.apply(deliveries.container(tmp_path / "full.age", old), desk)
    (desk / "marks.json").write_bytes(b"first")
    delta = deliveries.container(tmp_path / "delta.age", new, since=state_of(old))
    publish = exchanging.publish

    def saving(places: exchanging.Places, delivered: frozenset[str]) -> None:
        # As programs save: a new file takes the place of the old one.
        (desk / "marks.new").write_bytes(b"second")
        (desk / "marks.new").replace(desk / "marks.json")
        (desk / "more.csv").write_bytes(b"new")
        publish(places, delivered)

    monkeypatch.setattr(exchanging, "publish", saving)
    deliveries.apply(delta, desk)
    assert deliveries.tree(desk) == {**deliveries.tree(new), "marks.json": b"second", "more.csv": b"new"}


@pytest.mark.parametrize("left", [b"", b'["index.h'], ids=["empty", "half"])
def test_a_list_that_was_cut_off_with_the_power_is_no_hindrance(tmp_path: Path, left: bytes) -> None:
    """Sticks are pulled out: then nothing was exchanged yet."""
    old = deliveries.department(tmp_path / "old" / deliveries.CODE, deliveries.OLD)
    new = deliveries.department(tmp_path / "new" / deliveries.CODE, deliveries.NEW)
    desk = tmp_path / "desk"
    deliveries.apply(deliveries.container(tmp_path / "full.age", old), desk)
    (desk / "marks.json").write_bytes(b"own")
    places = exchanging.Places(desk)
    (places.root / "new").mkdir(parents=True)
    places.commit.write_bytes(left)
    deliveries.apply(deliveries.container(tmp_path / "delta.age", new, since=state_of(old)), desk)
    assert deliveries.tree(desk) == {**deliveries.tree(new), "marks.json": b"own"}
    assert not places.root.exists()


def test_a_failure_between_the_two_renames_brings_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewer.site.swap.exchange", lambda _one, _other: False)
    old = deliveries.department(tmp_path / "old" / deliveries.CODE, deliveries.OLD)
    new = deliveries.department(tmp_path / "new" / deliveries.CODE, deliveries.NEW)
    desk = tmp_path / "desk"
    deliveries.apply(deliveries.container(tmp_path / "full.age", old), desk)
    delta = deliveries.container(tmp_path / "delta.age", new, since=state_of(old))
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", failing)
        with pytest.raises(KeyboardInterrupt):
            deliveries.apply(delta, desk)
    assert deliveries.tree(desk) == deliveries.tree(old)
