"""Whom a transfer zip may bring: nobody under a pupil's own number, and nobody with more than a pupil can have.

Defended: the zip comes from another school's program. A 學號 of the roster belongs to its pupil, whoever names it; the rows and columns of the
rosters that are written are bounded before anything of a student is.
"""

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from reviewer.intake import kinds
from reviewer.intake.ledger import open_ledger
from reviewer.intake.rosters import read_rosters
from reviewer.intake.transfer import record
from reviewer.intake.transfer.record import Json
from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import limits, names

NO_PERSON = ProblemKind(
    "transfer-no-person",
    Severity.ERROR,
    Text(
        "第 {number} 位學生沒有身分證號，或不能作為資料夾名稱，無法對應檔案，未採用。",
        "Student {number} in the list has no identity number, or one that can name no folder, so files cannot be matched; he is not taken.",
    ),
    Text("請向原學校確認。", "Ask the former school."),
)
NUMBER_TAKEN = ProblemKind(
    "transfer-number-taken",
    Severity.ERROR,
    Text(
        "第 {number} 位學生的學號「{student}」已經有人使用，而身分證號沒有顯示是同一個人，未採用。",
        "Number “{student}” of student {number} in the list is another's already, and no identity number says that they are one; he is not taken.",
    ),
    Text(
        "請以 --number 身分證號=學號 寫明他在本校的學號，並核對學生資料名冊的身分證號。",
        "Say his number at this school by --number 身分證號=學號, and check the identity numbers in the roster of students.",
    ),
)
TOO_MUCH = ProblemKind(
    "transfer-too-much",
    Severity.ERROR,
    Text(
        "第 {number} 位學生的資料超過可讀取的範圍（每人 {items} 筆，每種名冊 {cells} 格，{kinds} 種），未採用。",
        "Student {number} in the list has more than can be read (items of a student: {items}, cells of a roster: {cells}, kinds: {kinds}); he is not taken.",
    ),
    Text("學生不會有這麼多資料，請向原學校確認。", "No student has so much; ask the former school."),
)

KINDS_MOST = 50
"""Kinds of list, each a roster of its own; the export has thirteen."""
_NAME_BYTES = 60
"""Of an identity number or a 學號: ten characters by rule."""


class Admission:
    """The pupils of the uploads, and the students of the zip so far."""

    def __init__(self, uploads: Path, school_code: str) -> None:
        self._pupils = _pupils(uploads, school_code)
        self._came: dict[str, str] = {}

    def refusal(self, person: str, own: str, where: Where, number: int, *, is_given: bool) -> Problem | None:
        """What speaks against taking a person under a 學號. One that the office gave may be a pupil's who has no identity number in the roster."""
        known = self._pupils.get(_plain(own))
        is_pupil = known is not None and _plain(person) not in known and (bool(known) or not is_given)
        if is_pupil or self._came.setdefault(_plain(own), person) != person:
            return NUMBER_TAKEN.at(where, number=number, student=names.visible(own))
        return None


def person_name(student: Json) -> str:
    """The folder of a student's files; empty when there is none that can be used. `x.json` would be the name of another's record."""
    person = record.person_of(student)
    return person if "." not in person and is_name(person) else ""


def is_name(words: str) -> bool:
    """Whether an identity number or a 學號 can name a folder."""
    return (
        bool(words.strip(". "))
        and "/" not in words
        and not names.leads_out(words)
        and not names.deceives(words)
        and len(words.encode()) <= _NAME_BYTES
    )


def is_too_much(items: Mapping[str, int], rows: Mapping[str, int], columns: Mapping[str, int]) -> bool:
    """Whether a student's items, counted by kind, are more than he can have, or more than the rosters can hold in their columns beside their rows."""
    return (
        sum(items.values()) > limits.ITEMS
        or len(items.keys() | rows.keys()) > KINDS_MOST
        or any((rows.get(kind, 0) + count) * columns[kind] > limits.TABLE_CELLS for kind, count in items.items())
    )


def too_much(where: Where, number: int) -> Problem:
    """The problem of a student who has too much."""
    return TOO_MUCH.at(where, number=number, items=f"{limits.ITEMS:,}", cells=f"{limits.TABLE_CELLS:,}", kinds=KINDS_MOST)


def _pupils(uploads: Path, code: str) -> dict[str, frozenset[str]]:
    """By 學號, and by the name of his folder, the identity numbers that the roster of students gives of each pupil."""
    found: dict[str, frozenset[str]] = {}
    with open_ledger() as ledger:
        read_rosters(uploads, code, ledger)
        for row in ledger.of_kind(kinds.STUDENTS):
            persons = frozenset(_plain(words) for key in record.PERSON if (words := row.get(key)))
            for name in (row.student, row.get("學生") or f"{code}-{row.student}"):
                found[_plain(name)] = found.get(_plain(name), frozenset()) | persons
    return found


def _plain(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split()).upper()
