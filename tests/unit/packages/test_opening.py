"""Opening is safe: nothing outside is read or written, temporary folders vanish, paths are checked again."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer.model.problem import SetAside, SetAsideForNow
from reviewer.packages.opening import file_path, open_package
from reviewer.packages.reader import read
from tests.faults.packages.cases import NAMES, make
from tests.faults.packages.making import PDF, address, good, write_folder, write_zip
from tests.faults.packages.telling import line


def test_a_folder_is_read_where_it_lies(tmp_path: Path) -> None:
    package = write_folder(tmp_path / "package", good())
    with open_package(address(package)) as opened:
        assert opened.root == package


def test_a_bags_root_is_its_payload(tmp_path: Path) -> None:
    with open_package(address(make("bag_sound", tmp_path))) as opened:
        assert opened.root == tmp_path / "package" / "data"
        assert [entry.path for entry in opened.inventory if entry.path.endswith(".pdf")] == ["報導.pdf"]


def test_a_zips_temporary_folder_vanishes(tmp_path: Path) -> None:
    with open_package(address(make("zip_wrapped_in_a_folder", tmp_path))) as opened:
        root = opened.root
        assert (root / "報導.pdf").read_bytes() == PDF
        assert stat.S_IMODE((root / "報導.pdf").stat().st_mode) == 0o600
    assert not root.exists()


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("zip_")])
def test_no_zip_writes_outside_or_leaves_anything(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    location = make(name, tmp_path / "case")
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    try:
        with open_package(address(location)) as opened:
            read(opened)
    except SetAside as reason:
        assert reason.problems  # noqa: PT017 - either fate is right here; which one is asserted in tests/faults
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before


def test_a_path_is_given_for_regular_files_inside_only(tmp_path: Path) -> None:
    package = write_folder(tmp_path / "package", good())
    with open_package(address(package)) as opened:
        attachment = read(opened).outcomes[0].files[0].attachment
        assert attachment is not None
        assert file_path(opened, attachment) == package / "報導.pdf"
        (package / "報導.pdf").unlink()
        (package / "報導.pdf").symlink_to("/etc/passwd")
        with pytest.raises(OSError, match="symbolic links"):
            file_path(opened, attachment)


def test_a_folder_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    package = write_folder(tmp_path / "package", good())
    write_folder(package, {"課程學習成果/報導.pdf": PDF})
    (package / "報導.pdf").unlink()
    with open_package(address(package)) as opened:
        attachment = read(opened).outcomes[0].files[0].attachment
        assert attachment is not None
        (package / "課程學習成果").rename(tmp_path / "elsewhere")
        (package / "課程學習成果").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(OSError, match=r"directory|links"):
            file_path(opened, attachment)


def test_names_in_bytes_of_big5_are_read(tmp_path: Path) -> None:
    package = write_folder(tmp_path / "package", good())
    (package / "報導.pdf").rename(package / os.fsdecode("報導.pdf".encode("cp950")))
    with open_package(address(package)) as opened:
        attachment = read(opened).outcomes[0].files[0].attachment
        assert attachment is not None
        assert attachment.path == "報導.pdf"
        assert file_path(opened, attachment).read_bytes() == PDF


def test_a_department_folder_alone_in_a_zip_is_not_stepped_into(tmp_path: Path) -> None:
    with open_package(address(write_zip(tmp_path / "x.zip", {"001012/多元表現綜整心得.pdf": PDF}))) as opened:
        assert [upload.department for upload in read(opened).uploads] == ["001012"]


@pytest.mark.parametrize(
    ("closed", "told"),
    [
        (".", "error package-gone 01686463：找不到這份資料，或無法讀取（Permission denied）。請確認資料夾與權限後再執行一次。"),
        (
            "001012",
            "error folder-closed 01686463 · 001012：資料夾「001012」無法讀取（Permission denied），不知道其中有哪些檔案，這份資料暫不製作。請檢查資料夾權限與儲存媒體後再執行一次。",
        ),
    ],
)
def test_a_folder_that_cannot_be_listed_sets_aside_for_now(closed: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = write_folder(tmp_path / "package", good() | {"001012/學習歷程自述_O.md": "反思".encode()})
    scandir = os.scandir

    def listing(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path) == package / closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr("os.scandir", listing)
    with pytest.raises(SetAsideForNow) as aside, open_package(address(package)):
        raise AssertionError("opened")
    assert [line(problem) for problem in aside.value.problems] == [told]


@pytest.mark.parametrize(
    ("error", "fate"), [(PermissionError(13, "Permission denied"), "aside"), (OSError(5, "Input/output error"), "unread")]
)
def test_files_of_a_folder_that_may_not_be_entered_set_aside_and_a_bad_one_is_tried_again(
    error: OSError, fate: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = write_folder(tmp_path / "package", good())
    scandir = os.scandir

    class Entry:
        """A listed file whose facts cannot be had."""

        def __init__(self, entry: os.DirEntry[str]) -> None:
            self.name, self.path, self.is_symlink, self.is_dir, self._entry = entry.name, entry.path, entry.is_symlink, entry.is_dir, entry

        def stat(self, *, follow_symlinks: bool) -> os.stat_result:
            if self.name == "報導.pdf":
                raise error
            return self._entry.stat(follow_symlinks=follow_symlinks)

    @contextlib.contextmanager
    def listing(path: Path) -> Iterator[list[Entry]]:
        with scandir(path) as found:
            yield [Entry(entry) for entry in found]

    monkeypatch.setattr("os.scandir", listing)
    unread: list[str] = []
    try:
        with open_package(address(package)) as opened:
            opened.fingerprint(unread)
    except SetAsideForNow:
        unread = ["aside"]
    assert unread == (["aside"] if fate == "aside" else ["報導.pdf"])
