"""The guide as a page of one file and on paper, from the same rows."""

from typing import Any

from markupsafe import Markup

from reviewer.fonts import rare
from reviewer.model.parts import package_files
from reviewer.render.environment import environment
from reviewer.render.guide import tables
from reviewer.render.guide.rows import code_words, joined, part_rows
from reviewer.render.pdf.engine import Engine
from reviewer.selection.pages import page
from reviewer.selection.themes.contract import theme

_STYLE = "guide/guide.css"
_PAPER = "guide/paper.css"


def html(*, plain: bool) -> bytes:
    """One HTML file: style and typeface inside, no script, nothing fetched."""
    return page("plain.html" if plain else "technical.html", folder="guide", style=_STYLE, **_view(plain=plain))


def pdf(*, plain: bool) -> bytes:
    """A4, tagged, with bookmarks; the same bytes every time."""
    style = Markup(theme().text(_PAPER))  # noqa: S704 - a file of the theme, no input
    made = environment().get_template("guide/paper.html").render(style=style, plain=plain, **_view(plain=plain))
    return Engine().lay_out(made, {}, rare.plan(map(ord, made))).pdf


def _view(*, plain: bool) -> dict[str, Any]:
    title, lead = (tables.PLAIN_TITLE, tables.PLAIN_LEAD) if plain else (tables.TECHNICAL_TITLE, tables.TECHNICAL_LEAD)
    return {
        "title": title,
        "lead": lead,
        "version": tables.version_words(),
        "files": package_files(),
        "parts": part_rows(),
        "joined": joined,
        "code_words": code_words,
    }
