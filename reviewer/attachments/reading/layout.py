"""The order in which an eye reads a page: down its columns, along the rows of its tables.

Rows of segments are taken from the top. Where a gutter runs through several rows and the words on both sides fill their columns, the rows form
a band that is read column by column; otherwise a row is read from left to right. Ruled tables are known by their lines and are read cell by
cell.
"""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.attachments.reading.letters import weight
from reviewer.attachments.reading.shapes import Box, Segment, bounds
from reviewer.attachments.reading.tables import Grid, cells_of

GUTTER_EM = 0.9
"""Least width of a gutter, in the text's size; two columns of a brochure stand closer than a reader would like."""

COLUMN_WEIGHT = 7.0
"""Ideographs in a usual line of a column; what is shorter is a table's or a list's entry."""

_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture's place."""

    box: Box
    """Its place on the page, in points."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Consecutive rows of one column: each row's segments from left to right."""

    rows: list[list[Segment]] = field(default_factory=list)
    """From top to bottom."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a ruled table: what stands in each of its cells."""

    cells: list["list[Node]"]
    """From left to right."""


Node = Rows | Figure | Cells
Piece = Segment | Figure | Grid


def arrange(pieces: list[Piece], depth: int = 0) -> list[Node]:
    """Bring pieces into reading order."""
    if not pieces:
        return []
    rows = _rows(pieces)
    nodes: list[Node] = []
    at = 0
    while at < len(rows):
        end, left, right = _band(rows, at) if depth < _DEPTH else (at, [], [])
        if end > at:
            nodes += arrange(left, depth + 1) + arrange(right, depth + 1)
            at = end
            continue
        _emit(rows[at], nodes, depth)
        at += 1
    return nodes


def flat(nodes: list[Node]) -> Iterator[Rows]:
    """All columns, those in cells included."""
    for node in nodes:
        if isinstance(node, Rows):
            yield node
        elif isinstance(node, Cells):
            for cell in node.cells:
                yield from flat(cell)


def _emit(row: list[Piece], nodes: list[Node], depth: int) -> None:
    words = [piece for piece in row if isinstance(piece, Segment)]
    for piece in row:
        if isinstance(piece, Figure):
            nodes.append(piece)
        elif isinstance(piece, Grid):
            nodes += _table(piece, depth + 1)
    if words:
        if not nodes or not isinstance(nodes[-1], Rows) or len(words) != len(row):
            nodes.append(Rows())
        last = nodes[-1]
        if isinstance(last, Rows):
            last.rows.append(words)


def _table(grid: Grid, depth: int) -> list[Node]:
    made: list[Node] = []
    for row in cells_of(grid):
        cells = [arrange(list(cell), depth) for cell in row]
        made += cells[0] if len(cells) == 1 else [Cells(cells)]
    return made


def _rows(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces by row, from the top; a tall piece (picture, table) stands in the first row that it touches."""
    rows: list[list[Piece]] = []
    spans: list[tuple[float, float]] = []
    for piece in sorted(
        pieces, key=lambda piece: ((piece.box.y0 + piece.box.y1) / 2 if isinstance(piece, Segment) else piece.box.y0, piece.box.x0)
    ):
        top, bottom = piece.box.y0, piece.box.y1
        for place in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            upper, lower = spans[place]
            shared = min(bottom, lower) - max(top, upper)
            if isinstance(piece, Segment) and isinstance(rows[place][0], Segment) and shared > 0.55 * min(bottom - top, lower - upper):
                rows[place].append(piece)
                break
        else:
            rows.append([piece])
            spans.append((top, bottom))
    for row in rows:
        row.sort(key=lambda piece: piece.box.x0)
    return rows


def _band(rows: list[list[Piece]], start: int) -> tuple[int, list[Piece], list[Piece]]:
    """The rows from `start` on that a gutter parts into columns: (end, left, right); end == start when there is none."""
    free = [(float("-inf"), float("inf"))]
    end = start
    extent: Box | None = None
    best: tuple[float, float] | None = None
    reach = start
    while end < len(rows):
        row_free = _free(rows[end])
        free = [(low, high) for low, high in _meet(free, row_free) if high - low >= 4.0]
        box = bounds([piece.box for piece in rows[end]])
        extent = box if extent is None else extent.around(box)
        inner = [(low, high) for low, high in free if low > extent.x0 - 0.5 and high < extent.x1 + 0.5]
        if best is not None and not inner:
            break
        end += 1
        if inner:
            best = max(inner, key=lambda gap: gap[1] - gap[0])
            reach = end
    if best is None:
        return start, [], []
    middle = (best[0] + best[1]) / 2
    # A row on the left alone is read first anyhow: what stands above the columns begins no band.
    if all(piece.box.x1 <= middle for piece in rows[start]):
        return start, [], []
    band = _trimmed(rows[start:reach], middle)
    members = [piece for row in band for piece in row]
    left = [piece for piece in members if piece.box.x1 <= middle]
    right = [piece for piece in members if piece.box.x0 >= middle]
    if len(left) + len(right) != len(members) or not _are_columns(left, right, best):
        return start, [], []
    return start + len(band), left, right


def _trimmed(band: list[list[Piece]], middle: float) -> list[list[Piece]]:
    """The band without a heading below it that only happens to be short."""
    end = len(band)
    bottom = max((piece.box.y1 for row in band for piece in row if piece.box.x0 >= middle), default=0.0)
    last_right = max((place for place, row in enumerate(band) if min(piece.box.y0 for piece in row) < bottom), default=0)
    for place in range(last_right + 1, len(band)):
        row, above = bounds([piece.box for piece in band[place]]), bounds([piece.box for piece in band[place - 1]])
        if row.y0 - above.y1 > 0.9 * min(row.height, above.height) or abs(row.height - above.height) > 0.15 * above.height:
            end = place
            break
    return band[:end]


def _free(row: list[Piece]) -> list[tuple[float, float]]:
    gaps, at = [], float("-inf")
    for piece in row:
        if piece.box.x0 > at:
            gaps.append((at, piece.box.x0))
        at = max(at, piece.box.x1)
    return [*gaps, (at, float("inf"))]


def _meet(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(max(a, c), min(b, d)) for a, b in one for c, d in other if min(b, d) > max(a, c)]


def _are_columns(left: list[Piece], right: list[Piece], gutter: tuple[float, float]) -> bool:
    sizes = [piece.size for piece in (*left, *right) if isinstance(piece, Segment)]
    if not left or not right or (sizes and gutter[1] - gutter[0] < GUTTER_EM * statistics.median_low(sizes)):
        return False
    return all(_is_column(side) for side in (left, right))


def _is_column(side: list[Piece]) -> bool:
    """Whether lines fill the column: at least two, as long as columns' lines are; or a picture or table alone with its caption."""
    words = [piece for piece in side if isinstance(piece, Segment)]
    tall = [piece for piece in side if not isinstance(piece, Segment)]
    if tall:
        return True
    rows = {round(piece.base) for piece in words}
    if len(rows) < 2:
        return False
    extent = bounds([piece.box for piece in words])
    usual = statistics.median(weight(piece.text) for piece in words)
    return usual >= COLUMN_WEIGHT and statistics.median(piece.box.width for piece in words) >= 0.5 * extent.width
