"""A worker makes a whole masked dossier, its paper too, without opening a PDF: what opens applicants' files is the child alone."""

import shutil
from pathlib import Path

import av
import pikepdf
import pypdfium2
import pytest

from reviewer import resources
from reviewer.attachments import jobs, paper
from reviewer.attachments.cache import Store
from reviewer.attachments.placing import Placement
from reviewer.model.problem import SetAsideForNow
from reviewer.site.build import build
from reviewer.site.request import Request
from tests.faults.build.conftest import Here
from tests.hostile import pdfs

MASKED = "001/001023/10110301"


def refused(*_arguments: object, **_options: object) -> None:
    raise AssertionError("the worker opened an applicant's file")


@pytest.fixture
def _eyes_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever opens a PDF or a film fails in this process; children are other processes."""
    monkeypatch.setattr(pikepdf.Pdf, "open", refused)
    monkeypatch.setattr(pikepdf, "open", refused)
    monkeypatch.setattr(pypdfium2.PdfDocument, "__init__", refused)
    monkeypatch.setattr(av, "open", refused)


@pytest.mark.usefixtures("_eyes_shut")
def test_no_pdf_is_opened_in_the_worker(tmp_path: Path) -> None:
    shutil.copytree(resources.data_folder("fixtures") / "committee" / MASKED, tmp_path / "export" / MASKED)
    with pytest.raises(AssertionError, match="opened"):
        pypdfium2.PdfDocument(pdfs.plain())
    request = Request(
        packages=str(tmp_path / "export"),
        applications=None,
        config=resources.data_folder("site_config"),
        site=tmp_path / "site",
        cache=tmp_path / "cache",
    )
    report = build(request, open_pool=Here)
    assert report.made == 1
    assert (tmp_path / "site/001023/10110301/dossier.pdf").stat().st_size > 100_000


def test_the_child_finds_every_word_of_a_finished_pdf(tmp_path: Path) -> None:
    document = pikepdf.Pdf.new()
    document.add_blank_page()
    document.docinfo["/Title"] = "王小明的檔案"
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("書籤", 0))
    document.save(tmp_path / "x.pdf")
    assert {"王小明的檔案", "書籤"} <= set(paper.words(tmp_path / "x.pdf"))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF", pdfs.plain()[:200]])
def test_a_paper_that_cannot_be_looked_at_is_not_published(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.pdf").write_bytes(content)
    with pytest.raises(SetAsideForNow) as reason:
        paper.words(tmp_path / "x.pdf", "10110042")
    assert reason.value.problems[0].code == "paper-stopped"
    assert reason.value.problems[0].where.package == "10110042"


def test_a_page_that_ends_its_child_sets_one_dossier_aside(tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(b"not what the sanitiser wrote")
    placement = Placement(page_index=0, box=(0, 0, 9, 9), source=source, source_index=0)
    with Store(tmp_path / "cache") as store:
        with pytest.raises(SetAsideForNow):
            paper.assembled(pdfs.plain(), [placement], store, "10110042")
        assert paper.assembled(pdfs.plain(), [], store).startswith(b"%PDF")
        assert list((tmp_path / "cache" / "work").iterdir()) == []
    jobs.close()
