"""Reading a container from its head to its end. Nothing in it is believed before it was compared with SHA256SUMS.

Defended: paths that lead out, links, devices, duplicates, files that SHA256SUMS does not name, heads that would fill the memory, what is not of our
form at all. Memory holds SHA256SUMS and one chunk, never a file.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reviewer.model.problem import Problem, Where
from reviewer.model.text import Text
from reviewer.packages import names
from reviewer.site import layout
from reviewer.site.delivery import contents, envelopes, findings, statement, tar
from reviewer.site.delivery.contents import Contents, Description
from reviewer.site.delivery.envelopes import Opening

Ready = Callable[[Contents], None]
"""Called when the head was read: may raise to end the reading."""
Create = Callable[[str], BinaryIO | None]
"""Opens the place for a file of the folder; None when its content is only checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of reading a container."""

    contents: Contents | None
    """Its head; None when not even that could be read."""
    files: int
    """Files that are as SHA256SUMS says."""
    problems: tuple[Problem, ...]
    """What is wrong; none when the whole container is sound."""


class _Refused(ValueError):
    """The container holds what is not accepted."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class HeadOnly(Exception):
    """Raised by a `Ready` that needs no more than the head."""


_OUT_OF_ORDER = Text("檔案的順序或數目不對", "files are out of order or of another number")
_INCOMPLETE = Text("缺少 SHA256SUMS 列出的檔案", "files that SHA256SUMS names are not in it")
_NOT_OUR_FORM = Text("不是本程式產生的格式", "it is not of the form that this program makes")


def read(container: Path, opening: Opening, ready: Ready, create: Create) -> Outcome:
    """Read a whole container. Raises `Stop` when it cannot be opened, OSError, and what the two functions raise."""
    files = _Files(ready, create)
    stream = _Stream(files)
    where = Where(file=container.name)
    problems: list[Problem] = []
    try:
        envelopes.unseal(container, opening, stream.write)
        stream.close()
    except envelopes.Damaged as error:
        # A zip is authenticated at its very end: files that were found to differ before say better what was altered.
        problems += [] if files.altered else [_damage(container, files, error.position)]
    except _Refused as error:
        problems.append(findings.REFUSED.at(where, reason=error.reason))
    finally:
        files.abandon()
    return Outcome(contents=files.contents, files=files.sound, problems=(*files.altered, *problems))


def head(container: Path, opening: Opening) -> Outcome:
    """Read only what stands at the beginning."""
    found: list[Contents] = []

    def ready(contents: Contents) -> None:
        found.append(contents)
        raise HeadOnly

    try:
        return read(container, opening, ready, lambda _path: None)
    except HeadOnly:
        return Outcome(contents=found[0], files=0, problems=())


def _damage(container: Path, files: "_Files", position: int) -> Problem:
    """Cut off or altered: a container is never shorter than the tar in it."""
    where = Where(package=container.name, file=files.path)
    size_bytes = container.stat().st_size
    cut = files.description is None and position >= size_bytes
    if files.description is not None:
        cut = size_bytes < files.description.stream_bytes
    return findings.CUT_OFF.at(where, position=size_bytes) if cut else findings.ALTERED.at(where, position=position)


class _Stream:
    """The tar reader; what is refused is told at the end, when it is known that the container was not merely damaged."""

    def __init__(self, files: "_Files") -> None:
        self._reader = tar.Reader(files)
        self._files = files
        self._refused: Text | None = None

    def write(self, data: bytes) -> None:
        if self._refused is None:
            try:
                self._reader.write(data)
            except tar.Malformed:
                self._refused = _NOT_OUR_FORM
            except _Refused as error:
                self._refused = error.reason

    def close(self) -> None:
        if self._refused is None:
            try:
                self._reader.close()
                self._files.close()
            except tar.Malformed:
                self._refused = _NOT_OUR_FORM
        if self._refused is not None:
            raise _Refused(self._refused)


class _Files:
    """The files of the tar in the order that they must have."""

    def __init__(self, ready: Ready, create: Create) -> None:
        self._ready, self._create = ready, create
        self._heads: list[bytes] = []
        self._buffer: bytearray | None = None
        self._file: BinaryIO | None = None
        self._digest = hashlib.sha256()
        self._count = 0
        self.path = ""
        self.description: Description | None = None
        self.contents: Contents | None = None
        self.altered: list[Problem] = []
        self.sound = 0

    def begin(self, path: str, size_bytes: int) -> None:
        if self.contents is not None:
            self._begin_file(self.contents, path)
            return
        # The three heads: the first names the folder in which the others stand.
        folder = f"{self.description.department}/" if self.description else ""
        expected = (contents.DESCRIPTION, folder + layout.DELIVERY, folder + layout.SUMS)[len(self._heads)]
        limit = statement.LARGEST_BYTES if expected.endswith(layout.DELIVERY) else contents.LARGEST_HEAD_BYTES
        if path != expected or size_bytes > limit:
            raise _Refused(_OUT_OF_ORDER)
        self._buffer = bytearray()

    def take(self, data: memoryview) -> None:
        if self._buffer is not None:
            self._buffer += data
            return
        self._digest.update(data)
        if self._file is not None:
            self._file.write(data)

    def end(self) -> None:
        if self._buffer is not None:
            self._heads.append(bytes(self._buffer))
            self._buffer = None
            self._end_head()
        elif self.contents is not None:
            self._end_file(self.contents)

    def close(self) -> None:
        """Raise `_Refused` unless everything came that was announced."""
        if self.contents is None or self._count != self.contents.description.files:
            raise _Refused(_OUT_OF_ORDER)
        if not self.contents.description.is_delta and self._count != len(self.contents.hashes):
            raise _Refused(_INCOMPLETE)

    def abandon(self) -> None:
        """Close what is open."""
        if self._file is not None:
            self._file.close()

    def _begin_file(self, head: Contents, path: str) -> None:
        start = f"{head.description.department}/"
        inner = path.removeprefix(start)
        if not path.startswith(start) or inner not in head.hashes or inner <= self.path:
            raise _Refused(Text(f"檔案「{names.visible(path)}」", f"the file “{names.visible(path)}”"))
        self.path, self._digest = inner, hashlib.sha256()
        self._file = self._create(inner)
        self._count += 1

    def _end_file(self, head: Contents) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._digest.hexdigest() == head.hashes[self.path]:
            self.sound += 1
        else:
            self.altered.append(findings.FILE_ALTERED.at(Where(package=head.description.department, file=self.path)))

    def _end_head(self) -> None:
        try:
            if self.description is None:
                self.description = contents.parsed(self._heads[0])
                if not contents.is_plain_name(self.description.department):
                    raise _Refused(Text("校系代碼", "the department's code"))
            if len(self._heads) == 3:
                said = statement.parsed(self._heads[1])
                hashes = _hashes(self._heads[2])
                if said.department != self.description.department:
                    raise _Refused(Text("校系代碼前後不一", "two codes of departments"))
                self.contents = Contents(description=self.description, statement=said, sums=self._heads[2], hashes=hashes)
        except _Refused:
            raise
        except ValueError as error:
            raise _Refused(_NOT_OUR_FORM) from error
        if self.contents is not None:
            self._heads.clear()
            self._ready(self.contents)


def _hashes(data: bytes) -> Mapping[str, str]:
    hashes = contents.strict_hashes(data)
    fault = contents.fault_of_paths(hashes)
    if fault is not None:
        raise _Refused(fault)
    return hashes
