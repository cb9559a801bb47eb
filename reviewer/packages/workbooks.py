"""Whether a workbook (.xlsx) may be opened: a zip of XML whose cells can claim any place of a sheet of 17,000 million.

Defended: memory and time. A file of 5 KB with one word in cell XFD1048576 makes every reader that returns a grid ask for hundreds of gigabytes,
and the process ends. So the zip's sizes, the ratio, and the rectangle that each sheet's cells span are looked at first, as a stream. The
streams are read to their ends, so that a size that is a lie is found by its check sum, not by memory.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from reviewer.model.text import Text
from reviewer.packages import limits

TOO_LARGE = Text("檔案過大", "too large")
INCOMPLETE = Text("不是完整的活頁簿", "not a complete workbook")
ENCRYPTED = Text("設有密碼", "it has a password")

_CHUNK_BYTES = 2**20
_OVERLAP_BYTES = 64
"""Longer than any token that is looked for."""
_TOKEN = re.compile(rb"""<(?:\w{1,16}:)?(row|c)(?=[\s/>])|\br\s{0,8}=\s{0,8}["']([A-Za-z]{0,3})([0-9]{1,9})["']""")
_SHEET = re.compile(r"xl/.*sheets?/.*", re.IGNORECASE)


def refusal(path: Path) -> Text | None:
    """Why the workbook must not be opened; None when it may be. Raises OSError when it cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _refusal(archive, path.stat().st_size)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        return INCOMPLETE
    except RuntimeError:
        return ENCRYPTED


def _refusal(archive: zipfile.ZipFile, size_bytes: int) -> Text | None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.ENTRIES or size_bytes > limits.TABLE_BYTES or unpacked > limits.TABLE_UNPACKED_BYTES:
        return TOO_LARGE
    if unpacked > max(limits.RATIO_FROM_BYTES, limits.RATIO * size_bytes):
        return TOO_LARGE
    if len({entry.filename for entry in entries}) < len(entries):
        return INCOMPLETE  # two readers could take two different sheets for the same one
    cells = 0
    for entry in entries:
        rows, columns = _extent(archive, entry)
        cells += rows * columns
        if cells > limits.TABLE_CELLS:
            return TOO_LARGE
    return None


def _extent(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[int, int]:
    """Rows and columns of the rectangle from A1 that a sheet's cells span; 0 for what is no sheet. Reads it to its end either way."""
    seen = _Seen()
    is_sheet = _SHEET.fullmatch(entry.filename) is not None
    for chunk, is_new_from in _chunks(archive, entry):
        if is_sheet:
            seen.take(chunk, is_new_from)
    return max(seen.last_row, seen.rows), max(seen.last_column, seen.widest)


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """The content in pieces that overlap, each with the place up to which its tokens were seen already."""
    tail = b""
    with archive.open(entry) as stream:
        while data := stream.read(_CHUNK_BYTES):
            yield tail + data, len(tail)
            tail = (tail + data)[-_OVERLAP_BYTES:]


class _Seen:
    """Places of cells, by their own words or by counting where they have none."""

    def __init__(self) -> None:
        self.rows = 0
        self.last_row = 0
        self.last_column = 0
        self.widest = 0
        self._in_row = 0

    def take(self, chunk: bytes, is_new_from: int) -> None:
        for match in _TOKEN.finditer(chunk):
            if match.end() <= is_new_from:
                continue
            if match[1] == b"row":
                self.rows, self._in_row = self.rows + 1, 0
            elif match[1]:
                self._in_row += 1
                self.widest = max(self.widest, self._in_row)
            else:
                self.last_row = max(self.last_row, int(match[3]))
                self.last_column = max(self.last_column, _column(match[2]))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
