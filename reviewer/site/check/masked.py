"""Whether a masked fact stands where reviewers could read it: in the words of the page, in the PDF's text, bookmarks and metadata.

A fact is looked for as it was sent, in NFKC and without blanks, since text in a PDF may come back in another form. What an applicant himself
wrote or drew in his uploads cannot be masked; pages that hold an upload, and the reading view of uploads, are not looked at here.
"""

import io
import unicodedata
from collections.abc import Iterable

import pikepdf
import pypdfium2

from reviewer.model.problem import Problem, Where
from reviewer.site.check import findings

SHORTEST_FACT_CHARACTERS = 2
"""A single character (是, 無) stands everywhere."""

Facts = Iterable[tuple[str, str]]
"""What a fact is called, and how it was sent."""


def in_words(words: str, facts: Facts, *, file: str, package: str = "") -> tuple[Problem, ...]:
    """Masked facts that occur in the words of a file, each once."""
    flat = _flat(words)
    found = sorted({label for label, value in facts if len(_flat(value)) >= SHORTEST_FACT_CHARACTERS and _flat(value) in flat})
    return tuple(findings.MASKED_FACT.at(Where(package=package, file=file), fact=label, file=file) for label in found)


def own_words(pdf: bytes) -> str:
    """Metadata, bookmarks, and the text of the pages that hold no upload."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        words = [*document.get_metadata_dict().values(), *(item.get_title() for item in document.get_toc())]
        words += [_page_words(document, index) for index in _pages_without_uploads(pdf)]
    finally:
        document.close()
    return "\n".join(words)


def _page_words(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def _pages_without_uploads(pdf: bytes) -> list[int]:
    """Pages on which nothing was placed; what is placed is named `/Attached…`."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [index for index, page in enumerate(document.pages) if not _holds_upload(page)]


def _holds_upload(page: pikepdf.Page) -> bool:
    resources = page.obj.get("/Resources")
    placed = resources.get("/XObject") if resources is not None else None
    return placed is not None and any(name.startswith("/Attached") for name in placed.keys())  # noqa: SIM118 - not a mapping


def _flat(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())
