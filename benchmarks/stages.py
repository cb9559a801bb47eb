"""Processor time of making a dossier, by stage, against the plain way on the same dossiers in the same run: `python -m benchmarks.stages`.

Plain is what somebody would write first, from the same HTML, style and attachments: WeasyPrint with the machine's own typeface by its name, fonts and
style read anew for each document and Python's collector as it comes; Chromium's print-to-PDF, a browser started for each document; pypdf to put the
attachments behind. Every figure is the median of the rounds, each round measures all ways one after another, and what is compared is a ratio within the
round: a busy machine slows both sides. All make tagged PDFs; ours also puts pictures into JPEG and completes the tags. A sheet of text
alone is measured against Typst in benchmarks.textsheet.

The typeface is Noto Sans CJK TC. Without it these programs would take any other, and the figures would not be what they say: then nothing is measured,
and each plain PDF is asked whether Noto is what it holds.
"""

import argparse
import gc
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pypdf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from benchmarks import results
from benchmarks.dossiers import EXAMPLES, Prepared, prepare
from benchmarks.processor import cpu_of
from reviewer.attachments.cache import Store
from reviewer.attachments.placing import place_pages
from reviewer.fonts import rare
from reviewer.render.environment import environment
from reviewer.render.html import dossier_page
from reviewer.render.pdf import document
from reviewer.render.pdf.engine import _BASE, Handed, LaidOut, tune_worker
from reviewer.render.theme import paper_css

ROUNDS = 5
PICKED = ("001012/10110190", "001023/10110042", "101004/10110338")
"""One dossier of each department, of usual length."""

CHROMIUM = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)


FAMILY = "Noto Sans CJK TC"
PYTHONS_THRESHOLDS = gc.get_threshold()
"""The collector's, before our tuning."""


def require_family(family: str = FAMILY) -> None:
    """End with a sentence when fontconfig would give another typeface for this name."""
    found = subprocess.run(["fc-match", "--format=%{family}", family], check=False, capture_output=True, text=True).stdout
    if family not in found.split(","):
        sys.exit(
            f"The plain ways draw with {family}, which this machine lacks (it would give {found or 'none'}). "
            "Install the Debian package fonts-noto-cjk, as `make bench` does by itself, and measure again."
        )


def faces_in(pdf: Path) -> set[str]:
    """Names of the typefaces that are embedded in a PDF, without the prefix of a subset.

    From the fonts' descriptors: Chromium turns faces of this kind into Type 3 fonts, of which pdffonts tells no name.
    """
    with pikepdf.Pdf.open(pdf) as opened:
        kind = pikepdf.Name.FontDescriptor
        found = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == kind]
        return {str(one.FontName).removeprefix("/").rpartition("+")[2] for one in found}


def is_noto(face: str) -> bool:
    """Whether a face is of Noto Sans CJK: programs write its name with hyphens, with blanks, or as its PostScript name."""
    return face.replace("-", "").replace(" ", "").lower().startswith("notosanscjk")


@contextmanager
def untuned() -> Iterator[None]:
    """Python's collector as it comes, for as long as a plain way runs."""
    gc.unfreeze()
    gc.set_threshold(*PYTHONS_THRESHOLDS)
    yield
    tune_worker()


class Ways:
    """The ways of making one dossier."""

    def __init__(self, dossier: Prepared, store: Store, folder: Path) -> None:
        self.dossier, self.store, self.folder = dossier, store, folder
        self.html = environment(dossier.view.language).get_template("pdf/dossier.html").render(view=dossier.view, logo=None)
        self.css = paper_css().replace('"Reviewer Text"', f'"{FAMILY}"')
        self.own = self._own()
        self.pages = self.own.page_count
        self.placements = tuple(document._placements(dossier.view, self.own, dossier.processed, store))  # noqa: SLF001 - the step itself is measured

    def _own(self) -> LaidOut:
        each = self.dossier
        return document.own_pages(each.view, each.files, each.processed, self.store, plan=each.plan)

    def html_page(self) -> None:
        """The HTML page."""
        dossier_page(self.dossier.view)

    def paper(self) -> None:
        """Our own pages and frames."""
        self._own()

    def merged(self) -> None:
        """Attachments into their frames, fonts shared."""
        place_pages(self.own.pdf, self.placements)

    def plain_weasyprint(self) -> None:
        """The same HTML and style, the machine's fonts, everything new."""
        with untuned():
            fonts = FontConfiguration()
            style = CSS(string=self.css, font_config=fonts)
            source = HTML(string=self.html, base_url=_BASE, url_fetcher=Handed(self._pictures()))
            source.write_pdf(self.folder / "weasyprint.pdf", stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True)

    def plain_chromium(self) -> None:
        """The same HTML and style, printed by a browser that is started for it."""
        page = self.folder / "paper.html"
        page.write_text(self.html.replace("</head>", f"<style>{self.css}</style></head>"), encoding="utf-8")
        for name, content in self._pictures().items():
            target = self.folder / name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        with tempfile.TemporaryDirectory() as profile:
            command = [*CHROMIUM, f"--user-data-dir={profile}", f"--print-to-pdf={self.folder / 'chromium.pdf'}", page.as_uri()]
            subprocess.run(command, check=True, capture_output=True, timeout=120)

    def plain_merge(self) -> None:
        """Attachments behind our own pages with pypdf, fonts as they are."""
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(self.own.pdf))
        for source in dict.fromkeys(placement.source for placement in self.placements):
            writer.append(pypdf.PdfReader(source))
        writer.write(io.BytesIO())

    def check(self) -> None:
        """Make both plain PDFs and end with a sentence when one of them is not drawn with the typeface that it is said to be."""
        self.plain_weasyprint()
        self.plain_chromium()
        for name in ("weasyprint.pdf", "chromium.pdf"):
            faces = faces_in(self.folder / name)
            if not any(map(is_noto, faces)):
                sys.exit(f"{self.dossier.name}, {name}: drawn with {', '.join(sorted(faces)) or 'no typeface'}, not with {FAMILY}")

    def _pictures(self) -> dict[str, bytes]:
        view = self.dossier.view
        figures = {
            f"figure/{name}.svg": str(figure.wide).encode() for name, figure in (("standing", view.standing), ("timeline", view.timeline))
        }
        by_name = {file.name: file for file in self.dossier.files}
        names = set(document._SOURCE.findall(self.html))  # noqa: SLF001 - as in own_pages
        return figures | {
            name: self.store.path(self.dossier.processed[by_name[name].sha256], by_name[name].source_name).read_bytes()
            for name in sorted(names)
        }


WAYS = ("html_page", "paper", "merged", "plain_weasyprint", "plain_chromium", "plain_merge")


def main() -> None:
    """Measure and write benchmarks/results/stages.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--work", type=Path, default=results.WORK)
    options = parser.parse_args()
    require_family()
    store = Store(options.work / "cache" / "attachments")
    rare.plan(())
    # What the plain way would have: the machine's fonts. Our own engine is handed its faces and never asks for any of them.
    document.engine()
    os.environ.pop("FONTCONFIG_FILE", None)
    with tempfile.TemporaryDirectory() as name:
        dossiers = [Ways(each, store, Path(tempfile.mkdtemp(dir=name))) for each in prepare(EXAMPLES, store, only=PICKED.__contains__)]
        tune_worker()
        for dossier in dossiers:
            dossier.check()
        seconds: dict[str, list[float]] = {way: [] for way in WAYS}
        for _ in range(options.rounds):
            for way in WAYS:
                seconds[way].append(sum(cpu_of(getattr(dossier, way)) for dossier in dossiers) / len(dossiers))
    pages = statistics.mean(dossier.pages for dossier in dossiers)
    attached = statistics.mean(len(dossier.placements) for dossier in dossiers)
    pairs = {
        "weasyprint_plain_to_ours": ("plain_weasyprint", "paper"),
        "chromium_to_ours": ("plain_chromium", "paper"),
        "pypdf_merge_to_ours": ("plain_merge", "merged"),
    }
    results.write(
        "stages",
        {
            "rounds": options.rounds,
            "dossiers": len(dossiers),
            "pages": round(pages, 1),
            "attached_pages": round(attached, 1),
            "cpu_seconds": {way: round(statistics.median(seconds[way]), 4) for way in WAYS},
            "pages_per_cpu_second": {
                "paper": round(pages / statistics.median(seconds["paper"]), 1),
                "merged": round(attached / statistics.median(seconds["merged"]), 1),
            },
            "ratios": {
                name: round(statistics.median(one / other for one, other in zip(seconds[upper], seconds[lower], strict=True)), 3)
                for name, (upper, lower) in pairs.items()
            },
            "finished": time.strftime("%H:%M"),
        },
    )


if __name__ == "__main__":
    main()
