"""Every file of the hostile collection leads to a page or to a named refusal, in bounded time and memory."""

import hashlib
import io
import resource
import struct
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from reviewer.attachments import jobs, limits
from reviewer.attachments.cache import Store
from reviewer.attachments.process import process
from reviewer.model.attachment import Attachment, MediaType
from reviewer.model.processed import Processed
from tests.hostile import pdfs

SECONDS_MOST = 45.0
"""Far more than any of them takes on two busy cores, far less than the limits together."""


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *chunks: bytes, data: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IDAT", data or zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(out, "JPEG")
    data = bytearray(out.getvalue())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def box(name: bytes, inside: bytes) -> bytes:
    return struct.pack(">I", len(inside) + 8) + name + inside


def nested_boxes(depth: int) -> bytes:
    inside = b""
    for _ in range(depth):
        inside = box(b"moov", inside)
    return box(b"ftyp", b"isom\0\0\2\0isomiso2") + inside


PAGES: dict[str, Callable[[], bytes]] = {
    "pdf-active": pdfs.active_everywhere,
    "pdf-empty-password": lambda: pdfs.locked(""),
    "pdf-401-pages": lambda: pdfs.many_pages(401),
    "pdf-many-objects": lambda: pdfs.many_objects(220_000),
    "pdf-content-bomb": lambda: pdfs.content_bomb(200),
    "pdf-content-bomb-in-three": lambda: pdfs.content_bomb(100, times=3),
    "pdf-pixel-bomb": pdfs.pixel_bomb,
    "pdf-picture-bomb": lambda: pdfs.picture_bomb(300),
    "pdf-cyclic-pages": pdfs.cyclic_page_tree,
    "pdf-cyclic-forms": pdfs.cyclic_forms,
    "pdf-nested-arrays": lambda: pdfs.nested_arrays(100_000),
    "pdf-wrong-kinds": pdfs.wrong_kinds,
    "pdf-truncated": pdfs.truncated,
    "pdf-broken-references": pdfs.broken_references,
    "jpeg-broken-off": lambda: jpeg(800, 600),
    "png-broken-off": lambda: png(800, 600),
    "png-text-bomb": lambda: png(8, 8, chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 50_000_000)), data=zlib.compress(b"\0" * 200)),
    "png-profile-bomb": lambda: png(8, 8, chunk(b"iCCP", b"a\0\0" + zlib.compress(b"x" * 50_000_000)), data=zlib.compress(b"\0" * 200)),
}
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "zero-bytes": (lambda: b"", "檔案是空的，沒有任何內容。"),
    "pdf-locked": (lambda: pdfs.locked("secret"), "PDF 設有開啟密碼，無法閱讀。"),
    "pdf-header-only": (lambda: b"%PDF-1.7\n", "PDF 已損壞，無法修復（PdfError）。"),
    "pdf-garbage": (lambda: b"%PDF-1.4" + bytes(range(256)) * 400, "PDF 已損壞，無法修復（PdfError）。"),
    "pdf-drawn-for-ever": (lambda: pdfs.deep_forms(23), "這個檔案需要的時間或記憶體超過限度，或使處理程式中斷，無法顯示。"),
    "png-bomb": (lambda: png(60_000, 60_000), "圖片有 60000 × 60000 像素，大到無法安全開啟。"),
    "jpeg-bomb": (lambda: jpeg(65_000, 65_000), "圖片有 65000 × 65000 像素，大到無法安全開啟。"),
    "jpeg-start-only": (lambda: b"\xff\xd8\xff\xe0", "圖片已損壞，無法開啟。"),
    "mp4-nested-boxes": (lambda: nested_boxes(20_000), "影音檔已損壞或沒有可播放的內容。"),
    "mp4-start-only": (lambda: box(b"ftyp", b"isom\0\0\2\0"), "影音檔已損壞或沒有可播放的內容。"),
    "mp3-start-only": (lambda: b"ID3\x04\0\0\x7f\x7f\x7f\x7f", "影音檔已損壞或沒有可播放的內容。"),
    "word-named-pdf": (lambda: b"PK\3\4" + b"\0" * 26 + b"word/document.xml", "檔案內容不是可收的格式，看起來是 Word 文件（.docx）。"),
    "rubbish": (lambda: bytes(range(1, 256)) * 10, "檔案內容不是可收的格式，看起來是無法辨認的資料。"),
    "too-large": (lambda: b"%PDF-1.7\n" + b"\0" * limits.PDF_BYTES, "檔案有 65 MB，超過可處理的 64 MB。"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("cache")) as made:
        yield made
    jobs.close()


def processed(data: bytes, folder: Path, store: Store) -> Processed:
    path = folder / "作品.pdf"
    path.write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    made = process(
        path, Attachment(path="作品.pdf", sha256=hashlib.sha256(data).hexdigest(), size_bytes=len(data), media_type=MediaType.PDF), store
    )
    assert time.monotonic() - began < SECONDS_MOST
    # What is hostile is opened in the child; the build's own process stays small.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
    return made


@pytest.mark.parametrize("case", PAGES)
def test_what_can_be_shown_is_shown(case: str, tmp_path: Path, store: Store) -> None:
    made = processed(PAGES[case](), tmp_path, store)
    assert made.refused is None
    assert made.pages
    assert all(page.images for page in made.pages)
    assert all(store.path(made, image.name).is_file() for page in made.pages for image in page.images)
    assert store.path(made, made.pdf).read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_shown_is_refused_by_name(case: str, tmp_path: Path, store: Store) -> None:
    make, what = REFUSED[case]
    made = processed(make(), tmp_path, store)
    assert made.refused is not None
    assert made.refused.what.zh == what
    assert (made.pages, made.pdf, made.media) == ((), "", "")
    assert [file.name for file in store.entry(made.sha256).iterdir()] == ["manifest.json"]
