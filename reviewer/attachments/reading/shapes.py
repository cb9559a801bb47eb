"""What a page is made of while it is read. Coordinates are points from the page's upper left corner, y downwards, text upright."""

from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle."""

    x0: float
    """Left."""
    y0: float
    """Top."""
    x1: float
    """Right."""
    y1: float
    """Bottom."""

    @property
    def width(self) -> float:
        """Points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points."""
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        """Square points."""
        return max(self.width, 0.0) * max(self.height, 0.0)

    def holds(self, other: "Box") -> bool:
        """Whether the other's centre lies within."""
        x, y = (other.x0 + other.x1) / 2, (other.y0 + other.y1) / 2
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def common(self, other: "Box") -> "Box":
        """What both cover; its area is 0 when they do not meet."""
        return Box(max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1))

    def around(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


def bounds(boxes: "list[Box]") -> Box:
    """The smallest box that holds all; at least one is given."""
    return Box(min(box.x0 for box in boxes), min(box.y0 for box in boxes), max(box.x1 for box in boxes), max(box.y1 for box in boxes))


class Glyph(NamedTuple):
    """One drawn character."""

    text: str
    """What it stands for; more than one letter for a ligature."""
    x0: float
    """Where it begins."""
    x1: float
    """Where the next one would begin."""
    base: float
    """Its base line."""
    size: float
    """Size of its font as drawn, points."""
    bold: bool
    """Whether its font is a bold one."""
    hidden: bool
    """Whether it is not painted (text render mode 3): the words that text recognition laid behind a scan."""
    blank_before: bool
    """Whether a blank stands before it in the file."""
    upright: bool
    """Whether it runs in the page's main direction."""

    @property
    def box(self) -> Box:
        """Its cell: the ideographic em box for the base line."""
        return Box(self.x0, self.base - 0.88 * self.size, self.x1, self.base + 0.12 * self.size)


@dataclass(frozen=True, slots=True)
class Segment:
    """Glyphs that follow each other without a wide gap."""

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


class Rule(NamedTuple):
    """A ruling line."""

    x0: float
    """Left end, points from the left."""
    y0: float
    """Upper end, points from the top."""
    x1: float
    """Right end."""
    y1: float
    """Lower end."""

    @property
    def is_level(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class PageMatter:
    """Everything on a page that reading needs."""

    width: float
    """Points, as drawn and turned upright."""
    height: float
    """Points."""
    turn: int
    """Quarter turns clockwise by which the drawn page was turned so that its text is upright: 0 to 3."""
    glyphs: tuple[Glyph, ...]
    """In the file's order, without blanks."""
    unmapped: int
    """Glyphs for which the file gives no character."""
    controls: int
    """Control characters in the place of letters."""
    rules: tuple[Rule, ...]
    """Ruling lines."""
    pictures: tuple[Box, ...]
    """Embedded pictures."""
