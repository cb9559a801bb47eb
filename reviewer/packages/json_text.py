"""JSON of unknown origin: bounded in size, depth and number of values before it is parsed; numbers stay as they were sent.

Defended: brackets nested until the interpreter's stack ends, numbers of a million digits, values without number, NaN. Lone surrogates and raw
line breaks within strings occur in real exports and are let through; the text reader deals with them.
"""

import json
import re
from typing import Any

from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.packages import limits
from reviewer.packages.findings import Place

JSON_NOT_UTF8 = ProblemKind(
    "json-not-utf8",
    Severity.ERROR,
    Text("檔案不是 UTF-8 編碼（第 {byte} 個位元組起無法解讀）。", "The file is not UTF-8 (unreadable from byte {byte})."),
    Text("請以 UTF-8 編碼重新匯出。", "Export it again as UTF-8."),
)
JSON_BROKEN = ProblemKind(
    "json-broken",
    Severity.ERROR,
    Text("檔案不是完整的 JSON（第 {line} 行第 {column} 字）。", "The file is not complete JSON (line {line}, character {column})."),
    Text("檔案可能在傳輸時損壞，請重新匯出。", "It may have been damaged on its way; export it again."),
)
JSON_CONSTANT = ProblemKind(
    "json-constant",
    Severity.ERROR,
    Text("檔案含有 {constant}，這不是 JSON 的數值。", "The file holds {constant}, which is no value of JSON."),
    Text("請由匯出單位改為數字或 null 後重新匯出。", "Ask who made the export to send a number or null."),
)
JSON_TOO_LARGE = ProblemKind(
    "json-too-large",
    Severity.ERROR,
    Text("檔案超過可讀取的範圍：{unit}超過 {limit}。", "The file is beyond what can be read: more than {limit} {unit}."),
    Text("請確認這是一位學生的資料，並重新匯出。", "Check that this is one student's file and export it again."),
)
JSON_DUPLICATE_KEY = ProblemKind(
    "json-duplicate-key",
    Severity.NOTE,
    Text("「{key}」出現不只一次，採用最後一次的內容。", "“{key}” occurs more than once; the last is taken."),
    Text("如內容有誤，請匯出單位確認。", "If the content is wrong, ask who made the export."),
)

_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_NOT_STRUCTURE = re.compile(r"[^\[\]{},]+")


class Number(str):
    """A JSON number as it was sent: `85.0` stays `85.0`, and a million digits stay text."""

    __slots__ = ()


class _Constant(ValueError):
    """NaN or Infinity."""


class _Repeated(dict[str, Any]):
    """An object whose text had a key more than once."""

    repeated: tuple[str, ...] = ()


def parse(data: bytes, place: Place) -> Any:
    """Parse a part; numbers come as `Number`. Raises `SetAside` when it is not JSON or beyond the limits."""
    if len(data) > limits.JSON_BYTES:
        raise place.set_aside(JSON_TOO_LARGE, unit=Text("位元組數", "bytes"), limit=f"{limits.JSON_BYTES:,}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise place.set_aside(JSON_NOT_UTF8, byte=error.start + 1) from None
    _bound(text, place)
    found_repeated: list[_Repeated] = []
    try:
        value = json.loads(
            text,
            strict=False,
            parse_int=Number,
            parse_float=Number,
            parse_constant=_refuse,
            object_pairs_hook=lambda pairs: _object(pairs, found_repeated),
        )
    except _Constant as error:
        raise place.set_aside(JSON_CONSTANT, constant=error) from None
    except json.JSONDecodeError as error:
        raise place.set_aside(JSON_BROKEN, line=error.lineno, column=error.colno) from None
    if found_repeated:
        _tell_repeated(value, place)
    return value


def as_sent(value: Any) -> str:
    """A value as text: words and numbers as they were sent, objects and lists as JSON, null as nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    return _write(value)


def _bound(text: str, place: Place) -> None:
    structure = _NOT_STRUCTURE.sub("", _STRINGS.sub("", text))
    depth = 0
    for mark in structure:
        if mark in "[{":
            depth += 1
            if depth > limits.JSON_DEPTH:
                raise place.set_aside(JSON_TOO_LARGE, unit=Text("巢狀層數", "levels of nesting"), limit=limits.JSON_DEPTH)
        elif mark in "]}":
            depth -= 1
    if len(structure) > 2 * limits.JSON_VALUES:
        raise place.set_aside(JSON_TOO_LARGE, unit=Text("資料項數", "values"), limit=f"{limits.JSON_VALUES:,}")


def _refuse(constant: str) -> None:
    raise _Constant(constant)


def _object(pairs: list[tuple[str, Any]], found_repeated: list[_Repeated]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    repeated = _Repeated(plain)
    seen: set[str] = set()
    twice = [key for key, _ in pairs if key in seen or seen.add(key)]  # type: ignore[func-returns-value]
    repeated.repeated = tuple(dict.fromkeys(twice))
    found_repeated.append(repeated)
    return repeated


def _tell_repeated(value: Any, place: Place) -> None:
    if isinstance(value, dict):
        for key in getattr(value, "repeated", ()):
            place.key(key).note(JSON_DUPLICATE_KEY, key=key)
        for key, member in value.items():
            _tell_repeated(member, place.key(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _tell_repeated(item, place.item(index))


def _write(value: Any) -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_write(member)}" for key, member in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_write, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
