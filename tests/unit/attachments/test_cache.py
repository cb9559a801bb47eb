"""The cache: made once, whole or not at all, never too large, mended when damaged."""

import functools
import multiprocessing
import os
import pickle
import time
from pathlib import Path

import pytest

from reviewer.attachments.cache import Store
from reviewer.model.attachment import MediaType
from reviewer.model.problem import Problem, Severity, Where
from reviewer.model.processed import Block, BlockKind, FoundAddress, Image, PageHealth, PageView, Processed
from reviewer.model.text import Text

KEY = "ab" * 32


def processed(sha256: str = KEY) -> Processed:
    image = Image(name="p001-1.webp", width_px=900, height_px=1273, size_bytes=5)
    page = PageView(
        number=1,
        width_pt=595.28,
        height_pt=841.89,
        health=PageHealth.TEXT,
        images=(image,),
        originals=(),
        blocks=(Block(kind=BlockKind.HEADING, text="標題 𠮷", level=1),),
        text="標題 𠮷",
    )
    problem = Problem(code="x", where=Where(page=1), what=Text("甲", "a"), remedy=Text("乙", "b"), severity=Severity.NOTE)
    return Processed(
        sha256=sha256,
        media_type=MediaType.PDF,
        size_bytes=10,
        problems=(problem,),
        pdf="document.pdf",
        pages=(page,),
        addresses=(FoundAddress(address="https://example.org", page=1, how="qr"),),
        seconds=0.5,
    )


def work(folder: Path, sha256: str = KEY, size: int = 5) -> Processed:
    (folder / "p001-1.webp").write_bytes(b"x" * size)
    return processed(sha256)


def never(folder: Path) -> Processed:
    raise AssertionError(folder)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", version="v1")


def test_what_was_made_is_found_again_equal_in_every_field(store: Store) -> None:
    made = store.make(KEY, work)
    assert store.find(KEY) == made == processed()
    assert store.make(KEY, never) == made
    assert store.path(made, "p001-1.webp").read_bytes() == b"xxxxx"


def test_another_version_of_the_steps_finds_nothing(store: Store, tmp_path: Path) -> None:
    store.make(KEY, work)
    assert Store(tmp_path / "cache", version="v2").find(KEY) is None


def test_work_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(AssertionError):
        store.make(KEY, never)
    assert store.find(KEY) is None
    assert list((store.folder / "work").iterdir()) == []


@pytest.mark.parametrize("damage", ["changed", "missing", "manifest", "shape", "other"])
def test_a_damaged_entry_is_made_again(store: Store, damage: str) -> None:
    store.make(KEY, work)
    entry = store.entry(KEY)
    manifest = entry / "manifest.json"
    if damage == "changed":
        (entry / "p001-1.webp").write_bytes(b"yyyyy")
    elif damage == "missing":
        (entry / "p001-1.webp").unlink()
    elif damage == "manifest":
        manifest.write_bytes(manifest.read_bytes()[:-9])
    elif damage == "shape":
        manifest.write_text('{"files": [], "processed": 7}')
    else:
        manifest.write_text(manifest.read_text().replace(KEY, "cd" * 32))
    assert store.find(KEY) is None
    assert store.make(KEY, work) == processed()
    assert store.find(KEY) == processed()


def test_who_looks_while_another_build_makes_an_entry_takes_nothing_away(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, read, asked = Store(tmp_path / "cache", version="v1"), Path.read_bytes, list[Path]()

    def too_early(path: Path) -> bytes:
        if not asked:
            asked.append(path)
            other.make(KEY, work)
            raise FileNotFoundError(path)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", too_early)
    assert store.find(KEY) is None
    assert asked == [store.entry(KEY) / "manifest.json"]
    assert other.find(KEY) == store.make(KEY, never) == processed()


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "/etc/passwd"])
def test_a_name_that_leads_out_of_the_entry_is_refused(store: Store, name: str) -> None:
    with pytest.raises(KeyError):
        store.path(processed(), name)


def test_the_limit_removes_what_was_unused_for_longest(tmp_path: Path) -> None:
    keys = [f"{number:02x}" * 32 for number in range(4)]
    with Store(tmp_path, version="v1") as store:
        for age, key in enumerate(keys):
            store.make(key, functools.partial(work, sha256=key, size=1000))
            os.utime(store.entry(key), (0, 1000 - age))
    size = store.info().size_bytes // 4
    with Store(tmp_path, 2 * size + size // 2, version="v1") as store:
        assert store.prune() == 2
        assert [store.find(key) is not None for key in keys] == [True, True, False, False]


def test_entries_of_other_versions_go_first(tmp_path: Path) -> None:
    with Store(tmp_path, version="old") as old:
        old.make(KEY, work)
    with Store(tmp_path, version="new") as new:
        new.make(KEY, work)
        os.utime(new.entry(KEY), (0, 1))
        new.limit_bytes = new.info().size_bytes - 1
        assert new.info().outdated_entries == 1
        os.utime(old.entry(KEY), (0, 2))
        assert new.prune() == 1
        assert new.find(KEY) == processed()


def test_what_a_running_build_used_is_never_removed(tmp_path: Path) -> None:
    with Store(tmp_path, version="v1") as first:
        first.make(KEY, work)
        with Store(tmp_path, 0, version="v1") as second:
            assert second.prune() == 0
            assert second.clear().entries == 0
        assert first.find(KEY) == processed()
    with Store(tmp_path, version="v1") as later:
        os.utime(later.entry(KEY), (0, time.time() - 5))
        assert later.clear().entries == 1
        assert later.info().entries == 0


def test_a_store_travels_to_other_processes(store: Store) -> None:
    store.make(KEY, work)
    other = pickle.loads(pickle.dumps(store))  # noqa: S301 - our own
    assert (other.folder, other.limit_bytes, other.version) == (store.folder, store.limit_bytes, "v1")
    assert other.find(KEY) == processed()
    other.close()


def _make_slowly(folder: Path, made: Path) -> None:
    def slow(into: Path) -> Processed:
        made.joinpath(str(os.getpid())).write_text("")
        return work(into)

    with Store(folder, version="v1") as store:
        store.make(KEY, slow)


def test_several_builds_at_once_make_an_entry_once(tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    context = multiprocessing.get_context("spawn")
    builds = [context.Process(target=_make_slowly, args=(tmp_path / "cache", made)) for _ in range(3)]
    for build in builds:
        build.start()
    for build in builds:
        build.join()
    assert [build.exitcode for build in builds] == [0, 0, 0]
    assert len(list(made.iterdir())) == 1


def test_what_killed_builds_left_is_swept(store: Store) -> None:
    left = store.folder / "work" / "999999999-dead"
    left.mkdir()
    (store.folder / "runs" / "999999999-dead").touch()
    store.prune()
    assert not left.exists()
    assert not (store.folder / "runs" / "999999999-dead").exists()
