"""What is fuzzed: each takes any bytes and may raise nothing. `tools/fuzz.py` feeds them; `test_found.py` replays what was found."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from reviewer.attachments.documents import PDF_NAME, Way, draw_pages, prepare, read_pages
from reviewer.attachments.normalise import installed_faces, normalise
from reviewer.attachments.refusal import Refusal
from reviewer.attachments.sanitise import Refused, sanitise
from reviewer.model.canonical import canonical_json
from reviewer.model.problem import SetAside, Stop
from reviewer.packages.applications import read_table
from reviewer.packages.opening import open_package
from reviewer.packages.reader import read
from tests.faults.packages.making import address, as_bytes, good, write_folder, write_zip
from tests.hostile import pdfs

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
    """Prepare a document as a build does, draw its first page and read it; a refusal is an answer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "x.pdf"
        path.write_bytes(data)
        try:
            prepared = prepare(path, folder, Way.FULL)
        except Refusal:
            return
        if prepared.way is Way.IMAGES or prepared.page_count > 4:
            return
        drawn = draw_pages(folder / PDF_NAME, None, folder, 1, prepared.page_count)
        if all(page.images for page in drawn):
            read_pages(folder / PDF_NAME, tuple(page.images[-1].name for page in drawn), folder)


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


TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], list[bytes]], tuple[str, ...]]] = {
    "package": (package, _seeds_of_packages, ("reviewer.packages", "zipfile", "json")),
    "pdf": (pdf, _seeds_of_pdfs, ("reviewer.attachments",)),
    "reading": (reading, _seeds_of_pdfs, ("reviewer.attachments.reading",)),
}
"""Name, what is fuzzed, what it starts from, and whose branches guide it."""

FOUND = Path(__file__).with_name("found")
"""A folder a target; every file in it once failed."""
