"""What becomes of an attachment: safe, normalised, readable in place. Made once per content by `attachments`, kept in the cache, read by both renderers.

The derived files lie in one folder of the cache; names here are relative to it. An output copies what it needs under its own short ASCII names.
"""

import enum
from dataclasses import dataclass

from reviewer.model.attachment import MediaType
from reviewer.model.problem import Problem
from reviewer.model.text import Text


class PageHealth(enum.StrEnum):
    """What a page's text layer is worth."""

    TEXT = "text"
    """Words that can be read and found."""
    SCAN = "scan"
    """A picture of a page."""
    GARBLED = "garbled"
    """Characters that cannot be what is drawn."""
    EMPTY = "empty"
    """Nothing on it."""


class BlockKind(enum.StrEnum):
    """A piece of the reading view."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One heading, paragraph or picture of a page in reading order."""

    kind: BlockKind
    """Which."""
    text: str = ""
    """Words, lines joined, Chinese without invented blanks; for a picture its description, if any."""
    level: int = 0
    """Of a heading: 1 to 3, by size."""
    picture: str = ""
    """Of a picture: file name in the cache folder."""
    width_px: int = 0
    """Of a picture."""
    height_px: int = 0
    """Of a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A derived picture."""

    name: str
    """File name in the cache folder."""
    width_px: int
    """Width."""
    height_px: int
    """Height."""
    size_bytes: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """One page of a document (a picture is a document of one page, a strip of several)."""

    number: int
    """From 1."""
    width_pt: float
    """Width as drawn, rotation applied."""
    height_pt: float
    """Height as drawn."""
    health: PageHealth
    """What its text layer is worth."""
    images: tuple[Image, ...]
    """The normalised page, ascending by width (two widths as a rule)."""
    originals: tuple[Image, ...]
    """The sanitised page before normalising; empty when it looks the same."""
    blocks: tuple[Block, ...]
    """Reading view; empty unless health is TEXT."""
    text: str
    """All words of the page for search, in reading order; empty when garbled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFinding:
    """What was done about one font of a document."""

    name: str
    """Name in the file, without the subset tag."""
    characters_normalised: int
    """Shown characters that the project's typeface now draws."""
    characters_left: int
    """Shown characters left as they were."""
    reason: str
    """Why left (`type3`, `symbol`, `no-unicode`, `not-covered`, …); empty when none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAddress:
    """An address found in a document."""

    address: str
    """As written."""
    page: int
    """From 1; 0 when unknown."""
    how: str
    """`annotation`, `text`, `qr`."""


class Doubt(enum.StrEnum):
    """Why it cannot be guaranteed that a page, or a file, tells nothing that is hidden."""

    SCAN = "scan"
    """The page is a picture."""
    PICTURE = "picture"
    """There are pictures on the page."""
    NO_UNICODE = "no-unicode"
    """Letters of which the file does not say which they are."""
    TYPE_3 = "type-3"
    """Letters drawn by procedures (Type 3) that do not say which they are."""
    GARBLED = "garbled"
    """What the file says of its letters cannot be what is drawn."""
    MADE_PICTURE = "made-picture"
    """Words were hidden that could not be taken out: the page was made a picture, and painted over where they stood."""
    NOT_APART = "not-apart"
    """The page, or the whole file, could not be taken apart and is shown as it was drawn."""
    SOUND = "sound"
    """A recording: voices, what is said."""
    FILM = "film"
    """A film: faces, captions, voices, what is said."""

    @property
    def label(self) -> Text:
        """The words that reports print."""
        return _DOUBTS[self]


_DOUBTS = {
    Doubt.SCAN: Text("掃描或圖片頁", "scan or picture of a page"),
    Doubt.PICTURE: Text("頁中有圖片", "pictures on the page"),
    Doubt.NO_UNICODE: Text("有字沒有說明是什麼字（無 Unicode）", "letters without Unicode"),
    Doubt.TYPE_3: Text("有字是繪圖程序（Type 3）", "letters drawn by procedures (Type 3)"),
    Doubt.GARBLED: Text("文字層是亂碼", "garbled text layer"),
    Doubt.MADE_PICTURE: Text(
        "文字無法取出，整頁改為塗去後的影像", "words could not be taken out; the page is a picture with them painted over"
    ),
    Doubt.NOT_APART: Text("無法拆解，以原頁面影像呈現", "could not be taken apart; shown as drawn"),
    Doubt.SOUND: Text("錄音", "sound"),
    Doubt.FILM: Text("影片", "film"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlinding:
    """What was taken out of one page for a department that masks, and what is left in doubt."""

    page: int
    """From 1; 0 for a file without pages."""
    removed: tuple[tuple[str, int], ...] = ()
    """Mask (`name`, `school` …) and how often what it hides was taken out."""
    doubts: tuple[Doubt, ...] = ()
    """Why more cannot be guaranteed."""


TRIES = 3
"""Builds that try a file of which the work was stopped: a busy machine, a full disk or the kernel may have been to blame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Processed:
    """Everything known of one attachment's content."""

    sha256: str
    """Hash of the original content."""
    media_type: MediaType
    """What it is."""
    size_bytes: int
    """Bytes of the original."""
    refused: Problem | None = None
    """Why it cannot be shown at all; everything below is then empty."""
    problems: tuple[Problem, ...] = ()
    """What was found and mended, for the report."""
    pdf: str = ""
    """File name of the normalised PDF (documents and pictures); empty for media."""
    pages: tuple[PageView, ...] = ()
    """Pages of a document, or the one of a picture, or the parts of one that is a strip."""
    fonts: tuple[FontFinding, ...] = ()
    """Fonts of a document."""
    addresses: tuple[FoundAddress, ...] = ()
    """Links that were removed or found."""
    media: str = ""
    """File name of the medium, metadata removed; empty otherwise."""
    playable: bool = True
    """Whether browsers can play the medium."""
    codec: str = ""
    """Codec of a medium, in words."""
    seconds: float = 0.0
    """Length of a medium."""
    poster: Image | None = None
    """Still of a film, or the wave form of a sound."""
    producer: str = ""
    """Program that made a document, for the report only."""
    blinding: tuple[PageBlinding, ...] = ()
    """Pages of which something was taken out for a department that masks, or that are in doubt; empty for all others."""
    stops: int = 0
    """How often it was tried, the work being stopped each time by a limit or a fault of the machine, so that less of it is shown than there may be."""

    @property
    def is_lasting(self) -> bool:
        """Whether another build need not try again: nothing was stopped, or so often that it is the file's own fault."""
        return self.stops == 0 or self.stops >= TRIES
