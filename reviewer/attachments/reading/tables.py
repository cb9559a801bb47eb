"""Ruled tables: lines that touch each other form a grid, and the grid's lines part it into cells."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.attachments.reading.shapes import Box, Rule, Segment, bounds

TOUCH_PT = 3.0
"""Lines of one table end within this of each other."""

SPAN = 0.94
"""A line that covers this share of a region parts it."""

LINES_MOST = 600
"""Lines looked at once repetitions are joined: a table of 60 rows and 20 columns has 80."""

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Grid:
    """A table and the segments in it."""

    box: Box
    """Its place on the page, in points."""
    rules: tuple[Rule, ...]
    """The lines that rule it."""
    segments: tuple[Segment, ...]
    """What stands in it."""


def grids(rules: tuple[Rule, ...], segments: list[Segment]) -> tuple[list[Grid], list[Segment]]:
    """Tables with at least two cells that hold words, and the segments outside of tables."""
    lines = _merged(rules)
    if len(lines) > LINES_MOST:
        return [], segments
    found: list[Grid] = []
    rest = segments
    for group in _groups(lines):
        box = bounds([Box(*rule) for rule in group])
        inside = [segment for segment in rest if box.holds(segment.box)]
        grid = Grid(box, tuple(group), tuple(inside))
        if len(inside) < 2 or sum(1 for row in cells_of(grid) for cell in row if cell) < 2:
            continue
        found.append(grid)
        rest = [segment for segment in rest if not box.holds(segment.box)]
    return found, rest


def cells_of(grid: Grid, depth: int = 0) -> list[list[tuple[Segment, ...]]]:
    """Rows of cells in reading order. Where a label spans several rows, the label stands before them."""
    level = _cuts(grid, level=True)
    if level and depth < _DEPTH:
        return [row for part in _parts(grid, level, level=True) for row in cells_of(part, depth + 1)]
    upright = _cuts(grid, level=False)
    if not upright or depth >= _DEPTH:
        return [[grid.segments]] if grid.segments else []
    parts = [cells_of(part, depth + 1) for part in _parts(grid, upright, level=False)]
    if all(len(part) <= 1 and all(len(row) == 1 for row in part) for part in parts):
        row = [part[0][0] for part in parts if part]
        return [row] if row else []
    return list(itertools.chain.from_iterable(parts))


def _cuts(grid: Grid, *, level: bool) -> list[float]:
    """Places where lines part the region from side to side; pieces of lines in one place count together."""
    low, high = (grid.box.x0, grid.box.x1) if level else (grid.box.y0, grid.box.y1)
    near, far = (grid.box.y0, grid.box.y1) if level else (grid.box.x0, grid.box.x1)
    places: dict[float, list[tuple[float, float]]] = {}
    for rule in grid.rules:
        if rule.is_level != level:
            continue
        at = ((rule.y0 + rule.y1) if level else (rule.x0 + rule.x1)) / 2
        if near + TOUCH_PT < at < far - TOUCH_PT:
            key = next((known for known in places if abs(known - at) <= TOUCH_PT), at)
            places.setdefault(key, []).append((rule.x0, rule.x1) if level else (rule.y0, rule.y1))
    return sorted(at for at, spans in places.items() if _covered(spans, low, high) >= SPAN * (high - low))


def _covered(spans: list[tuple[float, float]], low: float, high: float) -> float:
    total, at = 0.0, low
    for begin, end in sorted(spans):
        begin, end = max(begin - TOUCH_PT, at), min(end + TOUCH_PT, high)  # noqa: PLW2901 - clipped to what is not yet counted
        if end > begin:
            total, at = total + end - begin, end
    return total


def _parts(grid: Grid, cuts: list[float], *, level: bool) -> Iterable[Grid]:
    low, high = (grid.box.y0, grid.box.y1) if level else (grid.box.x0, grid.box.x1)
    for begin, end in itertools.pairwise([low, *cuts, high]):
        box = Box(grid.box.x0, begin, grid.box.x1, end) if level else Box(begin, grid.box.y0, end, grid.box.y1)
        inside = tuple(segment for segment in grid.segments if _within(segment.box, begin, end, level=level))
        wide = Box(box.x0 - TOUCH_PT, box.y0 - TOUCH_PT, box.x1 + TOUCH_PT, box.y1 + TOUCH_PT)
        rules = tuple(
            _clipped(rule, box) for rule in grid.rules if wide.common(Box(*rule)).width >= 0 and wide.common(Box(*rule)).height >= 0
        )
        yield Grid(box, rules, inside)


def _within(box: Box, begin: float, end: float, *, level: bool) -> bool:
    middle = (box.y0 + box.y1) / 2 if level else (box.x0 + box.x1) / 2
    return begin <= middle < end


def _clipped(rule: Rule, box: Box) -> Rule:
    if rule.is_level:
        return Rule(max(rule.x0, box.x0), rule.y0, max(min(rule.x1, box.x1), box.x0), rule.y1)
    return Rule(rule.x0, max(rule.y0, box.y0), rule.x1, max(min(rule.y1, box.y1), box.y0))


def _merged(rules: tuple[Rule, ...]) -> list[Rule]:
    """Lines without repetitions, joined where one continues another."""
    made: list[Rule] = []
    for level in (True, False):
        lines: dict[int, list[tuple[float, float, float]]] = {}
        for rule in rules:
            if rule.is_level == level:
                at = (rule.y0 + rule.y1) / 2 if level else (rule.x0 + rule.x1) / 2
                span = (rule.x0, rule.x1) if level else (rule.y0, rule.y1)
                lines.setdefault(round(at), []).append((*span, at))
        for spans in lines.values():
            made += [_line(at, begin, end, level=level) for begin, end, at in _unions(spans)]
    return made


def _unions(spans: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    made: list[tuple[float, float, float]] = []
    for begin, end, at in sorted(spans):
        if made and begin <= made[-1][1] + TOUCH_PT:
            made[-1] = (made[-1][0], max(made[-1][1], end), made[-1][2])
        else:
            made.append((begin, end, at))
    return made


def _line(at: float, begin: float, end: float, *, level: bool) -> Rule:
    return Rule(begin, at, end, at) if level else Rule(at, begin, at, end)


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Lines that touch, with at least two in each direction."""
    parent = list(range(len(rules)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    level = [(index, rule) for index, rule in enumerate(rules) if rule.is_level]
    upright = [(index, rule) for index, rule in enumerate(rules) if not rule.is_level]
    for one, across in level:
        for other, down in upright:
            if across.x0 - TOUCH_PT <= down.x0 <= across.x1 + TOUCH_PT and down.y0 - TOUCH_PT <= across.y0 <= down.y1 + TOUCH_PT:
                parent[root(one)] = root(other)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(root(index), []).append(rule)
    found = [
        group for group in groups.values() if sum(rule.is_level for rule in group) >= 2 and sum(not rule.is_level for rule in group) >= 2
    ]
    return sorted(found, key=lambda group: bounds([Box(*rule) for rule in group]).area, reverse=True)
