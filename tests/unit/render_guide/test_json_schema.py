"""The JSON Schema says what the reader does: what it reads is valid, what is not of its shape is not."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from reviewer.model.parts import common_fields, performance_kinds
from reviewer.model.problem import SetAside
from reviewer.packages import address, opening, reader
from reviewer.render.guide.json_schema import definition, json_schema
from reviewer.resources import data_folder

FILES = {"基本資料": "identity", "修課紀錄": "record", "課程學習成果": "outcomes", "多元表現": "performances", "附加資訊": "extras"}
SHIPPED = sorted(path for path in data_folder("fixtures").rglob("*.json") if path.stem.rpartition("_")[2] in FILES)
VALIDATORS = {name: Draft202012Validator(definition(name)) for name in FILES.values()}


def test_it_is_a_schema_of_its_dialect() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("name", FILES.values())
def test_every_definition_stands_alone(name: str) -> None:
    Draft202012Validator.check_schema(definition(name))


def test_the_example_schools_have_files_of_every_kind() -> None:
    assert len(SHIPPED) > 100
    assert {path.stem.rpartition("_")[2] for path in SHIPPED} >= set(FILES) - {"附加資訊"}


def test_every_example_file_is_valid() -> None:
    faults = [
        f"{path}: {error.message}"
        for path in SHIPPED
        for error in VALIDATORS[FILES[path.stem.rpartition("_")[2]]].iter_errors(json.loads(path.read_text(encoding="utf-8-sig")))
    ]
    assert faults == []


def test_a_whole_package_is_valid_as_one_object() -> None:
    folder = next(path.parent for path in SHIPPED if path.name == "基本資料.json")
    contents = {path.name: json.loads(path.read_text(encoding="utf-8-sig")) for path in folder.glob("*.json")}
    assert list(Draft202012Validator(json_schema()).iter_errors(contents)) == []


def test_every_field_of_the_model_is_in_it() -> None:
    text = json.dumps(json_schema(), ensure_ascii=False)
    fields = [f"{part.key}.{field.key}" for part in performance_kinds() for field in part.fields if not field.within]
    assert [path for path in fields if f'"x-field": "{path}"' not in text] == []
    assert [field.key for field in common_fields() if f'"x-field": "多元表現.{field.key}"' not in text] == []


KEYS = [
    "學習紀錄",
    "學期成績與學習相對表現資訊",
    "校學習相對表現資訊",
    "學年度",
    "競賽參與紀錄",
    "其他多元表現",
    "課程學習成果",
    "名稱",
    "成績",
]
LEAVES = st.none() | st.booleans() | st.integers(-5, 200) | st.text("甲乙 1", max_size=4)
VALUES: st.SearchStrategy[Any] = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4), max_leaves=12
)


@pytest.mark.parametrize("part", ["修課紀錄", "課程學習成果", "多元表現", "附加資訊"])
@given(value=VALUES)
@settings(max_examples=60, deadline=None)
def test_it_refuses_exactly_what_the_reader_sets_aside(part: str, value: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "stu-1"
        root.mkdir()
        (root / f"{part}.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        if part == "附加資訊":
            (root / "課程學習成果.json").write_text("[{}]", encoding="utf-8")
        try:
            with opening.open_package(address.PackageAddress(package_id="stu-1", location=str(root))) as opened:
                reader.read(opened)
            taken = True
        except SetAside:
            taken = False
    assert VALIDATORS[FILES[part]].is_valid(value) == taken
