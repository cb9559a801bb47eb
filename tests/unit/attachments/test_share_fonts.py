import io

from pikepdf import Pdf

from reviewer.attachments.normalise import installed_faces, normalise, share_fonts
from tests.hostile.pdfs import saved
from tests.unit.attachments import pdfium, text_pdfs


def merged(*texts: str) -> bytes:
    with Pdf.new() as dossier:
        for text in texts:
            original = text_pdfs.composite(text.encode("utf-16-be"), "UniCNS-UCS2-H", "CNS1")
            with Pdf.open(io.BytesIO(normalise(original, installed_faces()).pdf)) as part:
                dossier.pages.extend(part.pages)
        return saved(dossier)


def shared(pdf: bytes) -> tuple[bytes, int]:
    with Pdf.open(io.BytesIO(pdf)) as dossier:
        count = share_fonts(dossier)
        return saved(dossier), count


def test_a_dossier_needs_one_program_a_weight() -> None:
    before = merged("學習歷程檔案", "學習成果", "多元表現")
    after, count = shared(before)
    assert count == 2
    assert len(text_pdfs.fonts_of(before)) == 3
    assert list(text_pdfs.fonts_of(after).values()) == [True]
    assert pdfium.page_texts(after) == ["學習歷程檔案", "學習成果", "多元表現"]
    assert pdfium.furthest(before, after) == 0
    assert all(pdfium.difference(pdfium.picture(before, page), pdfium.picture(after, page)) == 0 for page in range(3))
    assert shared(before) == (after, 2)


def test_one_file_has_nothing_to_share() -> None:
    before = merged("學習歷程檔案")
    assert shared(before) == (before, 0)
