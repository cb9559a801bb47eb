"""Whether a masked fact stands where reviewers could read it: in the words of the page, in the PDF's text, bookmarks and metadata (`attachments.paper`).

Uploads are looked at like everything else: what can be read in them was taken out before (`attachments.blind`), and a dossier of which that cannot
be said is set aside rather than published. Pictures, scans and recordings hold no words; the leak report tells of them.
"""

from collections.abc import Iterable
from dataclasses import replace

from reviewer.model.hiding import Hidden, finder, within
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
    return replace(hidden, words=tuple(word for word in hidden.words if not within(word.word, labels)))
