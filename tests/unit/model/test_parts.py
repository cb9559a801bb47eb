"""The field guide's promise: nothing stands in the model without a sentence that a family understands."""

import pytest

from reviewer.model.limits import all_limits, limits_of, sentence
from reviewer.model.parts import Field, Part, common_fields, inner_objects, package_files, parts, schema_version
from reviewer.model.text import Text

EVERY_PART = (*parts().values(), *inner_objects().values())
EVERY_FIELD = [*((part.key, field) for part in EVERY_PART for field in part.fields), *(("common", field) for field in common_fields())]


def is_sentence(text: Text) -> bool:
    return text.zh.endswith("。") and text.en.endswith(".") and len(text.zh) >= 5 and len(text.en) >= 5


@pytest.mark.parametrize(("part", "field"), EVERY_FIELD, ids=lambda value: value if isinstance(value, str) else value.key)
def test_every_field_has_a_plain_sentence(part: str, field: Field) -> None:
    assert is_sentence(field.plain), f"{part}.{field.key}"
    assert field.plain.zh != field.plain.en


@pytest.mark.parametrize("part", EVERY_PART, ids=lambda part: part.key)
def test_every_part_has_a_plain_sentence_and_a_file(part: Part) -> None:
    assert is_sentence(part.plain)
    assert part.file.partition(".")[2]


def test_every_file_has_a_plain_sentence() -> None:
    assert [file.name for file in package_files() if not is_sentence(file.plain)] == []


def test_limits_are_named_by_their_rule_and_never_repeated() -> None:
    """A number of a rule that stood in a sentence would not change when an official letter changes the rule."""
    named = {rule for part in EVERY_PART for rule in part.limits} | {rule for _, field in EVERY_FIELD for rule in field.limits}
    assert named == {row.rule for row in all_limits()}
    repeated = [field.key for _, field in EVERY_FIELD for rule in field.limits if str(limits_of(rule)[-1].value) in field.plain.zh]
    assert repeated == []


def test_limits_say_themselves_in_words() -> None:
    assert [str(sentence(row)) for row in limits_of("document_bytes")] == [
        "每個文件檔至多 2 MB / a document has at most 2 MB",
        "每個文件檔至多 4 MB / a document has at most 4 MB",
    ]
    with pytest.raises(KeyError):
        limits_of("no_such_rule")


def test_no_field_is_newer_than_the_schema() -> None:
    assert {field.since for _, field in EVERY_FIELD} <= {str(number) for number in range(1, int(schema_version()) + 1)}
