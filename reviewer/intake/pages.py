"""Pages that the intake writes (reports, receipts), each with the theme beside it: readable from a USB stick, printable."""

from pathlib import Path

from reviewer.render.html import render
from reviewer.render.shapes.page import PageView
from reviewer.render.theme import FONTS, font_files, theme_files
from reviewer.render.view import page_characters

THEME = "theme"
"""Folder of the theme beside the pages."""

_ALWAYS = frozenset(range(0x20, 0x7F))


def page(template: str, title: str, view: object) -> str:
    """One page, set in the default theme."""
    return render(template, page=PageView(title=title, kind="office", theme=f"{THEME}/", accent=False), view=view)


def write_pages(folder: Path, pages: dict[str, str]) -> None:
    """Write pages into a folder, each whole, and the theme with fonts cut to what they show."""
    points = _ALWAYS.union(*(page_characters(text) for text in pages.values()))
    _write_theme(folder / THEME, points)
    for name, text in pages.items():
        part = folder / f".{name}.part"
        part.write_text(text, encoding="utf-8")
        part.replace(folder / name)


def _write_theme(folder: Path, points: frozenset[int]) -> None:
    (folder / FONTS).mkdir(parents=True, exist_ok=True)
    files = theme_files()
    for name, content in files.items():
        (folder / name).write_bytes(content)
        if name.endswith((".css", ".js")):
            points |= frozenset(map(ord, content.decode("utf-8")))
    points = frozenset(point for point in points if point >= 0x20)
    for name, content in font_files(points):
        (folder / name).write_bytes(content)
