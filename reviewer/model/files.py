"""Letters of an entry's files: the rule by which anchors and file names of attachments are made, for pages and for search alike."""

import string

from reviewer.model.attachment import FileLink
from reviewer.model.dossier import Entry


def file_letter(index: int) -> str:
    """`a` … `z`, then `aa`, `ab` …: the letter of an entry's file, from 0."""
    letters = string.ascii_lowercase
    return letters[index] if index < len(letters) else letters[index // len(letters) - 1] + letters[index % len(letters)]


def entry_links(entry: Entry) -> tuple[FileLink, ...]:
    """An entry's files, then the pictures of its Markdown: the order in which letters are given."""
    return (*entry.files, *entry.pictures)
