"""Packages at an `fsspec` address (`s3://…`, `sftp://…`, `zip://…::s3://…`): listing, recognising, copying to a temporary folder.

Defended as a folder on disk is: names that lead out, clashing names, more files or bytes than a package may have. A remote store has no links;
what it calls neither a file nor a folder is passed over. Nothing is read but what the address names.
"""

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from reviewer.model.problem import ExitStatus, ProblemKind, SetAside, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.packages import limits, names
from reviewer.packages.inventory import FILE_TOO_LARGE, NAME_LEADS_OUT, PACKAGE_TOO_LARGE
from reviewer.packages.trees import Listed

REMOTE_ADDRESS = ProblemKind(
    "remote-address",
    Severity.ERROR,
    Text("無法開啟位址「{address}」（{reason}）。", "The address “{address}” cannot be opened ({reason})."),
    Text(
        "請確認位址的寫法；s3://、gs:// 等需要另外安裝 s3fs、gcsfs 等套件。",
        "Check how it is written; s3://, gs:// and others need a package of their own, such as s3fs or gcsfs.",
    ),
)

_CHUNK_BYTES = 2**20
_STAMPS = ("mtime", "LastModified", "last_modified", "updated", "created", "ETag", "etag", "md5Hash", "CRC")
"""What file systems tell of a file that changes when it does."""


class RemoteTree:
    """A file system with a root in it."""

    def __init__(self, address: str) -> None:
        """Raises `Stop` for an address of an unknown kind, or one that cannot be reached."""
        from fsspec.core import url_to_fs  # noqa: PLC0415 - most builds read a folder and never need it

        self._address = address
        try:
            self._files, path = url_to_fs(address)
        except Exception as error:  # every file system has errors of its own
            raise self.stop(error) from error
        self._chain = "".join(address.partition("::")[1:])
        self._root = PurePosixPath(path or "/")

    @property
    def root(self) -> PurePath:
        """The address itself."""
        return self._root

    def exists(self) -> bool:
        """Whether there is something at the address. Raises `Stop`."""
        try:
            return bool(self._files.exists(str(self._root)))
        except Exception as error:  # every file system has errors of its own
            raise self.stop(error) from error

    def is_file(self) -> bool:
        """Whether the address is a file."""
        return bool(self._files.isfile(str(self._root)))

    def list(self, path: PurePath) -> list[Listed]:
        """What a folder holds, by name. Raises OSError."""
        try:
            rows = self._files.ls(str(path), detail=True)
        except OSError:
            raise
        except Exception as error:  # every file system has errors of its own
            raise OSError(5, f"{type(error).__name__}: {error}"[:200]) from error
        listed = [_listed(row) for row in rows]
        # Some stores list a folder as a member of itself.
        return sorted((each for each in listed if each.path != path and each.name), key=lambda each: each.name)

    def location(self, path: PurePath) -> str:
        """The address of something below the root."""
        return f"{self._files.unstrip_protocol(str(path))}{self._chain}"

    def walk(self, path: PurePath, package_id: str) -> Iterator[tuple[str, Listed]]:
        """Every file below a folder with its relative path. Raises `SetAside` beyond the limits, OSError."""
        waiting, count = [(path, "", 1)], 0
        while waiting:
            folder, stem, depth = waiting.pop()
            for each in self.list(folder):
                count += 1
                if count > limits.ENTRIES:
                    raise SetAside(
                        PACKAGE_TOO_LARGE.at(Where(package=package_id), unit=Text("檔案數", "files"), limit=f"{limits.ENTRIES:,}")
                    )
                if depth > limits.DEPTH:
                    unit = Text("資料夾層數", "folders within folders")
                    raise SetAside(PACKAGE_TOO_LARGE.at(Where(package=package_id), unit=unit, limit=limits.DEPTH))
                if each.is_folder:
                    waiting.append((each.path, f"{stem}{each.name}/", depth + 1))
                else:
                    yield stem + each.name, each

    def copy(self, path: PurePath, target: Path, most_bytes: int) -> int:
        """Copy a file; return its size. Raises OSError, also when it is longer than `most_bytes`."""
        size = 0
        try:
            with self._files.open(str(path), "rb") as source, target.open("xb") as out:
                while chunk := source.read(_CHUNK_BYTES):
                    size += len(chunk)
                    if size > most_bytes:
                        raise OSError(27, "longer than its listing says")
                    out.write(chunk)
        except OSError:
            raise
        except Exception as error:  # every file system has errors of its own
            raise OSError(5, f"{type(error).__name__}: {error}"[:200]) from error
        return size

    def stop(self, error: Exception) -> Stop:
        """Say that the address cannot be opened, and why."""
        reason = str(error).strip().partition("\n")[0][:200] or type(error).__name__
        return Stop(REMOTE_ADDRESS.at(Where(file=self._address), address=self._address, reason=reason), status=ExitStatus.NOTHING)


def is_remote(address: str) -> bool:
    """Whether an address is one for fsspec, not a path."""
    return "://" in address


def fetch(location: str, folder: Path, package_id: str) -> Path:
    """Copy a package into an empty folder; return where it lies: a .zip, or the folder. Raises `SetAside`, OSError."""
    try:
        tree = RemoteTree(location)
    except Stop as stop:
        raise SetAside(*stop.problems) from stop
    if tree.is_file():
        target = folder / "package.zip"
        tree.copy(tree.root, target, limits.TOTAL_BYTES)
        return target
    left = limits.TOTAL_BYTES
    place = folder / "package"
    place.mkdir()
    for path, listed in tree.walk(tree.root, package_id):
        if names.leads_out(path):
            raise SetAside(NAME_LEADS_OUT.at(Where(package=package_id), name=names.visible(path)))
        if listed.size_bytes > limits.FILE_BYTES:
            where = Where(package=package_id, file=names.visible(path))
            raise SetAside(FILE_TOO_LARGE.at(where, name=names.visible(path), megabytes=listed.size_bytes // 2**20))
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        left -= tree.copy(listed.path, target, min(limits.FILE_BYTES, left))
    if not any(place.iterdir()):
        raise FileNotFoundError(2, "not there")
    return place


@contextlib.contextmanager
def brought(address: str) -> Iterator[Path]:
    """One file, an applications table, as a temporary copy under its own name. Raises `Stop` when it is not there or cannot be read."""
    tree = RemoteTree(address)
    with tempfile.TemporaryDirectory(prefix="reviewer-table-") as folder:
        target = Path(folder) / (tree.root.name or "table")
        try:
            tree.copy(tree.root, target, limits.FILE_BYTES)
        except OSError as error:
            raise tree.stop(error) from error
        yield target


def signature(location: str) -> str:
    """Signature of a package by its listing; empty where the store tells no times or tags, so that it is read each time."""
    total = hashlib.sha256()
    try:
        tree = RemoteTree(location)
        found = [("", tree.list(tree.root)[0])] if tree.is_file() else sorted(tree.walk(tree.root, ""), key=lambda pair: pair[0])
    except (Stop, SetAside, OSError, IndexError):
        return ""
    for path, listed in found:
        if not listed.stamp:
            return ""
        total.update(f"{path}\0{listed.size_bytes}\0{listed.stamp}\n".encode("utf-8", "surrogateescape"))
    return total.hexdigest() if found else ""


def _listed(row: Any) -> Listed:
    return Listed(
        path=PurePosixPath(str(row["name"]).rstrip("/")),
        is_folder=row.get("type") == "directory",
        size_bytes=int(row.get("size") or 0),
        stamp=" ".join(str(row[key]) for key in _STAMPS if row.get(key)),
    )
