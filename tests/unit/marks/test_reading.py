"""Review files from anywhere: what is read, what is left out, and what is said about it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from reviewer.marks import limits
from reviewer.marks.reading import parse_review_file, read_review_file
from tests.unit.marks.building import record, review, same, version

SOUND = review("王明德", {"01686463": record(same("good"))})


def told(content: Any) -> list[str]:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return [f"{problem.code} {problem}" for problem in parse_review_file(data, "a.json")[1]]


def test_a_sound_file_is_read_as_it_stands() -> None:
    file, problems = parse_review_file(json.dumps(SOUND).encode(), "a.json")
    assert problems == ()
    assert file is not None
    assert (file.department_code, file.admission_year, file.rater_name, file.reread) == ("001012", 115, "王明德", False)
    assert file.dossiers == SOUND["dossiers"]


def test_a_byte_order_mark_and_keys_that_are_not_known_are_no_fault() -> None:
    content = {**SOUND, "later": 1, "reread": True, "dossiers": {"1": {**record(same("good")), "later": [1, {"a": 2}]}}}
    file, problems = parse_review_file(b"\xef\xbb\xbf" + json.dumps(content).encode(), "a.json")
    assert problems == ()
    assert file is not None
    assert file.reread
    assert file.dossiers["1"]["later"] == [1, {"a": 2}]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not json", "marks-not-json a.json：檔案不是完整的 JSON，沒有併入。請委員在評閱頁面重新存一次 .json。"),
        (b"\xff\xfe", "marks-not-json a.json：檔案不是完整的 JSON，沒有併入。請委員在評閱頁面重新存一次 .json。"),
        (b"[" * 100_000, "marks-not-json a.json：檔案不是完整的 JSON，沒有併入。請委員在評閱頁面重新存一次 .json。"),
        (b'{"a": ' + b"9" * 5000 + b"}", "marks-not-json a.json：檔案不是完整的 JSON，沒有併入。請委員在評閱頁面重新存一次 .json。"),
        (b'{"a": NaN}', "marks-not-json a.json：檔案不是完整的 JSON，沒有併入。請委員在評閱頁面重新存一次 .json。"),
        (b'{"a": 1e99}', "marks-not-json a.json：檔案不是完整的 JSON，沒有併入。請委員在評閱頁面重新存一次 .json。"),
        (
            b"[1]",
            "marks-format a.json：這不是評分檔案（format 不是 reviewer-marks），沒有併入。請選評閱頁面存下的 .json；.csv 只供查閱，不能併入。",
        ),
        ({**SOUND, "version": 2}, "marks-version a.json：檔案格式是第 2 版，這裡只讀得懂第 1 版，沒有併入。請更新 reviewer 後再執行。"),
        (
            {**SOUND, "version": True},
            "marks-version a.json：檔案格式是第 True 版，這裡只讀得懂第 1 版，沒有併入。請更新 reviewer 後再執行。",
        ),
        (
            {**SOUND, "rater": {"id": "../x", "name": ""}},
            "marks-head a.json：檔案開頭的「rater.id」不合格式，整個檔案沒有併入。檔案可能被改過或損壞，請委員重新存一次。",
        ),
        (
            {**SOUND, "saved_at": "yesterday"},
            "marks-head a.json：檔案開頭的「saved_at」不合格式，整個檔案沒有併入。檔案可能被改過或損壞，請委員重新存一次。",
        ),
        (
            {**SOUND, "admission_year": "115"},
            "marks-head a.json：檔案開頭的「admission_year」不合格式，整個檔案沒有併入。檔案可能被改過或損壞，請委員重新存一次。",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_with_the_reason(content: Any, sentence: str) -> None:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    assert parse_review_file(data, "a.json")[0] is None
    assert told(content) == [sentence]


def test_a_file_beyond_the_bounds_is_not_parsed() -> None:
    assert told(b"," * (limits.JSON_MARKS + 1)) == [
        "marks-file-too-large a.json：檔案超過可讀取的範圍（8,000,000），沒有併入。評分檔案不會這麼大，請確認是不是選錯檔案。"
    ]
    assert told(b" " * (limits.FILE_BYTES + 1)) == [
        "marks-file-too-large a.json：檔案超過可讀取的範圍（50 MB），沒有併入。評分檔案不會這麼大，請確認是不是選錯檔案。"
    ]


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    file, problems = read_review_file(tmp_path / "none.json")
    assert file is None
    assert str(problems[0]) == "none.json：檔案無法讀取（找不到），沒有併入。請確認檔案在那裡，再執行一次。"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    file, problems = read_review_file(tmp_path / "pipe.json")
    assert file is None
    assert str(problems[0]) == "pipe.json：檔案無法讀取（不是一般檔案），沒有併入。請確認檔案在那裡，再執行一次。"


def test_half_a_character_is_written_out_wherever_it_stands() -> None:
    """No file can hold it, so that marks.json, the report and the workbook could not be written."""
    marks = record(same("good"))
    marks["fields"]["note:"] = [version("a\ud800b")]
    marks["fields"]["evidence:record:a-J1"] = [version({"title": "\udc00", "entry": "J1"})]
    file, problems = parse_review_file(
        json.dumps({**review("王", {"01686463": marks}), "rater": {"id": "r-1", "name": "王\udfff"}}).encode(), "a.json"
    )
    assert problems == ()
    assert file is not None
    assert file.rater_name == "王‹U+DFFF›"
    assert file.dossiers["01686463"]["fields"]["note:"][0]["value"] == "a‹U+D800›b"
    assert file.dossiers["01686463"]["fields"]["evidence:record:a-J1"][0]["value"]["title"] == "‹U+DC00›"


FAULTY_FIELDS = {
    "level is a number": ("level:record", [version(3)]),
    "score is true": ("score:record", [version(True)]),
    "evidence without title": ("evidence:record:a-J1", [version({"entry": "J1"})]),
    "note is a list": ("note:", [version([])]),
    "graded is a word": ("graded", [version("yes")]),
    "note too long": ("note:", [version("字" * (limits.TEXT_CHARACTERS + 1))]),
    "no versions": ("level:record", []),
    "too many versions": ("level:record", [version("good", counter=number) for number in range(1, limits.VERSIONS + 2)]),
    "time is none": ("level:record", [{**version("good"), "at": "2026-13-01T00:00:00.000Z"}]),
    "has not seen itself": ("level:record", [{**version("good"), "seen": {"d-2": 1}}]),
    "negative counter": ("level:record", [{**version("good"), "seen": {"d-1": -1}}]),
    "nested too deep": ("other", [version([[[[[[[[1]]]]]]]])]),
    "name that acts": ("other\n", [version(1)]),
}


@pytest.mark.parametrize("name", FAULTY_FIELDS)
def test_a_faulty_field_is_left_out_and_the_rest_taken(name: str) -> None:
    field, versions = FAULTY_FIELDS[name]
    sound = record(same("good"))
    content = review("王明德", {"01686463": {**sound, "fields": {**sound["fields"], field: versions}}, "01686464": sound})
    file, problems = parse_review_file(json.dumps(content).encode(), "a.json")
    assert [problem.code for problem in problems] == ["marks-field"]
    shown = field.replace("\n", "‹U+000A›")
    assert str(problems[0]) == (
        f"a.dossiers.01686463.fields.{shown}：這一處不合格式，沒有併入；檔案的其他部分照常。請委員開啟這一份，確認評分後重新存一次。"
    )
    assert file is not None
    assert file.dossiers["01686464"] == sound
    assert file.dossiers["01686463"]["fields"] == {key: value for key, value in sound["fields"].items() if key != field}


def test_a_dossier_that_is_none_is_left_out() -> None:
    file, problems = parse_review_file(
        json.dumps(review("王明德", {"1": [], "2": {"fields": []}, "3": record(same("good"))})).encode(), "a.json"
    )
    assert file is not None
    assert list(file.dossiers) == ["3"]
    assert [problem.where.path for problem in problems] == ["dossiers.1", "dossiers.2.bases"]


def test_versions_within_one_file_are_merged() -> None:
    old, new = version("fair", counter=1), version("good", counter=2, at="08:05:00")
    sound = record({})
    file, problems = parse_review_file(
        json.dumps(review("王明德", {"1": {**sound, "fields": {"level:record": [old, new]}}})).encode(), "a.json"
    )
    assert problems == ()
    assert file is not None
    assert file.dossiers["1"]["fields"]["level:record"] == [new]


def test_many_faults_are_counted_after_the_first_fifty() -> None:
    content = review("王明德", {str(number): [] for number in range(60)})
    _, problems = parse_review_file(json.dumps(content).encode(), "a.json")
    assert len(problems) == 51
    assert problems[-1].what.zh == "這個檔案另有 10 處不合格式，沒有一一列出。"
