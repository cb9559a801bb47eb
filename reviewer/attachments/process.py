"""One attachment, from the package to what reviewers see: from the cache when it is there, else made in child processes with limits.

Defended: the build, against files that never end, take all memory, or bring a library down. How: everything that reads a hostile byte runs in
a child that can be killed; when the full way fails, simpler ways follow (fonts left alone, then images of the pages only), and what no way can
show is refused with a reason. The rest of the dossier goes on. What remains: the parent reads the first bytes and the hash, nothing else.
"""

import base64
import dataclasses
import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path

import PIL.Image

from reviewer.attachments import jobs, limits
from reviewer.attachments.assembly import DocumentFiles, make_document
from reviewer.attachments.cache import Store
from reviewer.attachments.documents import PDF_NAME
from reviewer.attachments.findings import FILE_CHANGED, FILE_EMPTY, FILE_TOO_LARGE, FILE_TYPE, MEDIUM_CONTAINER
from reviewer.attachments.kinds import HEAD_BYTES, MP4, Kind, recognise
from reviewer.attachments.media import MediaFiles
from reviewer.attachments.pictures import PictureFiles
from reviewer.attachments.sanitise.unseen import CUT
from reviewer.attachments.versions import BLIND
from reviewer.model.attachment import Attachment, MediaType
from reviewer.model.hiding import NOTHING, Finder, Hidden, finder
from reviewer.model.problem import Problem, Where
from reviewer.model.processed import Doubt, Image, PageBlinding, PageHealth, PageView, Processed
from reviewer.model.text import Text

_PICTURES = (MediaType.JPEG, MediaType.PNG)
_MEDIA = (MediaType.MP3, MediaType.MP4)

_BEFORE_CUT = re.compile(f".{{0,60}}{CUT}")
"""The end of a note that was cut, maybe within a name or the name of a school, of which the longest have 60 letters."""

GLYPH_NAME = "glyph.png"
"""File name of a sender's character in its entry of the cache."""


def process(path: Path, attachment: Attachment, store: Store) -> Processed:
    """Everything known of an attachment's content; made at most once per content.

    Never raises for content: a `refused` problem says why a file cannot be shown. Problems name the attachment's own path, whatever other
    package brought the same content first.
    """
    made = _kept(path, attachment, attachment.sha256, store, lambda folder: _make(path, attachment, folder))
    return _unlike(attachment) if made is None else _at(made, attachment)


def process_blind(path: Path, attachment: Attachment, store: Store, hidden: Hidden) -> Processed:
    """The same for a department that masks: nothing that is hidden is in any word of it, and `blinding` says what was taken out and what is in doubt.

    What is hidden is part of the key: two departments that hide the same share an entry. Pictures, media, and documents that hold nothing of it
    are what they are for everybody; of those documents only what was looked at is kept.
    """
    if not hidden:
        return process(path, attachment, store)
    key = blind_key(attachment, hidden)
    own = dataclasses.replace(attachment, sha256=key)
    found = _kept(path, attachment, key, store, lambda folder: _make(path, own, folder, hidden)) if key else None
    if key and found is None:  # what is made for everybody must not stand in: it names what is hidden
        return _unlike(attachment)
    if found is None or not (found.pages or found.refused):
        made, looked_at = process(path, attachment, store), found.blinding if found is not None else ()
    else:
        made, looked_at = _at(found, attachment), found.blinding
    find = finder(hidden)
    return dataclasses.replace(
        made,
        pages=tuple(_blind_page(page, find) for page in made.pages),
        addresses=tuple(dataclasses.replace(one, address=find.text(one.address)) for one in made.addresses),
        problems=tuple(_blind_problem(problem, find) for problem in made.problems),
        blinding=_doubted(made, looked_at),
        stops=max(made.stops, found.stops if found is not None else 0),
    )


def blind_key(attachment: Attachment, hidden: Hidden) -> str:
    """Name of the entry for a document without what is hidden; empty for what is the same for everybody."""
    if not hidden or attachment.media_type in (*_PICTURES, *_MEDIA):
        return ""
    return hashlib.sha256(f"blind {BLIND} {hidden.sha256} {attachment.sha256}".encode()).hexdigest()


def _blind_page(page: PageView, find: Finder) -> PageView:
    """A second hand over the words that were read: what no letter of the page told can still be told by two columns that the reader joined."""
    blocks = tuple(dataclasses.replace(block, text=find.text(block.text)) if block.text else block for block in page.blocks)
    return dataclasses.replace(page, text=find.text(page.text), blocks=blocks)


def _blind_problem(problem: Problem, find: Finder) -> Problem:
    """A sentence may tell the words of a note, which are the applicant's."""
    return dataclasses.replace(
        problem, what=Text(*(_BEFORE_CUT.sub(CUT, find.text(words)) for words in (problem.what.zh, problem.what.en)))
    )


def _doubted(made: Processed, looked_at: tuple[PageBlinding, ...]) -> tuple[PageBlinding, ...]:
    """Pages with something to tell: what was taken out, and what is in doubt by what the page or the file is."""
    if made.refused is not None:
        return ()
    if made.media_type in _MEDIA:
        return (PageBlinding(page=0, doubts=(Doubt.FILM if made.media_type is MediaType.MP4 else Doubt.SOUND,)),)
    by_number = {one.page: one for one in looked_at}
    told = []
    for page in made.pages:
        one = by_number.get(page.number, PageBlinding(page=page.number))
        doubts = set(one.doubts)
        if page.health is PageHealth.SCAN:
            doubts = (doubts - {Doubt.PICTURE}) | {Doubt.SCAN}
        elif page.health is PageHealth.GARBLED:
            doubts.add(Doubt.GARBLED)
        if one.removed or doubts:
            told.append(dataclasses.replace(one, doubts=tuple(doubt for doubt in Doubt if doubt in doubts)))
    return tuple(told)


class _Changed(Exception):
    """The file is not what the package's reader hashed."""


def _kept(path: Path, attachment: Attachment, key: str, store: Store, make: Callable[[Path], Processed]) -> Processed | None:
    """The entry of a key, made from the file at need; None when the file is not what the package's reader hashed, before or after.

    What is kept must be what its name says: other applicants' files of the same content are shown from it.
    """

    def work(folder: Path) -> Processed:
        before = jobs.stops()
        _must_be(path, attachment)
        made = make(folder)
        _must_be(path, attachment)
        return dataclasses.replace(made, stops=1) if jobs.stops() > before else made

    try:
        return store.make(key, work)
    except _Changed:
        return None


def _unlike(attachment: Attachment) -> Processed:
    """A refusal, kept nowhere, of a file that is not what the package's reader hashed; another build tries again."""
    return _refused(attachment, FILE_CHANGED.at(Where(file=attachment.path)), stops=1)


def _must_be(path: Path, attachment: Attachment) -> None:
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        sha256 = ""
    if sha256 != attachment.sha256:
        raise _Changed


def _make(path: Path, attachment: Attachment, folder: Path, hidden: Hidden = NOTHING) -> Processed:
    size_bytes = path.stat().st_size
    if size_bytes == 0:
        return _refused(attachment, FILE_EMPTY.at(Where()))
    if size_bytes > limits.PDF_BYTES:
        facts = {"size_mb": -(-size_bytes // 2**20), "limit_mb": limits.PDF_BYTES // 2**20}
        return _refused(attachment, FILE_TOO_LARGE.at(Where(), **facts))
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        file.seek(max(size_bytes - HEAD_BYTES, 0))
        kind = recognise(head, file.read())
    if kind.media_type is MediaType.UNKNOWN:
        return _refused(attachment, FILE_TYPE.at(Where(), kind_zh=kind.name.zh, kind_en=kind.name.en))
    if hidden and kind.media_type in (*_PICTURES, *_MEDIA):
        # Not what the package's reader took it for; what is made for everybody serves.
        return Processed(sha256=attachment.sha256, media_type=kind.media_type, size_bytes=size_bytes)
    made = _made(path, kind, folder, hidden)
    if isinstance(made, Problem):
        return _refused(attachment, made, kind.media_type)
    return _processed(attachment, kind, made)


def _made(path: Path, kind: Kind, folder: Path, hidden: Hidden) -> DocumentFiles | PictureFiles | MediaFiles | Problem:
    if kind.media_type in _PICTURES:
        return jobs.call(jobs.Request(job="picture", path=str(path), folder=str(folder)), PictureFiles)
    if kind.media_type in _MEDIA:
        return jobs.call(jobs.Request(job="medium", path=str(path), folder=str(folder), media_type=kind.media_type), MediaFiles)
    return make_document(path, folder, hidden)


def glyph_picture(path: Path) -> bytes | Problem:
    """A sender's character (造字, SVG or PNG) as a small PNG, black on clear ground; a problem that says why when it cannot be used."""
    made = jobs.call(jobs.Request(job="glyph", path=str(path)), str)
    return made if isinstance(made, Problem) else base64.b64decode(made)


def process_glyph(path: Path, attachment: Attachment, store: Store) -> Processed:
    """A sender's character as a picture of one page: what stands in a line of text instead of a letter.

    It is kept under a hash of its own (`Processed.sha256`), since the same file could be an attachment as well, and would then be another picture.
    """
    key = hashlib.sha256(f"glyph {attachment.sha256}".encode()).hexdigest()
    glyph = dataclasses.replace(attachment, sha256=key)
    made = _kept(path, attachment, key, store, lambda folder: _make_glyph(path, glyph, folder))
    return _unlike(attachment) if made is None else _at(made, attachment)


def _make_glyph(path: Path, attachment: Attachment, folder: Path) -> Processed:
    made = glyph_picture(path)
    if isinstance(made, Problem):
        return _refused(attachment, made)
    (folder / GLYPH_NAME).write_bytes(made)
    with PIL.Image.open(io.BytesIO(made)) as picture:
        width, height = picture.size
    image = Image(name=GLYPH_NAME, width_px=width, height_px=height, size_bytes=len(made))
    page = PageView(number=1, width_pt=width, height_pt=height, health=PageHealth.SCAN, images=(image,), originals=(), blocks=(), text="")
    return Processed(sha256=attachment.sha256, media_type=MediaType.PNG, size_bytes=attachment.size_bytes, pages=(page,))


def _processed(attachment: Attachment, kind: Kind, made: DocumentFiles | PictureFiles | MediaFiles) -> Processed:
    known = Processed(sha256=attachment.sha256, media_type=kind.media_type, size_bytes=attachment.size_bytes)
    if isinstance(made, DocumentFiles):
        return dataclasses.replace(
            known,
            problems=made.problems,
            pdf=PDF_NAME if made.pages else "",
            pages=made.pages,
            fonts=made.fonts,
            addresses=made.addresses,
            producer=made.producer,
            blinding=made.blinding,
        )
    if isinstance(made, PictureFiles):
        pages = tuple(
            PageView(
                number=number,
                width_pt=page.width_pt,
                height_pt=page.height_pt,
                health=PageHealth.SCAN,
                images=page.images,
                originals=(),
                blocks=(),
                text="",
            )
            for number, page in enumerate(made.pages, start=1)
        )
        return dataclasses.replace(known, problems=made.problems, pdf=made.pdf, pages=pages, addresses=made.addresses)
    moved = (
        (MEDIUM_CONTAINER.at(Where(), kind_zh=kind.name.zh, kind_en=kind.name.en),)
        if made.media.endswith("mp4") and kind is not MP4
        else ()
    )
    return dataclasses.replace(
        known,
        problems=(*moved, *made.problems),
        media=made.media,
        playable=made.playable,
        codec=made.codec,
        seconds=made.seconds,
        poster=made.poster,
    )


def _refused(attachment: Attachment, problem: Problem, media_type: MediaType = MediaType.UNKNOWN, *, stops: int = 0) -> Processed:
    return Processed(sha256=attachment.sha256, media_type=media_type, size_bytes=attachment.size_bytes, refused=problem, stops=stops)


def _at(processed: Processed, attachment: Attachment) -> Processed:
    """Give every problem the attachment's own place."""
    return dataclasses.replace(
        processed,
        refused=_placed(processed.refused, attachment) if processed.refused is not None else None,
        problems=tuple(_placed(problem, attachment) for problem in processed.problems),
    )


def _placed(problem: Problem, attachment: Attachment) -> Problem:
    return dataclasses.replace(problem, where=dataclasses.replace(problem.where, file=attachment.path))
