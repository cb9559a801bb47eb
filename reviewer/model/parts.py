"""What a package is made of: its parts, the eleven kinds of performance and every field with its type, read from data/parts.toml."""

import enum
import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from reviewer.model.text import Text


class Lane(enum.StrEnum):
    """Whose word an entry is (來源): shown on every item by a word and a shape first, a hue second."""

    SCHOOL = "school"
    """學校紀錄: the school entered it [S27]."""
    CERTIFIED = "certified"
    """學生填報・教師認證: the student's, certified by the course's teacher as authorship, not quality [S23]."""
    STUDENT = "student"
    """學生填報: the student's own entry."""
    APPLICATION = "application"
    """申請時上傳: uploaded when applying."""

    @property
    def label(self) -> Text:
        """The badge's words."""
        return _LANES[self]


_LANES = {
    Lane.SCHOOL: Text("學校紀錄", "school's record"),
    Lane.CERTIFIED: Text("學生填報・教師認證", "student's entry, certified by teacher"),
    Lane.STUDENT: Text("學生填報", "student's entry"),
    Lane.APPLICATION: Text("申請時上傳", "uploaded at application"),
}


class FieldType(enum.StrEnum):
    """How a field's value is read and shown."""

    TEXT = "text"
    LINES = "lines"
    DATE = "date"
    SCHOOL_YEAR = "school_year"
    TERM = "term"
    CODE = "code"
    NUMBER = "number"
    FILE = "file"
    ADDRESS = "address"
    OBJECT = "object"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the export."""

    key: str
    """Its name in the export, which is also its official label."""
    label: Text
    """What pages call it."""
    type: FieldType
    """How it is read."""
    table: str = ""
    """Code table, for type CODE."""
    unit: str = ""
    """Unit printed after the number."""
    within: str = ""
    """Key of the object that holds it (證照資訊)."""
    aliases: tuple[str, ...] = ()
    """Other names that real exports give it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A list or object of the export with its fields."""

    key: str
    """Its name: 基本資料, 學習紀錄, 課程學習成果, or a kind of performance."""
    label: Text
    """What pages call it."""
    lane: Lane
    """Whose word it is."""
    fields: tuple[Field, ...]
    """In the order in which they are shown."""
    title: str = ""
    """Key of the field that heads an item."""
    aliases: tuple[str, ...] = ()
    """Other names that real exports give it."""


ABSTRACT, DOCUMENT_LINK, MEDIA_LINK, EXTERNAL_LINK = "內容簡述", "證明文件連結", "影音檔案連結", "外部影音連結"
"""The four fields that every kind of performance has besides its own."""

IDENTITY, COURSES, OUTCOMES = "基本資料", "學習紀錄", "課程學習成果"
"""Keys of the parts that are not performances."""


@functools.cache
def parts() -> Mapping[str, Part]:
    """All parts by key: 基本資料, 學習紀錄, 課程學習成果 and the eleven kinds, in the export's order."""
    data = tomllib.loads(resources.files("reviewer.model").joinpath("data/parts.toml").read_text(encoding="utf-8"))
    kinds = data.pop("kind")
    rows = [_part(key, row) for key, row in data.items()] + [_part(row["key"], row) for row in kinds]
    return {part.key: part for part in rows}


@functools.cache
def performance_kinds() -> tuple[Part, ...]:
    """The eleven kinds of performance, in the export's order."""
    return tuple(part for key, part in parts().items() if key not in (IDENTITY, COURSES, OUTCOMES))


def _part(key: str, row: Mapping[str, Any]) -> Part:
    return Part(
        key=key,
        label=Text(key, row["en"]),
        lane=Lane(row["lane"]),
        fields=tuple(_field(field) for field in row["fields"]),
        title=row.get("title", ""),
        aliases=tuple(row.get("aliases", ())),
    )


def _field(row: Mapping[str, Any]) -> Field:
    return Field(
        key=row["key"],
        label=Text(row["key"].replace("_", "／"), row["en"]),
        type=FieldType(row["type"]),
        table=row.get("table", ""),
        unit=row.get("unit", ""),
        within=row.get("within", ""),
        aliases=tuple(row.get("aliases", ())),
    )
