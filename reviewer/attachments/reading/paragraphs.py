"""Rows to paragraphs and headings."""

import re
import statistics
from dataclasses import dataclass

from reviewer.attachments.reading import letters
from reviewer.attachments.reading.layout import Cells, Figure, Node, Rows
from reviewer.attachments.reading.shapes import Box, Segment, bounds
from reviewer.model.processed import Block, BlockKind

CELL_GAP = "\u3000"
"""Between the cells of a table's row, and between words that a wide gap parts."""

ROW_WEIGHT = 60.0
"""A table's row whose cells together are no longer than this is kept as one line; longer cells become paragraphs."""

HEADING_WEIGHT = 42.0
"""A heading is at most this long."""

HEADING_SIZES = (1.12, 1.3, 1.65)
"""Sizes in proportion to the usual text from which a line is a heading of level 3, 2, 1."""

LEADING_EM = 2.1
"""Lines of a paragraph stand at most this far apart, base line to base line."""

_DOTS = re.compile(r"[.·‧…．﹒•]{4,}|(?:[.·‧] ){4,}")
_BLANKS = re.compile(r"[ \t\u00a0]{2,}")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a column."""

    box: Box
    text: str
    size: float
    bold: bool
    base: float
    gapped: bool
    """Whether a wide gap stands within it, as in a table without lines."""


@dataclass(slots=True)
class _Paragraph:
    text: str
    size: float
    bold: bool
    lines: int
    gapped: bool
    box: Box


def blocks(nodes: list[Node], body_size: float, names: dict[Box, Block]) -> list[Block]:
    """Headings, paragraphs and pictures of a page; `names` gives the picture that was cut out for a figure."""
    made: list[Block] = []
    for node in nodes:
        if isinstance(node, Figure):
            if node.box in names:
                made.append(names[node.box])
        elif isinstance(node, Cells):
            made += _row_blocks([blocks(cell, body_size, names) for cell in node.cells])
        else:
            made += [_block(paragraph, body_size) for paragraph in _paragraphs(node) if paragraph.text.strip()]
    return _merged_headings(made)


def _row_blocks(cells: list[list[Block]]) -> list[Block]:
    filled = [cell for cell in cells if cell]
    words = [block.text for cell in filled for block in cell]
    short = all(len(cell) == 1 and not cell[0].picture for cell in filled) and letters.weight("".join(words)) <= ROW_WEIGHT
    if short and len(filled) > 1:
        return [Block(kind=BlockKind.PARAGRAPH, text=CELL_GAP.join(words))]
    return [block for cell in filled for block in cell]


def _lines(node: Rows) -> list[Line]:
    return [_line(row) for row in node.rows if row]


def _line(row: list[Segment]) -> Line:
    longest = max(row, key=lambda segment: len(segment.text))
    return Line(
        box=bounds([segment.box for segment in row]),
        text=CELL_GAP.join(segment.text for segment in row) if not _is_item(row) else " ".join(segment.text for segment in row),
        size=longest.size,
        bold=all(segment.bold for segment in row),
        base=longest.base,
        gapped=len(row) > 1 and not _is_item(row),
    )


def _is_item(row: list[Segment]) -> bool:
    """A list's mark and the words that a tabulator parts from it."""
    mark = letters.list_mark(row[0].text + " ") if len(row) == 2 else ""
    return bool(mark) and mark.strip() == row[0].text.strip()


def _paragraphs(node: Rows) -> list[_Paragraph]:
    lines = _lines(node)
    if not lines:
        return []
    right = max(line.box.x1 for line in lines)
    left = _usual_left(lines)
    made: list[_Paragraph] = []
    begin = lines[0]
    for place, line in enumerate(lines):
        last = lines[place - 1] if place else None
        if last is not None and _continues(begin, last, line, left, right, made[-1]):
            made[-1].text = letters.join(made[-1].text, line.text)
            made[-1].lines += 1
            made[-1].box = made[-1].box.around(line.box)
        else:
            made.append(_Paragraph(line.text, line.size, line.bold, 1, line.gapped, line.box))
            begin = line
    return made


def _usual_left(lines: list[Line]) -> float:
    starts = sorted(line.box.x0 for line in lines)
    return starts[len(starts) // 5] if len(starts) > 4 else starts[0]


def _continues(begin: Line, last: Line, line: Line, left: float, right: float, paragraph: _Paragraph) -> bool:
    """Whether a line carries on the paragraph of the line above it."""
    em = line.size
    if line.gapped or last.gapped or abs(line.size - last.size) > 0.12 * last.size or line.bold != last.bold:
        return False
    if not 0 < line.base - last.base <= LEADING_EM * em or letters.list_mark(line.text):
        return False
    # The line above was left short although the next word would have gone into it: there the paragraph ended.
    if right - last.box.x1 > _first_word(line) + 0.6 * em and (letters.ends_sentence(last.text) or right - last.box.x1 > 3.0 * em):
        return _is_centred(begin, last, line) and not letters.ends_sentence(last.text)
    indent = line.box.x0 - last.box.x0
    if indent > 0.8 * em and paragraph.lines == 1 and letters.list_mark(begin.text):
        return True
    # An indented line begins a paragraph, but for the second line of a hanging one.
    if indent > 0.8 * em:
        return paragraph.lines == 1 and last.box.x0 <= left + 0.5 * em and not letters.ends_sentence(last.text)
    return True


def _is_centred(begin: Line, last: Line, line: Line) -> bool:
    """Lines of a centred heading that was broken: same middle, larger than usual."""
    del begin
    middles = (last.box.x0 + last.box.x1) / 2, (line.box.x0 + line.box.x1) / 2
    return abs(middles[0] - middles[1]) < 0.5 * line.size and abs(last.box.x0 - line.box.x0) > 0.8 * line.size and line.bold


def _first_word(line: Line) -> float:
    """Width that the line's first word needs: an ideograph with the punctuation that may not part from it, or the letters up to a blank."""
    count = 0
    for letter in line.text:
        if letters.is_wide(letter):
            count = max(count, 1) + (1 if line.text[1:2] in "，。、；：」』）！？" else 0)
            break
        if letter == " ":
            break
        count += 1
    share = sum(1.0 if letters.is_wide(letter) else 0.5 for letter in line.text[:count])
    whole = max(letters.weight(line.text), 0.5)
    return float(line.box.width * share / whole)


def _block(paragraph: _Paragraph, body_size: float) -> Block:
    text = _BLANKS.sub(" ", _DOTS.sub("…", paragraph.text)).strip()
    level = _heading_level(paragraph, text, body_size)
    if level:
        return Block(kind=BlockKind.HEADING, text=text, level=level)
    return Block(kind=BlockKind.PARAGRAPH, text=text)


def _heading_level(paragraph: _Paragraph, text: str, body_size: float) -> int:
    if letters.weight(text) > HEADING_WEIGHT or paragraph.gapped or not any(letter.isalnum() for letter in text):
        return 0
    ratio = paragraph.size / max(body_size, 1.0)
    level = 4 - sum(ratio >= least for least in HEADING_SIZES) if ratio >= HEADING_SIZES[0] else 0
    if level:
        return level if not text.endswith(("，", "、", ",")) else 0
    bold_heading = paragraph.bold and paragraph.lines == 1 and ratio >= 0.97 and not text.endswith(tuple("。，、；,;"))
    return 3 if bold_heading and letters.weight(text) <= 24 else 0


def _merged_headings(made: list[Block]) -> list[Block]:
    """A page that is all headings, as slides are, has none: its largest words are the heading, the rest its text."""
    headings = [block for block in made if block.kind is BlockKind.HEADING]
    if len(headings) < 6 or len(headings) * 2 < len(made):
        return made
    top = min(block.level for block in headings)
    return [block if block.kind is not BlockKind.HEADING or block.level == top else Block(kind=BlockKind.PARAGRAPH, text=block.text) for block in made]


def usual_size(pages: list[list[Segment]]) -> float:
    """The size in which most of a document is set, in points."""
    weights: dict[float, float] = {}
    for page in pages:
        for segment in page:
            size = round(segment.size * 2) / 2
            weights[size] = weights.get(size, 0.0) + len(segment.text)
    if not weights:
        return 12.0
    return max(weights, key=lambda size: (weights[size], -size))


def words_of(page: list[Block]) -> str:
    """All words of a page's blocks, a line each."""
    return "\n".join(block.text for block in page if block.text)


def plain_words(page: list[Segment]) -> str:
    """Words of segments from top to bottom, for pages that have no reading view."""
    lines: list[str] = []
    bases: list[float] = []
    for segment in sorted(page, key=lambda segment: (round(segment.base / max(segment.size, 1.0)), segment.box.x0)):
        if bases and abs(bases[-1] - segment.base) < 0.4 * segment.size:
            lines[-1] = f"{lines[-1]} {segment.text}"
        else:
            lines.append(segment.text)
        bases.append(segment.base)
    return "\n".join(lines)


def median_size(page: list[Segment]) -> float:
    """Median size of a page's segments; 12 without any."""
    return statistics.median(segment.size for segment in page) if page else 12.0
