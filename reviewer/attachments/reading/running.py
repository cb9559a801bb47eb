"""Running heads, feet and page numbers, taken out of the reading view only where they are certain."""

import re
from collections import defaultdict
from dataclasses import dataclass

from reviewer.attachments.reading.shapes import Segment

MARGIN = 0.11
"""Share of a page's height, at its top and at its bottom, in which heads and feet stand."""

PAGES_LEAST = 3
"""A repetition on fewer pages may be meant."""

SHARE_LEAST = 0.6
"""Share of the pages on which a head returns; half of them where left and right pages differ are not enough to be certain."""

_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_第頁页共PpAaGgEeOoFf]")
_NUMBER = re.compile(r"^\D{0,6}(\d{1,3})\D{0,6}(?:\d{1,3}\D{0,4})?$")


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page's height and its segments."""

    height: float
    """Height in points."""
    segments: list[Segment]
    """What stands on it."""


def without_running(pages: list[PageWords]) -> list[list[Segment]]:
    """Segments of every page without heads, feet and page numbers. A head that returns stays on the first page that has it."""
    heads = _heads(pages)
    numbers = _numbers(pages)
    seen: set[tuple[str, int]] = set()
    made = []
    for index, page in enumerate(pages):
        kept = []
        for segment in page.segments:
            key = _key(segment, page.height)
            if (index, id(segment)) in numbers:
                continue
            if key in heads:
                if key in seen:
                    continue
                seen.add(key)
            kept.append(segment)
        made.append(kept)
    return made


def _in_margin(segment: Segment, height: float) -> bool:
    return segment.box.y1 < MARGIN * height or segment.box.y0 > (1 - MARGIN) * height


def _key(segment: Segment, height: float) -> tuple[str, int] | None:
    if not _in_margin(segment, height):
        return None
    return _DIGITS.sub("0", segment.text), round(segment.base / 4)


def _heads(pages: list[PageWords]) -> set[tuple[str, int]]:
    on_pages: dict[tuple[str, int], set[int]] = defaultdict(set)
    for index, page in enumerate(pages):
        for segment in page.segments:
            key = _key(segment, page.height)
            if key is not None:
                on_pages[key].add(index)
    least = max(PAGES_LEAST, SHARE_LEAST * sum(bool(page.segments) for page in pages))
    return {key for key, found in on_pages.items() if len(found) >= least}


def _numbers(pages: list[PageWords]) -> set[tuple[int, int]]:
    """Numbers in the margin that count with the pages."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    alone: set[tuple[int, int]] = set()
    for index, page in enumerate(pages):
        for segment in page.segments:
            match = _NUMBER.match(segment.text.strip()) if _in_margin(segment, page.height) else None
            if not match:
                continue
            found[int(match[1]) - index].append((index, id(segment)))
            # In a short document only the page's own number, at its very foot, is certain.
            if int(match[1]) == index + 1 and segment.box.y0 > 0.92 * page.height and not _WORDS.search(segment.text):
                alone.add((index, id(segment)))
    return alone | {place for places in found.values() if len({index for index, _ in places}) >= PAGES_LEAST for place in places}
