"""A page's area: the one box that a reader shows, in a form that every later step reads the same way."""

from typing import Any, Final

from pikepdf import Array, Object

from reviewer.attachments import limits

_LETTER: Final = (0.0, 0.0, 612.0, 792.0)
"""What readers assume where a page has no usable box."""

Box = tuple[float, float, float, float]


def settle(page: Object) -> None:
    """Set `MediaBox` to the visible area and drop the other boxes; leave `Rotate` and `UserUnit` only where they mean something."""
    media = _box(page.get("/MediaBox")) or _LETTER
    crop = _box(page.get("/CropBox"))
    page["/MediaBox"] = Array([_short(side) for side in (_common(media, crop) if crop else None) or media])
    rotation: Any = page.get("/Rotate")
    turned = int(rotation) % 360 if not isinstance(rotation, Object | bool) and rotation is not None else 0
    if turned and turned % 90 == 0:
        page["/Rotate"] = turned
    elif "/Rotate" in page:
        del page["/Rotate"]
    unit: Any = page.get("/UserUnit")
    if "/UserUnit" in page and (isinstance(unit, Object | bool) or not 0 < float(unit) <= limits.PAGE_SIDE_POINTS):
        del page["/UserUnit"]


def _box(value: object) -> Box | None:
    if not isinstance(value, Array) or len(value) != 4:
        return None
    sides = []
    side: Any
    for side in value:
        if isinstance(side, Object | bool):
            return None
        sides.append(float(side))
    left, right = sorted((sides[0], sides[2]))
    bottom, top = sorted((sides[1], sides[3]))
    usable = all(limits.PAGE_SIDE_POINTS_LEAST <= side <= limits.PAGE_SIDE_POINTS for side in (right - left, top - bottom))
    return (left, bottom, right, top) if usable else None


def _common(one: Box, other: Box) -> Box | None:
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (
        (left, bottom, right, top)
        if right - left >= limits.PAGE_SIDE_POINTS_LEAST and top - bottom >= limits.PAGE_SIDE_POINTS_LEAST
        else None
    )


def _short(side: float) -> float | int:
    return int(side) if side == int(side) else round(side, 5)
