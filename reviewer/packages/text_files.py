"""Text files of schools: UTF-8 with or without a BOM, else CP950, as Windows' Excel saves CSV."""

import csv
import io

from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.packages.findings import Place

READ_AS_CP950 = ProblemKind(
    "read-as-cp950",
    Severity.NOTE,
    Text("檔案不是 UTF-8 編碼，以 Big5（CP950）讀取。", "The file is not UTF-8; it is read as Big5 (CP950)."),
    Text("請核對文字；建議改存為 UTF-8。", "Check the words; better save it as UTF-8."),
)
TEXT_UNDECODABLE = ProblemKind(
    "text-undecodable",
    Severity.WARNING,
    Text(
        "檔案既不是 UTF-8 也不是 Big5 編碼，無法解讀的文字以「�」代替。",
        "The file is neither UTF-8 nor Big5; “�” stands for what cannot be read.",
    ),
    Text("請改存為 UTF-8 後重新提供。", "Save it as UTF-8 and hand it in again."),
)


def decode(data: bytes, place: Place) -> str:
    """The text, line breaks as LF."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = data.decode("utf-16", errors="replace") if utf16 else _decode_bytes(data, place)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def rows(text: str) -> list[list[str]]:
    """A CSV's rows, cells trimmed; commas, tabs or semicolons, whichever its first line has most of. NUL bytes and endless cells are survived."""
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\0", "�")), delimiter=delimiter)
    found = []
    while True:
        try:
            found.append([cell.strip() for cell in next(reader)])
        except StopIteration:
            return found
        except csv.Error:
            found.append([])


def _decode_bytes(data: bytes, place: Place) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp950")
    except UnicodeDecodeError:
        place.note(TEXT_UNDECODABLE)
        return data.decode("utf-8-sig", errors="replace")
    place.note(READ_AS_CP950)
    return text
