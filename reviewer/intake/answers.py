"""Answers to receipts: a .csv with 學號 and 確認 (是 or 否, with 異議說明).

Who contests is held back until the school has settled it, and so is who gave another answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewer.model.formulas import unneutral
from reviewer.model.problem import Problem, ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.packages import tables

ANSWER_UNREADABLE = ProblemKind(
    "receipt-answer-unreadable",
    Severity.ERROR,
    Text(
        "學號 {number} 的回覆「{value}」既不是「是」也不是「否」，看不出有沒有異議，暫不封裝。",
        "The answer “{value}” of student {number} is neither yes (是) nor no (否) and cannot be read; the student is held back.",
    ),
    Text("請在「確認」欄填「是」或「否」。", "Write 是 or 否 in the column 確認."),
)
ANSWER_STRANGER = ProblemKind(
    "receipt-answer-stranger",
    Severity.WARNING,
    Text("學號 {number} 不在名冊上，這一列未採用。", "Student {number} is not in the roster; the row is not taken."),
    Text("請確認學號。", "Check the number."),
)

STUDENT, CONFIRMED, REASON = "學號", "確認", "異議說明"
"""Columns of the table, in any order."""

_YES = frozenset({"是", "y", "yes", "v", "✓", "確認", "1"})
_NO = frozenset({"否", "n", "no", "x", "異議", "0"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What came back."""

    confirmed: frozenset[str]
    """學號 of those who confirmed."""
    contested: Mapping[str, str]
    """學號 of those who contest, with their reasons."""
    unclear: frozenset[str]
    """學號 of those whose answer cannot be read."""
    problems: tuple[Problem, ...]
    """Rows that could not be understood."""

    @property
    def held(self) -> frozenset[str]:
        """學號 of those whom the answers hold back."""
        return self.unclear | self.contested.keys()


def read_answers(paths: Iterable[Path], roster: Iterable[str]) -> Answers:
    """Read the tables; an empty 確認 is no answer yet, a later row takes an earlier one's place. Raises `Stop` when a table cannot be read."""
    known = set(roster)
    contested: dict[str, str] = {}
    confirmed: set[str] = set()
    unclear: set[str] = set()
    problems: list[Problem] = []
    for path in paths:
        rows, odd = tables.read_rows(path, (STUDENT, CONFIRMED, REASON))
        problems += odd
        for row in rows:
            number, words = unneutral(row.cells[STUDENT]), row.cells[CONFIRMED].strip().casefold()
            if number not in known:
                problems.append(ANSWER_STRANGER.at(row.where(STUDENT), number=number))
                continue
            if not words:
                continue
            confirmed.discard(number)
            unclear.discard(number)
            contested.pop(number, None)
            if words in _YES:
                confirmed.add(number)
            elif words in _NO:
                contested[number] = row.cells[REASON]
            else:
                unclear.add(number)
                problems.append(ANSWER_UNREADABLE.at(row.where(CONFIRMED), number=number, value=row.cells[CONFIRMED][:20]))
    return Answers(confirmed=frozenset(confirmed), contested=contested, unclear=frozenset(unclear), problems=tuple(problems))
