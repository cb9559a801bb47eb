"""Department files as text: new ones with their comments, existing ones changed key by key, so that everything else in them stays."""

from collections.abc import Mapping
from typing import Any, cast

import tomlkit
from tomlkit.items import Item, Table

SCHEMA_LINE = "#:schema ../schemas/department.json"

KEY_ORDER = (
    "code",
    "name",
    "field",
    "university_code",
    "university_name",
    "admission_year",
    "code_set",
    "course_record",
    "outcomes",
    "performances",
    "summary",
    "statements",
    "others",
    "order",
    "max_outcomes",
    "max_performances",
    "masks",
    "originals",
    "accent",
    "theme",
    "logo",
    "logo_alt",
    "rubric",
    "language",
    "guide",
    "guide_text",
)
"""Order of the keys in a new file."""

_NOTHING: tuple[object, ...] = ([], (), "", None, False)
"""Values that need not be written."""

_COMMENTS = {
    "course_record": "A 修課紀錄",
    "outcomes": "課程學習成果：共用一格",
    "performances": "多元表現：大學至多四項",
    "summary": "多元表現綜整心得",
    "statements": "學習歷程自述",
    "others": "校系自訂的項目",
    "order": "各部分的先後",
    "masks": "不讓審查委員看到的資料",
}


_COMMENT_COLUMN = 44
"""Where comments begin in a new file."""


def new_department(settings: Mapping[str, Any]) -> str:
    """The text of a new department file: settings that say something, in order, each with a word beside it."""
    lines = [SCHEMA_LINE]
    for key in KEY_ORDER:
        if key == "course_record":
            lines.append("")
        if settings.get(key) in _NOTHING:
            continue
        line = f"{key} = {toml_value(settings[key])}"
        lines.append(f"{line:<{_COMMENT_COLUMN - 1}} # {_COMMENTS[key]}" if key in _COMMENTS else line)
    return "\n".join(lines) + "\n"


def toml_value(value: Any) -> str:
    """A value as TOML: `["F", "J"]`, `{ zh = "…", en = "…" }`."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {toml_value(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml_value(part) for part in value) + "]"
    return cast("Item", tomlkit.item(value)).as_string()


def changed_department(text: str, settings: Mapping[str, Any]) -> str:
    """The text with these settings: what is equal stays untouched, what is empty and was there goes, comments stay."""
    document = tomlkit.parse(text)
    before = document.unwrap()
    for key, value in settings.items():
        present = document.get(key)
        if key == "others" and present is not None:
            value = _with_known_names(value, before[key])  # noqa: PLW2901 - names that the source does not have stay
        if _means_same(before.get(key), value):
            continue
        if present is not None and value in _NOTHING and key not in ("course_record", "summary"):
            document.remove(key)
        elif present is not None and isinstance(present, Table | dict) and isinstance(value, str):
            present["zh"] = value
        elif present is not None:
            _replace(document, key, value)
        elif value not in _NOTHING:
            document.add(key, tomlkit.value(toml_value(value)))
    return tomlkit.dumps(document)


def _means_same(before: Any, value: Any) -> bool:
    """Whether a source that may lack English names says what the file says. `summary = ["N"]` and `true` mean the same."""
    if value is True and isinstance(before, list) and before:
        return True
    return bool(plain_name(before) == plain_name(value)) and not (isinstance(value, dict) and before != value)


def plain_name(value: Any) -> Any:
    """A value in which `{zh, en}` counts as its Chinese: sources seldom have the English."""
    if isinstance(value, dict) and "zh" in value:
        return value["zh"]
    if isinstance(value, dict):
        return {key: plain_name(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_name(item) for item in value]
    return value


def _with_known_names(value: list[dict[str, Any]], present: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Items of 其他 with the English names that the file has for the same Chinese ones."""
    known = {(item.get("code"), plain_name(item.get("name"))): item for item in present}
    return [known.get((item["code"], plain_name(item.get("name"))), item) for item in value]


def _replace(document: tomlkit.TOMLDocument, key: str, value: Any) -> None:
    """Put a value in the place of another, with the comment behind it."""
    old = cast("Item", document.item(key))
    item = tomlkit.value(toml_value(value))
    room = len(old.trivia.comment_ws) + len(old.as_string()) - len(item.as_string())
    item.trivia.comment_ws = " " * max(room, 1) if old.trivia.comment else old.trivia.comment_ws
    item.trivia.comment, item.trivia.trail = old.trivia.comment, old.trivia.trail
    document[key] = item
