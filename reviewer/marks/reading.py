"""Review files from strangers' disks: bounded, checked, every fault a Problem with file and place.

Defended: files of any size and nesting, numbers of a million digits, NaN, wrong types anywhere, names that act. A fault in the head refuses the file;
a fault within a dossier leaves that place out, says so, and takes the rest, since a reviewer's hundred other marks are not to be lost for it.
"""

import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import pydantic
from pydantic import Field, StrictBool, StrictInt, StrictStr

from reviewer.marks import findings, limits
from reviewer.marks.versions import Record, merge_versions
from reviewer.model.problem import Problem, ProblemKind, Where
from reviewer.model.text import Text, on_one_line

FORMAT, VERSION = "reviewer-marks", 1

_ID = r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,79}$"
_TIME = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$"
_HALF = re.compile(r"[\ud800-\udfff]")
_HALF_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")
_PLAIN_NAME = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,200}")

_Id = Annotated[StrictStr, Field(pattern=_ID)]
_Time = Annotated[StrictStr, Field(pattern=_TIME)]
_Short = Annotated[StrictStr, Field(max_length=limits.NAME_CHARACTERS)]
_Count = Annotated[StrictInt, Field(ge=0, le=10**9)]


class _Loose(pydantic.BaseModel):
    """What is not known is kept where it stands and not looked at here."""

    model_config = pydantic.ConfigDict(extra="ignore", frozen=True)


class _Department(_Loose):
    code: Annotated[StrictStr, Field(min_length=1, max_length=40)]
    name: _Short = ""


class _Rubric(_Loose):
    id: _Short
    sha256: _Short


class _Rater(_Loose):
    id: _Id
    name: _Short


class _Head(_Loose):
    department: _Department
    admission_year: Annotated[StrictInt, Field(ge=1, le=9999)]
    rubric: _Rubric
    rater: _Rater
    saved_at: _Time
    reread: StrictBool = False
    dossiers: Annotated[dict[str, Any], Field(max_length=limits.DOSSIERS)]


class _Reading(_Loose):
    first: _Time
    last: _Time
    seconds: _Count
    turn: Annotated[StrictInt, Field(ge=1, le=10**9)]


class _Version(_Loose):
    value: Any
    at: _Time
    by: _Id
    seen: Annotated[dict[_Id, _Count], Field(min_length=1, max_length=limits.DEVICES)]
    on: _Short


class _Dossier(_Loose):
    bases: dict[_Short, dict[_Short, _Short]]
    reading: dict[_Id, _Reading]
    fields: Annotated[
        dict[_Short, Annotated[list[_Version], Field(min_length=1, max_length=limits.VERSIONS)]], Field(max_length=limits.FIELDS)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFile:
    """A review file that was read."""

    name: str
    """The file as problems call it."""
    department_code: str
    """校系代碼."""
    department_name: str
    """As the desk wrote it."""
    admission_year: int
    """招生學年度."""
    rubric_id: str
    """Rubric by which was marked."""
    rubric_sha256: str
    """Its fingerprint then."""
    rater_id: str
    """Who marked; random, made by the desk."""
    rater_name: str
    """How he calls himself; may be empty."""
    saved_at: str
    """When the file was written, UTC."""
    reread: bool
    """Whether it comes from a folder for re-reading."""
    dossiers: dict[str, Record]
    """Records by 應試號碼, sound."""


_REASONS: dict[type[OSError], Text] = {
    FileNotFoundError: Text("找不到", "not found"),
    PermissionError: Text("沒有讀取的權限", "no permission to read"),
}


class _Refused(Exception):
    def __init__(self, kind: ProblemKind, **facts: object) -> None:
        super().__init__(kind.code)
        self.kind, self.facts = kind, facts


def read_review_file(path: Path, name: str = "") -> tuple[ReviewFile | None, tuple[Problem, ...]]:
    """Read one file; None when all of it is refused. Problems name the file (`name`, else its own) and the place in it."""
    name = name or path.name
    where = Where(file=name)
    try:
        if path.is_dir():
            return None, (findings.FILE_IS_FOLDER.at(where, path=path),)
        if path.exists() and not path.is_file():  # a pipe would be waited for
            return None, (findings.FILE_UNREADABLE.at(where, reason=Text("不是一般檔案", "no regular file")),)
        with path.open("rb") as file:
            data = file.read(limits.FILE_BYTES + 1)
    except OSError as error:
        reason = next((words for kind, words in _REASONS.items() if isinstance(error, kind)), error.strerror or type(error).__name__)
        return None, (findings.FILE_UNREADABLE.at(where, reason=reason),)
    return parse_review_file(data, name)


def parse_review_file(data: bytes, name: str) -> tuple[ReviewFile | None, tuple[Problem, ...]]:
    """The same from bytes."""
    try:
        value = _parsed(data, name)
        head = _head(value)
    except _Refused as refused:
        return None, (refused.kind.at(Where(file=name), **refused.facts),)
    told: list[Problem] = []
    dossiers: dict[str, Record] = {}
    for number, raw in head.dossiers.items():
        record, faults = _record(number, raw)
        told += (findings.FIELD_SHAPE.at(Where(file=name, path=f"dossiers.{place}")) for place in faults)
        if record is not None:
            dossiers[number] = record
    if len(told) > limits.PROBLEMS:
        told[limits.PROBLEMS :] = [findings.MORE_FAULTS.at(Where(file=name), count=len(told) - limits.PROBLEMS)]
    file = ReviewFile(
        name=name,
        department_code=head.department.code,
        department_name=head.department.name,
        admission_year=head.admission_year,
        rubric_id=head.rubric.id,
        rubric_sha256=head.rubric.sha256,
        rater_id=head.rater.id,
        rater_name=head.rater.name.strip(),
        saved_at=head.saved_at,
        reread=head.reread,
        dossiers=dossiers,
    )
    return file, tuple(told)


def _parsed(data: bytes, name: str) -> Any:
    if len(data) > limits.FILE_BYTES:
        raise _Refused(findings.FILE_TOO_LARGE, limit=f"{limits.FILE_BYTES // 2**20} MB")
    if sum(data.count(mark) for mark in (b",", b"[", b"{")) > limits.JSON_MARKS:
        raise _Refused(findings.FILE_TOO_LARGE, limit=f"{limits.JSON_MARKS:,}")
    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text, parse_int=_number, parse_float=_number, parse_constant=_number)
        return _writable(value) if _HALF_ESCAPED.search(text) else value
    except (ValueError, RecursionError):
        # The table that the desk saves beside the .json: whole as it is, and saving it once more would help nobody.
        raise _Refused(findings.NOT_MARKS if name.lower().endswith(".csv") else findings.NOT_JSON) from None


def _writable(value: Any) -> Any:
    """The same with halves of characters, which no file can hold, written out as `‹U+D800›`; names of members are judged where they are read."""
    if isinstance(value, str):
        return _HALF.sub(lambda match: on_one_line(match[0]), value)
    if isinstance(value, dict):
        return {key: _writable(item) for key, item in value.items()}
    return [_writable(item) for item in value] if isinstance(value, list) else value


def _number(words: str) -> int | float:
    """A number that both languages write alike; anything else ends the reading."""
    if len(words) > limits.NUMBER_CHARACTERS:
        raise ValueError(words[: limits.NUMBER_CHARACTERS])
    value = float(words)
    if not math.isfinite(value) or (value and not limits.LEAST_NUMBER <= abs(value) <= limits.GREATEST_NUMBER):
        raise ValueError(words)
    return int(value) if value.is_integer() else value


def _head(value: Any) -> _Head:
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise _Refused(findings.NOT_MARKS)
    if type(value.get("version")) is not int or value["version"] != VERSION:
        raise _Refused(findings.OTHER_VERSION, version=str(value.get("version"))[:20])
    try:
        return _Head.model_validate(value)
    except pydantic.ValidationError as error:
        place = ".".join(map(str, error.errors(include_url=False, include_input=False)[0]["loc"]))
        raise _Refused(findings.HEAD_SHAPE, field=place) from None


def _record(number: str, raw: Any) -> tuple[Record | None, list[str]]:
    """A dossier's record without what is faulty, and the places of the faults."""
    if not _PLAIN_NAME.fullmatch(number) or not isinstance(raw, dict):
        return None, [number]
    record: Record = {**raw}
    faults: list[str] = []
    try:
        _Dossier.model_validate(raw)
    except pydantic.ValidationError as error:
        record = {**raw, **{key: _copied(raw.get(key)) for key in ("bases", "reading", "fields")}}
        for place in sorted({_cut(fault["loc"]) for fault in error.errors(include_url=False, include_input=False)}):
            if len(place) < 2:
                return None, [".".join((number, *map(str, place)))]
            _drop(record[place[0]], place[1:])
            faults.append(".".join((number, *map(str, place))))
    for others in [key for key in record if key not in ("bases", "reading", "fields")]:
        if not _PLAIN_NAME.fullmatch(others) or not _bounded(record[others]):
            del record[others]
            faults.append(f"{number}.{others}")
    record["fields"] = dict(_sound_fields(number, record["fields"], faults))
    return record, faults


def _sound_fields(number: str, fields: dict[str, list[Any]], faults: list[str]) -> list[tuple[str, list[Any]]]:
    sound = []
    for field, versions in fields.items():
        kept = [version for version in versions if _value_fits(field, version)]
        if len(kept) < len(versions) or not _PLAIN_NAME.fullmatch(field):
            faults.append(f"{number}.fields.{field}")
        if kept and _PLAIN_NAME.fullmatch(field):
            sound.append((field, kept if len(kept) == 1 else merge_versions(kept, ())))
    return sound


def _copied(value: Any) -> Any:
    if not isinstance(value, dict):
        return {}
    return {key: list(item) if isinstance(item, list) else item for key, item in value.items()}


def _cut(place: tuple[int | str, ...]) -> tuple[Any, ...]:
    """What is left out for a fault: a reading, a base, a field; the whole field, since one of its versions may have settled the others."""
    return tuple(place[:2])


def _drop(holder: dict[str, Any], place: tuple[Any, ...]) -> None:
    holder.pop(place[0], None)


def _value_fits(field: str, version: dict[str, Any]) -> bool:
    """Whether a version's value is of its field's kind and bounded, and the version has counted itself."""
    kind, value = field.partition(":")[0], version["value"]
    if version["seen"].get(version["by"], 0) < 1 or not _bounded(version):
        return False
    if kind == "level":
        return value is None or isinstance(value, str)
    if kind == "score":
        return value is None or (isinstance(value, int | float) and not isinstance(value, bool))
    if kind == "evidence":
        return value is None or (isinstance(value, dict) and isinstance(value.get("title"), str) and isinstance(value.get("entry"), str))
    if kind in ("note", "flag"):
        return isinstance(value, str)
    return isinstance(value, bool) if kind == "graded" else True


def _bounded(value: Any, depth: int = 0) -> bool:
    if isinstance(value, str):
        return len(value) <= limits.TEXT_CHARACTERS
    if isinstance(value, dict | list):
        items = value.values() if isinstance(value, dict) else value
        return depth <= limits.VALUE_DEPTH and len(value) <= limits.FIELDS and all(_bounded(item, depth + 1) for item in items)
    return True
