"""The last look at a finished PDF: every word that its reader could find in it, metadata and bookmarks among them. Runs in the child."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2


def printed_words(pdf: Path) -> tuple[str, ...]:
    """Metadata, bookmarks, and the text of every page, one by one."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_words(document))
    finally:
        document.close()


def _words(document: pypdfium2.PdfDocument) -> Iterator[str]:
    yield from document.get_metadata_dict().values()
    yield from (item.get_title() for item in document.get_toc())
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        try:
            yield str(text.get_text_range())
        finally:
            text.close()
            page.close()
