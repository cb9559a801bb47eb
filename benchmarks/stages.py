"""Processor time of making a dossier, by stage, against the plain way on the same dossiers in the same run: `python -m benchmarks.stages`.

Plain is what somebody would write first, from the same HTML, attachments and text: WeasyPrint with the machine's fonts and nothing kept between two
documents; Chromium's print-to-PDF; pypdf to put the attachments behind; Typst for the sheet of text alone. Every figure is the median of the
rounds, each round measures all ways one after another, and what is compared is a ratio within the round: a busy machine slows both sides. The garbage
collector's thresholds are the process's, so that the plain way has that part of our tuning too; our step also puts pictures into JPEG and completes
the tags. The text sheet is short (under a thousand characters in the example), so that its figure is mostly Typst's reading of two fonts.
"""

import argparse
import io
import os
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import typst
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from benchmarks import results
from benchmarks.dossiers import EXAMPLES, Prepared, prepare
from reviewer import resources
from reviewer.attachments.cache import Store
from reviewer.attachments.placing import place_pages
from reviewer.fonts import rare
from reviewer.render.environment import environment
from reviewer.render.html import dossier_page
from reviewer.render.pdf import document
from reviewer.render.pdf.engine import _BASE, Handed, tune_worker
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


def cpu_of(work: Callable[[], object]) -> float:
    """Processor time of this process and of those that it waited for."""
    before = _cpu()
    work()
    return _cpu() - before


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


class Ways:
    """The ways of making one dossier."""

    def __init__(self, dossier: Prepared, store: Store, folder: Path) -> None:
        self.dossier, self.store, self.folder = dossier, store, folder
        self.html = environment(dossier.view.language).get_template("pdf/dossier.html").render(view=dossier.view, logo=None)
        self.css = paper_css().replace('"Reviewer Text"', '"Noto Sans CJK TC", sans-serif')
        self.own = self._own()
        self.pages = self.own.page_count
        self.placements = tuple(document._placements(dossier.view, self.own, dossier.processed, store))  # noqa: SLF001 - the step itself is measured
        self.text = "\n\n".join("".join(entry.text) for entry in _texts(dossier))

    def _own(self) -> Any:
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
        HTML(string=self.html, base_url=_BASE, url_fetcher=Handed(self._pictures())).write_pdf(
            stylesheets=[CSS(string=self.css)], font_config=FontConfiguration(), pdf_variant="pdf/ua-1", pdf_tags=True
        )

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

    def typst_text(self) -> None:
        """The dossier's text as one sheet."""
        source = f'#set text(font: "Noto Sans TC", lang: "zh", region: "tw")\n#let words = {_quoted(self.text)}\n#words'
        typst.compile(
            source.encode(),  # type: ignore[misc] # its stub has a type variable too many
            font_paths=[str(resources.data_folder("themes") / "default" / "fonts")],
        )

    def weasyprint_text(self) -> None:
        """The same sheet by our engine."""
        body = self.text.replace("&", "&amp;").replace("<", "&lt;")
        html = f'<html lang="zh-Hant-TW"><head><title>text</title></head><body><p class="text">{body}</p></body></html>'
        document.engine().lay_out(html, {}, rare.plan(()))

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


class _Text:
    def __init__(self, text: str) -> None:
        self.text = text


def _texts(dossier: Prepared) -> list[_Text]:
    return [_Text(str(paragraph)) for slot in dossier.view.slots for entry in slot.entries for paragraph in entry.paragraphs]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


WAYS = ("html_page", "paper", "merged", "plain_weasyprint", "plain_chromium", "plain_merge", "typst_text", "weasyprint_text")


def main() -> None:
    """Measure and write benchmarks/results/stages.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--work", type=Path, default=results.WORK)
    options = parser.parse_args()
    store = Store(options.work / "cache" / "attachments")
    rare.plan(())
    # What the plain way would have: the machine's fonts. Our own engine is handed its faces and never asks for any of them.
    document.engine()
    os.environ.pop("FONTCONFIG_FILE", None)
    with tempfile.TemporaryDirectory() as name:
        dossiers = [Ways(each, store, Path(name)) for each in prepare(EXAMPLES, store, only=PICKED.__contains__)]
        tune_worker()
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
        "our_text_sheet_to_typst": ("weasyprint_text", "typst_text"),
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
