"""多元表現.json: the eleven kinds, all read from the same data."""

import re
from typing import Any

from reviewer.model.attachment import FileRole
from reviewer.model.parts import ABSTRACT, DOCUMENT_LINK, EXTERNAL_LINK, MEDIA_LINK, FieldType, Part, performance_kinds
from reviewer.model.portfolio import FieldValue, Performance
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.packages import limits
from reviewer.packages.findings import Place
from reviewer.packages.links import Linker
from reviewer.packages.part_files import PERFORMANCES
from reviewer.packages.shapes import as_object, as_objects
from reviewer.packages.values import as_semester, as_text, as_words, fields_of, known_keys, other_values, others_of, pick

_ASK = Text("照原樣顯示；如有疑問請洽匯出單位。", "It is shown as it was sent; if in doubt ask who made the export.")
ORGANISER_MISSING = ProblemKind(
    "organiser-missing",
    Severity.NOTE,
    Text("沒有填「{field}」。", "“{field}” is not filled in."),
    Text("無須處理。", "Nothing need be done."),
)
TITLE_MISSING = ProblemKind(
    "title-missing",
    Severity.NOTE,
    Text("沒有填「{field}」。", "“{field}” is not filled in."),
    _ASK,
)
END_BEFORE_START = ProblemKind(
    "end-before-start",
    Severity.NOTE,
    Text("結束日期（{end}）早於開始日期（{start}）。", "It ends ({end}) before it begins ({start})."),
    _ASK,
)
WRONG_LIST = ProblemKind(
    "wrong-list",
    Severity.NOTE,
    Text("這一筆看起來是「{likely}」，但列在「{kind}」之下。", "This looks like “{likely}”, but stands under “{kind}”."),
    _ASK,
)
UNKNOWN_KIND = ProblemKind(
    "unknown-kind",
    Severity.WARNING,
    Text(
        "「{key}」不是已知的多元表現類別，其中的項目沒有列出。",
        "“{key}” is no known kind of performance; its items are not shown.",
    ),
    Text("請匯出單位確認；若為新類別，請更新軟體。", "Ask who made the export; if it is a new kind, update the software."),
)
TOO_MANY_ADDRESSES = ProblemKind(
    "too-many-addresses",
    Severity.WARNING,
    Text("外部連結有 {count} 個，只列出前 {limit} 個。", "There are {count} addresses; the first {limit} are listed."),
    _ASK,
)

_COMMON = frozenset({ABSTRACT, DOCUMENT_LINK, MEDIA_LINK, EXTERNAL_LINK})
_BETWEEN_ADDRESSES = re.compile(r"(?:\s|(?<![;；])[;；]+(?=\s|$|[A-Za-z][A-Za-z0-9+.-]*://|www\.))+")
"""Blanks, and semicolons that another address or nothing follows: an address may hold one (`…/v;jsessionid=A`)."""
_END = "結束日期"
_ORGANISERS = re.compile(r"單位")


def read_performances(value: Any, place: Place, linker: Linker) -> tuple[tuple[Performance, ...], tuple[FieldValue, ...]]:
    """Read the part: the performances, and what belongs to none of the eleven kinds. Raises `SetAside` when it is not of its shape."""
    lists = as_object(value, place)
    found: list[Performance] = []
    for part in performance_kinds():
        rows = [row for key in (part.key, *part.aliases) for row in as_objects(lists.get(key), place.key(key))]
        found += (_performance(part, index, row, at, linker) for index, (at, row) in enumerate(rows))
    known = frozenset(key for part in performance_kinds() for key in (part.key, *part.aliases))
    others = other_values(lists, known, place)
    for other in others:
        place.key(other.key).note(UNKNOWN_KIND, key=other.key)
    return tuple(found), others


def _performance(part: Part, index: int, row: dict[str, Any], place: Place, linker: Linker) -> Performance:
    _note_wrong_list(part, row, place)
    fields = fields_of(part, row, place)
    sent = {field.key: field for field in fields}
    _note_missing(part, sent, place)
    days = [field.day for field in fields if field.day is not None and field.key != _END]
    start = days[0] if days else None
    end = sent[_END].day if _END in sent else None
    if start and end and end < start:
        place.key(_END).note(END_BEFORE_START, start=start.roc, end=end.roc)
    semester = as_semester(row.get("學年度"), row.get("學期"), place.key("學年度"))[0] if "學年度" in known_keys(part) else None
    title = sent[part.title].shown.zh if part.title in sent else ""
    folders = (part.key, PERFORMANCES)
    return Performance(
        kind=part.key,
        index=index,
        title=title,
        lane=part.lane,
        abstract=as_text(row.get(ABSTRACT), place.key(ABSTRACT)),
        fields=fields,
        start=start,
        end=end,
        semester=semester or (start.semester if start else None),
        files=linker.links(row.get(DOCUMENT_LINK), FileRole.DOCUMENT, place.key(DOCUMENT_LINK), folders)
        + linker.links(row.get(MEDIA_LINK), FileRole.MEDIA, place.key(MEDIA_LINK), folders),
        addresses=_addresses(part, row, place),
        other_fields=others_of(part, row, place, _COMMON),
    )


def _addresses(part: Part, row: dict[str, Any], place: Place) -> tuple[str, ...]:
    """外部影音連結 and the kind's own addresses, parted at blanks, line breaks and semicolons between them, each once."""
    sent = [(row.get(EXTERNAL_LINK), place.key(EXTERNAL_LINK))]
    sent += [pick(row, field, place) for field in part.fields if field.type is FieldType.ADDRESS]
    found: list[str] = []
    for value, at in sent:
        words = " ".join(as_words(item, at) for item in value) if isinstance(value, list) else as_words(value, at)
        addresses = [address for address in _BETWEEN_ADDRESSES.split(words) if address]
        if len(addresses) > limits.ADDRESSES_OF_A_FIELD:
            at.note(TOO_MANY_ADDRESSES, count=len(addresses), limit=limits.ADDRESSES_OF_A_FIELD)
        found += addresses[: limits.ADDRESSES_OF_A_FIELD]
    return tuple(dict.fromkeys(found))


def _note_missing(part: Part, sent: dict[str, FieldValue], place: Place) -> None:
    if part.title not in sent:
        place.note(TITLE_MISSING, field=part.title)
    for field in part.fields:
        if _ORGANISERS.search(field.key) and field.key != part.title and field.key not in sent:
            place.key(field.key).note(ORGANISER_MISSING, field=field.key)


def _note_wrong_list(part: Part, row: dict[str, Any], place: Place) -> None:
    """Say when a row has none of its own fields but those of another kind."""
    keys = {key for key, value in row.items() if value not in (None, "")} - _COMMON
    own = keys & known_keys(part)
    if own or len(keys) < 2:
        return
    likely = max(performance_kinds(), key=lambda other: len(keys & known_keys(other)))
    if len(keys & known_keys(likely)) >= 2:
        place.note(WRONG_LIST, likely=likely.key, kind=part.key)
