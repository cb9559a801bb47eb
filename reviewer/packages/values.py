"""Single values of the export: kept as sent, shown as understood. Whatever stands in a field, nothing here raises."""

import functools
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from reviewer.model import tables
from reviewer.model.dates import Semester, parse_day
from reviewer.model.parts import Field, FieldType, Part
from reviewer.model.portfolio import FieldValue
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text, both, on_one_line
from reviewer.packages import limits
from reviewer.packages.findings import Place
from reviewer.packages.json_text import as_sent

_ASK = Text("內容照原樣顯示；如有疑問請洽匯出單位。", "It is shown as it was sent; if in doubt ask who made the export.")

NOT_CHARACTERS = ProblemKind(
    "not-characters",
    Severity.NOTE,
    Text(
        "文字中有 {count} 個無法顯示的控制碼，以「�」代替。",
        "The text holds {count} codes that are no characters; “�” stands in their place.",
    ),
    Text("請匯出單位確認文字編碼。", "Ask who made the export to check its encoding."),
)
TEXT_CUT = ProblemKind(
    "text-cut",
    Severity.WARNING,
    Text("內容有 {count} 字，只顯示前 {limit} 字。", "The text has {count} characters; the first {limit} are shown."),
    Text("請匯出單位確認內容是否正確。", "Ask who made the export to check it."),
)
UNKNOWN_CODE = ProblemKind(
    "unknown-code", Severity.NOTE, Text("代碼表「{table}」沒有「{value}」。", "The code table “{table}” has no “{value}”."), _ASK
)
CODE_LIST = ProblemKind(
    "code-list",
    Severity.NOTE,
    Text("代碼寫成「{value}」，解讀為「{meaning}」。", "The code is written “{value}”; it is read as “{meaning}”."),
    _ASK,
)
UNREADABLE_DATE = ProblemKind(
    "unreadable-date", Severity.NOTE, Text("日期「{value}」無法解讀。", "The date “{value}” cannot be read."), _ASK
)
UNREADABLE_NUMBER = ProblemKind("unreadable-number", Severity.NOTE, Text("「{value}」不是數字。", "“{value}” is not a number."), _ASK)
ZERO_NUMBER = ProblemKind("zero-number", Severity.NOTE, Text("「{field}」為 0。", "“{field}” is 0."), _ASK)
NEGATIVE_NUMBER = ProblemKind(
    "negative-number", Severity.NOTE, Text("「{field}」為負數「{value}」。", "“{field}” is negative: “{value}”."), _ASK
)
UNREADABLE_SEMESTER = ProblemKind(
    "unreadable-semester",
    Severity.NOTE,
    Text("學年度與學期「{value}」無法解讀。", "The school year and term “{value}” cannot be read."),
    _ASK,
)
WESTERN_YEAR = ProblemKind(
    "western-year",
    Severity.NOTE,
    Text("學年度「{value}」以西元年解讀為 {year} 學年度。", "The school year “{value}” is read as a western year, {year}."),
    _ASK,
)

_NOT_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
_SCHOOL_YEARS = range(90, 200)
"""ROC school years that a record can name: a birth year's worth before the 108 curriculum, and far ahead."""
_TERMS = (0, 1, 2)


def as_text(value: Any, place: Place, limit: int = limits.FIELD_CHARACTERS) -> str:
    """A value as text that every writer can handle: line breaks as LF, codes that are no characters replaced, too long cut; each with a problem."""
    text = as_sent(value)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > limit:
        place.note(TEXT_CUT, count=f"{len(text):,}", limit=f"{limit:,}")
        text = text[:limit]
    clean, count = without_codes(text)
    if count:
        place.note(NOT_CHARACTERS, count=count)
    return clean


def without_codes(text: str) -> tuple[str, int]:
    """The text with `�` for control codes and lone surrogates, and how many there were."""
    return _NOT_CHARACTERS.subn("�", text)


def as_words(value: Any, place: Place, limit: int = limits.FIELD_CHARACTERS) -> str:
    """A value as text on one line, without blanks around it."""
    return as_text(value, place, limit).strip()


def as_number(words: str) -> Decimal | None:
    """The number that words are, full-width digits included; None when they are none."""
    plain = unicodedata.normalize("NFKC", words[:40]).strip()
    return Decimal(plain) if len(words) <= 40 and _NUMBER.fullmatch(plain) else None


def as_semester(year: Any, term: Any, place: Place) -> tuple[Semester | None, str]:
    """School year and term, and both as they were sent (`113-1`); None with a note when they are none, without one when nothing was sent."""
    year_words, term_words = as_words(year, place), as_words(term, place)
    if not year_words and not term_words:
        return None, ""
    raw = f"{year_words}-{term_words}" if term_words else year_words
    number, part = as_number(year_words), as_number(term_words)
    if number is not None and part is not None and part in _TERMS and number == int(number):
        whole = int(number)
        if whole - 1911 in _SCHOOL_YEARS:
            place.note(WESTERN_YEAR, value=year_words, year=whole - 1911)
            whole -= 1911
        if whole in _SCHOOL_YEARS:
            return Semester(whole, int(part)), raw
    place.note(UNREADABLE_SEMESTER, value=shortened(raw))
    return None, raw


def shortened(words: str) -> str:
    """Words for a sentence: the first forty characters on one line."""
    line = " ".join(words.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def field_value(field: Field, value: Any, place: Place) -> FieldValue | None:
    """A known field as shown; None when nothing was sent (absent, null, empty)."""
    raw = as_text(value, place) if field.type is FieldType.LINES else as_words(value, place)
    if not raw:
        return None
    shown, day, code = both(raw), None, ""
    if field.type is FieldType.DATE:
        day = parse_day(raw) if len(raw) <= 40 else None
        if day is None:
            place.note(UNREADABLE_DATE, value=shortened(raw))
        else:
            shown = both(day.roc)
    elif field.type is FieldType.CODE:
        code, shown = _code(field, raw, place)
    elif field.type is FieldType.NUMBER:
        shown = _number(field, raw, place)
    return FieldValue(key=field.key, label=field.label, raw=raw, shown=shown, day=day, code=code)


def other_values(item: Mapping[str, Any], known: frozenset[str], place: Place, stem: str = "") -> tuple[FieldValue, ...]:
    """Every member whose key is not known, as sent; nothing for those without content."""
    values = []
    for key, value in item.items():
        if key in known:
            continue
        raw = as_words(value, place.key(key))
        name = on_one_line(as_words(stem + key, place.key(key)))
        if raw and raw not in ("[]", "{}"):
            values.append(FieldValue(key=name, label=both(name), raw=raw, shown=both(raw)))
    return tuple(values)


def pick(item: Mapping[str, Any], field: Field, place: Place) -> tuple[Any, Place]:
    """The value of a field under its name or an alias, within its object or beside it, and its place."""
    inner = item.get(field.within) if field.within else None
    holders = [(inner, place.key(field.within))] if isinstance(inner, dict) else []
    for holder, at in (*holders, (item, place)):
        for name in (field.key, *field.aliases):
            if holder.get(name) not in (None, ""):
                return holder[name], at.key(name)
    return None, place.key(field.key)


@functools.cache
def known_keys(part: Part) -> frozenset[str]:
    """Every key that an item of the part may have: names, aliases, and the objects that hold some."""
    return frozenset(name for field in part.fields for name in (field.key, *field.aliases, field.within) if name)


def fields_of(part: Part, item: Mapping[str, Any], place: Place) -> tuple[FieldValue, ...]:
    """The part's fields that were sent, in their order; files and addresses are read elsewhere."""
    found = []
    for field in part.fields:
        if field.type not in (FieldType.FILE, FieldType.ADDRESS, FieldType.OBJECT):
            value, at = pick(item, field, place)
            shown = field_value(field, value, at)
            if shown is not None:
                found.append(shown)
    return tuple(found)


def others_of(part: Part, item: Mapping[str, Any], place: Place, also_known: frozenset[str] = frozenset()) -> tuple[FieldValue, ...]:
    """The unknown keys of an item, those within its objects (`證照資訊.…`) included."""
    known = known_keys(part) | also_known
    found = list(other_values(item, known, place)) + _second_names(part, item, place)
    for holder in dict.fromkeys(field.within for field in part.fields if field.within):
        inner = item.get(holder)
        if isinstance(inner, dict):
            found += other_values(inner, known, place.key(holder), f"{holder}.")
        elif inner not in (None, ""):
            found += other_values({holder: inner}, frozenset(), place)
    return tuple(found)


def _second_names(part: Part, item: Mapping[str, Any], place: Place) -> list[FieldValue]:
    """What stands under a second name of a field whose first name has a value of its own: kept beside it."""
    found: list[FieldValue] = []
    for field in part.fields:
        sent = [name for name in (field.key, *field.aliases) if item.get(name) not in (None, "")] if field.aliases else []
        found += (
            value for name in sent[1:] if item[name] != item[sent[0]] for value in other_values({name: item[name]}, frozenset(), place)
        )
    return found


def _code(field: Field, raw: str, place: Place) -> tuple[str, Text]:
    """The code that was meant and what pages print. `",1"` means 1; `1,3` both; words of the table mean their code."""
    plain = unicodedata.normalize("NFKC", raw[:200])
    codes = [code for code in re.split(r"[,、;\s]+", plain) if code]
    table = tables.code_tables()[field.table]
    by_words = {words.zh: code for code, words in table.items()}
    found = [code if code in table else by_words.get(code) or (code.lstrip("0") if code.lstrip("0") in table else "") for code in codes]
    if not found or not all(found):
        place.note(UNKNOWN_CODE, table=field.table, value=shortened(raw))
        return "", both(raw)
    meaning = [table[code] for code in dict.fromkeys(found) if code]
    shown = Text("、".join(words.zh for words in meaning), ", ".join(words.en for words in meaning))
    if [raw] != found:
        place.note(CODE_LIST, value=shortened(raw), meaning=shown)
    return next(code for code in found if code), shown


def _number(field: Field, raw: str, place: Place) -> Text:
    number = as_number(raw)
    if number is None:
        place.note(UNREADABLE_NUMBER, value=shortened(raw))
        return both(raw)
    if number == 0:
        place.note(ZERO_NUMBER, field=field.label)
    elif number < 0:
        place.note(NEGATIVE_NUMBER, field=field.label, value=raw)
    return both(f"{raw} {field.unit}" if field.unit else raw)
