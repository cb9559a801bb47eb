"""Delivering and applying is the identity; a delta leads where the whole delivery leads; the reviewer's own files stay as they are."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.site import disk
from reviewer.site.delivery.folder import state_of
from tests import deliveries

NAMES = st.sampled_from(
    [f"1011000{n}/{name}" for n in range(4) for name in ("index.html", "f/a.webp", "f/b.mp4")] + ["index.html", "data/0.js"]
)
CONTENTS = st.one_of(st.binary(max_size=40), st.sampled_from([b"x" * 512, b"y" * 2_000]))
DEPARTMENTS = st.dictionaries(NAMES, CONTENTS, min_size=1, max_size=8)
OWN = st.dictionaries(
    st.sampled_from(["marks.json", "10110001/notes.csv", "mine/a.txt", "評分 表.csv"]), st.binary(max_size=20), max_size=3
)


@pytest.fixture(scope="module", autouse=True)
def without_flushing() -> Iterator[None]:
    """Waiting for the whole machine's disk is no part of the property."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "flush", lambda _folder: None)
        yield


@contextmanager
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@given(files=DEPARTMENTS)
@settings(max_examples=25, deadline=None)
def test_deliver_and_apply_is_the_identity(files: dict[str, bytes]) -> None:
    with place() as here:
        site = deliveries.department(here / deliveries.CODE, files)
        deliveries.apply(deliveries.container(here / "d.age", site), here / "desk")
        assert deliveries.tree(here / "desk") == deliveries.tree(site)


@given(old=DEPARTMENTS, new=DEPARTMENTS, own=OWN)
@settings(max_examples=40, deadline=None)
def test_a_delta_makes_the_new_state_and_keeps_what_the_reviewer_wrote(
    old: dict[str, bytes], new: dict[str, bytes], own: dict[str, bytes]
) -> None:
    with place() as here:
        before = deliveries.department(here / "old" / deliveries.CODE, old)
        after = deliveries.department(here / "new" / deliveries.CODE, new)
        desk = here / "desk"
        deliveries.apply(deliveries.container(here / "full.age", before), desk)
        for path, content in own.items():
            (desk / path).parent.mkdir(parents=True, exist_ok=True)
            (desk / path).write_bytes(content)
        delta = deliveries.container(here / "delta.age", after, since=state_of(before))
        first, again = deliveries.apply(delta, desk), deliveries.apply(delta, desk)
        assert deliveries.tree(desk) == {**deliveries.tree(after), **own}
        assert (first.own, again.already) == (len(own), True)
        assert sorted(path.name for path in here.iterdir()) == ["delta.age", "desk", "full.age", "new", "old"]
