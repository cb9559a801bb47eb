"""A dossier's PDF: our own pages laid out from the view, the attachments' pages placed into their frames."""

import base64
import functools
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PIL import Image

from reviewer.attachments import paper
from reviewer.attachments.cache import Store
from reviewer.attachments.placing import Placement
from reviewer.fonts.rare import DrawingPlan
from reviewer.model.processed import Processed
from reviewer.model.selection import Logo
from reviewer.render.environment import environment
from reviewer.render.files import OutputFile
from reviewer.render.html import logo_view
from reviewer.render.pdf.engine import Engine, LaidOut
from reviewer.render.view import DossierView
from reviewer.selection.themes.contract import DEFAULT

PICTURE_WIDTH_PX = 1100
"""Pictures set by us (stills, pictures of a Markdown text) are at most so wide: 172 mm at some 160 dots an inch."""

JPEG_QUALITY = 80
"""Pictures go to JPEG in their final size before layout: 12 % less time and a fraction of the bytes."""

_LIST_START = re.compile(r'<ol start="(\d{1,9})"')
_SOURCE = re.compile(r'<img[^>]*? src="(f/[A-Za-z0-9._-]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A dossier's PDF."""

    pdf: bytes
    """The file."""
    own_pages: int
    """Pages of our own, frames not counted."""
    pages: int
    """All pages."""


def dossier_pdf(
    view: DossierView,
    files: tuple[OutputFile, ...],
    processed: Mapping[str, Processed],
    store: Store,
    *,
    plan: DrawingPlan,
    theme: str = DEFAULT,
    logo: Logo | None = None,
    package: str = "",
) -> Paper:
    """Make the PDF of a dossier. `files` is the list by which the view names its pictures; `plan` says what draws its rare characters.

    Raises `SetAsideForNow` when it cannot be put together; `package` is named then.
    """
    own = own_pages(view, files, processed, store, plan=plan, theme=theme, logo=logo)
    placements = tuple(_placements(view, own, processed, store))
    return Paper(pdf=paper.assembled(own.pdf, placements, store, package), own_pages=own.page_count - len(placements), pages=own.page_count)


def own_pages(
    view: DossierView,
    files: tuple[OutputFile, ...],
    processed: Mapping[str, Processed],
    store: Store,
    *,
    plan: DrawingPlan,
    theme: str = DEFAULT,
    logo: Logo | None = None,
) -> LaidOut:
    """Lay out our own pages with empty frames: tagged, PDF/UA-1."""
    html = environment(view.language).get_template("pdf/dossier.html").render(view=view, logo=logo_view(logo, "", view.language))
    html = numbered(html)
    content = {
        f"figure/{name}.svg": str(figure.wide).encode() for name, figure in (("standing", view.standing), ("timeline", view.timeline))
    }
    if logo is not None:
        content[logo.name] = base64.b64decode(logo.content)
    by_name = {file.name: file for file in files}
    for name in sorted(set(_SOURCE.findall(html))):
        file = by_name[name]
        content[name] = _picture(store.path(processed[file.sha256], file.source_name).read_bytes())
    return engine(theme).lay_out(html, content, plan)


def numbered(html: str) -> str:
    """Lists that begin with another number than 1 say so by a counter: the engine knows no `start`."""
    return _LIST_START.sub(lambda match: f'<ol style="counter-reset: list-item {int(match[1]) - 1}"', html)


def engine(theme: str = DEFAULT) -> Engine:
    """The layout engine of this process for a theme, set up once."""
    return _engine(theme)


@functools.cache
def _engine(theme: str) -> Engine:
    # Apart from `engine`, since a cache takes a default and the same theme by name for two.
    return Engine(theme)


def _placements(view: DossierView, own: LaidOut, processed: Mapping[str, Processed], store: Store) -> Iterator[Placement]:
    for slot in view.slots:
        for entry in slot.entries:
            for file in entry.files:
                for sheet in file.sheets:
                    area, source = own.areas[sheet.id], processed[file.sha256]
                    path = store.path(source, source.pdf)
                    yield Placement(page_index=area.page_index, box=area.box, source=path, source_index=sheet.number - 1)


def _picture(data: bytes) -> bytes:
    """A derived picture in its final size: JPEG, but PNG where it has transparency (glyphs)."""
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        if image.width > PICTURE_WIDTH_PX:
            image.thumbnail((PICTURE_WIDTH_PX, 10 * PICTURE_WIDTH_PX))
        target = io.BytesIO()
        if image.mode in ("RGBA", "LA", "P"):
            image.save(target, "PNG")
        else:
            image.convert("RGB").save(target, "JPEG", quality=JPEG_QUALITY)
    return target.getvalue()
