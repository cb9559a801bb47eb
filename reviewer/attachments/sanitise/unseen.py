"""Tells of annotations what the pages do not show: those without any look, and the words behind notes and marks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from pikepdf import Dictionary, Name, Object, Stream

from reviewer.attachments.sanitise.appearance import words_of
from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text

NOT_SHOWN = ProblemKind(
    "pdf-annotations-not-shown",
    Severity.WARNING,
    Text(
        "第 {pages} 頁共有 {count} 個註解（圖章、便箋等）沒有外觀資料，未顯示在頁面上。",
        "Annotations on page {pages} ({count}: stamps, notes and the like) carry no look of their own and are not shown.",
    ),
    Text(
        "如需這些內容，請學生以「列印」另存成 PDF，使註解成為頁面的一部分。",
        "Where they matter, ask the student to print the file to a PDF, so that they become part of its pages.",
    ),
)
WORDS_BEHIND = ProblemKind(
    "pdf-notes-behind-pages",
    Severity.WARNING,
    Text(
        "第 {pages} 頁附有 {count} 則點開才看得到的便箋或評註，頁面上沒有這些文字：{words}",
        "Page {pages} has notes or comments ({count}) that open only when clicked; the pages do not show their words: {words}",
    ),
    Text("文字已列在上面，不必另外處理。", "Their words stand above; nothing need be done."),
)
WORDS_MOST: Final = 300
"""Letters of one note that are told: a paragraph."""
CUT: Final = "〔…〕"
"""Stands where a note was cut: what is hidden may have been cut in two there (`process.process_blind`)."""
NOTES_MOST: Final = 8
"""Notes that are told with their words; more would be a page of their own."""

_NOTES: Final = frozenset({"/Text", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret"})
"""Annotations whose words are a comment; of others they describe what is drawn."""
_WITHOUT_LOOK: Final = frozenset({"/Popup", "/Link", "/Widget", "/PrinterMark", "/TrapNet"})
"""Nothing is missed where these have none."""
_UNVIEWED: Final = 0b100010
"""Flags: hidden, not for viewing."""


def has_look(annotation: Object) -> bool:
    """Whether an annotation brings its own appearance."""
    appearances = annotation.get("/AP")
    normal = appearances.get("/N") if isinstance(appearances, Dictionary) else None
    state = annotation.get("/AS")
    if isinstance(normal, Dictionary) and isinstance(state, Name):
        normal = normal.get(str(state))
    return isinstance(normal, Stream)


@dataclass(slots=True)
class Unseen:
    """Gathers over the pages of one document what they do not show."""

    _bare: list[int] = field(default_factory=list)
    """Page of each annotation without a look."""
    _notes: list[tuple[int, str]] = field(default_factory=list)
    """Page and words of each note."""

    def look(self, page: int, annotation: Object, *, drawn: bool) -> None:
        """Note what a visible annotation has that the page will not show."""
        flags: Any = annotation.get("/F")
        kind = str(annotation.get("/Subtype"))
        if kind in _WITHOUT_LOOK or "/StateModel" in annotation or (isinstance(flags, int) and flags & _UNVIEWED):
            return
        words = " ".join(words_of(annotation.get("/Contents")).split()) if kind in _NOTES or not drawn else ""
        if words:
            self._notes.append((page, words))
        elif not drawn:
            self._bare.append(page)

    def problems(self) -> tuple[Problem, ...]:
        """What is to be told, each once."""
        told = []
        if self._bare:
            told.append(NOT_SHOWN.at(Where(), pages=_listed(self._bare), count=len(self._bare)))
        if self._notes:
            words = "".join(f"「{_short(words)}」" for _, words in self._notes[:NOTES_MOST])
            rest = CUT if len(self._notes) > NOTES_MOST else ""
            told.append(
                WORDS_BEHIND.at(Where(), pages=_listed(page for page, _ in self._notes), count=len(self._notes), words=words + rest)
            )
        return tuple(told)


def _listed(pages: Iterable[int]) -> str:
    return "、".join(map(str, dict.fromkeys(pages)))


def _short(words: str) -> str:
    return words if len(words) <= WORDS_MOST else words[:WORDS_MOST] + CUT
