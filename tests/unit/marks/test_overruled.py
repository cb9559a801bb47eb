"""Marks of one rater that another of his files replaces: told with both values and both files, as a warning where it looks like somebody else's work."""

from pathlib import Path
from typing import Any

import pytest

from reviewer.model.problem import ExitStatus, Severity
from tests.unit.marks.building import DIMENSIONS, merged, record, review, same, version

WANG, LIN = "王明德", "林玉梅"
FIRST = "1 等第 其他（傑出 → 不佳）、1 等第 課程學習成果（傑出 → 不佳）、1 等第 多元表現（傑出 → 不佳）…。"
ANONYMOUS = {"id": review(WANG, {})["rater"]["id"], "name": ""}


def after(level: str, counter: int, at: str = "08:00:00") -> dict[str, Any]:
    """A record that says to know all that the desk `d-1` wrote until now."""
    fields = {f"level:{dimension}": [version(level, counter=counter, at=at)] for dimension in DIMENSIONS}
    return {"bases": {}, "reading": {}, "fields": fields}


def test_a_later_file_is_told_with_what_it_changed_and_is_no_fault(tmp_path: Path) -> None:
    later = review(WANG, {"1": after("weak", 60, "10:00:00")}, saved_at="2026-03-29T09:00:00.000Z")
    done = merged(tmp_path, review(WANG, {"1": record(same("excellent"))}), later)
    assert [mark.total for mark in done.outcome.marks] == [29.5]
    told = [problem for problem in done.outcome.problems if problem.code.startswith("marks-super")]
    assert [str(problem) for problem in told] == [
        f"：「王明德」的 1.json 有 5 處評分，以 2.json 較晚的為準：{FIRST}無須處理；如果不是他自己改的，請向他確認。"
    ]
    assert (told[0].severity, done.status) == (Severity.NOTE, ExitStatus.WELL)


@pytest.mark.parametrize("changes", [{}, {"rater": ANONYMOUS, "saved_at": "2026-03-29T09:00:00.000Z"}], ids=["no later", "without a name"])
def test_a_file_in_another_s_name_that_replaces_his_marks_is_warned_of(tmp_path: Path, changes: dict[str, Any]) -> None:
    his, other = review(WANG, {"1": record(same("excellent"))}), review(LIN, {"1": record(same("weak"))})
    done = merged(tmp_path, his, other, review(WANG, {"1": after("weak", 60)}, **changes))
    told = [problem for problem in done.outcome.problems if problem.code == "marks-overruled"]
    assert [problem.what.zh for problem in told] == [
        f"「{next(one.name for one in done.outcome.raters if one.id == ANONYMOUS['id'])}」的 1.json 有 5 處評分被 3.json 取代，但後者的評分時間並不較晚，或檔案裡的姓名不同：{FIRST}"
    ]
    assert (told[0].severity, done.status) == (Severity.WARNING, ExitStatus.SOME)


@pytest.mark.parametrize("order", [1, -1])
def test_a_counter_that_no_hand_reaches_silences_nothing(tmp_path: Path, order: int) -> None:
    files = (review(WANG, {"1": record(same("excellent"))}), review(WANG, {"1": after("weak", 10**9)}, rater=ANONYMOUS))
    found = merged(tmp_path, *files[::order], review(LIN, {"1": record(same("weak"))})).outcome
    assert sorted((one.field, set(one.values)) for one in found.conflicts) == sorted(
        (f"level:{dimension}", {"excellent", "weak"}) for dimension in DIMENSIONS
    )
    assert [mark.total for mark in found.marks if mark.rater == ANONYMOUS["id"]] == [None]


def test_two_forged_files_do_not_vouch_for_each_other(tmp_path: Path) -> None:
    forged = [review(WANG, {"1": after("weak", counter)}, rater=ANONYMOUS) for counter in (10**9, 10**9 + 1)]
    found = merged(tmp_path, review(WANG, {"1": record(same("excellent"))}), *forged).outcome
    assert len(found.conflicts) == len(DIMENSIONS)


def test_values_that_are_the_same_are_not_told(tmp_path: Path) -> None:
    done = merged(tmp_path, review(WANG, {"1": record(same("good"))}), review(WANG, {"1": after("good", 60)}))
    assert [problem.code for problem in done.outcome.problems] == ["marks-rater-several-files"]
    assert done.status is ExitStatus.WELL
