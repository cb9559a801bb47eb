"""JSON Schema (draft 2020-12) of a package's JSON files, made from the model's parts.

It describes what the reader takes: the shape of a part must be right (its objects, its lists), whatever stands in a field is read and shown.
How a field *should* be written stands beside it as annotations (`x-…`), which validators pass over and `reviewer schema --diff` compares.
"""

from collections.abc import Mapping
from typing import Any

from reviewer.model.limits import limits_of
from reviewer.model.parts import (
    COURSES,
    IDENTITY,
    OUTCOMES,
    Field,
    FieldType,
    Part,
    common_fields,
    inner_objects,
    parts,
    performance_kinds,
    schema_version,
)
from reviewer.model.tables import code_tables
from reviewer.model.text import Text

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""What the schema is written in; a name, never fetched."""

SEMESTERS, STANDING, MARK, DOMAIN = "學期成績與學習相對表現資訊", "學習相對表現資訊", "學業成績", "課程領域資訊"
_CERTIFICATION = ("認證狀態", "認證時間", "認證教師", "認證說明", "送審時間")

_WRITTEN: Mapping[FieldType, str] = {
    FieldType.DATE: r"^\d{7}$|^\d{4}/\d{2}/\d{2}$",
    FieldType.SCHOOL_YEAR: r"^\d{3}$",
    FieldType.TERM: "^[012]$",
    FieldType.NUMBER: r"^\d+(\.\d+)?$",
    FieldType.SCORE: r"^(-1|\d{1,3}(\.\d+)?)$",
}
"""How values are written by those who write strictly: dates as ROC digits or yyyy/MM/dd."""


def json_schema() -> dict[str, Any]:
    """The whole schema: an object from file names to contents, and a definition for each file and object."""
    files = {
        "基本資料.json": "identity",
        "修課紀錄.json": "record",
        "課程學習成果.json": "outcomes",
        "多元表現.json": "performances",
        "附加資訊.json": "extras",
    }
    return {
        "$schema": DIALECT,
        "$id": f"urn:portfolio-reviewer:package:{schema_version()}",
        "title": "學習歷程檔案資料 / Package of a learning portfolio",
        "x-version": schema_version(),
        "type": "object",
        "properties": {name: {"$ref": f"#/$defs/{definition}"} for name, definition in files.items()},
        "$defs": {
            # A school's export sometimes repeats the one object in a list; the reader takes it when all are equal.
            "identity": {"anyOf": [_object(parts()[IDENTITY]), {"type": "array", "minItems": 2, "items": {"type": "object"}}]},
            "record": _record(),
            "semester": _semester(),
            "standing": _object(inner_objects()[STANDING]),
            "course": _course(),
            "outcomes": {"type": "array", "items": {"$ref": "#/$defs/outcome"}},
            "outcome": _object(parts()[OUTCOMES]),
            "performances": _performances(),
            "extras": _extras(),
        },
    }


def definition(name: str) -> dict[str, Any]:
    """The schema of one definition (`record`, `outcomes` …), complete with all others."""
    whole = json_schema()
    return {"$schema": DIALECT, "$ref": f"#/$defs/{name}", "$defs": whole["$defs"]}


def _described(plain: Text) -> dict[str, Any]:
    return {"description": f"{plain.zh} / {plain.en}"}


def _object(part: Part, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """An object with the part's fields; anything else is kept under other fields, so nothing is forbidden."""
    properties: dict[str, Any] = {}
    for field in part.fields:
        holder = properties
        if field.within:
            holder = properties.setdefault(field.within, {"x-object": field.within, "properties": {}})["properties"]
        holder[field.key] = _field(part, field)
        holder |= {alias: {"x-alias-of": field.key} for alias in field.aliases}
    return {**_part(part), "type": "object", "properties": {**properties, **(more or {})}}


def _part(part: Part) -> dict[str, Any]:
    limits = {"x-limits": _limits(part.limits)} if part.limits else {}
    aliases = {"x-aliases": list(part.aliases)} if part.aliases else {}
    return {"title": part.label.en, **_described(part.plain), "x-part": part.key, "x-lane": part.lane.value, **limits, **aliases}


def _field(part: Part, field: Field) -> dict[str, Any]:
    made: dict[str, Any] = {
        "title": field.label.en,
        **_described(field.plain),
        "x-field": ".".join(name for name in (part.key, field.within, field.key) if name),
        "x-type": field.type.value,
        "x-lane": part.lane.value,
        "x-since": field.since,
    }
    if field.aliases:
        made["x-aliases"] = list(field.aliases)
    if field.unit:
        made["x-unit"] = field.unit
    if field.table:
        made["x-codes"] = {code: [words.zh, words.en] for code, words in code_tables()[field.table].items()}
    if field.limits:
        made["x-limits"] = _limits(field.limits)
    if field.type in _WRITTEN:
        made["x-written"] = _WRITTEN[field.type]
    return made


def _limits(rules: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{"rule": rule, "since": str(row.since), "value": row.value} for rule in rules for row in limits_of(rule)]


def _list_or_nothing(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": ["array", "null"], "items": item}


def _record() -> dict[str, Any]:
    courses = _list_or_nothing({"$ref": "#/$defs/course"})
    semester = {"$ref": "#/$defs/semester"}
    return {
        "type": "object",
        "properties": {SEMESTERS: {"anyOf": [semester, _list_or_nothing(semester)]}, COURSES: courses},
    }


def _semester() -> dict[str, Any]:
    """A semester; some exports put 學習紀錄 within each. Its standings are read when they are objects, else kept as sent."""
    part = inner_objects()[SEMESTERS]
    made = _object(part, {COURSES: _list_or_nothing({"$ref": "#/$defs/course"})})
    for field in part.fields:
        if field.type is FieldType.OBJECT:
            made["properties"][field.key]["anyOf"] = [{"$ref": "#/$defs/standing"}, True]
    return made


def _course() -> dict[str, Any]:
    made = _object(parts()[COURSES])
    for key in (MARK, DOMAIN):
        made["properties"][key]["properties"] = _object(inner_objects()[key])["properties"]
    return made


def _performances() -> dict[str, Any]:
    common = {field.key: {"x-common": field.key} for field in common_fields()}
    lists: dict[str, Any] = {}
    for part in performance_kinds():
        rows = _list_or_nothing(_object(part, common))
        lists |= {part.key: rows} | {alias: {**_list_or_nothing({"type": "object"}), "x-alias-of": part.key} for alias in part.aliases}
    shared = Part(
        key="多元表現", label=Text("多元表現", "Performances"), lane=performance_kinds()[-1].lane, fields=(), plain=Text("", ""), file=""
    )
    return {"type": "object", "properties": lists, "x-common-fields": {field.key: _field(shared, field) for field in common_fields()}}


def _extras() -> dict[str, Any]:
    trail = parts()[OUTCOMES]
    known = {field.key: {"x-as": f"{trail.key}.{field.key}"} for field in trail.fields if field.key in _CERTIFICATION}
    return {"type": "object", "properties": {OUTCOMES: _list_or_nothing({"type": "object", "properties": known})}}
