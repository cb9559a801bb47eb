"""The guide's content: every file, part and field of the model in both languages. JSON Schema, tables and pages are made of these rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviewer.model.limits import Limit, limits_of, sentence
from reviewer.model.parts import Field, FieldType, Lane, Part, common_fields, inner_objects, parts, performance_kinds
from reviewer.model.tables import code_tables
from reviewer.model.text import Text

TYPE_NAMES = {
    FieldType.TEXT: Text("文字", "text"),
    FieldType.LINES: Text("多行文字", "text with line breaks"),
    FieldType.DATE: Text("日期", "date"),
    FieldType.SCHOOL_YEAR: Text("學年度", "school year"),
    FieldType.TERM: Text("學期", "term"),
    FieldType.CODE: Text("代碼", "code"),
    FieldType.NUMBER: Text("數字", "number"),
    FieldType.SCORE: Text("成績", "mark"),
    FieldType.FILE: Text("檔名", "file name"),
    FieldType.ADDRESS: Text("網址", "address"),
    FieldType.OBJECT: Text("物件", "object"),
}
"""What a field's type is called."""

COMMON_KEY, COMMON_LABEL = "多元表現共同欄位", "Fields that every kind of performance has"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """One field, ready to be printed."""

    path: str
    """Where it stands: `競賽參與紀錄.項目`, `檢定證照紀錄.證照資訊.證照名稱`."""
    key: str
    """Its name in the export."""
    label: Text
    """What pages call it."""
    type: FieldType
    """How it is read."""
    type_words: Text
    """Its type in words, with code table and unit."""
    lane: Lane
    """Whose word it is."""
    limits: tuple[Text, ...]
    """Each limit in force, in words, with the semester from which it holds."""
    aliases: tuple[str, ...]
    """Other names that real exports give it."""
    since: str
    """Version of the schema."""
    plain: Text
    """One sentence for families and teachers."""
    codes: tuple[tuple[str, Text], ...] = ()
    """Code table, for a coded field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """A part with its fields, ready to be printed."""

    key: str
    """Its name in the export."""
    id: str
    """Anchor on pages: `part-3`."""
    label: Text
    """What pages call it; Chinese is the key."""
    file: str
    """File that holds it."""
    lane: Lane
    """Whose word it is."""
    plain: Text
    """One sentence for families and teachers."""
    limits: tuple[Text, ...]
    """How many there may be, in words."""
    aliases: tuple[str, ...]
    """Other names."""
    fields: tuple[FieldRow, ...]
    """Its fields in their order."""


def part_rows() -> tuple[PartRow, ...]:
    """Everything, grouped so that a reader meets each file once: identity, record with its objects, outcomes, performances, tables."""
    kinds = {part.key for part in performance_kinds()}
    before = [part for part in parts().values() if part.key not in kinds]
    inner = list(inner_objects().values())
    record = [part for part in inner if part.file == before[1].file]
    beside = [part for part in inner if part.file != before[1].file]
    common = Part(
        key=COMMON_KEY,
        label=Text(COMMON_KEY, COMMON_LABEL),
        lane=Lane.STUDENT,
        fields=common_fields(),
        plain=Text("十一類多元表現都有的四個欄位。", "Four fields that all eleven kinds have."),
        file=performance_kinds()[0].file,
    )
    ordered = [before[0], before[1], *record, *before[2:], common, *performance_kinds(), *beside]
    return tuple(_part_row(f"part-{number}", part) for number, part in enumerate(ordered, start=1))


def limit_words(rule: str) -> Text:
    """The limit of a rule that is in force, with the semester from which it holds."""
    latest = limits_of(rule)[-1]
    return Text(f"{sentence(latest).zh}（{_since(latest)} 起）", f"{sentence(latest).en} (from {_since(latest)})")


def field_row(part: Part, field: Field) -> FieldRow:
    """A field of a part, ready to be printed."""
    table = code_tables()[field.table] if field.table else {}
    return FieldRow(
        path=".".join(name for name in (part.key, field.within, field.key) if name),
        key=field.key,
        label=field.label,
        type=field.type,
        type_words=_type_words(field),
        lane=part.lane,
        limits=tuple(limit_words(rule) for rule in field.limits),
        aliases=field.aliases,
        since=field.since,
        plain=field.plain,
        codes=tuple(table.items()),
    )


def joined(texts: Iterable[Text]) -> Text:
    """Texts one after the other, as one cell of a table."""
    found = tuple(texts)
    return Text("；".join(text.zh for text in found), "; ".join(text.en for text in found))


def code_words(codes: tuple[tuple[str, Text], ...]) -> Text:
    """A code table in a line: `1 校級、2 縣市級`; the blank code by its words alone."""
    return Text(
        "、".join(f"{code or '空白'} {words.zh}" for code, words in codes),
        ", ".join(f"{code or 'blank'} {words.en}" for code, words in codes),
    )


def _part_row(anchor: str, part: Part) -> PartRow:
    return PartRow(
        key=part.key,
        id=anchor,
        label=part.label,
        file=part.file,
        lane=part.lane,
        plain=part.plain,
        limits=tuple(limit_words(rule) for rule in part.limits),
        aliases=part.aliases,
        fields=tuple(field_row(part, field) for field in part.fields),
    )


def _type_words(field: Field) -> Text:
    words = TYPE_NAMES[field.type]
    beside = field.table or field.unit
    return Text(f"{words.zh}（{beside}）", f"{words.en} ({beside})") if beside else words


def _since(row: Limit) -> str:
    return str(row.since)
