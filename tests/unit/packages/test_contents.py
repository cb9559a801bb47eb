"""A file is what was hashed of it, in whatever order it is hashed and read; else the package is told to have changed."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer.packages.contents import Contents, PackageChanged
from reviewer.packages.inventory import take_inventory
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read
from tests.faults.packages.making import NUMBER, address, as_bytes, good, write_folder
from tests.faults.packages.telling import line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "package", {"自述.md": b"as it was"})


def contents(folder: Path) -> Contents:
    return Contents(take_inventory(folder, NUMBER), NUMBER)


def test_what_rests_is_read(folder: Path) -> None:
    found = contents(folder)
    (entry,) = found.inventory
    assert found.facts(entry).sha256 == hashlib.sha256(b"as it was").hexdigest()
    assert found.read(entry, 100) == b"as it was"


@pytest.mark.parametrize("change", [lambda path: path.write_bytes(b"as it is!"), Path.unlink, lambda path: (path.unlink(), path.mkdir())])
def test_what_changed_since_it_was_hashed_is_told(folder: Path, change: Callable[[Path], object]) -> None:
    found = contents(folder)
    (entry,) = found.inventory
    found.facts(entry)
    change(folder / "自述.md")
    with pytest.raises(PackageChanged) as reason:
        found.read(entry, 100)
    assert [line(problem) for problem in reason.value.problems] == [
        f"error package-changed {NUMBER} · 自述.md：「自述.md」在讀取途中被改動或移除，這份資料不予製作。請確定沒有程式正在寫入資料包，再執行一次。"
    ]


def test_what_is_gone_before_it_was_hashed_is_not_there(folder: Path) -> None:
    found = contents(folder)
    (entry,) = found.inventory
    (folder / "自述.md").unlink()
    with pytest.raises(FileNotFoundError):
        found.read(entry, 100)


def test_of_a_file_that_is_too_long_nothing_is_taken_for_the_whole(folder: Path) -> None:
    found = contents(folder)
    (entry,) = found.inventory
    assert found.read(entry, 4) == b"as it"


def test_a_bag_s_payload_is_what_its_manifests_were_compared_with(tmp_path: Path) -> None:
    files = {f"data/{name}": as_bytes(content) for name, content in good().items()}
    listed = "".join(f"{hashlib.sha512(content).hexdigest()}  {name}\n" for name, content in files.items())
    declaration = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    bag = write_folder(tmp_path / "bag", files | {"bagit.txt": declaration, "manifest-sha512.txt": listed.encode()})
    with open_package(address(bag)) as opened:
        assert read(opened).identity.name
    with open_package(address(bag)) as opened:
        (bag / "data/基本資料.json").write_bytes(b"{}")
        with pytest.raises(PackageChanged):
            read(opened)
