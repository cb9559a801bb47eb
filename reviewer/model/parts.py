"""What a package is made of: its parts, the eleven kinds of performance and every field with its type, read from data/parts.toml."""

import enum
import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from reviewer.model.text import Text

FIRST_VERSION = "1"
"""First version of our schema. No official one of the export is public, so ours counts for itself."""


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
    SCORE = "score"
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
    plain: Text
    """What it is, as one sentence for families and teachers."""
    limits: tuple[str, ...] = ()
    """Rules of data/limits.toml that bound it."""
    since: str = FIRST_VERSION
    """Version of our schema in which it first stood."""


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
    plain: Text
    """What it holds, as one sentence for families and teachers."""
    file: str
    """File of a package that holds it."""
    limits: tuple[str, ...] = ()
    """Rules of data/limits.toml that bound how many there may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageFile:
    """A file of a package."""

    name: str
    """Its name without ending and prefix."""
    forms: tuple[str, ...]
    """Endings under which it may come."""
    lane: Lane
    """Whose word it is."""
    plain: Text
    """What it holds, as one sentence for families and teachers."""


ABSTRACT, DOCUMENT_LINK, MEDIA_LINK, EXTERNAL_LINK = "內容簡述", "證明文件連結", "影音檔案連結", "外部影音連結"
"""The four fields that every kind of performance has besides its own."""

IDENTITY, COURSES, OUTCOMES = "基本資料", "學習紀錄", "課程學習成果"
"""Keys of the parts that are not performances."""


@functools.cache
def parts() -> Mapping[str, Part]:
    """All parts by key: 基本資料, 學習紀錄, 課程學習成果 and the eleven kinds, in the export's order."""
    data = _data()
    rows = [_part(key, data[key]) for key in (IDENTITY, COURSES, OUTCOMES)] + [_part(row["key"], row) for row in data["kind"]]
    return {part.key: part for part in rows}


@functools.cache
def performance_kinds() -> tuple[Part, ...]:
    """The eleven kinds of performance, in the export's order."""
    return tuple(part for key, part in parts().items() if key not in (IDENTITY, COURSES, OUTCOMES))


@functools.cache
def common_fields() -> tuple[Field, ...]:
    """The four fields that every kind of performance has besides its own."""
    return tuple(_field(row) for row in _data()["common"]["fields"])


@functools.cache
def inner_objects() -> Mapping[str, Part]:
    """Objects within the parts (a semester, a distribution, a mark), and the tables that stand beside them, by key."""
    return {row["key"]: _part(row["key"], row) for row in _data()["object"]}


@functools.cache
def package_files() -> tuple[PackageFile, ...]:
    """Files of a package, in the order in which people are told of them."""
    return tuple(
        PackageFile(name=row["name"], forms=tuple(row["forms"]), lane=Lane(row["lane"]), plain=Text(*row["plain"]))
        for row in _data()["file"]
    )


@functools.cache
def schema_version() -> str:
    """Version of our own schema of the export; raised by whoever changes data/parts.toml."""
    return str(_data()["version"])


@functools.cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("reviewer.model").joinpath("data/parts.toml").read_text(encoding="utf-8"))


def _part(key: str, row: Mapping[str, Any]) -> Part:
    return Part(
        key=key,
        label=Text(key, row["en"]),
        lane=Lane(row["lane"]),
        fields=tuple(_field(field) for field in row["fields"]),
        title=row.get("title", ""),
        aliases=tuple(row.get("aliases", ())),
        plain=Text(*row["plain"]),
        file=row["file"],
        limits=tuple(row.get("limits", ())),
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
        plain=Text(*row["plain"]),
        limits=tuple(row.get("limits", ())),
        since=row.get("since", FIRST_VERSION),
    )
