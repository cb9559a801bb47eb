"""What changed between two versions of the schema: one sentence each, in both languages."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from reviewer.model.dates import Semester
from reviewer.model.limits import Limit, sentence
from reviewer.model.parts import Lane
from reviewer.model.problem import ExitStatus, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text, both
from reviewer.render.guide.rows import TYPE_NAMES, code_words

NOT_A_SCHEMA = ProblemKind(
    "schema-not-ours",
    Severity.ERROR,
    Text("這不是本軟體產生的欄位結構檔。", "This is not a schema that this program made."),
    Text("請用 reviewer schema --format json --out 檔名 產生的檔案。", "Take a file made by reviewer schema --format json --out FILE."),
)

Facts = Mapping[str, Mapping[str, Any]]
"""Annotations of every part and field, by where it stands."""


def read_schema(data: bytes, name: str) -> dict[str, Any]:
    """An earlier schema; raise `Stop` when it is not one of ours."""
    try:
        value = json.loads(data)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        value = None
    if not isinstance(value, dict) or not isinstance(value.get("x-version"), str) or not isinstance(value.get("$defs"), dict):
        raise Stop(NOT_A_SCHEMA.at(Where(file=name)), status=ExitStatus.NOTHING)
    return value


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Text, ...]:
    """Every difference that a person would care about, parts before fields, in the new schema's order."""
    before, after = _facts(old), _facts(new)
    renamed = {
        was: path for path in after if path not in before for was in _former_paths(path, after[path]) if was in before and was not in after
    }
    found: list[Text] = []
    if old["x-version"] != new["x-version"]:
        found.append(
            Text(f"版本由 {old['x-version']} 改為 {new['x-version']}。", f"The version goes from {old['x-version']} to {new['x-version']}.")
        )
    for path, facts in after.items():
        was = next((former for former, now in renamed.items() if now == path), path)
        if was not in before:
            found.append(
                Text(f"新增{_noun(facts).zh}「{path}」：{_plain(facts).zh}", f"The {_noun(facts).en} “{path}” is new: {_plain(facts).en}")
            )
            continue
        if was != path:
            found.append(
                Text(f"「{was}」改名為「{path}」，舊名稱仍可讀取。", f"“{was}” is now called “{path}”; the old name is still read.")
            )
        found += _differences(path, before[was], facts)
    found += [
        Text(f"刪除{_noun(facts).zh}「{path}」。", f"The {_noun(facts).en} “{path}” is gone.")
        for path, facts in before.items()
        if path not in after and path not in renamed
    ]
    return tuple(found)


def _facts(schema: Mapping[str, Any]) -> Facts:
    found: dict[str, Mapping[str, Any]] = {}
    for node in _nodes(schema):
        path = node.get("x-part") or node.get("x-field")
        if isinstance(path, str):
            found.setdefault(path, node)
    return found


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _nodes(item)
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item)


def _former_paths(path: str, facts: Mapping[str, Any]) -> tuple[str, ...]:
    holder, dot, _ = path.rpartition(".")
    return tuple(f"{holder}{dot}{alias}" for alias in facts.get("x-aliases", ()))


def _noun(facts: Mapping[str, Any]) -> Text:
    return Text("欄位", "field") if "x-field" in facts else Text("資料", "part")


def _plain(facts: Mapping[str, Any]) -> Text:
    zh, _, en = str(facts.get("description", "")).partition(" / ")
    return Text(zh, en)


def _differences(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Text]:
    if old.get("x-type") != new.get("x-type"):
        was, now = _type_name(old), _type_name(new)
        yield Text(f"「{path}」的類型由{was.zh}改為{now.zh}。", f"The type of “{path}” goes from {was.en} to {now.en}.")
    if old.get("x-lane") != new.get("x-lane"):
        was, now = _lane_name(old), _lane_name(new)
        yield Text(f"「{path}」的來源由{was.zh}改為{now.zh}。", f"The source of “{path}” goes from {was.en} to {now.en}.")
    if old.get("x-unit", "") != new.get("x-unit", ""):
        was_unit, now_unit = (facts.get("x-unit") or "–" for facts in (old, new))
        yield Text(f"「{path}」的單位由 {was_unit} 改為 {now_unit}。", f"The unit of “{path}” goes from {was_unit} to {now_unit}.")
    if old.get("x-codes", {}) != new.get("x-codes", {}):
        meaning = code_words(tuple((code, Text(*words)) for code, words in new.get("x-codes", {}).items()))
        yield Text(f"「{path}」的代碼改為：{meaning.zh or '不限'}。", f"The codes of “{path}” are now: {meaning.en or 'any'}.")
    yield from _other_names(path, old, new)
    yield from _limit_changes(path, old, new)
    if old.get("description") != new.get("description"):
        yield Text(f"「{path}」的說明改寫為：{_plain(new).zh}", f"The sentence of “{path}” now reads: {_plain(new).en}")


def _other_names(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Text]:
    was, now = set(old.get("x-aliases", ())), set(new.get("x-aliases", ()))
    for name in sorted(now - was):
        yield Text(f"「{path}」也接受名稱「{name}」。", f"“{path}” is also read under the name “{name}”.")
    for name in sorted(was - now):
        yield Text(f"「{path}」不再接受名稱「{name}」。", f"“{path}” is no longer read under the name “{name}”.")


def _limit_changes(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Text]:
    was, now = ({(row["rule"], row["since"]): row for row in facts.get("x-limits", ())} for facts in (old, new))
    for key, row in now.items():
        if was.get(key) != row:
            words = _limit_words(row)
            yield Text(f"「{path}」自 {row['since']} 起{words.zh}。", f"From {row['since']} on, “{path}”: {words.en}.")
    for key, row in was.items():
        if key not in now:
            words = _limit_words(row)
            yield Text(
                f"「{path}」不再有自 {row['since']} 起的限制（{words.zh}）。",
                f"“{path}” no longer has the limit from {row['since']} ({words.en}).",
            )


def _limit_words(row: Mapping[str, Any]) -> Text:
    from_words = str(row["since"])
    try:
        return sentence(Limit(rule=str(row["rule"]), since=_semester(from_words), value=int(row["value"])))
    except KeyError:
        return Text(f"{row['rule']} {row['value']}", f"{row['rule']} {row['value']}")


def _semester(words: str) -> Semester:
    year, _, term = words.partition("-")
    return Semester(int(year), int(term))


def _type_name(facts: Mapping[str, Any]) -> Text:
    return next(
        (words for kind, words in TYPE_NAMES.items() if kind.value == facts.get("x-type", "object")), both(str(facts.get("x-type")))
    )


def _lane_name(facts: Mapping[str, Any]) -> Text:
    return next((lane.label for lane in Lane if lane.value == facts.get("x-lane")), Text("未說明", "unknown"))
