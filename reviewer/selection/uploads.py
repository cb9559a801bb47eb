"""Parts that came as files: which slot shows each, and what the office is told of those that no slot takes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.model.codes import CodeSet, Group
from reviewer.model.portfolio import Portfolio, Upload
from reviewer.model.problem import Problem, Where
from reviewer.model.selection import Selection
from reviewer.selection.findings import SUMMARY_TOO_LONG, SUMMARY_TOO_MANY_PICTURES, UPLOAD_CODE_UNKNOWN, UPLOAD_NOT_TAKEN

TRANSCRIPT = "成績單"
"""An extra transcript: stands beside the course record."""

PART_GROUPS = {
    "修課紀錄": Group.COURSE_RECORD,
    TRANSCRIPT: Group.COURSE_RECORD,
    "課程學習成果": Group.OUTCOME,
    "多元表現": Group.PERFORMANCE,
    "多元表現綜整心得": Group.SUMMARY,
    "學習歷程自述": Group.STATEMENT,
    "其他": Group.OTHER,
}
"""The group of each part that may come as a file."""

_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_MARKUP = re.compile(r"[\s#*_>`~\-|\\]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedUpload:
    """A file and where it is shown."""

    upload: Upload
    """The file."""
    group: Group
    """Section that shows it."""
    code: str
    """Code whose slot shows it."""
    joint: bool
    """Whether it is for all codes of its group."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with it."""


def place_uploads(portfolio: Portfolio, selection: Selection) -> tuple[tuple[PlacedUpload, ...], tuple[Problem, ...]]:
    """Every file that this department's slots show, in the package's order; and for the office those that they do not.

    What lies in another department's sub-folder is no concern of this one, and not even told.
    """
    placed: list[PlacedUpload] = []
    office: list[Problem] = []
    for upload in portfolio.uploads:
        if upload.department not in ("", selection.department_code):
            continue
        row = _place(upload, selection)
        if row is None:
            office.append(UPLOAD_NOT_TAKEN.at(Where(file=upload.file.name), part=upload.part, name=upload.file.name))
        else:
            placed.append(row)
    return tuple(placed), tuple(office)


def of_group(placed: Sequence[PlacedUpload], group: Group) -> tuple[PlacedUpload, ...]:
    """The files that a section shows."""
    return tuple(row for row in placed if row.group is group)


def summary_problems(upload: Upload, code_set: CodeSet) -> tuple[Problem, ...]:
    """The limits of 多元表現綜整心得, where it came as text; of a PDF they cannot be known here."""
    if upload.text is None:
        return ()
    problems = []
    where = Where(file=upload.file.name)
    count = character_count(upload.text)
    if count > code_set.summary_max_characters:
        problems.append(SUMMARY_TOO_LONG.at(where, count=count, limit=code_set.summary_max_characters))
    if len(upload.pictures) > code_set.summary_max_pictures:
        problems.append(SUMMARY_TOO_MANY_PICTURES.at(where, count=len(upload.pictures), limit=code_set.summary_max_pictures))
    return tuple(problems)


def character_count(markdown: str) -> int:
    """Characters as a reader counts them: without pictures, blanks, line breaks and Markdown's marks."""
    return len(_MARKUP.sub("", _PICTURE.sub("", markdown)))


def _place(upload: Upload, selection: Selection) -> PlacedUpload | None:
    group = PART_GROUPS.get(upload.part)
    if group is None:
        return None
    named = _group_of_code(upload.code, selection)
    if named is not None and upload.code:
        return _row(upload, named, upload.code, selection, joint=False)
    codes = selection.codes_of(group)
    if not codes:
        return None
    if upload.code and selection.item(upload.code) is not None:
        return None
    if upload.code:
        where = Where(file=upload.file.name)
        return _row(upload, group, codes[0], selection, False, (UPLOAD_CODE_UNKNOWN.at(where, code=upload.code, slot=codes[0]),))
    return _row(upload, group, codes[0], selection, joint=True)


def _row(upload: Upload, group: Group, code: str, selection: Selection, joint: bool, problems: tuple[Problem, ...] = ()) -> PlacedUpload:
    if group is Group.SUMMARY:
        problems += summary_problems(upload, selection.code_set)
    return PlacedUpload(upload=upload, group=group, code=code, joint=joint, problems=problems)


def _group_of_code(code: str, selection: Selection) -> Group | None:
    """The section whose codes hold it; a file's own code says more than the part in its name."""
    return next((section.group for section in selection.sections if code in section.codes), None)
