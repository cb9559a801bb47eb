"""WeasyPrint, set up once per worker: isolated from the machine's fonts, one font configuration and one parsed style sheet.

Measured on two cores with dossiers of 17 pages of our own: sharing the font configuration and the style sheet saves 18 %, an isolated
fontconfig 2 %. The renderer fetches nothing but what it is handed (`Handed`): a request for anything else ends the layout, since our own
templates ask for nothing else.
"""

import gc
import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reviewer.fonts.faces import Face, project_faces
from reviewer.fonts.rare import DrawingPlan
from reviewer.fonts.subset import cut
from reviewer.render.pdf.tags import complete
from reviewer.render.theme import latin_rule, paper_css
from reviewer.selection.themes.contract import DEFAULT

_BASE = "file:///handed/"
"""Addresses of what is handed in: `f/J-2a-poster.webp`, `face/text-regular`. No file is ever opened: `Handed` knows only its own content."""

_GENERATIONS = (50_000, 50, 50)
"""Thresholds of the garbage collector in a worker: laying out makes many objects that all live as long as the document."""

DOCUMENTS_A_COLLECTION = 6
"""A document leaves some 22 MB in circles, which no threshold of the above would free in time: a worker grew to 900 MB within fifty dossiers.
Collecting after each takes 0.1 s; after every sixth a worker stays 130 MB above its floor."""


class UnexpectedRequest(FatalURLFetchingError):  # type: ignore[misc] # untyped library
    """A template or style sheet asked for something that was not handed in: an error of ours, never of content."""


class Handed(URLFetcher):  # type: ignore[misc] # untyped library
    """A fetcher that knows exactly what it was given."""

    def __init__(self, content: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=())
        self._content = content

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - WeasyPrint's signature
        """Return what was handed in under this address; raise UnexpectedRequest for any other."""
        data = self._content.get(url.removeprefix(_BASE))
        if data is None:
            raise UnexpectedRequest(f"not handed in: {url[:200]}")
        return URLFetcherResponse(url, data, {"Content-Type": _media_type(data)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where an element lies: page from 0, and its box in points from the page's lower left corner."""

    page_index: int
    """Page, from 0."""
    box: tuple[float, float, float, float]
    """Left, bottom, right, top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A document of our own pages."""

    pdf: bytes
    """Tagged, PDF/UA-1."""
    areas: Mapping[str, Area]
    """Elements with an id."""
    page_count: int
    """Pages."""


class Engine:
    """One per worker and theme."""

    def __init__(self, theme: str = DEFAULT) -> None:
        """Read the theme's style sheets for paper and load the project's faces; raise `Stop` for a theme that does not exist."""
        isolate_fontconfig()
        self._laid_out = 0
        self._css = paper_css(theme)
        self._faces = {f"face/{face.id}": face.path.read_bytes() for face in project_faces()}
        self._fonts, self._style = self._configure(project_faces(), self._faces)

    def lay_out(self, html: str, content: Mapping[str, bytes], plan: DrawingPlan) -> LaidOut:
        """Lay out a page of HTML; `content` is what it may ask for, by relative address; `plan` names the faces that it needs beside ours.

        A document that needs such faces gets a font configuration of its own, so that it never changes its neighbours (law 7).
        """
        fonts, style = self._fonts, self._style
        if plan.faces:
            faces = {f"face/{face.id}": _needed(face, plan) for face in plan.faces}
            fonts, style = self._configure((*project_faces(), *plan.faces), {**self._faces, **faces})
        source = HTML(string=html, base_url=_BASE, url_fetcher=Handed(content))
        document = source.render(font_config=fonts, stylesheets=[style], pdf_variant="pdf/ua-1", pdf_tags=True)
        areas = {
            name: Area(page_index=index, box=(left * 0.75, (page.height - bottom) * 0.75, right * 0.75, (page.height - top) * 0.75))
            for index, page in enumerate(document.pages)
            for name, (left, top, right, bottom) in page.anchors.items()
        }
        pdf = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, finisher=lambda _, written: complete(written))
        page_count = len(document.pages)
        del document, source
        self._laid_out += 1
        if self._laid_out % DOCUMENTS_A_COLLECTION == 0:
            gc.collect()
        return LaidOut(pdf=pdf, areas=areas, page_count=page_count)

    def _configure(self, faces: tuple[Face, ...], files: Mapping[str, bytes]) -> tuple[FontConfiguration, CSS]:
        rules = "".join(
            f'@font-face{{font-family:"{face.css_family}";font-weight:{"bold" if face.bold else "normal"};src:url("{_BASE}face/{face.id}")}}\n'
            for face in faces
        )
        family = ", ".join(f'"{name}"' for name in dict.fromkeys(face.css_family for face in faces))
        if any(face.latin for face in faces):
            rules += latin_rule(family) + "\n"
        css = rules + self._css.replace('"Reviewer Text"', family)
        fonts = FontConfiguration()
        return fonts, CSS(string=css, base_url=_BASE, font_config=fonts, url_fetcher=Handed(files))


def _needed(face: Face, plan: DrawingPlan) -> bytes:
    """A face as the layout gets it: the Latin one whole, since it draws words and not single characters; the PDF holds what was drawn."""
    return face.path.read_bytes() if face.latin else cut(face, plan.of_face(face), flavor="ttf")


def isolate_fontconfig() -> None:
    """Point fontconfig at a configuration without a single folder: only faces that a style sheet names are ever used."""
    os.environ["FONTCONFIG_FILE"] = str(resources.files("reviewer.render.pdf") / "fonts.conf")


def tune_worker() -> None:
    """For a worker that lays out many documents: what is loaded stays, and the collector runs rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GENERATIONS)


def _media_type(data: bytes) -> str:
    kinds = {b"<svg": "image/svg+xml", b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
    return next((kind for start, kind in kinds.items() if data.startswith(start)), "application/octet-stream")
