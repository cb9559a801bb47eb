"""Files inside a package, as items refer to them."""

import enum
from dataclasses import dataclass

from reviewer.model.problem import Problem


class MediaType(enum.StrEnum):
    """What a file is by its content, never by its name."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    MP3 = "audio/mpeg"
    MP4 = "video/mp4"
    MARKDOWN = "text/markdown"
    """Only `.md` parts of our own packages; text in JSON is plain text."""
    UNKNOWN = "application/octet-stream"
    """Anything else: refused with its reason by `attachments`."""


class FileRole(enum.StrEnum):
    """By which field an item refers to a file."""

    DOCUMENT = "document"
    """證明文件連結, 課程學習成果文件檔案連結, or the part itself as a PDF."""
    MEDIA = "media"
    """影音檔案連結, 課程學習成果影音檔案連結."""
    PICTURE = "picture"
    """A picture that a Markdown part shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A regular file in a package, read and hashed."""

    path: str
    """POSIX path relative to the package's root (within `data/` for a bag). Internal: shown to people only as text."""
    sha256: str
    """Hexadecimal hash of its content; the name under which everything derived from it is kept."""
    size_bytes: int
    """Size of its content."""
    media_type: MediaType
    """What the first bytes say it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """An item's reference to a file, found or not."""

    name: str
    """The file's name as the export wrote it; shown as text, never used as a path in the output."""
    role: FileRole
    """Which field refers to it."""
    attachment: Attachment | None = None
    """The file; None when it is missing or may not be read (then `problem` says why)."""
    problem: Problem | None = None
    """What is wrong with it, if anything: missing from the package, a symbolic link, not what its name says (then the attachment is there too)."""
