"""Pictures like towers or rolls (infographics, saved web pages, panoramas) are cut into pages: one sheet would show a strip that nobody can read."""

import math

from reviewer.attachments import limits

PAGE_PT = (595.28, 841.89)
"""A picture's page is at most A4, upright or lying as the picture is."""

POINTS_PER_PIXEL = 0.75
"""96 dpi: a small picture is not blown up to fill its page."""

RATIO_LEAST = 2.2
"""Proportion of sides, in that of A4, from which a picture is a strip. Two sheets in a row, screenshots of telephones and wide photographs are none."""

LEGIBLE_SHARE = 0.6
"""Of the size on a screen, at least, must letters have on one page; a strip that is small enough for that stays whole."""

SHORT_PX_LEAST = 120
"""Narrower, it is a rule or a border: nothing on it could be read."""

OVERLAP_SHARE = 0.03
"""Of a page, shown again on the next: a line of text that one cut runs through is whole on one of them."""

Box = tuple[int, int, int, int]


def cuts(width: int, height: int) -> tuple[Box, ...]:
    """The parts of a picture that are a page each, from the top down or from left to right: left, upper, right, lower. Mostly one, the whole."""
    whole = ((0, 0, width, height),)
    short, long = sorted((width, height))
    is_strip = short >= SHORT_PX_LEAST and long / short > RATIO_LEAST * PAGE_PT[1] / PAGE_PT[0]
    if not is_strip or PAGE_PT[1] / long >= LEGIBLE_SHARE * POINTS_PER_PIXEL:
        return whole
    most = PAGE_PT[1] / min(POINTS_PER_PIXEL, PAGE_PT[0] / short)
    overlap = OVERLAP_SHARE * most
    count = math.ceil((long - overlap) / (most - overlap))
    if count > limits.PICTURE_PAGES:
        return whole
    part = min(math.ceil((long + (count - 1) * overlap) / count), long)
    starts = [round(number * (long - part) / (count - 1)) for number in range(count)]
    if height >= width:
        return tuple((0, start, width, start + part) for start in starts)
    return tuple((start, 0, start + part, height) for start in starts)
