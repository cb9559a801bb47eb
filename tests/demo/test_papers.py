"""The demo's PDFs: whole for qpdf, embedded fonts, bookmarks down to the attachment, nothing masked in them."""

import json
import re
import subprocess
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from reviewer.attachments.sanitise.findings import ACTION_TYPES
from tests.demo.names import MASKED

PAPERS = 36

OURS = re.compile(
    r"Reviewer-(Text|Text-Bold|Latin|Latin-Bold|tw-[a-z-]+|hanamin-[ab])|NotoSansTC-(Regular|Bold)|TW-Sung[A-Za-z-]*|HanaMin[AB]"
)


def _papers(site: Path) -> list[Path]:
    return sorted(site.glob("*/*/dossier.pdf"))


def _bookmarks(path: Path) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []

    def walk(items: list[pikepdf.OutlineItem], level: int) -> None:
        for item in items:
            found.append((level, str(item.title)))
            walk(list(item.children), level + 1)

    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        walk(list(outline.root), 1)
    return found


def test_every_dossier_has_a_paper_and_qpdf_finds_no_fault(demo_site: Path) -> None:
    papers = _papers(demo_site)
    assert len(papers) == PAPERS
    for paper in papers:
        check = subprocess.run(["qpdf", "--check", str(paper)], capture_output=True, text=True, check=False)
        assert (check.returncode, "WARNING" in check.stdout + check.stderr) == (0, False), check.stdout + check.stderr


def test_every_font_is_embedded_and_ours_but_for_those_that_the_report_counts_as_impossible(demo_site: Path) -> None:
    left = json.loads((demo_site / "build-report.json").read_text(encoding="utf-8"))["left_because"]
    foreign: Counter[str] = Counter()
    for paper in _papers(demo_site):
        for line in subprocess.run(["pdffonts", str(paper)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]:
            *words, embedded, _subset, _unicode, _number, _generation = line.split()
            name = words[0].split("+")[-1]
            assert embedded == "yes", (paper, line)
            if not OURS.fullmatch(name):
                foreign["type3" if "Type 3" in line else name] += 1
    assert set(foreign) == {"type3", "UMingTW"}, foreign
    assert {reason for reason, _ in left} == {"type-3", "no-unicode"}, left


def test_bookmarks_lead_to_every_item_and_attachment(demo_site: Path) -> None:
    for paper in _papers(demo_site):
        page = (paper.parent / "index.html").read_text(encoding="utf-8")
        entries = set(re.findall(r'data-entry="([^"]+)"', page))
        assert entries
        titles = [title for _, title in _bookmarks(paper)]
        for entry in entries:
            assert any(title.startswith(f"{entry} ") for title in titles), (paper, entry)


def test_pages_are_numbered_to_the_last(demo_site: Path) -> None:
    for paper in _papers(demo_site)[::6]:
        with pdfium.PdfDocument(paper) as pdf:
            last = pdf[len(pdf) - 1].get_textpage().get_text_range()
            assert f"{len(pdf)} / {len(pdf)}" in last


def test_metadata_names_nobody(demo_site: Path) -> None:
    for paper in _papers(demo_site):
        with pikepdf.open(paper) as pdf:
            info = {str(key): str(value) for key, value in pdf.docinfo.items()}
            metadata = pdf.Root.Metadata.read_bytes().decode("utf-8")
        assert set(info) <= {"/Title", "/Producer", "/Creator"}
        assert not any(name in metadata + str(info) for name in MASKED)
        assert "pdfuaid:part" not in metadata


def test_a_masked_departments_papers_hold_no_name_and_no_school(demo_site: Path) -> None:
    for paper in sorted((demo_site / "001023").glob("*/dossier.pdf")):
        text = subprocess.run(["pdftotext", str(paper), "-"], capture_output=True, text=True, check=True).stdout
        assert [word for word in MASKED if word in text] == []


def test_no_paper_holds_an_action_that_leads_out_of_it_or_a_file_within(demo_site: Path) -> None:
    for paper in _papers(demo_site):
        with pikepdf.open(paper) as pdf:
            things = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)]
            actions = {str(thing.S) for thing in things if "/S" in thing} & ACTION_TYPES
            types = {str(thing.Type) for thing in things if "/Type" in thing}
            keys = {key for thing in things for key in thing} & {
                "/JS",
                "/AA",
                "/OpenAction",
                "/EmbeddedFiles",
                "/AcroForm",
                "/XFA",
                "/Thumb",
            }
        assert (actions - {"/GoTo"}, types & {"/EmbeddedFile", "/Filespec"}, keys) == (set(), set(), set())
