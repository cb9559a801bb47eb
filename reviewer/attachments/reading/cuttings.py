"""Pictures of a page, cut out of its drawing for the reading view."""

from pathlib import Path

from PIL import Image as Pillow

from reviewer.attachments import webp
from reviewer.attachments.reading.shapes import Box, PageMatter
from reviewer.model.processed import Block, BlockKind

SIDE_LEAST_PT = 42.0
"""Smaller pictures are bullets, logos and signatures' dots."""

AREA_LEAST = 0.008
"""Share of the page that a picture has at least; a square of 64 points on A4."""

AREA_MOST = 0.85
"""A picture that covers more is the page's background."""

CUTTINGS_MOST = 12
"""Pictures of one page; a page of stamps is better seen whole."""

WIDTH_MOST_PX = 1000
"""A cutting is shown in a column of text."""

TOUCH_PT = 1.5
"""Strips of one picture lie this close."""


def figures(matter: PageMatter) -> list[Box]:
    """Places of a page's pictures, large enough to matter; strips and overlapping ones are one."""
    page = Box(0, 0, matter.width, matter.height)
    boxes = [box.common(page) for box in matter.pictures]
    boxes = [box for box in boxes if box.width > 4 and box.height > 2 and box.area <= AREA_MOST * page.area]
    if len(boxes) > 200:
        return []
    merged = _merged(boxes)
    large = [box for box in merged if min(box.width, box.height) >= SIDE_LEAST_PT and AREA_LEAST <= box.area / page.area <= AREA_MOST]
    return sorted(large, key=lambda box: (box.y0, box.x0)) if len(large) <= CUTTINGS_MOST else []


def save_cutting(drawing: Pillow.Image, matter: PageMatter, box: Box, folder: Path, name: str) -> Block:
    """Cut a figure out of the page's drawing (RGB, turned as drawn) and write it."""
    turns = {1: Pillow.Transpose.ROTATE_270, 2: Pillow.Transpose.ROTATE_180, 3: Pillow.Transpose.ROTATE_90}
    upright = drawing.transpose(turns[matter.turn]) if matter.turn in turns else drawing
    across, down = upright.width / max(matter.width, 1.0), upright.height / max(matter.height, 1.0)
    left, top = max(int(box.x0 * across), 0), max(int(box.y0 * down), 0)
    right, bottom = min(round(box.x1 * across), upright.width), min(round(box.y1 * down), upright.height)
    cut = webp.fit(upright.crop((left, top, max(right, left + 1), max(bottom, top + 1))), WIDTH_MOST_PX)
    image = webp.save_page(cut, folder, name)
    return Block(kind=BlockKind.PICTURE, picture=image.name, width_px=image.width_px, height_px=image.height_px)


def _merged(boxes: list[Box]) -> list[Box]:
    made: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box.y0, box.x0)):
        current = box
        rest = []
        for other in made:
            near = Box(current.x0 - TOUCH_PT, current.y0 - TOUCH_PT, current.x1 + TOUCH_PT, current.y1 + TOUCH_PT).common(other)
            if near.width > 0 and near.height > 0 and _belong(current, other, near):
                current = current.around(other)
            else:
                rest.append(other)
        made = [*rest, current]
    return made


def _belong(one: Box, other: Box, shared: Box) -> bool:
    """Strips share a whole side; pictures over each other share much of the smaller one."""
    strip = (abs(one.x0 - other.x0) < TOUCH_PT and abs(one.x1 - other.x1) < TOUCH_PT) or (
        abs(one.y0 - other.y0) < TOUCH_PT and abs(one.y1 - other.y1) < TOUCH_PT
    )
    if strip and min(one.width, one.height, other.width, other.height) < SIDE_LEAST_PT * 2:
        return True
    return shared.area > 0.3 * min(one.area, other.area)
