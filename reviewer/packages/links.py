"""Links of items to files: names relative to the package, with or without the `<應試號碼>_` prefix, found in the root or one known folder below it.

Defended: a link that leads out of the package (absolute, `..`, a drive, an address) sets the dossier aside; what it names is never opened.
"""

import re
from typing import Any

from reviewer.model.attachment import Attachment, FileLink, FileRole, MediaType
from reviewer.model.parts import OUTCOMES, performance_kinds
from reviewer.model.problem import Problem, ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.packages import limits, names
from reviewer.packages.contents import Contents
from reviewer.packages.findings import Place
from reviewer.packages.inventory import UNREADABLE_FILE, Entry
from reviewer.packages.json_text import Number
from reviewer.packages.media_types import described
from reviewer.packages.part_files import PERFORMANCES
from reviewer.packages.spellings import Spellings
from reviewer.packages.values import as_words, shortened

LINK_LEADS_OUT = ProblemKind(
    "link-leads-out",
    Severity.ERROR,
    Text("連結「{name}」指向資料夾之外，整份資料不予讀取。", "The link “{name}” leads out of the package; the package is not read."),
    Text("請由匯出單位確認連結後重新匯出。", "Ask who made the export to check the link and to export again."),
)
FILE_MISSING = ProblemKind(
    "file-missing",
    Severity.WARNING,
    Text("資料夾裡沒有「{name}」。", "The package does not hold “{name}”."),
    Text("請確認匯出是否完整。", "Check whether the export is complete."),
)
FILE_DISGUISED = ProblemKind(
    "file-disguised",
    Severity.WARNING,
    Text("「{name}」的內容不是檔名所示的格式，而是「{found}」。", "“{name}” is not what its name says: its content is {found}."),
    Text(
        "請學生或學校確認檔案，並以正確格式重新上傳。",
        "Ask the student or the school to check the file and to upload it in its right format.",
    ),
)
FILE_OTHER_FORMAT = ProblemKind(
    "file-other-format",
    Severity.NOTE,
    Text(
        "「{name}」的內容不是檔名所示的格式，而是「{found}」，仍可顯示。",
        "“{name}” is not what its name says but {found}, which can be shown all the same.",
    ),
    Text("無須處理。", "Nothing need be done."),
)
FILE_NOT_TAKEN = ProblemKind(
    "file-not-taken",
    Severity.WARNING,
    Text(
        "「{name}」的格式（{found}）不在可收的格式（pdf、jpg、png、mp3、mp4）之內。",
        "“{name}” is {found}, which is none of the formats taken (pdf, jpg, png, mp3, mp4).",
    ),
    Text("請以可收的格式重新上傳。", "Upload it again in one of these formats."),
)
TOO_MANY_LINKS = ProblemKind(
    "too-many-links",
    Severity.WARNING,
    Text("一個欄位列了 {count} 個檔案，只讀取前 {limit} 個。", "One field names {count} files; the first {limit} are read."),
    Text("請匯出單位確認內容是否正確。", "Ask who made the export to check it."),
)
LINK_NOT_NAME = ProblemKind(
    "link-not-name",
    Severity.NOTE,
    Text("連結的內容不是檔名：「{value}」。", "The link is no file name: “{value}”."),
    Text("請匯出單位確認。", "Ask who made the export."),
)

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_TYPES = {
    "pdf": MediaType.PDF,
    "jpg": MediaType.JPEG,
    "jpeg": MediaType.JPEG,
    "png": MediaType.PNG,
    "mp3": MediaType.MP3,
    "mp4": MediaType.MP4,
    "m4a": MediaType.MP4,
    "m4v": MediaType.MP4,
    "mov": MediaType.MP4,
}
_NAMES = {
    MediaType.PDF: Text("PDF 文件", "a PDF document"),
    MediaType.JPEG: Text("JPEG 圖片", "a JPEG picture"),
    MediaType.PNG: Text("PNG 圖片", "a PNG picture"),
    MediaType.MP3: Text("MP3 聲音檔", "an MP3 file"),
    MediaType.MP4: Text("MP4 影音檔", "an MP4 file"),
}
KNOWN_FOLDERS = (OUTCOMES, PERFORMANCES, *(part.key for part in performance_kinds()), "附件", "檔案", "files", "attachments")
"""Folders below the root in which exports keep what items link to."""


class Linker:
    """Finds what items link to, and remembers which files were claimed."""

    def __init__(self, contents: Contents, prefixes: tuple[str, ...]) -> None:
        self.contents = contents
        """The package's files."""
        self.claimed: set[str] = set()
        """Paths of the files that an item refers to."""
        self.met: set[Problem] = set()
        """Refusals of the inventory that an item's link has told already."""
        self._spellings = Spellings(contents.inventory, prefixes)

    def links(self, value: Any, role: FileRole, place: Place, folders: tuple[str, ...]) -> tuple[FileLink, ...]:
        """The files that a field names: none for "", null and absent, several for a list. Raises `SetAside` for a link that leads out.

        `folders` are the item's own: two kinds may each have a file of the same name.
        """
        if isinstance(value, list):
            if len(value) > limits.LINKS_OF_A_FIELD:
                place.note(TOO_MANY_LINKS, count=f"{len(value):,}", limit=limits.LINKS_OF_A_FIELD)
            items = [(item, place.item(index)) for index, item in enumerate(value[: limits.LINKS_OF_A_FIELD])]
        else:
            items = [(value, place)]
        found = (self._one(item, role, at, folders) for item, at in items)
        return tuple(link for link in found if link is not None)

    def _one(self, value: Any, role: FileRole, place: Place, folders: tuple[str, ...]) -> FileLink | None:
        words = as_words(value, place)
        if value is None or not words:
            return None
        if not isinstance(value, str) or isinstance(value, Number):
            place.note(LINK_NOT_NAME, value=shortened(words))
            return None
        return self.link(words, role, place, folders)

    def link(self, name: str, role: FileRole, place: Place, folders: tuple[str, ...]) -> FileLink:
        """The file of that name, looked for in `folders` first. Raises `SetAside` when the name leads out."""
        plain = name.removeprefix("./")
        if _ADDRESS.match(plain) or names.leads_out(plain):
            raise place.set_aside(LINK_LEADS_OUT, name=names.visible(name))
        for candidate in self._candidates(plain, folders):
            entry = self.contents.inventory.find(candidate)
            if entry is not None:
                self.claimed.add(entry.path)
                return self.to_entry(entry, role, place, name)
        for candidate in self._candidates(plain, folders):
            refusal = self.contents.inventory.refusal(candidate)
            if refusal is not None:
                self.met.add(refusal)
                return FileLink(name=name, role=role, problem=_moved(refusal, place))
        return FileLink(name=name, role=role, problem=place.problem(FILE_MISSING, name=names.visible(name)))

    def to_entry(self, entry: Entry, role: FileRole, place: Place, name: str = "") -> FileLink:
        """A link to a file that is there, with what is wrong with its content."""
        shown = name or entry.path.rpartition("/")[2]
        try:
            facts = self.contents.facts(entry)
            head = b"" if facts.media_type is not MediaType.UNKNOWN else self.contents.read(entry, 4096)
        except OSError as error:
            return FileLink(name=shown, role=role, problem=place.problem(UNREADABLE_FILE, name=names.visible(shown), reason=error.strerror))
        attachment = Attachment(path=entry.path, sha256=facts.sha256, size_bytes=facts.size_bytes, media_type=facts.media_type)
        return FileLink(name=shown, role=role, attachment=attachment, problem=_mismatch(shown, facts.media_type, head, place))

    def shows(self, entry: Entry) -> bool:
        """Whether an item that links to the file shows its content: it can be read and is of a format that is taken."""
        try:
            return self.contents.facts(entry).media_type in _NAMES
        except OSError:
            return False

    def _candidates(self, name: str, folders: tuple[str, ...]) -> list[str]:
        places = dict.fromkeys((*folders, "", *KNOWN_FOLDERS))
        return [f"{folder}/{spelling}" if folder else spelling for folder in places for spelling in self._spellings.of(name, folder)]


def _mismatch(name: str, found: MediaType, head: bytes, place: Place) -> Problem | None:
    expected = _TYPES.get(names.suffix(name))
    if found is expected:
        return None
    if found in _NAMES:
        return place.problem(FILE_OTHER_FORMAT, name=names.visible(name), found=_NAMES[found])
    return place.problem(FILE_DISGUISED if expected else FILE_NOT_TAKEN, name=names.visible(name), found=described(head))


def _moved(problem: Problem, place: Place) -> Problem:
    """The problem of a file as the problem of the link to it."""
    where = place.findings.where(place.file, place.path)
    return Problem(code=problem.code, where=where, what=problem.what, remedy=problem.remedy, severity=problem.severity)
