"""What was hidden of one applicant, put together for the office: his words and his files, and what of them cannot be guaranteed."""

from collections import Counter
from collections.abc import Mapping

from reviewer.model.files import entry_links
from reviewer.model.processed import Processed
from reviewer.selection.select import Selected
from reviewer.site.results import Blinding, FileBlinding, Masked


def blinding(selected: Selected, processed: Mapping[str, Processed]) -> Blinding:
    """The leak report of one dossier; empty where the department masks nothing. File names come from the masked dossier."""
    leaks = selected.office.leaks
    if not leaks:
        return Blinding()
    files = []
    seen: set[str] = set()
    counts: Counter[str] = Counter()
    for entry in selected.dossier.entries():
        for link in entry_links(entry):
            made = processed.get(link.attachment.sha256) if link.attachment else None
            if made is None or not made.blinding or made.sha256 in seen:
                continue
            seen.add(made.sha256)
            files.append(FileBlinding(entry=entry.id, name=link.name, pages=made.blinding))
            for page in made.blinding:
                counts.update(dict(page.removed))
    masked = tuple(Masked(mask=leak.mask, in_words=leak.replaced_count, in_files=counts[leak.mask.value]) for leak in leaks)
    return Blinding(masked=masked, files=tuple(files))
