"""Views of what is attached to an entry: documents as sheets with their reading view, pictures, media, refusals."""

from dataclasses import dataclass

from reviewer.render.shapes.small import ProblemView
from reviewer.render.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageView:
    """A picture in the output."""

    source: str
    """Address relative to the dossier's page: `f/J-2a-p001-900.webp`."""
    width_px: int
    """Width."""
    height_px: int
    """Height."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockView:
    """One piece of the reading view."""

    kind: str
    """`heading`, `paragraph`, `picture`."""
    words: Words
    """Text, or a picture's description."""
    level: int = 0
    """Of a heading, 1 to 3."""
    image: ImageView | None = None
    """Of a picture."""
    language: str = ""
    """`en` for an English passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """One page of a document, or a picture."""

    id: str
    """Anchor: `J-2a-p3`."""
    number: int
    """From 1."""
    total: int
    """Pages of the document."""
    health: str
    """`text`, `scan`, `garbled`, `empty`."""
    note: str
    """Why there is no reading view, as a sentence; empty when there is one."""
    alternative: str
    """Text alternative of the image."""
    image: ImageView | None
    """The page at reading size; None when no image was made."""
    large: ImageView | None
    """The page at full size."""
    original: ImageView | None
    """The page before its fonts were normalised, at full size; None when it looks the same or may not be shown."""
    blocks: tuple[BlockView, ...]
    """Reading view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaView:
    """A film or a sound."""

    kind: str
    """`video` or `audio`."""
    source: str
    """Address relative to the dossier's page."""
    media_type: str
    """`video/mp4`, `audio/mpeg`."""
    length: str
    """`2 分 05 秒`."""
    codec: str
    """Codec in words; may be empty."""
    playable: bool
    """Whether browsers can play it."""
    poster: ImageView | None
    """Still, or wave form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressView:
    """An external address: visible text, never a link."""

    text: Words
    """As written."""
    place: str
    """`第 3 頁`, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """One attached file."""

    id: str
    """Anchor: `J-2a`."""
    name: Words
    """The file's name as the export wrote it."""
    kind: str
    """`document`, `picture`, `media`, `absent` (then `problems` say why)."""
    kind_words: str
    """文件, 圖片, 影片, 錄音, 檔案."""
    size: str
    """`1.2 MB`; empty when the file is not there."""
    frame: Words
    """What stands above every sheet: course or title, certification, date."""
    sheets: tuple[SheetView, ...]
    """Pages."""
    media: MediaView | None
    """The medium."""
    addresses: tuple[AddressView, ...]
    """Addresses that the document held; inert text."""
    addresses_removed: bool
    """Whether the rule forbids them here (course outcomes)."""
    problems: tuple[ProblemView, ...]
    """What is wrong with it."""
    has_reading: bool
    """Whether at least one sheet has a reading view."""
    has_originals: bool
    """Whether at least one sheet has an original."""
    sha256: str
    """Hash of the content, by which `Processed` is found; empty when the file is not there."""
