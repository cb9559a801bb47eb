"""Attachments for a department that masks: an entry of their own where something is taken out, everybody's entry where nothing is."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from reviewer.attachments import jobs, limits
from reviewer.attachments import process as module
from reviewer.attachments.cache import Store
from reviewer.attachments.process import blind_key, process, process_blind
from reviewer.model.attachment import Attachment, MediaType
from reviewer.model.hiding import NOTHING, Hidden, HiddenWord, finder
from reviewer.model.processed import Doubt, PageBlinding
from reviewer.model.selection import Mask
from tests.hostile import telling
from tests.papers import Picture, Words, lines, page_of_words, pdf, photograph, wrapped
from tests.unit.attachments.test_process import TEXT

NAME = "諸葛怡萱"
HIDDEN = Hidden(words=(HiddenWord(word=NAME, shown="○○同學", mask=Mask.NAME),))
OTHER = Hidden(words=(HiddenWord(word="歐陽小明", shown="○○同學", mask=Mask.NAME),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "cache") as made:
        yield made


@pytest.fixture(autouse=True, scope="module")
def _ended() -> Iterator[None]:
    yield
    jobs.close()


def given(tmp_path: Path, data: bytes, media_type: MediaType = MediaType.PDF) -> tuple[Path, Attachment]:
    path = tmp_path / "成果.pdf"
    path.write_bytes(data)
    return path, Attachment(path=path.name, sha256=hashlib.sha256(data).hexdigest(), size_bytes=len(data), media_type=media_type)


def report(name: str = NAME) -> bytes:
    first = [Words(60, 80, f"作者{name}", 24, bold=True), *lines(60, 120, wrapped(TEXT, 30)), Picture(60, 240, 200, 150, photograph())]
    return pdf([*first, Words(60, 200, f"https://example.org/{name}")], [Picture(0, 0, 595, 842, page_of_words())])


def files(store: Store) -> dict[str, bytes]:
    folder = store.folder / store.version
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_file_that_cannot_be_read_is_not_shown_as_it_is_for_everybody(tmp_path: Path, store: Store) -> None:
    """Another department, which hides nothing, has it in the cache."""
    path, attachment = given(tmp_path, report())
    assert process(path, attachment, store).refused is None
    path.unlink()
    made = process_blind(path, attachment, store, HIDDEN)
    assert made.refused is not None
    assert (made.pages, made.is_lasting) == ((), False)


def test_a_name_in_radicals_is_taken_out(tmp_path: Path, store: Store) -> None:
    """Producers write the radical where a font draws both with one glyph."""
    hidden = Hidden(words=(HiddenWord(word="黃國民", shown="○同學", mask=Mask.NAME),))
    path, attachment = given(tmp_path, pdf([Words(60, 80, "申請人 黃國⺠", 24), *lines(60, 120, wrapped(TEXT, 30))]))
    made = process_blind(path, attachment, store, hidden)
    assert made.blinding[0].removed == (("name", 1),)
    assert "黃國" not in made.pages[0].text


@pytest.mark.parametrize("before", ["", "我" * 298])
def test_a_note_does_not_tell_what_is_hidden(tmp_path: Path, store: Store, before: str) -> None:
    """Neither in a file that holds nothing hidden on its pages, nor where the note was cut within the name."""
    with Pdf.open(io.BytesIO(pdf([Words(60, 80, "自主學習", 24)]))) as document:
        words = String(f"{before}{NAME}，寫得很好")
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=words)
        document.pages[0].Annots = Array([document.make_indirect(note)])
        out = io.BytesIO()
        document.save(out)
    path, attachment = given(tmp_path, out.getvalue())
    told = [process_blind(path, attachment, store, hidden).problems[0].what for hidden in (NOTHING, HIDDEN)]
    assert NAME[:2] in told[0].zh
    assert all(NAME[:2] not in words for words in (told[1].zh, told[1].en))
    assert told[1].zh.endswith(f"「{'我' * 240}〔…〕」" if before else "「○○同學，寫得很好」")


def test_an_encoded_name_is_taken_out(tmp_path: Path, store: Store) -> None:
    path, attachment = given(tmp_path, pdf([Words(60, 80, "https://a.example/%E8%AB%B8%E8%91%9B%E6%80%A1%E8%90%B1", 12)]))
    assert process_blind(path, attachment, store, HIDDEN).blinding[0].removed == (("name", 1),)


def test_what_is_hidden_is_in_no_word_and_no_file(tmp_path: Path, store: Store) -> None:
    path, attachment = given(tmp_path, report())
    made = process_blind(path, attachment, store, HIDDEN)
    assert made.sha256 == blind_key(attachment, HIDDEN) != attachment.sha256
    assert not finder(HIDDEN).tells(str(made))
    assert made.pages[0].blocks[0].text == "作者"
    assert TEXT[:20] in made.pages[0].text
    assert made.blinding == (
        PageBlinding(page=1, removed=(("name", 2),), doubts=(Doubt.PICTURE,)),
        PageBlinding(page=2, doubts=(Doubt.SCAN,)),
    )
    assert [page.originals for page in made.pages] == [(), ()]
    assert all(store.path(made, image.name).is_file() for page in made.pages for image in page.images)


def test_everybody_else_s_entry_keeps_its_bytes(tmp_path: Path, store: Store) -> None:
    path, attachment = given(tmp_path, report())
    plain = process(path, attachment, store)
    before = files(store)
    process_blind(path, attachment, store, HIDDEN)
    after = files(store)
    assert {name: after[name] for name in before} == before
    assert process_blind(path, attachment, store, NOTHING) == plain == process(path, attachment, store)
    assert plain.blinding == ()


def test_two_departments_that_hide_the_same_share_an_entry(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    path, attachment = given(tmp_path, report())
    first = process_blind(path, attachment, store, HIDDEN)
    monkeypatch.setattr(module, "_make", None)
    assert process_blind(path, attachment, store, Hidden(words=HIDDEN.words)) == first


def test_a_document_that_tells_nothing_is_what_it_is_for_everybody(tmp_path: Path, store: Store) -> None:
    path, attachment = given(tmp_path, report())
    made = process_blind(path, attachment, store, OTHER)
    plain = process(path, attachment, store)
    assert (made.sha256, made.pages, made.pdf, made.fonts) == (attachment.sha256, plain.pages, plain.pdf, plain.fonts)
    assert [path.name for path in store.entry(blind_key(attachment, OTHER)).iterdir()] == ["manifest.json"]
    assert made.blinding == (PageBlinding(page=1, doubts=(Doubt.PICTURE,)), PageBlinding(page=2, doubts=(Doubt.SCAN,)))


def test_a_picture_is_the_same_for_everybody_and_in_doubt(tmp_path: Path, store: Store) -> None:
    picture = io.BytesIO()
    photograph().save(picture, "JPEG")
    path, attachment = given(tmp_path, picture.getvalue(), MediaType.JPEG)
    made = process_blind(path, attachment, store, HIDDEN)
    assert blind_key(attachment, HIDDEN) == ""
    assert (made.sha256, made.blinding) == (attachment.sha256, (PageBlinding(page=1, doubts=(Doubt.SCAN,)),))


def test_what_cannot_be_taken_apart_is_painted_over(tmp_path: Path, store: Store) -> None:
    """A document that only its pages' images can show: the words are painted over before anything is drawn."""
    path, attachment = given(tmp_path, damaged())
    made = process_blind(path, attachment, store, HIDDEN)
    assert made.refused is None
    assert [problem.code for problem in made.problems] == ["pdf-too-many-objects", "pdf-as-images"]
    assert made.blinding == (PageBlinding(page=1, removed=(("name", 1),), doubts=(Doubt.SCAN, Doubt.NOT_APART)),)
    assert made.pages[0].text == ""
    assert {file.name for file in store.entry(made.sha256).iterdir()} == {"document.pdf", "manifest.json", "p001-1.webp"}


def damaged() -> bytes:
    """More objects than are let in, of which a page shows one."""
    with Pdf.open(io.BytesIO(telling.document("one_string"))) as document:
        document.Root["/Many"] = Array([document.make_indirect(Array([])) for _ in range(limits.PDF_OBJECTS)])
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
