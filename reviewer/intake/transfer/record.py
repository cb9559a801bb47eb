"""One transfer student: keys of the vendors' JSON under our names, and back; nothing that was sent is dropped."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from reviewer.model.parts import OUTCOMES, performance_kinds

IDENTITY, OUTCOME_LIST, PERFORMANCES = "基本資料", "課程學習成果紀錄", "多元表現"
"""Members of a student's object."""
POSTS = "擔任學校幹部經歷紀錄"
"""The school's own record of posts, within 基本資料."""
SCHOOL_KIND = "校方建立幹部經歷紀錄"
"""What that list is in packages."""
PERSON = ("身分證號", "身分證統一編號", "身分證字號")
"""Names of the key that files lie under."""
NEUTRAL_MD5 = ("檔案MD5", "MD5")
MD5 = (*NEUTRAL_MD5, "文件檔案MD5", "影音檔案MD5")
"""Names under which a file's MD5 may stand."""

FILE_KEYS = {
    "課程學習成果文件檔案連結": "文件檔案MD5",
    "課程學習成果影音檔案連結": "影音檔案MD5",
    "證明文件連結": "文件檔案MD5",
    "影音檔案連結": "影音檔案MD5",
}
"""Keys that name files, each with the key of its MD5."""

Json = Mapping[str, Any]


def person_of(student: Json) -> str:
    """The folder of a student's files; empty when nothing tells."""
    identity = student.get(IDENTITY)
    for key in PERSON:
        value = identity.get(key) if isinstance(identity, dict) else None
        if isinstance(value, str) and value:
            return value
    return ""


def canonical_key(kind: str, key: str) -> str:
    """Our name of a key, by the aliases of the kind's fields."""
    for part in performance_kinds():
        if part.key == kind:
            return next((field.key for field in part.fields if key == field.key or key in field.aliases), key)
    return key


def canonical_kind(name: str) -> str:
    """Our name of a list of performances."""
    return next(
        (part.key for part in performance_kinds() if name == part.key or name in part.aliases), SCHOOL_KIND if name == POSTS else name
    )


def items(student: Json) -> Iterator[tuple[str, int, Json]]:
    """Every outcome and performance: kind under our name, place in its list, as it was sent."""
    yield from ((OUTCOMES, index, row) for index, row in enumerate(_rows(student.get(OUTCOME_LIST))))
    identity = student.get(IDENTITY)
    yield from ((SCHOOL_KIND, index, row) for index, row in enumerate(_rows(identity.get(POSTS) if isinstance(identity, dict) else None)))
    performances = student.get(PERFORMANCES)
    for name, rows in performances.items() if isinstance(performances, dict) else ():
        yield from ((canonical_kind(name), index, row) for index, row in enumerate(_rows(rows)))


def flat(kind: str, row: Json) -> dict[str, str]:
    """A row as a roster has it: our column names, words only; objects in a row (證照資訊) become columns, lists (提交紀錄) stay as JSON."""
    found: dict[str, str] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            found |= {canonical_key(kind, inner): _words(own) for inner, own in value.items()}
        else:
            found[canonical_key(kind, key)] = _words(value)
    return found


def _rows(value: Any) -> list[Json]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
