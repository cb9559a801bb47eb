"""What a page shows, letter by letter: the matter in which hidden words are looked for."""

from dataclasses import dataclass, field
from typing import NamedTuple

from reviewer.attachments.blind.lettering import Letter, Lettering
from reviewer.model.processed import Doubt


class Place(NamedTuple):
    """Where a code stands in the file: what is taken out."""

    stream: str
    """Name of the content stream: `page 3`, `form 12 0`."""
    show: int
    """Which of its operators that show text, from 0."""
    string: int
    """Which of the operator's strings, from 0."""
    first: int
    """First byte within the string."""
    last: int
    """The byte after it."""


@dataclass(slots=True)
class Shown:
    """A letter on a page."""

    place: Place
    """Where it comes from."""
    letter: Letter
    """What it is."""
    font: Lettering
    """Of which font."""
    x: float
    """Its origin in the page's own coordinates, points."""
    y: float
    """The same, upwards."""
    along: tuple[float, float]
    """Direction in which the line runs, of length 1."""
    size: float
    """Size of its font as drawn, points."""
    room: float
    """How far it moves the pen, points."""
    adjust: float
    """The number that, within TJ, moves the pen as far as the letter did."""
    spoken: tuple[int, ...]
    """Marked contents with words of their own that it stands in, by their number on the page."""


@dataclass(slots=True)
class Sheet:
    """A page taken apart."""

    number: int
    """From 1."""
    runs: list[list[Shown]] = field(default_factory=list)
    """Letters in the order in which they are drawn: the page with its forms, then each pattern, mask and glyph procedure by itself."""
    spoken: list[str] = field(default_factory=list)
    """What reading programmes are told instead of what is drawn (ActualText, alternative texts), by number."""
    streams: set[str] = field(default_factory=set)
    """Names of the streams that draw it."""
    doubts: set[Doubt] = field(default_factory=set)
    """What cannot be guaranteed."""
