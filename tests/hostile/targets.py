"""What is fuzzed: each takes any bytes and may raise nothing. `tools/fuzz.py` feeds them; `test_found.py` replays what was found."""

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image as Pillow

from reviewer.attachments.normalise import installed_faces, normalise
from reviewer.attachments.reading.document import read as read_document
from reviewer.attachments.sanitise import Refused, sanitise
from reviewer.model.canonical import canonical_json
from reviewer.model.problem import SetAside, Stop
from reviewer.packages.applications import read_table
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read
from tests.faults.packages.making import address, as_bytes, good, write_folder, write_zip
from tests.hostile import pdfs
from tests.unit.attachments import text_pdfs

PAGES_MOST = 4
"""Pages that are read: what a page may hold is the same on each."""

_DRAWN = Pillow.new("RGB", (200, 280), "white")
"""What stands for every page's drawing."""

_LAYOUTS = (
    b"(A heading) Tj 0 -14 Td (words that run on) Tj 0 -14 Td (and end here.) Tj",
    b"(left) Tj 120 0 Td (right) Tj -120 -12 Td (left) Tj 120 0 Td (right) Tj",
    b"(1. one) Tj 0 -12 Td (2. two) Tj 8 -12 Td (- three) Tj -8 -40 Td (7) Tj",
    b"0 1 -1 0 150 20 Tm (turned) Tj 1 0 0 1 20 20 Tm (upright) Tj",
    b"ET 20 60 120 60 re S 20 90 m 140 90 l S 80 60 m 80 120 l S BT /F1 9 Tf 25 100 Td (a) Tj 60 0 Td (b) Tj -60 -30 Td (c) Tj 60 0 Td (d) Tj",
)
"""Text as operators: running on, in columns, listed, turned, in a table with its lines."""

_PARTS = (
    "基本資料.json",
    "修課紀錄.json",
    "課程學習成果.json",
    "多元表現.json",
    "附加資訊.json",
    "學習歷程自述.md",
    "造字/造字.csv",
    "課程計畫.csv",
    "bagit.txt",
)


def package(data: bytes) -> None:
    """The first byte says which part the rest is, or that it is the whole zip, or an applications table."""
    which, rest = (data[0] if data else 0) % (len(_PARTS) + 3), data[1:]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if which >= len(_PARTS) + 1:
            table = root / ("名單.xlsx" if which > len(_PARTS) + 1 else "名單.csv")
            table.write_bytes(rest)
            try:
                read_table(table)
            except Stop as stop:
                str(stop).encode()
            return
        location = root / "package.zip" if which == len(_PARTS) else root / "package"
        if which == len(_PARTS):
            location.write_bytes(rest)
        else:
            write_folder(location, good() | {_PARTS[which]: rest})
        try:
            with open_package(address(location)) as opened:
                assert canonical_json(read(opened)).decode()
        except SetAside as aside:
            str(aside).encode()


def pdf(data: bytes) -> None:
    """Make it inert and set its fonts; a refusal is an answer."""
    try:
        inert = sanitise(data)
    except Refused:
        return
    normalise(inert.pdf, installed_faces())


def reading(data: bytes) -> None:
    """Read the pages of a document that was made inert; a refusal is an answer.

    Its pages are not drawn, and their fonts stay: that is a hundred times the work, and `pdf` is for it.
    """
    try:
        document = pypdfium2.PdfDocument(sanitise(data).pdf)
    except (Refused, pypdfium2.PdfiumError):
        return
    try:
        if len(document) <= PAGES_MOST:
            with tempfile.TemporaryDirectory() as folder:
                read_document(document, lambda _index: _DRAWN.copy(), Path(folder))
    finally:
        document.close()


def _zipped() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return write_zip(Path(folder) / "x.zip", good()).read_bytes()


def _seeds_of_packages() -> list[bytes]:
    files = good()
    parts = [bytes([number]) + as_bytes(files[name]) for number, name in enumerate(_PARTS) if name in files]
    return [
        *parts,
        bytes([len(_PARTS)]) + _zipped(),
        bytes([len(_PARTS) + 1]) + "應試號碼,校系代碼,學生,勾選項目\n10110042,001012,s,課程學習成果[0]\n".encode(),
    ]


def _seeds_of_pdfs() -> list[bytes]:
    return [make() for name, make in pdfs.SHOWN.items() if name != "arrays four hundred deep"]


def _seeds_of_reading() -> list[bytes]:
    """Pages of a few words, nothing compressed, so that a changed byte is a changed operator."""
    pages = [text_pdfs.simple(operators) for operators in _LAYOUTS]
    return [plainly(page) for page in (*pages, text_pdfs.custom_cmap(), text_pdfs.type3())]


def plainly(document: bytes) -> bytes:
    """The same document with its streams as they are before they are compressed."""
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(document)) as pdf:
        pdf.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
        )
    return out.getvalue()


TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], list[bytes]], tuple[str, ...]]] = {
    "package": (package, _seeds_of_packages, ("reviewer.packages", "zipfile", "json")),
    "pdf": (pdf, _seeds_of_pdfs, ("reviewer.attachments",)),
    "reading": (reading, _seeds_of_reading, ("reviewer.attachments.reading",)),
}
"""Name, what is fuzzed, what it starts from, and whose branches guide it."""

FOUND = Path(__file__).with_name("found")
"""A folder a target; every file in it once failed."""
