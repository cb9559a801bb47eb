"""`--diff`: every change is one sentence, and nothing else is said."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from reviewer.model.problem import ExitStatus, Stop
from reviewer.render.guide.changes import changes, read_schema
from reviewer.render.guide.json_schema import json_schema


def competition(schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"]["performances"]["properties"]["競賽參與紀錄"]["items"]["properties"]
    return found


def sentences(change: Callable[[dict[str, Any]], None]) -> list[str]:
    """What is said when the earlier schema differs by a change."""
    old = copy.deepcopy(json_schema())
    change(old)
    return [text.zh for text in changes(old, json_schema())]


def test_equal_schemas_have_no_difference() -> None:
    assert sentences(lambda _: None) == []


def test_a_new_field() -> None:
    assert sentences(lambda old: competition(old).pop("競賽獎項")) == ["新增欄位「競賽參與紀錄.競賽獎項」：得到的獎項；沒有得獎可以空白。"]


def test_a_field_that_is_gone() -> None:
    field = {"x-field": "競賽參與紀錄.主辦", "x-type": "text", "x-lane": "student"}
    assert sentences(lambda old: competition(old).update(主辦=field)) == ["刪除欄位「競賽參與紀錄.主辦」。"]


def test_a_field_with_a_new_name_keeps_the_old_one_as_alias() -> None:
    def rename(old: dict[str, Any]) -> None:
        field = competition(old).pop("項目")
        field["x-field"] = "競賽參與紀錄.競賽項目組別"
        del field["x-aliases"]
        competition(old)["競賽項目組別"] = field

    assert sentences(rename) == [
        "「競賽參與紀錄.競賽項目組別」改名為「競賽參與紀錄.項目」，舊名稱仍可讀取。",
        "「競賽參與紀錄.項目」也接受名稱「競賽項目組別」。",
    ]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"x-type": "number"}, "「競賽參與紀錄.競賽等級代碼」的類型由數字改為代碼。"),
        ({"x-lane": "school"}, "「競賽參與紀錄.競賽等級代碼」的來源由學校紀錄改為學生填報。"),
        ({"x-unit": "級"}, "「競賽參與紀錄.競賽等級代碼」的單位由 級 改為 –。"),
        ({"x-codes": {"1": ["校級", "school"]}}, "「競賽參與紀錄.競賽等級代碼」的代碼改為：1 校級、2 縣市級、3 全國、4 國際。"),
        ({"x-aliases": ["等級"]}, "「競賽參與紀錄.競賽等級代碼」不再接受名稱「等級」。"),
        ({"description": "以前 / before"}, "「競賽參與紀錄.競賽等級代碼」的說明改寫為：校級、縣市級、全國或國際，以一個數字表示。"),
        (
            {"x-limits": [{"rule": "abstract_characters", "since": "108-1", "value": 50}]},
            "「競賽參與紀錄.競賽等級代碼」不再有自 108-1 起的限制（簡述至多 50 字）。",
        ),
        (
            {"x-limits": [{"rule": "unheard_of", "since": "108-1", "value": 50}]},
            "「競賽參與紀錄.競賽等級代碼」不再有自 108-1 起的限制（unheard_of 50）。",
        ),
    ],
)
def test_one_sentence_for_what_changed_in_a_field(facts: dict[str, Any], said: str) -> None:
    assert sentences(lambda old: competition(old)["競賽等級代碼"].update(facts)) == [said]


def test_a_limit_that_an_official_letter_changed() -> None:
    def before(old: dict[str, Any]) -> None:
        rows = old["$defs"]["outcome"]["properties"]["課程學習成果文件檔案連結"]["x-limits"]
        rows[:] = [row for row in rows if row["since"] == "108-1"]

    assert sentences(before) == ["「課程學習成果.課程學習成果文件檔案連結」自 109-1 起每個文件檔至多 4 MB。"]


def test_the_version_is_said_first_and_in_english_too() -> None:
    old = {**json_schema(), "x-version": "0"}
    assert [str(text) for text in changes(old, json_schema())] == ["版本由 0 改為 1。 / The version goes from 0 to 1."]


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"{}", b'{"x-version": 1, "$defs": {}}', b"[" * 100_000])
def test_what_is_no_schema_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(Stop) as stop:
        read_schema(data, "old.json")
    assert (
        str(stop.value.problems[0]) == "old.json：這不是本軟體產生的欄位結構檔。請用 reviewer schema --format json --out 檔名 產生的檔案。"
    )
    assert stop.value.status is ExitStatus.NOTHING
