"""What a font's codes mean and how wide they are, asked once for each code."""

from dataclasses import dataclass, field

from pikepdf import Dictionary

from reviewer.attachments.normalise.cmaps import Code
from reviewer.attachments.normalise.source import SourceFont


@dataclass(slots=True)
class Letter:
    """One code of a font."""

    code: Code
    """Its number of bytes and value."""
    text: str
    """What it stands for; empty where nothing tells."""
    advance: float
    """By how much it moves the pen, in thousandths of the font's size: rightwards, in vertical fonts upwards (so usually negative)."""
    is_blank_byte: bool
    """Whether word spacing counts: the single byte 32."""
    offset: tuple[float, float] = (0.0, 0.0)
    """Vertical fonts: the glyph's own origin against the pen, in thousandths."""


@dataclass(slots=True)
class Lettering:
    """A font as the interpreter needs it."""

    objgen: tuple[int, int]
    """Number of the font's object."""
    source: SourceFont
    """The same, read."""
    known: dict[Code, Letter] = field(default_factory=dict)
    """Codes met."""

    @property
    def vertical(self) -> bool:
        """Whether the pen moves down."""
        return self.source.cmap is not None and self.source.cmap.vertical

    @property
    def is_type3(self) -> bool:
        """Whether procedures draw its letters."""
        return self.source.subtype == "Type3"

    def split(self, shown: bytes) -> list[Letter]:
        """The letters of a string; none where nothing tells how its bytes fall into codes."""
        cmap = self.source.cmap
        return [self.known.get(code) or self._letter(code) for code in cmap.split(shown)] if cmap is not None else []

    def _letter(self, code: Code) -> Letter:
        source = self.source
        text = source.text(code) or source.to_unicode.get(code, "")
        width = source.width(code)
        letter = Letter(code, text.replace("\0", ""), width, code == (1, 0x20))
        if self.vertical and source.cmap is not None:
            height, down = source.vertical_default
            stated = source.vertical_metrics.get(source.cmap.cid(code))
            down, across, up = stated if stated is not None else (down, width / 2, height)
            letter.advance, letter.offset = down, (-across, -up)
        self.known[code] = letter
        return letter


class Letterings:
    """The fonts of a document, each read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Lettering] = {}

    def of(self, font: object) -> Lettering | None:
        """What a font resource is; None where it is none."""
        if not isinstance(font, Dictionary):
            return None
        if font.objgen not in self._known:
            self._known[font.objgen] = Lettering(font.objgen, SourceFont(font))
        return self._known[font.objgen]

    def all(self) -> tuple[Lettering, ...]:
        """Every font that was asked for, in that order."""
        return tuple(self._known.values())
