"""Marks on a dossier that was rebuilt since: which, and what changed in it."""

import json
from pathlib import Path

import pytest

from reviewer.model.problem import ExitStatus, Stop
from tests.unit.marks.building import BASE, merged, rater_id, record, review, same, version

NEW = "b" * 64
SLOTS = [{"id": "s-A", "label": "A", "title": "修課紀錄"}, {"id": "s-J", "label": "J", "title": "競賽表現"}]


def site(folder: Path, *, sha256: str = NEW, code: str = "001012") -> Path:
    """A site of one dossier, as far as merging reads it."""
    dossier = {"number": "1", "folder": "1", "sha256": sha256, "slots": {"cover": "c" * 16, "s-A": "1" * 16, "s-J": "3" * 16}, "items": []}
    desk = {
        "department": {"code": code, "name": ""},
        "admission_year": 115,
        "slots": SLOTS,
        "former": {"s-M": "M 特殊優良表現證明"},
        "dossiers": [dossier],
    }
    data = folder / "site" / "001012" / "data"
    data.mkdir(parents=True)
    (data / "desk.js").write_text(f'Reviewer.give("desk", {json.dumps(desk)});\n', encoding="utf-8")
    return folder / "site"


def marked(bases: dict[str, str]) -> dict[str, object]:
    return {**record(same("good")), "bases": {BASE: bases}}


def test_what_changed_is_told_by_its_slots(tmp_path: Path) -> None:
    bases = {"cover": "c" * 16, "s-A": "1" * 16, "s-J": "2" * 16, "s-B-C": "8" * 16, "s-M": "9" * 16}
    done = merged(tmp_path, review("王明德", {"1": marked(bases)}), site=site(tmp_path))
    (found,) = done.outcome.changed
    assert (found.rater, found.number, found.slots, found.known) == (
        rater_id("王明德"),
        "1",
        ("J 競賽表現", "M 特殊優良表現證明", "B/C"),
        True,
    )
    assert done.status is ExitStatus.SOME


def test_a_file_that_does_not_say_how_it_was(tmp_path: Path) -> None:
    (found,) = merged(tmp_path, review("王明德", {"1": marked({})}), site=site(tmp_path)).outcome.changed
    assert (found.slots, found.known) == ((), False)


def test_marks_on_the_dossier_as_it_stands_are_not_listed(tmp_path: Path) -> None:
    done = merged(tmp_path, review("王明德", {"1": marked({})}), site=site(tmp_path, sha256=BASE))
    assert done.outcome.changed == ()
    assert done.outcome.compared_with_site
    assert done.status is ExitStatus.WELL


def test_a_mark_confirmed_since_is_not_listed(tmp_path: Path) -> None:
    given = marked({})
    given["fields"] = {f"level:{name}": [version("good", counter=7, on=NEW)] for name in same("good")}
    assert merged(tmp_path, review("王明德", {"1": given}), site=site(tmp_path)).outcome.changed == ()


def test_a_dossier_that_is_gone_is_said(tmp_path: Path) -> None:
    done = merged(tmp_path, review("王明德", {"1": marked({}), "2": record(same("good"))}), site=site(tmp_path, sha256=BASE))
    assert [str(problem) for problem in done.outcome.problems] == [
        "2：檔案 2 有評分，但已不在校系的資料夾裡。請確認這位申請人是否已經放棄，或那一份被擱置。"
    ]


def test_a_site_without_the_department_stops_the_run(tmp_path: Path) -> None:
    place = site(tmp_path, code="001023")
    with pytest.raises(Stop) as stopped:
        merged(tmp_path, review("王明德", {"1": marked({})}), site=place)
    assert stopped.value.problems[0].what.zh == f"{place / '001012'} 是校系 001023 的資料夾，評分是校系 001012 的。"
    with pytest.raises(Stop) as stopped:
        merged(tmp_path, review("王明德", {"1": marked({})}), site=tmp_path / "nowhere")
    assert stopped.value.problems[0].what.zh == f"{tmp_path / 'nowhere'} 裡沒有校系 001012 的資料夾，它本身也不是校系的資料夾。"
