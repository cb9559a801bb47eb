"""Reads a document: every page's health, its blocks in reading order and its words."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pypdfium2
from PIL import Image as Pillow

from reviewer.attachments.reading import cuttings, health, paragraphs, running
from reviewer.attachments.reading.layout import Figure, Piece, arrange
from reviewer.attachments.reading.matter import page_matter
from reviewer.attachments.reading.segments import is_vertical, laid_down, segments
from reviewer.attachments.reading.shapes import Box, PageMatter, Segment
from reviewer.attachments.reading.tables import grids
from reviewer.model.processed import Block, BlockKind, PageHealth

_NOTHING = PageMatter(width=1.0, height=1.0, turn=0, glyphs=(), unmapped=0, controls=0, rules=(), pictures=())


class Drawings(Protocol):
    """Gives a page's drawing, RGB, by its index from 0."""

    def __call__(self, index: int) -> Pillow.Image: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """What was read from a page."""

    health: PageHealth
    """What its text layer is worth."""
    blocks: tuple[Block, ...] = ()
    """Reading view; empty unless health is TEXT."""
    text: str = ""
    """All its words, for search; empty when garbled."""


@dataclass(frozen=True, slots=True)
class _Page:
    matter: PageMatter
    segments: list[Segment]
    others: list[Segment]
    """Words that do not run in the page's main direction: watermarks, labels along an axis."""
    vertical: bool


def read(pdf: pypdfium2.PdfDocument, drawings: Drawings, folder: Path) -> tuple[PageWords, ...]:
    """Read all pages; pictures of text pages are cut out of their drawings into `folder`."""
    pages = [_taken(pdf, index) for index in range(len(pdf))]
    kept = running.without_running([running.PageWords(page.matter.height, page.segments) for page in pages])
    body = paragraphs.usual_size(kept)
    return tuple(_read(page, words, body, drawings, index, folder) for index, (page, words) in enumerate(zip(pages, kept, strict=True)))


def _taken(pdf: pypdfium2.PdfDocument, index: int) -> _Page:
    try:
        page = pdf[index]
        try:
            matter = page_matter(page)
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        # Its image says so: `drawing` puts an empty page in its place, with a problem.
        return _Page(_NOTHING, [], [], vertical=False)
    glyphs = tuple(glyph for glyph in matter.glyphs if glyph.upright)
    vertical = is_vertical(glyphs)
    others = segments(glyph for glyph in matter.glyphs if not glyph.upright)
    return _Page(matter, segments(laid_down(glyphs) if vertical else glyphs), others, vertical)


def _read(page: _Page, words: list[Segment], body: float, drawings: Drawings, index: int, folder: Path) -> PageWords:
    matter, drawing = page.matter, drawings(index)
    all_words = paragraphs.plain_words(page.segments)
    state = health.page_health(matter, all_words, drawing)
    if state in (PageHealth.EMPTY, PageHealth.GARBLED):
        return PageWords(health=state)
    if state is PageHealth.SCAN and not health.words_are_sound(all_words, matter.unmapped + matter.controls):
        return PageWords(health=state)
    boxes = [] if page.vertical or state is PageHealth.SCAN else cuttings.figures(matter)
    blocks = paragraphs.blocks(arrange(_pieces(page, words, boxes)), body, {box: _placeholder(number) for number, box in enumerate(boxes)})
    text = paragraphs.words_of([*blocks, *(Block(kind=BlockKind.PARAGRAPH, text=segment.text) for segment in page.others)])
    if state is PageHealth.SCAN:
        return PageWords(health=state, text=text)
    made = tuple(
        cuttings.save_cutting(drawing, matter, boxes[int(block.picture)], folder, f"c{index + 1:03d}-{int(block.picture) + 1:02d}.webp")
        if block.kind is BlockKind.PICTURE
        else block
        for block in blocks
    )
    return PageWords(health=state, blocks=made, text=text)


def _pieces(page: _Page, words: list[Segment], boxes: list[Box]) -> list[Piece]:
    if page.vertical:
        return list(words)
    tables, rest = grids(page.matter.rules, words)
    figures = [Figure(box) for box in boxes if not any(table.box.holds(box) for table in tables)]
    inside = [Figure(box) for box in boxes if any(table.box.holds(box) for table in tables)]
    return [*rest, *tables, *figures, *inside]


def _placeholder(number: int) -> Block:
    """Stands for a figure until the blocks are in order; then it is cut out under a name of its own."""
    return Block(kind=BlockKind.PICTURE, picture=str(number))
