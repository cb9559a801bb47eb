"""Workbooks (.xlsx) of strangers: a zip of XML, read as a stream into the cells that are there.

Defended: memory and time. What a cell claims costs nothing: one word in XFD1048576 is one row of one word, where readers that return a grid ask for
hundreds of gigabytes. Counted are the zip's sizes, cells, and their words, a shared string as often as cells name it; rows and cells come in order, no
part is read twice. Formulas are never computed: their last results are read. A damaged file is found by its check sums and by its XML, and nothing of it is used.
"""

import contextlib
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.model.text import Text
from reviewer.packages import limits
from reviewer.packages.cell_values import Clock, clock_of, without_escapes
from reviewer.packages.sheet_cells import Budget, Sheet, TooLarge, read_sheet
from reviewer.packages.xml_stream import Attributes, BadXml, Elements

TOO_LARGE = Text("檔案過大", "too large")
INCOMPLETE = Text("不是完整的活頁簿", "not a complete workbook")
DAMAGED = Text("檔案已損壞", "the file is damaged")
ENCRYPTED = Text("設有密碼", "it has a password")

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ENCRYPTED_FLAG = 1


class Unreadable(Exception):
    """The workbook cannot be read."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason
        """Why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A workbook that was opened; its sheets are read when they are asked for."""

    path: Path
    """The file."""
    parts: Mapping[str, str]
    """Part of each sheet by the sheet's name, in their order."""
    entries: tuple[str, ...]
    """Names of everything in the zip."""
    words: Sequence[str]
    """Shared strings."""
    clock: Clock
    """How numbers become dates."""
    _budget: Budget = field(default_factory=Budget)

    def sheet(self, name: str) -> Sheet:
        """Read a sheet. Raises `Unreadable`."""
        with _faults(), zipfile.ZipFile(self.path) as archive, archive.open(self.parts[name]) as stream:
            return read_sheet(stream, self.words, self.clock, self._budget)


def open_workbook(path: Path) -> Workbook:
    """Look at the zip, and read what all sheets share. Raises `Unreadable`, OSError when the file itself cannot be read."""
    with _faults(), _zip(path) as archive:
        _refuse(archive, path.stat().st_size)
        targets = _targets(archive)
        sheets, is_from_1904 = _sheets(archive)
        parts = {name: targets[mark][1] for name, mark in sheets if mark in targets and targets[mark][0] == "worksheet"}
        present = frozenset(archive.namelist())
        if not parts or len(set(parts.values())) < len(parts) or not present.issuperset(parts.values()):
            raise Unreadable(INCOMPLETE)  # two sheets of one part could take its time a thousand times
        by_kind = {kind: part for kind, part in targets.values() if part in present}
        return Workbook(
            path=path,
            parts=parts,
            entries=tuple(archive.namelist()),
            words=_words(archive, by_kind["sharedStrings"]) if "sharedStrings" in by_kind else (),
            clock=clock_of(_formats(archive, by_kind["styles"]) if "styles" in by_kind else (), is_from_1904=is_from_1904),
        )


def _zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unreadable(INCOMPLETE) from None


@contextlib.contextmanager
def _faults() -> Iterator[None]:
    """What zip and XML say of a damaged file, as `Unreadable`."""
    try:
        yield
    except TooLarge:
        raise Unreadable(TOO_LARGE) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, BadXml, LookupError, ValueError, RuntimeError) as error:
        raise Unreadable(DAMAGED) from error


def _refuse(archive: zipfile.ZipFile, size_bytes: int) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.ENTRIES or size_bytes > limits.TABLE_BYTES or unpacked > limits.TABLE_UNPACKED_BYTES:
        raise TooLarge
    if unpacked > max(limits.RATIO_FROM_BYTES, limits.RATIO * size_bytes):
        raise TooLarge
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise Unreadable(ENCRYPTED)
    names = {entry.filename for entry in entries}
    # Two parts of one name: two readers could take two different sheets for the same one. Other ways of packing take memory as they like.
    if len(names) < len(entries) or not names >= {_BOOK, _RELATIONS} or any(entry.compress_type not in (0, 8) for entry in entries):
        raise Unreadable(INCOMPLETE)


def _each(archive: zipfile.ZipFile, part: str, take: Callable[[str, Attributes], None]) -> None:
    with archive.open(part) as stream:
        Elements(take, lambda _: None).read(stream)


def _targets(archive: zipfile.ZipFile) -> dict[str, tuple[str, str]]:
    """Kind and part of each relation of the workbook."""
    found: dict[str, tuple[str, str]] = {}

    def take(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            part = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = attributes.get("Type", "").rpartition("/")[2], part

    _each(archive, _RELATIONS, take)
    return found


def _sheets(archive: zipfile.ZipFile) -> tuple[list[tuple[str, str]], bool]:
    """Name and relation of each sheet, and whether days are counted from 1904."""
    found: list[tuple[str, str]] = []
    flags: list[str] = []

    def take(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            mark = next((words for key, words in attributes.items() if key.rpartition(":")[2] == "id"), "")
            found.append((without_escapes(attributes.get("name", "")), mark))
        elif name == "workbookPr":
            flags.append(attributes.get("date1904", ""))

    _each(archive, _BOOK, take)
    if len({name for name, _ in found}) < len(found):
        raise Unreadable(INCOMPLETE)
    return found, any(flag in ("1", "true") for flag in flags)


def _formats(archive: zipfile.ZipFile, part: str) -> list[tuple[int, str]]:
    """For each style of cells the number of its format, and its code where the workbook brings its own."""
    codes: dict[str, str] = {}
    styles: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside.append(name)
        elif name == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))

    def end(name: str) -> None:
        if name == "cellXfs":
            inside.clear()

    with archive.open(part) as stream:
        Elements(start, end).read(stream)
    return [(int(number) if number.isdecimal() and len(number) < 10 else 0, codes.get(number, "")) for number in styles]


def _words(archive: zipfile.ZipFile, part: str) -> list[str]:
    """The shared strings: all runs of each, without what tells its pronunciation."""
    found: list[str] = []
    runs: list[str] = []
    aside: list[str] = []

    def start(name: str, _: Attributes) -> None:
        if name == "si":
            runs.clear()
        elif name == "rPh":
            aside.append(name)
        elif name == "t" and not aside:
            elements.listen(runs.append)

    def end(name: str) -> None:
        if name == "t":
            elements.listen(None)
        elif name == "rPh":
            aside.clear()
        elif name == "si":
            found.append(without_escapes("".join(runs)))

    elements = Elements(start, end)
    with archive.open(part) as stream:
        elements.read(stream)
    return found
