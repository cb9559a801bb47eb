"""The applicant's photo where an item names the very file: a department that hides the photo does not get it by another way.

What remains: the same picture saved anew, and every other picture with a face in it; the leak report tells of them.
"""

from dataclasses import replace

from reviewer.model.attachment import FileLink
from reviewer.model.dossier import Entry, Section
from reviewer.model.problem import ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.selection.limits import map_entries

PHOTO_HIDDEN = ProblemKind(
    "photo-hidden",
    Severity.NOTE,
    Text("這個檔案是申請人的照片，依校系的設定不顯示。", "This file is the applicant's photo; the department has it hidden."),
    Text("無須處理。", "Nothing need be done."),
)


def without_photo(sections: tuple[Section, ...], photo: FileLink | None) -> tuple[Section, ...]:
    """The sections in which every file of the photo's content, whatever it is called, is told as hidden."""
    if photo is None or photo.attachment is None:
        return sections
    sha256 = photo.attachment.sha256

    def hide(link: FileLink, tick: str) -> FileLink:
        if link.attachment is None or link.attachment.sha256 != sha256:
            return link
        return replace(link, attachment=None, problem=PHOTO_HIDDEN.at(Where(path=tick)))

    def change(entry: Entry) -> Entry:
        files = tuple(hide(link, entry.tick) for link in entry.files)
        pictures = tuple(hide(link, entry.tick) for link in entry.pictures)
        return entry if (files, pictures) == (entry.files, entry.pictures) else replace(entry, files=files, pictures=pictures)

    return map_entries(sections, change)
