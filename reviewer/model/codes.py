"""Code sets of the review material (審查資料項目代碼): 大學 A-R… and 四技 A, B-1 … D-3. A code set is data; a third needs no code.

The shipped sets stand in data/codes/*.toml; a university may add or override sets in site_config/codes/*.toml, read by the same parser.
"""

import enum
import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from reviewer.model.text import Text


class Group(enum.StrEnum):
    """What sort of material a code stands for; the order is that of the published tables."""

    COURSE_RECORD = "course_record"
    """修課紀錄."""
    OUTCOME = "outcome"
    """課程學習成果: one slot however many codes a department takes."""
    PERFORMANCE = "performance"
    """多元表現: counted among the categories a department may take at most."""
    SUMMARY = "summary"
    """多元表現綜整心得."""
    STATEMENT = "statement"
    """學習歷程自述."""
    OTHER = "other"
    """其他: named by the department."""

    @property
    def label(self) -> Text:
        """The group's official name."""
        return _GROUP_NAMES[self]


_GROUP_NAMES = {
    Group.COURSE_RECORD: Text("修課紀錄", "Course record"),
    Group.OUTCOME: Text("課程學習成果", "Course outcomes"),
    Group.PERFORMANCE: Text("多元表現", "Performances"),
    Group.SUMMARY: Text("多元表現綜整心得", "Reflection on performances"),
    Group.STATEMENT: Text("學習歷程自述", "Statement"),
    Group.OTHER: Text("其他", "Others"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeItem:
    """One code and what it stands for."""

    code: str
    """As published: `J`, `B-1`."""
    name: Text
    """Official name."""
    group: Group
    """Sort of material."""
    max_items: int | None = None
    """At most so many items under this code; None when only the group's limit holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Which code a kind of performance stands under by default, perhaps only when one of its fields has a value."""

    kind: str
    """Key in 多元表現.json."""
    code: str
    """Code of the same set."""
    field: str = ""
    """Field that decides; empty when the kind alone does."""
    value: str = ""
    """Value of that field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSet:
    """A complete set of codes with its assignments and limits."""

    id: str
    """Short ASCII name: `university`, `technology`."""
    name: Text
    """What people call it."""
    items: tuple[CodeItem, ...]
    """In published order."""
    assignments: tuple[Assignment, ...]
    """First fit wins."""
    max_categories: int
    """Performance codes that a department may take at most."""
    max_outcomes: int
    """Course outcomes that a department takes at most."""
    max_performances: int
    """Performances that a department takes at most, all categories together."""
    summary_max_characters: int
    """Characters of 多元表現綜整心得 at most."""
    summary_max_pictures: int
    """Pictures of 多元表現綜整心得 at most."""
    department_codes: tuple[str, ...]
    """Codes that a department may name itself (R, S, T …)."""
    outcome_field: str = ""
    """Field by which an outcome says which code it stands under; empty when the codes B-E are one undivided slot [S7]."""
    outcome_values: tuple[tuple[str, str], ...] = ()
    """Values of that field as exports write them, each with its code."""

    def item(self, code: str) -> CodeItem | None:
        """The item of a code; None when the set itself does not name it (perhaps a department's own)."""
        return next((item for item in self.items if item.code == code), None)

    def of_group(self, group: Group) -> tuple[CodeItem, ...]:
        """All items of a group, in published order."""
        return tuple(item for item in self.items if item.group is group)

    def performance_code(self, kind: str, values: Mapping[str, str]) -> str | None:
        """The usual code of a performance, from its kind and its coded fields; None when it has none."""
        for row in self.assignments:
            if row.kind == kind and (not row.field or values.get(row.field, "") == row.value):
                return row.code
        return None

    def outcome_code(self, value: str) -> str | None:
        """The code that an outcome's own 成果類別代碼 means; None when this set does not divide outcomes or the value is unknown."""
        return dict(self.outcome_values).get(value.strip())


def parse_code_set(data: Mapping[str, Any]) -> CodeSet:
    """Build a code set from its TOML. Trusts the shape: `selection.config` validates a university's own files first (KeyError, ValueError otherwise)."""
    return CodeSet(
        id=data["id"],
        name=Text(*data["name"]),
        items=tuple(
            CodeItem(code=row["code"], name=Text(*row["name"]), group=Group(row["group"]), max_items=row.get("max_items"))
            for row in data["items"]
        ),
        assignments=tuple(
            Assignment(kind=row["kind"], code=row["code"], field=row.get("field", ""), value=row.get("value", ""))
            for row in data["assignments"]
        ),
        max_categories=data["max_categories"],
        max_outcomes=data["max_outcomes"],
        max_performances=data["max_performances"],
        summary_max_characters=data["summary_max_characters"],
        summary_max_pictures=data["summary_max_pictures"],
        department_codes=tuple(data["department_codes"]),
        outcome_field=data.get("outcome_field", ""),
        outcome_values=tuple(sorted(data.get("outcome_values", {}).items())),
    )


@functools.cache
def shipped_code_sets() -> Mapping[str, CodeSet]:
    """The code sets that come with the product, by id."""
    folder = resources.files("reviewer.model").joinpath("data/codes")
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    sets = (parse_code_set(tomllib.loads(entry.read_text(encoding="utf-8"))) for entry in files)
    return {code_set.id: code_set for code_set in sets}
