"""Puts a PDF's steps together: each in a child process, within a time for the whole file, and with a simpler way when one fails."""

import time
from dataclasses import dataclass
from pathlib import Path

from reviewer.attachments import drawing, jobs, limits
from reviewer.attachments.documents import BEFORE_NAME, IMAGES_MOST, PAINTED_NAME, PDF_NAME, DrawnPage, Prepared, ReadPage, Way
from reviewer.attachments.findings import (
    CHILD_STOPPED,
    PAGE_NOT_DRAWN,
    PAGES_CUT,
    PAGES_GARBLED,
    PDF_AS_IMAGES,
    PDF_NOT_DRAWABLE,
    PDF_NOT_NORMALISED,
    PDF_NOT_READ,
)
from reviewer.attachments.reading.document import PageWords
from reviewer.model.hiding import NOTHING, Hidden
from reviewer.model.problem import Problem, Where
from reviewer.model.processed import FontFinding, FoundAddress, PageBlinding, PageHealth, PageView

DOCUMENT_SECONDS = 4 * limits.CHILD_SECONDS
"""Wall time for a whole document: 400 dense pages take 150 s on one core."""

CHUNK_PAGES = 25
"""Pages drawn by one job: 6 s as a rule, so that one job's limit is generous and what a fault costs is small."""

PAGE_SECONDS = 8.0
"""For a page drawn alone because its chunk failed; the densest map took 3 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFiles:
    """What was made of a document."""

    pages: tuple[PageView, ...]
    """Its pages."""
    fonts: tuple[FontFinding, ...]
    """What was done about its fonts."""
    addresses: tuple[FoundAddress, ...]
    """Links removed, addresses read."""
    problems: tuple[Problem, ...]
    """What was mended or lost."""
    producer: str
    """Program that made it."""
    blinding: tuple[PageBlinding, ...] = ()
    """What was taken out for a department that masks."""


class _Clock:
    """The time that is left for a document."""

    def __init__(self) -> None:
        self._end = time.monotonic() + DOCUMENT_SECONDS

    def left(self, most: float = limits.CHILD_SECONDS) -> float:
        return max(min(most, self._end - time.monotonic()), 0.0)


def make_document(path: Path, folder: Path, hidden: Hidden = NOTHING) -> DocumentFiles | Problem:
    """Write a document's derived files into `folder`, without what is hidden; the problem that says why when no way can show it.

    A document that holds nothing hidden has no pages then: only what was looked at is told, and nothing was written.
    """
    clock = _Clock()
    prepared = _prepare(path, folder, clock, hidden)
    if isinstance(prepared, Problem):
        return prepared
    if prepared.tells_nothing:
        return DocumentFiles(pages=(), fonts=(), addresses=(), problems=(), producer="", blinding=prepared.blinding)
    problems = [*prepared.problems]
    if prepared.way is Way.PLAIN:
        problems.append(PDF_NOT_NORMALISED.at(Where()))
    drawn, stopped = _draw(path, folder, prepared, clock)
    lost = tuple(page.number for page in drawn if not page.images)
    if len(lost) == len(drawn):
        return (CHILD_STOPPED if stopped else PDF_NOT_DRAWABLE).at(Where())
    problems += [PAGE_NOT_DRAWN.at(Where(page=number)) for number in lost]
    drawn = [page if page.images else _blank(page.number, folder) for page in drawn]
    if prepared.way is Way.IMAGES:
        problems.append(PDF_AS_IMAGES.at(Where()))
        if prepared.page_count > IMAGES_MOST:
            problems.append(PAGES_CUT.at(Where(), pages=prepared.page_count, limit=IMAGES_MOST))
        request = jobs.Request(job="images", path=str(path), folder=str(folder), drawings=_drawings(drawn))
    else:
        request = jobs.Request(job="blank", path=str(path), folder=str(folder), numbers=lost)
    if prepared.way is Way.IMAGES or lost:
        written = jobs.call(request, type(None), clock.left() or PAGE_SECONDS)
        if isinstance(written, Problem):
            return written
    if prepared.way is Way.IMAGES:
        read = [ReadPage(words=PageWords(health=PageHealth.SCAN), addresses=()) for _ in drawn]
    else:
        read = _read(folder, drawn, clock, problems)
    for name in (BEFORE_NAME, PAINTED_NAME):
        (folder / name).unlink(missing_ok=True)
    return _assembled(prepared, drawn, read, problems)


def _prepare(path: Path, folder: Path, clock: _Clock, hidden: Hidden) -> Prepared | Problem:
    made: Prepared | Problem = CHILD_STOPPED.at(Where())
    for way in Way:
        made = jobs.call(jobs.Request(job="prepare", path=str(path), folder=str(folder), way=way, hidden=hidden), Prepared, clock.left())
        if not jobs.is_stopped(made):
            break
        for left in folder.iterdir():
            left.unlink()
    return made


def _draw(path: Path, folder: Path, prepared: Prepared, clock: _Clock) -> tuple[list[DrawnPage], bool]:
    """Draw all pages by chunks, the pages of a chunk whose child was stopped one by one; and say whether a child was stopped."""
    images_only = prepared.way is Way.IMAGES
    painted = folder / PAINTED_NAME
    source = (painted if painted.is_file() else path) if images_only else folder / PDF_NAME
    before = str(folder / BEFORE_NAME) if prepared.has_before else ""
    count = min(prepared.page_count, IMAGES_MOST) if images_only else prepared.page_count
    drawn: list[DrawnPage] = []
    stopped = False
    for first in range(1, count + 1, CHUNK_PAGES):
        last = min(first + CHUNK_PAGES - 1, count)
        chunk = _draw_some(source, before, folder, first, last, clock.left())
        if chunk is None:
            stopped = True
            for number in range(first, last + 1):
                drawn += _draw_some(source, before, folder, number, number, clock.left(PAGE_SECONDS)) or (_undrawn(number),)
        else:
            drawn += chunk
    return drawn, stopped


def _draw_some(source: Path, before: str, folder: Path, first: int, last: int, seconds: float) -> tuple[DrawnPage, ...] | None:
    if seconds <= 0.0:
        jobs.stopped()
        return None
    request = jobs.Request(job="draw", path=str(source), before=before, folder=str(folder), first=first, last=last)
    made = jobs.call(request, tuple, seconds)
    if isinstance(made, Problem):
        return None if jobs.is_stopped(made) else tuple(_undrawn(number) for number in range(first, last + 1))
    return made


def _undrawn(number: int) -> DrawnPage:
    return DrawnPage(number=number, width_pt=0.0, height_pt=0.0, images=())


def _blank(number: int, folder: Path) -> DrawnPage:
    sheet = drawing.save_blank(folder, f"p{number:03d}")
    return DrawnPage(number=number, width_pt=sheet.width_pt, height_pt=sheet.height_pt, images=sheet.images)


def _drawings(drawn: list[DrawnPage]) -> tuple[tuple[str, float, float], ...]:
    return tuple((page.images[-1].name, page.width_pt, page.height_pt) for page in drawn)


def _read(folder: Path, drawn: list[DrawnPage], clock: _Clock, problems: list[Problem]) -> list[ReadPage]:
    """Read the document; when that cannot be done every page is shown as its image."""
    request = jobs.Request(job="read", path=str(folder / PDF_NAME), folder=str(folder), drawings=_drawings(drawn))
    made = jobs.call(request, tuple, clock.left()) if clock.left() else jobs.stopped()
    if isinstance(made, Problem) or len(made) != len(drawn):
        for left in folder.glob("c*.webp"):
            left.unlink()
        problems.append(PDF_NOT_READ.at(Where()))
        return [ReadPage(words=PageWords(health=PageHealth.SCAN), addresses=()) for _ in drawn]
    return list(made)


def _assembled(prepared: Prepared, drawn: list[DrawnPage], read: list[ReadPage], problems: list[Problem]) -> DocumentFiles:
    garbled = [page.number for page, words in zip(drawn, read, strict=True) if words.words.health is PageHealth.GARBLED]
    if garbled:
        problems.append(PAGES_GARBLED.at(Where(), pages="、".join(map(str, garbled))))
    pages = tuple(
        PageView(
            number=page.number,
            width_pt=page.width_pt,
            height_pt=page.height_pt,
            health=words.words.health,
            images=page.images,
            originals=page.originals,
            blocks=words.words.blocks,
            text=words.words.text,
        )
        for page, words in zip(drawn, read, strict=True)
    )
    return DocumentFiles(
        pages=pages,
        fonts=prepared.fonts,
        addresses=(*prepared.links, *(address for words in read for address in words.addresses)),
        problems=tuple(problems),
        producer=prepared.producer,
        blinding=prepared.blinding,
    )
