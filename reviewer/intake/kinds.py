"""Which roster a sheet is, and which field of the export each of its columns is: by official names and their aliases, order free."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reviewer.model.parts import (
    ABSTRACT,
    DOCUMENT_LINK,
    EXTERNAL_LINK,
    IDENTITY,
    MEDIA_LINK,
    OUTCOMES,
    Field,
    FieldType,
    parts,
    performance_kinds,
)

STUDENTS, MARKS, EXTRA_MARKS, MEANS, COVER = "學生資料", "學期成績", "補修重修成績", "學期平均", "封面"
"""Kinds of sheet beside 課程學習成果 and the eleven kinds of performance."""

SCHOOL_KIND = "校方建立幹部經歷紀錄"
"""The one kind of performance that the school enters [S27]."""

TRANSFERRED = "異動生"
"""Begins the name of a roster that `intake transfer read` wrote: its cells are kept from becoming formulas (`model.formulas`)."""
STUDENT = "學號"
TEACHER = "任課教師"
"""Optional column of the marks: who taught the course, several parted by 、."""
PRIVATE = frozenset({"身分證號", "身分證統一編號", "身分證字號", "出生年月日", "生日", "通訊地址", "電話", "手機", "電子郵件"})
"""Columns that never leave the school."""

_ALIASES = {
    STUDENT: ("學生學號", "學籍號碼", "學號(必填)"),
    "姓名": ("學生姓名", "中文姓名"),
    "班級": ("班級名稱", "班別名稱"),
    "學生": ("學生代碼", "資料夾"),
    "分數": ("學業成績", "學期學業成績", "成績", "原始成績"),
    "課程領域": ("領域", "課程領域資訊", "領域名稱"),
    "實際修課學年度": ("修課學年度", "學年度"),
    "實際修課學期": ("修課學期", "學期"),
    "科目名稱": ("課程名稱", "科目"),
    "學分數": ("學分",),
    "課程學習成果簡述": ("成果簡述", "簡述"),
    "課程學習成果文件檔案連結": ("文件檔案", "文件檔名", "課程學習成果文件檔案"),
    "課程學習成果影音檔案連結": ("影音檔案", "影音檔名", "課程學習成果影音檔案"),
    "內容簡述": ("簡述",),
    "證明文件連結": ("證明文件", "證明文件檔名", "證明文件檔案"),
    "影音檔案連結": ("影音檔案", "影音檔名"),
    "外部影音連結": ("外部連結",),
    "學生學期成績": ("學期成績", "學期平均", "學期學業平均成績"),
    TEACHER: ("授課教師", "教師"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that a roster may have."""

    key: str
    """Official name: that of the export's field, where it has one."""
    type: FieldType
    """What may stand in it."""
    table: str = ""
    """Code table, for type CODE."""
    aliases: tuple[str, ...] = ()
    """Other names that the export's data give it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of sheet."""

    name: str
    """Key: 學生資料, 學期成績, 學期平均, 課程學習成果, or a kind of performance."""
    columns: Mapping[str, Column]
    """Its columns by official name."""
    needs: tuple[str, ...]
    """Columns without which it cannot be read."""
    aliases: Mapping[str, str]
    """Every name of a column, as `heading` writes it, with the official one."""

    def keys(self, headings: Sequence[str]) -> tuple[str, ...]:
        """The official name of each heading, the first of several that mean the same; headings that nobody knows keep their own."""
        keys: list[str] = []
        for words in headings:
            plain = heading(words)
            keys.append(self.aliases.get(plain, plain))
        return tuple(keys)

    def known(self, headings: Sequence[str]) -> int:
        """How many of the headings are its own."""
        return len({self.aliases[plain] for words in headings if (plain := heading(words)) in self.aliases})


def heading(words: str) -> str:
    """A heading as it is compared: NFKC, without blanks and the stars that mark required columns."""
    return "".join(unicodedata.normalize("NFKC", words).replace("*", "").replace("※", "").split())


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds of sheet by name."""
    known = parts()
    marks = [*_renamed(known["學習紀錄"].fields), _words(TEACHER)]
    means = [Column(key="學年度", type=FieldType.SCHOOL_YEAR), Column(key="學期", type=FieldType.TERM), _number("學生學期成績")]
    students = [_words("班級"), _words("學生"), *map(_column, known[IDENTITY].fields)]
    outcomes = list(map(_column, known[OUTCOMES].fields))
    found = [
        _kind(STUDENTS, students, ("姓名",)),
        _kind(MARKS, marks, ("科目名稱", "分數")),
        _kind(EXTRA_MARKS, marks, ("科目名稱", "分數")),
        _kind(MEANS, means, ("學生學期成績",)),
        _kind(OUTCOMES, outcomes, ("科目名稱", "課程學習成果簡述")),
    ]
    common = [Column(key=key, type=kind) for key, kind in _COMMON.items()]
    found += (_kind(part.key, [*map(_column, part.fields), *common], (part.title,)) for part in performance_kinds())
    return {kind.name: kind for kind in found}


def kind_by_name(name: str) -> str:
    """The kind that a sheet's or file's name says; empty when it says none."""
    plain = heading(name)
    if plain.startswith(COVER):
        return COVER
    for part in performance_kinds():
        if any(plain == heading(key) or plain.endswith("_" + heading(key)) for key in (part.key, *part.aliases)):
            return part.key
    for words, kind in _BY_WORDS:
        if words in plain:
            return kind
    return ""


def kind_of_sheet(sheet: str, file: str) -> str:
    """The kind that a sheet's name says, else its file's. 補修, 重修 and 轉學轉科 are sheets of two rosters: there the file says which."""
    named, roster = kind_by_name(sheet), kind_by_name(file)
    return roster if not named or (named == EXTRA_MARKS and roster == OUTCOMES) else named


_COMMON = {ABSTRACT: FieldType.LINES, DOCUMENT_LINK: FieldType.FILE, MEDIA_LINK: FieldType.FILE, EXTERNAL_LINK: FieldType.ADDRESS}
"""Columns that every kind of performance has beside its own."""

_BY_WORDS = (
    ("課程學習成果", OUTCOMES),
    ("學期平均", MEANS),
    ("補修", EXTRA_MARKS),
    ("重修", EXTRA_MARKS),
    ("轉學轉科", EXTRA_MARKS),
    ("成績", MARKS),
    ("學生資料", STUDENTS),
    ("基本資料", STUDENTS),
    ("校內幹部", SCHOOL_KIND),
)


def kind_by_columns(headings: Sequence[str]) -> str:
    """The kind whose columns these most likely are; empty when fewer than three are known to any."""
    best = max(kinds().values(), key=lambda kind: (all(need in kind.keys(headings) for need in kind.needs), kind.known(headings)))
    return best.name if best.known(headings) >= 3 and all(need in best.keys(headings) for need in best.needs) else ""


def _kind(name: str, columns: Sequence[Column], needs: tuple[str, ...]) -> Kind:
    by_key = {column.key: column for column in (_words(STUDENT), *columns)}
    aliases = {heading(key): key for key in by_key}
    for key, column in by_key.items():
        for other in (*column.aliases, *_ALIASES.get(key, ())):
            aliases.setdefault(heading(other), key)
    return Kind(name=name, columns=by_key, needs=(STUDENT, *needs), aliases=aliases)


def _renamed(fields: Sequence[Field]) -> list[Column]:
    """The record's columns as rosters have them: the mark and the domain are words of their own; populations are counted, not read."""
    own = {"課程領域資訊": _words("課程領域"), "學業成績": _number("分數")}
    return [own.get(field.key) or _column(field) for field in fields if field.key not in ("母體人數", "本科目分數級距分布")]


def _column(field: Field) -> Column:
    return Column(key=field.key, type=field.type, table=field.table, aliases=field.aliases)


def _words(key: str) -> Column:
    return Column(key=key, type=FieldType.TEXT)


def _number(key: str) -> Column:
    return Column(key=key, type=FieldType.NUMBER)
