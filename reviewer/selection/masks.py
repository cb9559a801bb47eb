"""Masks: what stands in the place of a hidden fact, and its removal from every word of the dossier.

Defended: name, school (name in its usual forms, code, also within course codes, city), status, photo are in no text of the Dossier. What
remains: allusions ("我們建中"), told to the office. The same words are taken out of attachments by `attachments.blind`.
The rule for names: one circle for each character of the surname, then 同學. Surnames of two characters are those listed below; a name with
a dot, a blank or other than Chinese characters has no surname that could be told, and gets one circle.
"""

import dataclasses
import enum
import functools
import html
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar, cast

from reviewer.model.dates import Day, Semester
from reviewer.model.hiding import Hidden, HiddenWord, finder, within
from reviewer.model.portfolio import Glyph, Identity
from reviewer.model.problem import Where
from reviewer.model.selection import Mask
from reviewer.model.standing import Distribution
from reviewer.selection.school_names import place_forms, school_forms

Value = TypeVar("Value")

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A character that Markdown takes as it stands."""

_INLINE = re.compile(r"!?\[(?P<words>[^\[\]]*)\](?:\((?:[^()\\]|\\.|\([^()]*\))*\)|\[[^\[\]]*\])|`+|\\(?=\n)")
"""Links and pictures of Markdown with their words, the signs of code, and the one that ends a line."""

_PARAGRAPHS = re.compile(r"(\n[ \t]*\n)")

CIRCLE = "○"
SCHOOL_MASK = CIRCLE * 3
SCHOOL_CODE_MASK = CIRCLE * 6
STATUS_MASK = CIRCLE * 3

DOUBLE_SURNAMES = frozenset(
    (
        "歐陽",
        "司馬",
        "諸葛",
        "上官",
        "司徒",
        "司空",
        "東方",
        "獨孤",
        "南宮",
        "夏侯",
        "皇甫",
        "尉遲",
        "公孫",
        "慕容",
        "令狐",
        "長孫",
        "宇文",
        "鍾離",
        "端木",
        "申屠",
        "淳于",
        "單于",
        "濮陽",
        "呼延",
        "軒轅",
        "鮮于",
        "百里",
        "東郭",
        "西門",
        "范姜",
        "張簡",
        "周黃",
        "張廖",
    )
)
"""Surnames of two characters, Taiwan's own double surnames among them."""

KEPT_FIELDS = frozenset(
    {"sha256", "schema", "id", "department_code", "code_set_id", "applicant_number", "tick", "related", "shown_at", "codes"}
)
"""Fields that hold no words of the applicant's: hashes, ids, codes of the review material."""

STATUS_KEYS = ("低收入戶", "考生身分")
SCHOOL_KEYS = ("學校代碼", "學校名稱", "縣市")
KEYS = {Mask.NAME: ("姓名",), Mask.SCHOOL: SCHOOL_KEYS, Mask.LOW_INCOME: STATUS_KEYS}
"""Keys of 基本資料 that each mask hides."""

_WITHOUT_WORDS = (enum.Enum, int, float, Decimal, Day, Semester, Distribution)
"""Types in which no word of the applicant's can be."""

_NAME_KEY = re.compile("姓名|名字|[Nn]ame")
_SCHOOL_KEY = re.compile("學校.*名|校名|[Ss]chool")
_STATUS_KEY = re.compile("身[分份](?!證)|低收|清寒|境遇|經濟|弱勢")
_STATUS_WORDS = ("中低收入戶", "低收入戶")
_NO_STATUS = ("一般", "無", "沒有", "否", "非", "不")
"""How a value begins that tells of nobody in particular."""


def mask_name(name: str) -> str:
    """Keep the surname's width, not its letter: `○同學`, `○○同學`."""
    plain = bool(name) and all(_is_ideograph(character) for character in name)
    return (CIRCLE * 2 if plain and len(name) >= 3 and name[:2] in DOUBLE_SURNAMES else CIRCLE) + "同學"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Masking:
    """Replaces what a department hides, in any value of the model."""

    hidden: Hidden
    """What is hidden, in every spelling, and what stands in its place."""

    def text(self, words: str) -> str:
        """The words without anything hidden, however it is written."""
        find = finder(self.hidden)
        masked = find.text(words)
        # Markdown shows references and escapes as the characters they stand for. The words themselves are changed only where those would tell.
        if "&" in masked or "\\" in masked:
            plain = _characters(masked)
            masked = find.text(plain) if find.tells(plain) else masked
        if _INLINE.search(masked):
            # So with what it shows in other letters, or as a link: a paragraph that would tell without these signs loses them.
            parts = [(part, _INLINE.sub(r"\g<words>", _characters(part))) for part in _PARAGRAPHS.split(masked)]
            masked = "".join(find.text(plain) if plain != part and find.tells(plain) else part for part, plain in parts)
        return masked

    def beyond(self, own_words: str) -> Hidden:
        """What is looked for where the department's own words stand as well: a word that its own name holds is no secret."""
        return dataclasses.replace(self.hidden, words=tuple(word for word in self.hidden.words if not within(word.word, own_words)))


def masking(identity: Identity, masks: frozenset[Mask], glyphs: tuple[Glyph, ...] = ()) -> Masking:
    """What has to go from the words of this applicant's dossier. `glyphs` are his school's own characters: a name may be written by what they stand for."""
    rows: list[tuple[str, str, Mask]] = []
    if Mask.NAME in masks:
        rows += [(name, mask_name(identity.name), Mask.NAME) for name in _names(identity, glyphs) if len(name) >= 2]
    if Mask.SCHOOL in masks:
        city = _sent(identity).get("縣市", "")
        forms = (*school_forms(identity.school_name, city), *place_forms(city), *_others(identity, _SCHOOL_KEY))
        rows += [(form, SCHOOL_MASK, Mask.SCHOOL) for form in forms]
        rows += [(identity.school_code, SCHOOL_CODE_MASK, Mask.SCHOOL)] if len(identity.school_code) >= 5 else []
    if Mask.LOW_INCOME in masks:
        rows += [(words, STATUS_MASK, Mask.LOW_INCOME) for words in (*_STATUS_WORDS, *_statuses(identity))]
    ordered = sorted({row[0]: row for row in rows}.values(), key=lambda row: (-len(row[0]), row[0]))
    words = tuple(HiddenWord(word=word, shown=shown, mask=mask) for word, shown, mask in ordered)
    return Masking(hidden=Hidden(words=words, course_code=SCHOOL_CODE_MASK if Mask.SCHOOL in masks else ""))


def _characters(words: str) -> str:
    """Words in which Markdown's references and escapes are the characters that it shows."""
    return _ESCAPED.sub(r"\1", html.unescape(words))


def _sent(identity: Identity) -> dict[str, str]:
    return {field.key: field.shown.zh for field in identity.fields} | {field.key: field.raw for field in identity.fields}


def _names(identity: Identity, glyphs: tuple[Glyph, ...]) -> tuple[str, ...]:
    """The name as sent, with the characters that the school maps its own to, and other names that the package holds (英文姓名)."""
    mapped = {glyph.code_point: glyph.mapped for glyph in glyphs if glyph.mapped}
    others = tuple(order for name in _others(identity, _NAME_KEY) for order in _orders(name))
    return tuple(dict.fromkeys((identity.name, identity.name.translate(mapped), *others)))


def _orders(name: str) -> tuple[str, ...]:
    """A name as sent and, where it is of Latin words, with the family name at either end: `WANG, HSIAO-MING`, `Hsiao-Ming Wang`."""
    words = name.replace(",", " ").replace("，", " ").split()
    if len(words) < 2 or not all(word[0].isascii() for word in words):
        return (name,)
    return (name, " ".join((*words[1:], words[0])), " ".join((words[-1], *words[:-1])))


def _statuses(identity: Identity) -> tuple[str, ...]:
    """What the package says of his status, under the keys of the export and under others (特殊身分)."""
    sent = _sent(identity)
    values = (*(sent.get(key, "").strip() for key in STATUS_KEYS), *_others(identity, _STATUS_KEY))
    return tuple(value for value in values if len(value) >= 3 and not value.startswith(_NO_STATUS))


def _others(identity: Identity, key: re.Pattern[str]) -> tuple[str, ...]:
    """Values of unknown keys that say the same fact in other words: 英文姓名, 學校英文名稱. Shorter than three letters they are other words as well."""
    return tuple(field.raw.strip() for field in identity.other_fields if key.search(field.key) and len(field.raw.strip()) >= 3)


def change_words(value: Value, change: Callable[[str], str]) -> Value:
    """The value with every text in it changed, at every depth; fields of `KEPT_FIELDS` and enumerations stay. Unchanged parts are the same objects."""
    return cast("Value", _changed(value, lambda part: change(part) if isinstance(part, str) else part))


def without_packages(value: Value) -> Value:
    """The value without the package's folder name (a student's, perhaps his number) in the places of its problems."""
    return cast(
        "Value", _changed(value, lambda part: dataclasses.replace(part, package="") if isinstance(part, Where) and part.package else part)
    )


def texts_of(value: object, but: frozenset[str] = frozenset()) -> list[str]:
    """Every text in a value of the model, in order, those of `KEPT_FIELDS`, of the fields named in `but`, and enumerations left out."""
    found: list[str] = []

    def keep(part: Any) -> Any:
        if isinstance(part, str):
            found.append(part)
        return part

    _changed(value, keep, KEPT_FIELDS | but)
    return found


def _changed(value: Any, change: Callable[[Any], Any], kept: frozenset[str] = KEPT_FIELDS) -> Any:
    """Apply to every text and every frozen value, innermost first."""
    if value is None or isinstance(value, _WITHOUT_WORDS):
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        items = tuple(_changed(item, change, kept) for item in value)
        return value if all(new is old for new, old in zip(items, value, strict=True)) else items
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for name in _field_names(type(value)):
            old = getattr(value, name)
            new = old if name in kept else _changed(old, change, kept)
            if new is not old and new != old:
                changes[name] = new
        return change(dataclasses.replace(value, **changes) if changes else value)
    return value


@functools.cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def _is_ideograph(character: str) -> bool:
    """A Chinese character: unified, extensions, compatibility, and private use (造字)."""
    point = ord(character)
    ranges = ((0x3400, 0x9FFF), (0xE000, 0xFAFF), (0x20000, 0x3FFFF), (0xF0000, 0x10FFFD))
    return any(low <= point <= high for low, high in ranges) or character in "〇々"
