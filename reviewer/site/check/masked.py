"""Whether a masked fact stands where reviewers could read it: in the words of the page, in the PDF's text, bookmarks and metadata.

Uploads are looked at like everything else: what can be read in them was taken out before (`attachments.blind`), and a dossier of which that cannot
be said is set aside rather than published. Pictures, scans and recordings hold no words; the leak report tells of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pypdfium2

from reviewer.model.hiding import Hidden, finder
from reviewer.model.parts import IDENTITY, parts
from reviewer.model.problem import Problem, Where
from reviewer.model.selection import Mask
from reviewer.selection.leaks import FACTS
from reviewer.site.check import findings


def in_words(words: Iterable[str], hidden: Hidden, *, file: str, package: str = "") -> tuple[Problem, ...]:
    """Masked facts that occur in the words of a file, each once; `words` are its parts, over whose ends nobody reads."""
    find = finder(_checked(hidden))
    masks = {found.mask for part in words for found in find.find(part)}
    where = Where(package=package, file=file)
    return tuple(findings.MASKED_FACT.at(where, fact=FACTS[mask], file=file) for mask in Mask if mask in masks)


def _checked(hidden: Hidden) -> Hidden:
    """What is looked for: not what our own pages say, whatever is hidden, such as the name of a hidden fact (低收入戶)."""
    labels = "\n".join(field.label.zh for field in parts()[IDENTITY].fields)
    return replace(hidden, words=tuple(word for word in hidden.words if word.word not in labels))


def words_of(pdf: bytes) -> Iterator[str]:
    """Metadata, bookmarks, and the text of every page, one by one."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield from document.get_metadata_dict().values()
        yield from (item.get_title() for item in document.get_toc())
        for index in range(len(document)):
            yield _page_words(document, index)
    finally:
        document.close()


def _page_words(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()
