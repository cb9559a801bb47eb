"""Reads a document: every page's health, its blocks in reading order and its words."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pypdfium2
from PIL import Image as Pillow

from reviewer.attachments.reading import cuttings, health, paragraphs, running
from reviewer.attachments.reading.layout import Figure, Node, arrange, flat
from reviewer.attachments.reading.matter import page_matter
from reviewer.attachments.reading.segments import is_vertical, laid_down, segments, slanted
from reviewer.attachments.reading.shapes import Box, PageMatter, Segment
from reviewer.attachments.reading.tables import grids
from reviewer.model.processed import Block, BlockKind, PageHealth

_NOTHING = PageMatter(width=1.0, height=1.0, turn=0, glyphs=(), unmapped=0, controls=0, rules=(), pictures=())


class Drawings(Protocol):
    """Gives a page's drawing, RGB, by its index from 0."""

    def __call__(self, index: int) -> Pillow.Image:
        """Return the drawing."""


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
    others: list[str]
    """Words that do not run in the page's main direction: watermarks, labels along an axis."""
    vertical: bool


@dataclass(frozen=True, slots=True)
class _Arranged:
    page: _Page
    nodes: list[Node]
    boxes: list[Box]
    """Places of the pictures that are cut out."""


def read(pdf: pypdfium2.PdfDocument, drawings: Drawings, folder: Path) -> tuple[PageWords, ...]:
    """Read all pages; pictures of text pages are cut out of their drawings into `folder`."""
    pages = [_taken(pdf, index) for index in range(len(pdf))]
    kept = running.without_running([running.PageWords(page.matter.height, page.segments) for page in pages])
    arranged = [_arranged(page, words) for page, words in zip(pages, kept, strict=True)]
    measure = paragraphs.measure(kept, [node for page in arranged for node in flat(page.nodes)])
    return tuple(_read(page, drawings, index, measure, folder) for index, page in enumerate(arranged))


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
    others = slanted(glyph for glyph in matter.glyphs if not glyph.upright)
    return _Page(matter, segments(laid_down(glyphs)) if vertical else segments(glyphs, matter.rules), others, vertical)


def _arranged(page: _Page, words: list[Segment]) -> _Arranged:
    if page.vertical:
        return _Arranged(page, arrange(list(words)), [])
    boxes = cuttings.figures(page.matter)
    tables, rest = grids(page.matter.rules, words)
    return _Arranged(page, arrange([*rest, *tables, *(Figure(box) for box in boxes)]), boxes)


def _read(arranged: _Arranged, drawings: Drawings, index: int, measure: paragraphs.Measure, folder: Path) -> PageWords:
    page, drawing = arranged.page, drawings(index)
    matter = page.matter
    all_words = paragraphs.plain_words(page.segments)
    state = health.page_health(matter, all_words, drawing)
    if state in (PageHealth.EMPTY, PageHealth.GARBLED):
        return PageWords(health=state)
    if state is PageHealth.SCAN and not health.words_are_sound(all_words, matter.unmapped + matter.controls):
        return PageWords(health=state)
    blocks = paragraphs.blocks(arranged.nodes, measure, {box: _placeholder(number) for number, box in enumerate(arranged.boxes)})
    text = paragraphs.words_of([*blocks, *(Block(kind=BlockKind.PARAGRAPH, text=words) for words in page.others)])
    if state is PageHealth.SCAN:
        return PageWords(health=state, text=text)
    made = tuple(
        cuttings.save_cutting(
            drawing, matter, arranged.boxes[int(block.picture)], folder, f"c{index + 1:03d}-{int(block.picture) + 1:02d}.webp"
        )
        if block.kind is BlockKind.PICTURE
        else block
        for block in blocks
    )
    return PageWords(health=state, blocks=made, text=text)


def _placeholder(number: int) -> Block:
    """Stands for a figure until the blocks are in order; then it is cut out under a name of its own."""
    return Block(kind=BlockKind.PICTURE, picture=str(number))
