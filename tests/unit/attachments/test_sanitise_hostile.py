import hashlib
import time
from collections.abc import Callable

import pytest

from reviewer.attachments.normalise import installed_faces, normalise
from reviewer.attachments.sanitise import FoundLink, Refused, sanitise
from tests.hostile import pdfs
from tests.unit.attachments import inert, pdfium

SECONDS = 5.0
"""What any of them may take: most take a hundredth of a second; 200 MB of blanks take 0.3."""


@pytest.mark.parametrize(("make", "code"), pdfs.REFUSED.values(), ids=pdfs.REFUSED)
def test_what_cannot_be_used_is_refused_by_name_in_bounded_time(make: Callable[[], bytes], code: str) -> None:
    hostile = make()
    began = time.monotonic()
    with pytest.raises(Refused) as refusal:
        sanitise(hostile)
    assert refusal.value.problem.code == code
    assert refusal.value.problem.remedy.zh.startswith("請")
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("make", pdfs.SHOWN.values(), ids=pdfs.SHOWN)
def test_what_can_be_shown_has_pages_and_nothing_active_is_left(make: Callable[[], bytes]) -> None:
    hostile = make()
    began = time.monotonic()
    sanitised = sanitise(hostile)
    normalised = normalise(sanitised.pdf, installed_faces())
    assert time.monotonic() - began < SECONDS
    assert sanitised.page_count == len(pdfium.page_texts(sanitised.pdf)) == 1
    assert inert.walk(sanitised.pdf) == []
    assert inert.walk(normalised.pdf) == []


def test_the_walk_finds_what_it_is_to_find() -> None:
    found = " ".join(inert.walk(pdfs.active_everywhere()))
    for name in (
        "JavaScript",
        "JS",
        "OpenAction",
        "AA",
        "Launch",
        "GoToR",
        "GoToE",
        "SubmitForm",
        "ImportData",
        "URI",
        "EmbeddedFile",
        "EF",
        "AF",
    ):
        assert f"/{name}" in found
    for name in (
        "RichMediaContent",
        "3DD",
        "Movie",
        "Rendition",
        "XFA",
        "Metadata",
        "PieceInfo",
        "Thumb",
        "Ref",
        "OPI",
        "Alternates",
        "Info",
    ):
        assert f"/{name}" in found
    assert inert.walk(pdfs.photographed()) == []


def test_what_was_active_is_named_with_its_place_and_addresses_are_listed() -> None:
    sanitised = sanitise(pdfs.active_everywhere())
    expected = {
        "JavaScript (catalog)", "OpenAction (catalog)", "AA (catalog)", "EmbeddedFiles (catalog)", "XFA (catalog)", "Launch (catalog)",
        "JavaScript (page 1)", "AA (page 1)", "GoToR (page 1)", "SubmitForm (page 1)", "ImportData (page 1)", "RichMedia (page 1)",
        "3D (page 1)", "Movie (page 1)", "FileAttachment (page 1)", "EmbeddedFile",
    }  # fmt: skip
    assert expected <= set(sanitised.removed)
    assert sanitised.links == (FoundLink(page=1, address="https://example.com/a?b=1", kind="annotation"),)
    assert pdfium.page_texts(sanitised.pdf) == ["plain v"]


def test_a_document_without_anything_active_says_so() -> None:
    sanitised = sanitise(pdfs.plain())
    assert (sanitised.removed, sanitised.links, sanitised.notes) == ((), (), ())


def test_the_same_input_gives_the_same_bytes() -> None:
    hostile = pdfs.active_everywhere()
    assert hashlib.sha256(sanitise(hostile).pdf).digest() == hashlib.sha256(sanitise(hostile).pdf).digest()


@pytest.mark.parametrize("make", [pdfs.truncated, pdfs.broken_references])
def test_a_repair_is_told(make: Callable[[], bytes]) -> None:
    assert [note.code for note in sanitise(make()).notes] == ["pdf-repaired"]


def test_an_empty_user_password_is_lifted_and_another_refused_with_the_remedy() -> None:
    assert b"/Encrypt" not in sanitise(pdfs.locked("")).pdf
    with pytest.raises(Refused) as refusal:
        sanitise(pdfs.locked("secret"))
    assert refusal.value.problem.what.zh == "PDF 設有開啟密碼，無法閱讀。"
    assert refusal.value.problem.remedy.zh == "請移除密碼後另存新檔，再重新上傳。"


def test_a_photograph_keeps_its_picture_and_loses_its_place() -> None:
    hostile = pdfs.photographed()
    sanitised = sanitise(hostile).pdf
    assert b"Secret Camera" in hostile
    assert b"Exif" not in sanitised
    assert b"Secret Camera" not in sanitised
    assert b"secret comment" not in sanitised
    assert pdfium.difference(pdfium.picture(hostile), pdfium.picture(sanitised)) == 0
