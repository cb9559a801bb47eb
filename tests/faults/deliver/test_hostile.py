"""Containers that nobody honest made: refused with a sentence, and nothing is written."""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from reviewer.model.problem import ExitStatus, Stop
from reviewer.site.delivery import tar
from reviewer.site.delivery.folder import state_of
from tests import deliveries

CODE = deliveries.CODE


def stream(files: list[tuple[str, bytes]], *, sums: bytes | None = None, code: str = CODE, count: int | None = None) -> bytes:
    """The tar of a container as an attacker may make it."""
    sums = deliveries.sums_of(dict(files)) if sums is None else sums
    said = {"department": code, "format": "reviewer delivery 1", "sums_sha256": hashlib.sha256(sums).hexdigest()}
    said |= {"public_key": "", "signature": "", "signer": ""}
    body = entry(f"{code}/delivery.json", json.dumps(said).encode()) + entry(f"{code}/SHA256SUMS", sums)
    body += b"".join(entry(f"{code}/{path}", content) for path, content in files) + tar.END
    described = {
        "format": "reviewer container 1",
        "department": code,
        "files": len(files) if count is None else count,
        "stream_bytes": len(body),
    }
    return entry("container.json", json.dumps(described).encode()) + body


def entry(path: str, content: bytes) -> bytes:
    return tar.header(path, len(content)) + content + tar.padding(len(content))


def special(kind: bytes, *, name: str = f"{CODE}/index.html", size_bytes: int = 0) -> bytes:
    """A sound container whose file is a link, a device, or of another kind."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size, info.mtime = kind, "/etc/passwd", size_bytes, tar.MODIFIED_S
    plain = stream([("index.html", b"")])
    return plain.replace(tar.header(f"{CODE}/index.html", 0), info.tobuf(tarfile.GNU_FORMAT)[:512])


def escaping(path: str) -> bytes:
    return stream([(path, b"x")])


def lying_sums() -> bytes:
    return stream([("index.html", b"evil")], sums=deliveries.sums_of({"index.html": b"good"}))


def huge_head() -> bytes:
    return tar.header("container.json", 2**32) + bytes(2**20)


def _ordinary() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        info = tarfile.TarInfo("index.html")
        info.mtime = tar.MODIFIED_S
        archive.addfile(info)
    return buffer.getvalue()


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "parent folder": (lambda: escaping("../evil.txt"), "it is not of the form that this program makes"),
    "parent folder within": (lambda: escaping("a/../../evil.txt"), "it is not of the form that this program makes"),
    "absolute": (lambda: escaping("/evil.txt"), "it is not of the form that this program makes"),
    "backslash": (lambda: escaping("..\\evil.txt"), "the path “..\\evil.txt”"),
    "drive": (lambda: escaping("C:evil.txt"), "the path “C:evil.txt”"),
    "device name": (lambda: escaping("a/con.txt"), "the path “a/con.txt”"),
    "empty part": (lambda: escaping("a//b"), "the path “a//b”"),
    "turned text": (lambda: escaping("a\u202egpj.exe"), "the path “a‹U+202E›gpj.exe”"),
    "two names, one file": (lambda: stream([("A.html", b"x"), ("a.html", b"x")]), "“a.html” has the name of another file"),
    "file is a folder": (lambda: stream([("a", b"x"), ("a/b", b"x")]), "“a/b” has the name of another file"),
    "reserved name": (lambda: escaping("sha256sums"), "“sha256sums” has the name of another file"),
    "code leads out": (lambda: stream([("a", b"x")], code=".."), "the department's code"),
    "symbolic link": (lambda: special(tarfile.SYMTYPE), "it is not of the form that this program makes"),
    "hard link": (lambda: special(tarfile.LNKTYPE), "it is not of the form that this program makes"),
    "character device": (lambda: special(tarfile.CHRTYPE), "it is not of the form that this program makes"),
    "pipe": (lambda: special(tarfile.FIFOTYPE), "it is not of the form that this program makes"),
    "sparse bomb": (lambda: special(tarfile.GNUTYPE_SPARSE, size_bytes=0), "it is not of the form that this program makes"),
    "extended header": (lambda: special(tarfile.XHDTYPE), "it is not of the form that this program makes"),
    "not in SHA256SUMS": (
        lambda: stream([("a", b"x"), ("b", b"y")], sums=deliveries.sums_of({"a": b"x"})),
        f"the file “{CODE}/b”",
    ),
    "the same file twice": (lambda: stream([("a", b"x"), ("a", b"x")]), f"the file “{CODE}/a”"),
    "fewer files than said": (lambda: stream([("a", b"x")], count=2), "files are out of order or of another number"),
    "head without end": (huge_head, "files are out of order or of another number"),
    "more behind the end": (lambda: stream([("a", b"x")]) + b"x" * 512, "it is not of the form that this program makes"),
    "an ordinary tar": (_ordinary, "files are out of order or of another number"),
    "SHA256SUMS not sorted": (
        lambda: stream([("a", b"x")], sums=b"\n".join(deliveries.sums_of({"a": b"x", "b": b"y"}).splitlines()[::-1]) + b"\n"),
        "it is not of the form that this program makes",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_container_is_refused(name: str, tmp_path: Path) -> None:
    make, reason = CASES[name]
    (tmp_path / "d.age").write_bytes(pyrage.encrypt(make(), list(deliveries.LOCK.recipients)))
    with pytest.raises(Stop) as stopped:
        deliveries.apply(tmp_path / "d.age", tmp_path / "desk")
    assert [problem.what.en for problem in stopped.value.problems] == [f"The container holds what is not accepted: {reason}."]
    assert stopped.value.status is ExitStatus.NOTHING
    assert [path.name for path in tmp_path.iterdir()] == ["d.age"]
    assert not (tmp_path.parent / "evil.txt").exists()


def test_a_file_that_sha256sums_belies_is_named(tmp_path: Path) -> None:
    (tmp_path / "d.age").write_bytes(pyrage.encrypt(lying_sums(), list(deliveries.LOCK.recipients)))
    with pytest.raises(Stop) as stopped:
        deliveries.apply(tmp_path / "d.age", tmp_path / "desk")
    assert [(problem.where.file, problem.what.en) for problem in stopped.value.problems] == [
        ("index.html", "This file in the container is not what SHA256SUMS says.")
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["d.age"]


def test_no_link_in_the_reviewers_folder_is_followed(tmp_path: Path) -> None:
    old = deliveries.department(tmp_path / "old" / CODE, {"a/index.html": b"one"})
    new = deliveries.department(tmp_path / "new" / CODE, {"a/index.html": b"two"})
    desk, outside = tmp_path / "desk", tmp_path / "outside"
    deliveries.apply(deliveries.container(tmp_path / "full.age", old), desk)
    (desk / "a").rename(outside)
    (desk / "a").symlink_to(outside)

    delta = deliveries.container(tmp_path / "delta.age", new, since=state_of(old))
    with pytest.raises(Stop) as stopped:
        deliveries.apply(delta, desk)
    assert [problem.code for problem in stopped.value.problems] == ["delivery-state-altered", "sums-missing"]
    assert (outside / "index.html").read_bytes() == b"one"
