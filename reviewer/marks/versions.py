"""How two versions of a reviewer's marks become one. Pure; themes/default/js/marks-versions.js is the same rule, tests/marks_cases hold both.

A version knows by `seen` (device → counter) which versions its author had before him. What another version has seen past is gone; what nobody
has seen past stays side by side. Merging takes the maximal elements of a union under that strict partial order, so that it is
commutative, associative and idempotent.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

Version = dict[str, Any]
"""`{"value", "at", "by", "seen", "on"}` as it stands in a file; keys that are not known belong to its content."""

Record = dict[str, Any]
"""A dossier of a review file: `bases`, `reading`, `fields`, and what is not known."""

_T = TypeVar("_T")


def text(value: object) -> str:
    """The canonical text by which values and versions are compared: sorted keys, no blanks, ASCII, whole floats as integers."""
    return json.dumps(_whole(value), sort_keys=True, separators=(",", ":"))


def dominates(one: Version, other: Version) -> bool:
    """Whether `one` came after `other`, knowing all of it: every counter at least as great (absent is 0), one greater."""
    mine, its = one["seen"], other["seen"]
    more = False
    for device in mine.keys() | its.keys():
        ours, theirs = mine.get(device, 0), its.get(device, 0)
        if ours < theirs:
            return False
        more = more or ours > theirs
    return more


def merge_versions(one: Iterable[Version], other: Iterable[Version]) -> list[Version]:
    """The union of two lists without doubles and without what another version has seen, newest first."""
    by_text = {text(version): version for version in (*one, *other)}
    left = [(key, version) for key, version in by_text.items() if not any(dominates(each, version) for each in by_text.values())]
    left.sort(key=lambda pair: (pair[1]["by"], -pair[1]["seen"].get(pair[1]["by"], 0), pair[0]))
    left.sort(key=lambda pair: pair[1]["at"], reverse=True)
    return [version for _, version in left]


def differing(versions: Iterable[Version]) -> list[Any]:
    """The values that differ, newest first; more than one is a conflict."""
    return list({text(version["value"]): version["value"] for version in versions}.values())


def merge_readings(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Device by device: earliest first, latest last, greatest seconds, least turn."""
    return _union(
        one,
        other,
        lambda mine, its: {
            "first": min(mine["first"], its["first"]),
            "last": max(mine["last"], its["last"]),
            "seconds": max(mine["seconds"], its["seconds"]),
            "turn": min(mine["turn"], its["turn"]),
        },
    )


def merge_bases(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Union of the slots' hashes; where two files disagree, which no sound file does, the lesser stays."""
    return _union(one, other, lambda mine, its: _union(mine, its, lambda left, right: min(left, right, key=text)))


def merge_records(one: Record, other: Record) -> Record:
    """Two records of one dossier, field by field."""
    return {
        **_union(one, other, lambda mine, its: max(mine, its, key=text)),
        "bases": merge_bases(one["bases"], other["bases"]),
        "reading": merge_readings(one["reading"], other["reading"]),
        "fields": _union(one["fields"], other["fields"], merge_versions),
    }


def merge_dossiers(one: Mapping[str, Record], other: Mapping[str, Record]) -> dict[str, Record]:
    """The dossiers of two files of one rater."""
    return _union(one, other, merge_records)


def _union(one: Mapping[str, _T], other: Mapping[str, _T], join: Callable[[_T, _T], _T]) -> dict[str, _T]:
    return {**one, **{key: join(one[key], value) if key in one else value for key, value in other.items()}}


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    return [_whole(item) for item in value] if isinstance(value, list) else value
