"""Which file is which part: `01686463_修課紀錄.json`, `學習歷程自述_O.md`, `第6學期成績單.pdf`. File names only; nothing is opened."""

import re
from dataclasses import dataclass

from reviewer.model.parts import IDENTITY, OUTCOMES
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.packages import names
from reviewer.packages.findings import Findings
from reviewer.packages.inventory import Entry, Inventory

PART_TWICE = ProblemKind(
    "part-twice",
    Severity.WARNING,
    Text(
        "「{part}」有兩個檔案，採用「{taken}」，未採用「{left}」。", "There are two files of “{part}”; “{taken}” is read, “{left}” is not."
    ),
    Text("請匯出單位確認哪一個正確。", "Ask who made the export which is right."),
)

RECORD, PERFORMANCES = "修課紀錄", "多元表現"
EXTRAS, PLAN = "附加資訊", "課程計畫"
SUMMARY, STATEMENT, OTHER, TRANSCRIPT, PHOTO = "多元表現綜整心得", "學習歷程自述", "其他", "成績單", "照片"
GLYPHS_FOLDER, GLYPHS_TABLE = "造字", "造字/造字.csv"
JSON_PARTS = (IDENTITY, RECORD, OUTCOMES, PERFORMANCES, EXTRAS)
"""Parts that come as JSON; the last is our own addition."""
DATA_SUFFIXES = frozenset({"json", "csv", "xlsx", "xml"})
"""Endings of data, which no applicant hands in instead of ticking."""
UPLOADED_PARTS = (RECORD, OUTCOMES, PERFORMANCES, SUMMARY, STATEMENT, OTHER, TRANSCRIPT)
"""Parts that may come as a file of their own, in the order in which they are listed."""

_NAME = re.compile(
    r"(?:(?P<prefix>[0-9A-Za-z-]{1,20})_)?(?P<part>基本資料|修課紀錄|課程學習成果|多元表現綜整心得|多元表現|學習歷程自述|其他|附加資訊|課程計畫|照片"
    r"|(?:第[1-8一二三四五六七八]學期)?成績單)(?:[_-](?P<code>[A-Za-z](?:-\d)?))?"
)
_DEPARTMENT = re.compile(r"(?=.*\d)[0-9A-Za-z]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFile:
    """A file whose name says which part it is."""

    entry: Entry
    """The file."""
    part: str
    """基本資料, 修課紀錄, …, 成績單, 照片."""
    code: str
    """Code in its name, in capitals; empty when the file is for the whole part."""
    prefix: str
    """What stands before its name."""
    department: str
    """校系代碼 of the sub-folder in which it lies; empty in the root."""
    suffix: str
    """Ending, in small letters."""


def is_list(name: str) -> bool:
    """Whether the committee's own listing; skipped."""
    return "LIST" in name


def is_department(name: str) -> bool:
    """Whether a folder's name is a 校系代碼: six letters and digits, at least one digit."""
    return _DEPARTMENT.fullmatch(name) is not None


def part_of(name: str) -> str:
    """Which part a file's name says; empty when none."""
    stem, _, _ = name.rpartition(".")
    match = None if is_list(name) else _NAME.fullmatch(stem)
    return _part(match["part"]) if match else ""


def classify(inventory: Inventory) -> tuple[PartFile, ...]:
    """Every file of the root, or of a department's sub-folder, that its name makes a part."""
    found = []
    for entry in inventory:
        *folders, name = entry.path.split("/")
        if len(folders) > 1 or (folders and not is_department(folders[0])) or is_list(name):
            continue
        stem = name.rpartition(".")[0]
        match = _NAME.fullmatch(stem)
        if match:
            found.append(
                PartFile(
                    entry=entry,
                    part=_part(match["part"]),
                    code=(match["code"] or "").upper(),
                    prefix=match["prefix"] or "",
                    department=folders[0] if folders else "",
                    suffix=names.suffix(name),
                )
            )
    return tuple(found)


def choose(files: tuple[PartFile, ...], part: str, suffix: str, applicant: str, findings: Findings) -> Entry | None:
    """The one file of a part with that ending in the root: the applicant's own prefix first, then none, then any; a second is a problem."""
    fit = [file for file in files if (file.part, file.suffix, file.department, file.code) == (part, suffix, "", "")]
    ranked = sorted(fit, key=lambda file: (bool(file.prefix) if file.prefix != applicant or not applicant else -1, file.entry.path))
    for left in ranked[1:]:
        findings.keep(PART_TWICE.at(findings.where(left.entry.path), part=part, taken=ranked[0].entry.path, left=left.entry.path))
    return ranked[0].entry if ranked else None


def is_read(file: PartFile) -> bool:
    """Whether a file is one of those of which `choose` takes the first and tells the others."""
    if file.department or file.code:
        return False
    return (file.suffix == "json" and file.part in JSON_PARTS) or (file.suffix, file.part) == ("csv", PLAN)


def _part(words: str) -> str:
    return TRANSCRIPT if words.endswith(TRANSCRIPT) else words
