"""The state of a slot, and its plain sentence: nothing is ever silently blank, and nobody is blamed for an empty place [S22]."""

from reviewer.model.codes import Group
from reviewer.model.dossier import Entry, Slot, SlotState
from reviewer.model.text import Text

NOTHING = Text("", "")
EMPTY_REASON = Text("申請人沒有提交這一項。", "The applicant handed nothing in here.")
APART_EMPTY = Text("申請人沒有另外提交其他有利審查資料。", "The applicant handed in no further material.")
APART_TITLE = Text("其他有利審查資料", "Further material")
NOT_OFFERED_TITLE = Text("本系不採計的項目", "What this department does not take")
_AS_PDF = Text(
    "申請人以檔案上傳整份「{part}」，沒有逐項勾選。", "The applicant uploaded the whole part “{part}” as a file instead of ticking items."
)
_AS_PDF_AT = Text(
    "申請人以檔案上傳整份「{part}」，列在 {at}。", "The applicant uploaded the whole part “{part}” as a file; it is shown under {at}."
)
_TOGETHER = Text("與 {at} 寫在同一份檔案，列在 {at}。", "Written in one file with {at}; it is shown there.")
_MISSING = Text("資料包裡應有這一項的檔案，但找不到：{names}。", "The package names a file here that it does not hold: {names}.")
_UNREADABLE = Text("提交的檔案無法顯示：{names}。", "What was handed in cannot be shown: {names}.")
_NOT_OFFERED = Text("本系不採計{group}：{codes}。", "This department does not take, of “{group}”: {codes}.")

MISSING_CODES = frozenset({"file-missing", "tick-without-item"})
"""Problems that say: named, but not there."""


def filled_slot(codes: tuple[str, ...], title: Text, entries: tuple[Entry, ...], empty: Text = EMPTY_REASON) -> Slot:
    """A slot by what it holds: present, empty, or holding only what is missing or cannot be shown."""
    if not entries:
        return Slot(codes=codes, title=title, state=SlotState.EMPTY, reason=empty)
    if not all(hollow(entry) for entry in entries):
        return Slot(codes=codes, title=title, state=SlotState.PRESENT, reason=NOTHING, entries=entries)
    missing = any(_is_missing(entry) for entry in entries)
    names = "、".join(link.name for entry in entries for link in entry.files) or "、".join(entry.title for entry in entries)
    reason = (_MISSING if missing else _UNREADABLE).format(names=names)
    return Slot(codes=codes, title=title, state=SlotState.MISSING if missing else SlotState.UNREADABLE, reason=reason, entries=entries)


def pdf_slot(codes: tuple[str, ...], title: Text, entries: tuple[Entry, ...], group: Group, shown_at: str) -> Slot:
    """A slot of a part that was handed in as a file; `shown_at` is empty where the file itself stands."""
    reason = (_AS_PDF_AT if shown_at else _AS_PDF).format(part=group.label, at=shown_at)
    return Slot(codes=codes, title=title, state=SlotState.AS_PDF, reason=reason, entries=entries, shown_at=shown_at)


def together_slot(codes: tuple[str, ...], title: Text, shown_at: str) -> Slot:
    """A slot whose text stands in a file under another code."""
    return Slot(codes=codes, title=title, state=SlotState.TOGETHER, reason=_TOGETHER.format(at=shown_at), shown_at=shown_at)


def not_offered_slot(group: Group, items: tuple[tuple[str, Text], ...]) -> Slot:
    """One compact statement of the codes of a group that the department does not take."""
    codes = Text("、".join(f"{code} {name.zh}" for code, name in items), ", ".join(f"{code} {name.en}" for code, name in items))
    reason = _NOT_OFFERED.format(group=group.label, codes=codes)
    return Slot(codes=tuple(code for code, _ in items), title=group.label, state=SlotState.NOT_OFFERED, reason=reason)


def hollow(entry: Entry) -> bool:
    """Whether nothing of an entry can be read: no words of the applicant's, and no file that is there."""
    if entry.text.strip() or (entry.markdown or "").strip() or entry.addresses:
        return False
    if any(link.attachment is not None for link in entry.files):
        return False
    return bool(entry.files) or any(problem.code in MISSING_CODES for problem in entry.problems) or entry.markdown is not None


def _is_missing(entry: Entry) -> bool:
    problems = [*entry.problems, *(link.problem for link in entry.files if link.problem)]
    return any(problem.code in MISSING_CODES for problem in problems)
