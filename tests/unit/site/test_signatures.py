"""Packages that were read before are recognised without reading them; what is known of them stands in one line each."""

import os
from pathlib import Path

import pytest

from reviewer.site import disk
from reviewer.site.signatures import SignatureIndex, differences, files, signature


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    (folder / "f").mkdir(parents=True)
    (folder / "a.json").write_text("{}", encoding="utf-8")
    (folder / "f/b.pdf").write_bytes(b"%PDF")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> SignatureIndex:
    return SignatureIndex(tmp_path / "cache", tmp_path / "site")


def test_size_time_and_inode_make_the_signature(package: Path) -> None:
    first, facts = signature(str(package)), (package / "a.json").stat()
    (package / "a.json").write_text("[]", encoding="utf-8")
    os.utime(package / "a.json", ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert signature(str(package)) == first
    os.utime(package / "a.json", ns=(facts.st_atime_ns, facts.st_mtime_ns + 1))
    assert signature(str(package)) != first


def test_files_that_changed_are_named(package: Path) -> None:
    known = files(str(package))
    assert sorted(known) == ["a.json", "f/b.pdf"]
    (package / "f/b.pdf").write_bytes(b"%PDF-1.7")
    (package / "c.txt").write_text("", encoding="utf-8")
    (package / "a.json").unlink()
    assert differences(known, str(package)) == ("a.json", "c.txt", "f/b.pdf")


def test_a_zip_is_one_file(tmp_path: Path) -> None:
    (tmp_path / "one.zip").write_bytes(b"PK")
    known = files(str(tmp_path / "one.zip"))
    (tmp_path / "one.zip").write_bytes(b"PK12")
    assert differences(known, str(tmp_path / "one.zip")) == ("one.zip",)


def test_nothing_is_named_where_nothing_was_known_or_nothing_is_there(package: Path, tmp_path: Path) -> None:
    assert differences({}, str(package)) == ()
    assert differences(files(str(package)), str(tmp_path / "gone")) == ()


def test_what_was_read_is_kept_what_is_gone_is_forgotten(index: SignatureIndex, package: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    index.save({str(package): ("one", "content"), str(other): ("two", "content")})
    assert {known.location: known.signature for known in index} == {str(package): "one", str(other): "two"}
    other.rmdir()
    index.save({str(package): ("three", "content")})
    assert [(known.location, known.signature, known.files) for known in index] == [(str(package), "three", files(str(package)))]


def test_nothing_is_written_when_nothing_changed(index: SignatureIndex, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index.save({str(package): ("one", "content")})
    monkeypatch.setattr(disk, "write_lines", None)
    index.save({})


@pytest.mark.parametrize("line", ["{", "[]", "3", '{"location": "/x"}', '{"another": "version"}'])
def test_a_line_that_cannot_be_read_is_passed_over(index: SignatureIndex, package: Path, tmp_path: Path, line: str) -> None:
    index.save({str(package): ("one", "content")})
    (path,) = (tmp_path / "cache/packages").iterdir()
    path.write_text(f"{line}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    assert [known.signature for known in index] == ["one"]
