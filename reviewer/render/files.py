"""The one place that names derived files in the output.

Names are short ASCII: entry id, letter of the file, page, width (`f/J-2a-p001-900.webp`). The same content under two entries is written once,
under the first entry's name. The site's writer copies by this list, and the views address files by it, so neither can miss the other's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from reviewer.model.dossier import Dossier
from reviewer.model.files import entry_links, file_letter
from reviewer.model.processed import Image, Processed

FOLDER = "f"
"""Folder of a dossier's files, beside its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputFile:
    """One derived file of a dossier's folder."""

    name: str
    """Where it goes, relative to the dossier's folder: `f/J-2a-p001-900.webp`."""
    sha256: str
    """Attachment that it was derived from: the key of `Processed`."""
    source_name: str
    """Its name in the cache folder of that attachment."""
    size_bytes: int
    """Bytes, as far as the processed attachment knows them; 0 otherwise (pictures of the reading view)."""
    is_media: bool
    """Whether it is a film or a sound: the report counts bytes with and without."""


Names = Mapping[tuple[str, str], str]
"""(hash of the attachment, name in its cache folder) to name in the output."""


def output_files(dossier: Dossier, processed: Mapping[str, Processed]) -> tuple[OutputFile, ...]:
    """Every file that the dossier's page shows, in reading order, each content once."""
    found: dict[tuple[str, str], OutputFile] = {}
    for file in _all(dossier, processed):
        found.setdefault((file.sha256, file.source_name), file)
    return tuple(found.values())


def output_names(dossier: Dossier, processed: Mapping[str, Processed]) -> Names:
    """The same list, to look names up."""
    return {(file.sha256, file.source_name): file.name for file in output_files(dossier, processed)}


def _all(dossier: Dossier, processed: Mapping[str, Processed]) -> Iterator[OutputFile]:
    for glyph in dossier.glyphs:
        attachment = glyph.picture.attachment if glyph.picture else None
        result = processed.get(attachment.sha256) if attachment else None
        if result and result.pages and result.pages[0].images:
            yield _image(f"{FOLDER}/g-{glyph.code_point:04X}", result.sha256, result.pages[0].images[0], width=False)
    for entry in dossier.entries():
        for index, link in enumerate(entry_links(entry)):
            result = processed.get(link.attachment.sha256) if link.attachment else None
            if result is not None and result.refused is None:
                yield from _of_attachment(f"{FOLDER}/{entry.id}{file_letter(index)}", result, originals=dossier.originals)


def _of_attachment(stem: str, result: Processed, *, originals: bool) -> Iterator[OutputFile]:
    for page in result.pages:
        base = f"{stem}-p{page.number:03d}"
        for image in page.images:
            yield _image(base, result.sha256, image)
        for image in page.originals if originals else ():
            yield _image(f"{base}-o", result.sha256, image)
        pictures = dict.fromkeys(block.picture for block in page.blocks if block.picture)
        for number, name in enumerate(pictures, start=1):
            yield OutputFile(name=f"{base}-i{number}{_ending(name)}", sha256=result.sha256, source_name=name, size_bytes=0, is_media=False)
    if result.poster:
        yield _image(f"{stem}-poster", result.sha256, result.poster, width=False)
    if result.media and result.playable:
        name = f"{stem}{_ending(result.media)}"
        yield OutputFile(name=name, sha256=result.sha256, source_name=result.media, size_bytes=result.size_bytes, is_media=True)


def _image(base: str, sha256: str, image: Image, *, width: bool = True) -> OutputFile:
    suffix = f"-{image.width_px}" if width else ""
    return OutputFile(
        name=f"{base}{suffix}{_ending(image.name)}", sha256=sha256, source_name=image.name, size_bytes=image.size_bytes, is_media=False
    )


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
