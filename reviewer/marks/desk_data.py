"""What a department's folder says of itself in data/desk.js: dossiers, their hashes and those of their slots. Read here to see what changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import pydantic
from pydantic import Field

from reviewer.marks import findings
from reviewer.model.problem import Stop, Where

FILE = "data/desk.js"

COVER = "cover"
"""What the desk calls the dossier's first page among the slots."""


class _Loose(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="ignore", frozen=True)


class _Department(_Loose):
    code: str


class _Item(_Loose):
    anchor: str
    title: str = ""


class _Slot(_Loose):
    id: str
    label: str = ""
    title: str = ""


class _Dossier(_Loose):
    number: str
    folder: str
    sha256: str
    slots: dict[str, str]
    items: tuple[_Item, ...] = ()


class _Desk(_Loose):
    department: _Department
    admission_year: int
    slots: tuple[_Slot, ...] = ()
    former: dict[str, str] = {}
    dossiers: Annotated[tuple[_Dossier, ...], Field(default=())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A dossier as it stands in the folder."""

    number: str
    """應試號碼."""
    folder: str
    """Name of its folder."""
    sha256: str
    """The dossier's hash."""
    slots: Mapping[str, str]
    """Hashes by slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskData:
    """What data/desk.js says."""

    raw: Mapping[str, Any]
    """All of it."""
    titles: Mapping[str, str]
    """Slots as people call them, by id; those that no dossier has now come last."""
    dossiers: Mapping[str, Standing]
    """By 應試號碼."""


def is_for_rereading(raw: Mapping[str, Any]) -> bool:
    """Whether desk data is of a folder for re-reading."""
    return isinstance(raw.get("reread"), dict) and isinstance(raw.get("dossiers"), list)


def raw_desk(folder: Path) -> Mapping[str, Any]:
    """What a folder's data/desk.js says, unchecked; raise OSError or ValueError when nothing can be had of it."""
    content = (folder / FILE).read_text(encoding="utf-8")
    raw: dict[str, Any] = json.loads(content[content.index("{") : content.rindex("}") + 1])
    return raw


def read_desk(folder: Path, code: str) -> DeskData:
    """Read a department's desk data; raise `Stop` when it is not there or of another department."""
    try:
        raw = raw_desk(folder)
        desk = _Desk.model_validate(raw)
    except (OSError, ValueError):
        raise Stop(findings.NO_DESK.at(Where(file=str(folder)), folder=folder, code=code)) from None
    if desk.department.code != code:
        raise Stop(findings.SITE_DEPARTMENT.at(Where(file=str(folder)), folder=folder, other=desk.department.code, own=code))
    return DeskData(
        raw=raw,
        titles={COVER: "封面與基本資料"}
        | {slot.id: " ".join(part for part in (slot.label, slot.title) if part) or slot.id for slot in desk.slots}
        | {id_: title for id_, title in desk.former.items() if id_ not in {slot.id for slot in desk.slots}},
        dossiers={row.number: Standing(number=row.number, folder=row.folder, sha256=row.sha256, slots=row.slots) for row in desk.dossiers},
    )
