"""One attachment, from a file of a package to what reviewers see."""

import dataclasses
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from reviewer.attachments import jobs
from reviewer.attachments import process as module
from reviewer.attachments.cache import Store
from reviewer.attachments.process import process, process_blind
from reviewer.model.attachment import Attachment, MediaType
from reviewer.model.hiding import NOTHING, Hidden, HiddenWord
from reviewer.model.processed import TRIES, BlockKind, FoundAddress, PageHealth, Processed
from reviewer.model.selection import Mask
from tests.papers import Picture, Thing, Words, lines, page_of_words, pdf, photograph, wrapped

TEXT = "本研究以校園周邊溪流為對象量測水溫與濁度並與公開資料比較我們在三個測點連續記錄十四天發現雨後濁度上升約三倍"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "cache") as made:
        yield made


@pytest.fixture(autouse=True, scope="module")
def _ended() -> Iterator[None]:
    yield
    jobs.close()


def given(tmp_path: Path, data: bytes, name: str = "成果.pdf") -> tuple[Path, Attachment]:
    path = tmp_path / name
    path.write_bytes(data)
    return path, Attachment(
        path=f"013398/{name}", sha256=hashlib.sha256(data).hexdigest(), size_bytes=len(data), media_type=MediaType.UNKNOWN
    )


def report() -> bytes:
    first: list[Thing] = [Words(60, 80, "溪流水質報告", 24, bold=True), *lines(60, 120, wrapped(TEXT, 30))]
    first += [Words(60, 200, "參考 https://example.org/a"), Picture(60, 240, 200, 150, photograph())]
    return pdf(first, [Picture(0, 0, 595, 842, page_of_words())], [])


def test_a_document_becomes_images_words_and_a_pdf(tmp_path: Path, store: Store) -> None:
    path, attachment = given(tmp_path, report())
    made = process(path, attachment, store)
    assert (made.refused, made.problems, made.media_type, made.pdf) == (None, (), MediaType.PDF, "document.pdf")
    assert [page.health for page in made.pages] == [PageHealth.TEXT, PageHealth.SCAN, PageHealth.EMPTY]
    assert [block.kind for block in made.pages[0].blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
        BlockKind.PICTURE,
    ]
    assert made.addresses == (FoundAddress(address="https://example.org/a", page=1, how="text"),)
    assert [[image.width_px for image in page.images] for page in made.pages] == [[900, 1440]] * 3
    names = [image.name for page in made.pages for image in (*page.images, *page.originals)] + [made.pages[0].blocks[3].picture, made.pdf]
    assert all(store.path(made, name).stat().st_size for name in names)
    assert {file.name for file in store.entry(made.sha256).iterdir()} == {*names, "manifest.json"}
    document = pypdfium2.PdfDocument(store.path(made, made.pdf))
    assert len(document) == 3
    document.close()


def test_the_second_time_nothing_is_made(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    path, attachment = given(tmp_path, report())
    first = process(path, attachment, store)

    def never(*_: object) -> Processed:
        raise AssertionError

    monkeypatch.setattr(module, "_make", never)
    other = dataclasses.replace(attachment, path="另一位/同一份.pdf")
    path.unlink()
    assert process(path, other, store) == first


def test_two_caches_hold_the_same_bytes(tmp_path: Path) -> None:
    path, attachment = given(tmp_path, report())
    found = []
    for name in ("one", "two"):
        with Store(tmp_path / name) as store:
            made = process(path, attachment, store)
            found.append({file.name: file.read_bytes() for file in store.entry(made.sha256).iterdir()})
    assert found[0] == found[1]


def test_problems_stand_at_the_attachment_that_was_asked_for(tmp_path: Path, store: Store) -> None:
    path, attachment = given(tmp_path, b"PK\3\4word/document.xml", "成果.docx")
    made = process(path, attachment, store)
    assert str(made.refused) == (
        "013398/成果.docx：檔案內容不是可收的格式，看起來是 Word 文件（.docx）。請另存成 PDF、JPG、PNG、MP3 或 MP4 後重新上傳。"
    )
    again = process(path, dataclasses.replace(attachment, path="b/報告.docx"), store)
    assert again.refused is not None
    assert again.refused.where.file == "b/報告.docx"


def test_an_empty_file_is_refused(tmp_path: Path, store: Store) -> None:
    made = process(*given(tmp_path, b""), store)
    assert str(made.refused) == "013398/成果.pdf：檔案是空的，沒有任何內容。請學校或學生重新上傳這個檔案。"


def test_a_file_that_changed_is_refused_and_not_kept(tmp_path: Path, store: Store) -> None:
    path, attachment = given(tmp_path, report())
    path.write_bytes(b"other")
    made = process(path, attachment, store)
    assert str(made.refused) == "013398/成果.pdf：檔案在處理途中被改動，與讀取資料包時不同。請確定沒有程式正在寫入資料包，再重新建置。"
    path.write_bytes(report())
    assert process(path, attachment, store).refused is None


def test_a_picture_with_a_code_gives_its_address(tmp_path: Path, store: Store) -> None:
    code = zxingcpp.create_barcode("https://example.org/qr", zxingcpp.BarcodeFormat.QRCode)
    modules: Any = zxingcpp.write_barcode_to_image(code, scale=8)
    picture = Image.new("L", (600, 600), 255)
    picture.paste(Image.frombytes("L", (modules.shape[1], modules.shape[0]), bytes(modules)), (150, 150))
    path = tmp_path / "given.png"
    picture.save(path)
    made = process(*given(tmp_path, path.read_bytes(), "獎狀.png"), store)
    assert (made.media_type, made.pdf, made.refused) == (MediaType.PNG, "document.pdf", None)
    assert [(page.health, page.text) for page in made.pages] == [(PageHealth.SCAN, "")]
    assert made.addresses == (FoundAddress(address="https://example.org/qr", page=1, how="qr"),)


def test_a_strip_is_as_many_pages_as_its_pdf_and_each_has_its_codes(tmp_path: Path, store: Store) -> None:
    strip = Image.new("L", (600, 6000), 255)
    for number, top in (("1", 100), ("7", 5500)):
        code = zxingcpp.create_barcode(f"https://example.org/{number}", zxingcpp.BarcodeFormat.QRCode)
        modules: Any = zxingcpp.write_barcode_to_image(code, scale=8)
        strip.paste(Image.frombytes("L", (modules.shape[1], modules.shape[0]), bytes(modules)), (150, top))
    path = tmp_path / "given.png"
    strip.save(path)
    made = process(*given(tmp_path, path.read_bytes(), "年表.png"), store)
    assert [page.number for page in made.pages] == [1, 2, 3, 4, 5, 6]
    assert [(found.address[-1], found.page) for found in made.addresses] == [("1", 1), ("7", 6)]
    with pikepdf.Pdf.open(store.path(made, made.pdf)) as document:
        sizes = [(float(page.MediaBox[2]), float(page.MediaBox[3])) for page in document.pages]
    assert sizes == [(page.width_pt, page.height_pt) for page in made.pages]
    names = [image.name for page in made.pages for image in page.images]
    assert len(names) == len(set(names))
    assert all(store.path(made, name).is_file() for name in names)


def test_a_page_that_cannot_be_drawn_is_emptied_and_the_rest_is_shown(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = jobs.call

    def failing(request: jobs.Request, kind: type[object], seconds: float = 60.0) -> object:
        if request.job == "draw" and request.first <= 2 <= request.last:
            return jobs.stopped()
        return real(request, kind, seconds)

    monkeypatch.setattr(jobs, "call", failing)
    made = process(*given(tmp_path, pdf(*([*lines(60, 100, wrapped(TEXT[count:], 30))] for count in range(3)))), store)
    assert [str(problem) for problem in made.problems] == [
        "013398/成果.pdf · 第 2 頁：這一頁無法畫出，以空白頁代替。請學生重新匯出成 PDF 後上傳。"
    ]
    assert [page.health for page in made.pages] == [PageHealth.TEXT, PageHealth.EMPTY, PageHealth.TEXT]
    with pikepdf.Pdf.open(store.path(made, made.pdf)) as document:
        assert [len(page.Contents.read_bytes()) > 0 for page in document.pages] == [True, False, True]


@pytest.mark.parametrize("job", ["prepare", "read"])
def test_when_a_step_dies_a_simpler_way_is_taken(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, job: str) -> None:
    real = jobs.call

    def failing(request: jobs.Request, kind: type[object], seconds: float = 60.0) -> object:
        if request.job == job and request.way != "images":
            return jobs.stopped()
        return real(request, kind, seconds)

    monkeypatch.setattr(jobs, "call", failing)
    made = process(*given(tmp_path, report()), store)
    code = {"prepare": "pdf-as-images", "read": "pdf-not-read"}[job]
    assert [problem.code for problem in made.problems] == [code]
    assert [page.health for page in made.pages] == [PageHealth.SCAN] * 3
    assert store.path(made, made.pdf).stat().st_size > 1000


def test_when_normalising_dies_the_fonts_stay(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = jobs.call

    def failing(request: jobs.Request, kind: type[object], seconds: float = 60.0) -> object:
        if request.job == "prepare" and request.way == "full":
            return jobs.stopped()
        return real(request, kind, seconds)

    monkeypatch.setattr(jobs, "call", failing)
    made = process(*given(tmp_path, report()), store)
    assert [problem.what.zh for problem in made.problems] == ["這份 PDF 的字型無法替換，以原來的字型呈現。"]
    assert [page.health for page in made.pages] == [PageHealth.TEXT, PageHealth.SCAN, PageHealth.EMPTY]


@pytest.fixture
def stopping(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Jobs that are named in it are stopped."""
    real, named = jobs.call, ["read"]

    def failing(request: jobs.Request, kind: type[object], seconds: float = 60.0) -> object:
        return jobs.stopped() if request.job in named else real(request, kind, seconds)

    monkeypatch.setattr(jobs, "call", failing)
    return named


def grown_old(store: Store, made: Processed) -> None:
    """As if the entry were of an earlier build."""
    os.utime(store.entry(made.sha256) / "manifest.json", (0, 1))


def test_what_a_busy_machine_stopped_is_tried_again_by_the_next_build_alone(tmp_path: Path, store: Store, stopping: list[str]) -> None:
    given_file = given(tmp_path, report())
    made = process(*given_file, store)
    assert (made.stops, made.is_lasting, [problem.code for problem in made.problems]) == (1, False, ["pdf-not-read"])
    stopping.clear()
    assert process(*given_file, store) == made
    grown_old(store, made)
    with Store(store.folder) as later:
        again = process(*given_file, later)
    assert (again.stops, again.is_lasting, again.problems) == (0, True, ())
    assert [page.health for page in again.pages] == [PageHealth.TEXT, PageHealth.SCAN, PageHealth.EMPTY]


def test_workers_that_come_and_go_try_once_a_build(tmp_path: Path, store: Store, stopping: list[str]) -> None:
    given_file = given(tmp_path, report())
    made = process(*given_file, store)
    grown_old(store, made)
    began = time.time()
    seen = []
    for _ in range(3):
        with Store(store.folder, began=began) as worker:
            seen.append(process(*given_file, worker).stops)
    assert seen == [2, 2, 2]
    assert stopping == ["read"]


def test_what_is_stopped_every_time_is_the_file_s_own_fault(tmp_path: Path, store: Store, stopping: list[str]) -> None:
    given_file = given(tmp_path, report())
    seen = []
    for _ in range(TRIES + 1):
        made = process(*given_file, store)
        seen.append((made.stops, made.is_lasting))
        grown_old(store, made)
    assert seen == [(1, False), (2, False), (TRIES, True), (TRIES, True)]
    assert stopping == ["read"]


@pytest.mark.parametrize(
    "hidden", [NOTHING, Hidden(words=(HiddenWord(word="溪流", shown="○○○", mask=Mask.SCHOOL),))], ids=["as-it-is", "blind"]
)
def test_nothing_is_kept_of_a_file_that_changes_while_it_is_processed(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, hidden: Hidden
) -> None:
    """Another applicant's file of the former content would be shown from it."""
    path, attachment = given(tmp_path, report())
    real = jobs.call

    def changing(request: jobs.Request, kind: type[object], seconds: float = 60.0) -> object:
        path.write_bytes(pdf([Words(60, 80, "另一份", 24)]))
        return real(request, kind, seconds)

    monkeypatch.setattr(jobs, "call", changing)
    made = process_blind(path, attachment, store, hidden)
    assert made.refused is not None
    assert (made.refused.code, made.is_lasting) == ("attachment-changed", False)
    assert store.info().entries == 0
