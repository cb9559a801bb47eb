"""Whether a masked fact stands where reviewers could read it: in the words of the page, in the PDF's text, in its metadata.

A fact is looked for as it was sent, in NFC and NFKC and without blanks, since text in a PDF may come back in another form. What an applicant
himself writes or draws in his uploads cannot be masked; those files are not looked at here, only what we set ourselves and what we name.
"""

import unicodedata
from collections.abc import Iterable, Mapping

import pypdfium2

from reviewer.model.problem import Problem, Where
from reviewer.site.check import findings

SHORTEST_FACT_CHARACTERS = 2
"""A single character (是, 無) stands everywhere."""


def in_words(words: str, facts: Mapping[str, str], *, file: str, package: str = "") -> tuple[Problem, ...]:
    """Masked facts (label → value) that occur in the words of a file."""
    flat = _flat(words)
    found = [label for label, value in sorted(facts.items()) if _usable(value) and _flat(value) in flat]
    return tuple(findings.MASKED_FACT.at(Where(package=package, file=file), fact=label, file=file) for label in found)


def pdf_words(content: bytes, pages: Iterable[int] | None = None) -> str:
    """Text of a PDF's pages (all, or those counted from 0), its metadata, bookmarks and the names of its attachments."""
    document = pypdfium2.PdfDocument(content)
    try:
        words = list(document.get_metadata_dict().values())
        words += [item.get_title() for item in document.get_toc()]
        for index in range(len(document)) if pages is None else pages:
            page = document[index]
            text = page.get_textpage()
            words.append(text.get_text_range())
            text.close()
            page.close()
    finally:
        document.close()
    return "\n".join(words)


def _usable(value: str) -> bool:
    return len(_flat(value)) >= SHORTEST_FACT_CHARACTERS


def _flat(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())
