"""Rows to paragraphs and headings."""

import itertools
import re
from collections import Counter
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

HEADING_SIZE = 1.12
"""Size in proportion to the usual text from which a line is a heading."""

TITLE_SIZE = 1.6
"""Size in proportion to the usual text from which a heading may be of level 1."""

LEADING_EM = 2.1
"""Base line to base line, where a document is too short to tell its own leading."""

LEADING_MOST_EM = 3.4
"""Double spacing of a typeface with large ascenders."""

LEADING_SHARE = 1.22
"""Lines further apart than this share of the usual leading belong to different paragraphs."""

_DOTS = re.compile(r"[.·‧…．﹒•]{4,}|(?:[.·‧] ){4,}")
_BLANKS = re.compile(r"[ \t\u00a0]{2,}")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a column."""

    box: Box
    """Its place on the page, in points."""
    text: str
    """Its characters."""
    size: float
    """Type size in points."""
    bold: bool
    """Whether it is set bold."""
    base: float
    """Base line, points from the top."""
    gapped: bool
    """Whether a wide gap stands within it, as in a table without lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A document's usual text, by which its lines are judged."""

    size: float
    """Size of most of its text, points."""
    leading_em: float
    """Most that the lines of a paragraph stand apart, base line to base line."""
    heading_sizes: tuple[float, ...]
    """Sizes of its headings, descending."""


@dataclass(slots=True)
class _Paragraph:
    text: str
    size: float
    bold: bool
    lines: int
    gapped: bool
    box: Box


def blocks(nodes: list[Node], measure: Measure, names: dict[Box, Block]) -> list[Block]:
    """Headings, paragraphs and pictures of a page; `names` gives the picture that was cut out for a figure."""
    made: list[Block] = []
    for node in nodes:
        if isinstance(node, Figure):
            if node.box in names:
                made.append(names[node.box])
        elif isinstance(node, Cells):
            made += _row_blocks([blocks(cell, measure, names) for cell in node.cells])
        else:
            made += _column_blocks([paragraph for paragraph in _paragraphs(node, measure) if paragraph.text.strip()], measure)
    return _merged_headings(made)


def _column_blocks(column: list[_Paragraph], measure: Measure) -> list[Block]:
    made = [_block(paragraph, measure) for paragraph in column]
    for place, (paragraph, below) in enumerate(itertools.pairwise(column)):
        # A bold line above a row of cells is the head of that table.
        if made[place].kind is BlockKind.HEADING and below.gapped and paragraph.size < HEADING_SIZE * measure.size:
            made[place] = Block(kind=BlockKind.PARAGRAPH, text=made[place].text)
    return made


def _row_blocks(cells: list[list[Block]]) -> list[Block]:
    filled = [cell for cell in cells if cell]
    words = [block.text for cell in filled for block in cell]
    short = all(len(cell) == 1 and not cell[0].picture for cell in filled) and letters.weight("".join(words)) <= ROW_WEIGHT
    if short and len(filled) > 1:
        return [Block(kind=BlockKind.PARAGRAPH, text=CELL_GAP.join(words))]
    return [block for cell in filled for block in cell]


def _lines(node: Rows) -> list[Line]:
    whole = bounds([segment.box for row in node.rows for segment in row]) if any(node.rows) else Box(0, 0, 0, 0)
    single = [_is_whole(row, whole) and len(row) == 1 for row in node.rows]
    made = []
    for place, row in enumerate(node.rows):
        # A line of justified text whose few words were pulled apart: it fills the column as its neighbour does.
        pulled = len(row) > 1 and _is_whole(row, whole) and any(single[max(place - 1, 0) : place + 2]) and _is_pulled(row)
        made.append(_line(row, loose=pulled or _is_item(row)))
    return made


def _is_whole(row: list[Segment], whole: Box) -> bool:
    return row[0].box.x0 - whole.x0 < 2.2 * row[0].size and whole.x1 - row[-1].box.x1 < 1.2 * row[0].size


def _is_pulled(row: list[Segment]) -> bool:
    gaps = [other.box.x0 - one.box.x1 for one, other in itertools.pairwise(row)]
    return max(gaps) < 4.0 * row[0].size and max(gaps) - min(gaps) < 1.0 * row[0].size


def _line(row: list[Segment], *, loose: bool) -> Line:
    longest = max(row, key=lambda segment: len(segment.text))
    text = row[0].text
    for segment in row[1:]:
        text = letters.join(text, segment.text) if loose else text + CELL_GAP + segment.text
    return Line(
        box=bounds([segment.box for segment in row]),
        text=f"{row[0].text} {row[1].text}" if _is_item(row) else text,
        size=longest.size,
        bold=all(segment.bold for segment in row),
        base=longest.base,
        gapped=len(row) > 1 and not loose,
    )


def _is_item(row: list[Segment]) -> bool:
    """A list's mark and the words that a tabulator parts from it."""
    mark = letters.list_mark(row[0].text + " ") if len(row) == 2 else ""
    return bool(mark) and mark.strip() == row[0].text.strip()


def _paragraphs(node: Rows, measure: Measure) -> list[_Paragraph]:
    lines = _lines(node)
    if not lines:
        return []
    right = max(line.box.x1 for line in lines)
    left = _usual_left(lines)
    made: list[_Paragraph] = []
    begin = lines[0]
    for place, line in enumerate(lines):
        last = lines[place - 1] if place else None
        if last is not None and _continues(begin, last, line, left, right, made[-1], measure):
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


def _continues(begin: Line, last: Line, line: Line, left: float, right: float, paragraph: _Paragraph, measure: Measure) -> bool:
    """Whether a line carries on the paragraph of the line above it."""
    em = line.size
    if line.gapped or last.gapped or abs(line.size - last.size) > 0.12 * last.size or line.bold != last.bold:
        return False
    if not 0 < line.base - last.base <= measure.leading_em * em or letters.list_mark(line.text):
        return False
    # The line above was left short although the next word would have gone into it: there the paragraph ended.
    room = right - last.box.x1 - _first_word(line) - 0.6 * em
    if room > 0 and (not letters.is_wide(line.text[0]) or letters.ends_sentence(last.text) or room > 2.0 * em):
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


def _block(paragraph: _Paragraph, measure: Measure) -> Block:
    text = _BLANKS.sub(" ", _DOTS.sub("…", paragraph.text)).strip()
    level = _heading_level(paragraph, text, measure)
    if level:
        return Block(kind=BlockKind.HEADING, text=text, level=level)
    return Block(kind=BlockKind.PARAGRAPH, text=text)


def _heading_level(paragraph: _Paragraph, text: str, measure: Measure) -> int:
    if letters.weight(text) > HEADING_WEIGHT or paragraph.gapped or not any(letter.isalnum() for letter in text):
        return 0
    ratio = paragraph.size / max(measure.size, 1.0)
    if ratio >= HEADING_SIZE:
        rank = 1 + sum(size > paragraph.size * 1.06 for size in measure.heading_sizes)
        level = min(rank if ratio >= TITLE_SIZE else max(rank, 2), 3)
        return level if not text.endswith(("，", "、", ",")) else 0
    bold_heading = paragraph.bold and paragraph.lines == 1 and ratio >= 0.97 and not text.endswith(tuple("。，、；,;"))
    return 3 if bold_heading and letters.weight(text) <= 24 else 0


def _merged_headings(made: list[Block]) -> list[Block]:
    """A page that is all headings, as slides are, has none: its largest words are the heading, the rest its text."""
    headings = [block for block in made if block.kind is BlockKind.HEADING]
    if len(headings) < 6 or len(headings) * 2 < len(made):
        return made
    top = min(block.level for block in headings)
    return [
        block if block.kind is not BlockKind.HEADING or block.level == top else Block(kind=BlockKind.PARAGRAPH, text=block.text)
        for block in made
    ]


def measure(pages: list[list[Segment]], columns: list[Rows]) -> Measure:
    """The usual size and leading of a document, from its segments and its columns."""
    weights: Counter[float] = Counter()
    for page in pages:
        for segment in page:
            weights[round(segment.size * 2) / 2] += len(segment.text)
    size = max(weights, key=lambda known: (weights[known], -known)) if weights else 12.0
    sizes = sorted({known for known in weights if known >= HEADING_SIZE * size}, reverse=True)
    distinct = [known for place, known in enumerate(sizes) if place == 0 or sizes[place - 1] > known * 1.06]
    return Measure(size=size, leading_em=_leading(columns), heading_sizes=tuple(distinct))


def _leading(columns: list[Rows]) -> float:
    """The leading of most lines that a full line of the same size goes before."""
    found: Counter[float] = Counter()
    for column in columns:
        right = max((row[-1].box.x1 for row in column.rows), default=0.0)
        for one, other in itertools.pairwise(column.rows):
            apart = (other[0].base - one[0].base) / max(one[0].size, 0.5)
            same = abs(one[0].size - other[0].size) < 0.1 * one[0].size and len(one) == len(other) == 1
            full = right - one[0].box.x1 < 1.6 * one[0].size and not letters.ends_sentence(one[0].text)
            if same and full and 0.9 < apart < LEADING_MOST_EM:
                found[round(apart, 1)] += 1
    if found.total() < 3:
        return LEADING_EM
    return min(LEADING_SHARE * max(found, key=lambda apart: (found[apart], -apart)), LEADING_MOST_EM)


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
