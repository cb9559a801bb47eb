"""What was hidden of one applicant, put together for the office: his words and his files, and what of them cannot be guaranteed."""

from collections import Counter
from collections.abc import Mapping

from reviewer.model.attachment import MediaType
from reviewer.model.files import entry_links
from reviewer.model.processed import BlockKind, Doubt, PageBlinding, PageHealth, PageView, Processed
from reviewer.model.selection import Mask
from reviewer.selection.select import Selected
from reviewer.site.results import Blinding, FileBlinding, Masked


def blinding(selected: Selected, processed: Mapping[str, Processed]) -> Blinding:
    """The leak report of one dossier; empty where the department masks nothing. File names come from the masked dossier."""
    leaks = selected.office.leaks
    if not leaks:
        return Blinding()
    photo = any(leak.mask is Mask.PHOTO for leak in leaks)
    files = []
    seen: set[str] = set()
    counts: Counter[str] = Counter()
    for entry in selected.dossier.entries():
        for link in entry_links(entry):
            made = processed.get(link.attachment.sha256) if link.attachment else None
            if made is None or made.sha256 in seen:
                continue
            pages = made.blinding or (_pictured(made) if photo else ())
            if not pages:
                continue
            seen.add(made.sha256)
            files.append(FileBlinding(entry=entry.id, name=link.name, pages=pages))
            for page in pages:
                counts.update(dict(page.removed))
    masked = tuple(Masked(mask=leak.mask, in_words=leak.replaced_count, in_files=counts[leak.mask.value]) for leak in leaks)
    return Blinding(masked=masked, files=tuple(files))


def _pictured(made: Processed) -> tuple[PageBlinding, ...]:
    """Where a face may be seen in a file from which no words were taken: all that is told of it where the photo alone is hidden."""
    if made.refused is not None:
        return ()
    if made.media_type is MediaType.MP4:
        return (PageBlinding(page=0, doubts=(Doubt.FILM,)),)
    return tuple(PageBlinding(page=page.number, doubts=(doubt,)) for page in made.pages if (doubt := _doubt(page)) is not None)


def _doubt(page: PageView) -> Doubt | None:
    if page.health is PageHealth.SCAN:
        return Doubt.SCAN
    if page.health is PageHealth.GARBLED:
        return Doubt.GARBLED  # not read, and so not looked through for pictures
    return Doubt.PICTURE if any(block.kind is BlockKind.PICTURE for block in page.blocks) else None
