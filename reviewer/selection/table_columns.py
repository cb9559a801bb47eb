"""Columns of the departments' table, the same for reading and writing: their headings, aliases, and how a cell says yes."""

import unicodedata
from collections.abc import Mapping

CODE, NAME, NAME_EN, UNIVERSITY_CODE, UNIVERSITY_NAME = "校系代碼", "校系名稱", "英文名稱", "大學代碼", "大學名稱"
FIELD, YEAR, CODE_SET = "學群", "學年度", "代碼種類"
MAX_OUTCOMES, MAX_PERFORMANCES, ORDER, MASKS, LINE, GUIDE = "課程學習成果上限", "多元表現上限", "順序", "遮蔽", "公告文字", "指引"

BEFORE_CODES = (CODE, NAME, NAME_EN, UNIVERSITY_CODE, UNIVERSITY_NAME, FIELD, YEAR, CODE_SET)
"""Columns before the codes."""

AFTER_CODES = (MAX_OUTCOMES, MAX_PERFORMANCES, ORDER, MASKS, LINE, GUIDE)
"""Columns after the codes."""

ALIASES: Mapping[str, str] = {
    "代碼": CODE,
    "系組代碼": CODE,
    "校系代號": CODE,
    "名稱": NAME,
    "系所名稱": NAME,
    "系組名稱": NAME,
    "學系名稱": NAME,
    "校系": NAME,
    "校名": UNIVERSITY_NAME,
    "學校名稱": UNIVERSITY_NAME,
    "學校代碼": UNIVERSITY_CODE,
    "招生學年度": YEAR,
    "審查資料": LINE,
    "審查資料項目": LINE,
    "審查項目": LINE,
    "採計項目": LINE,
    "準備指引": GUIDE,
    "code": CODE,
    "name": NAME,
    "name_en": NAME_EN,
    "field": FIELD,
    "items": LINE,
}
"""Other headings that tables have."""

TAKEN = "●"
"""What a cell says when the department takes the code."""

_YES = frozenset({"●", "○", "◎", "v", "✓", "✔", "y", "yes", "1", "是", "有", "採計", "true", "☑", "■"})
_NO = frozenset(
    {"", "0", "-", "–", "—", "n", "no", "否", "無", "不採計", "false", "☐", "□", "╳", "✗", "×", "✕", "✖", "不需", "不需繳交", "免", "免繳"}
)
_AMBIGUOUS = frozenset({"x"})
"""A cross says yes in one office and no in the next."""


def heading(cell: str) -> str:
    """A heading in its one form: NFKC, without blanks, aliases resolved."""
    plain = "".join(unicodedata.normalize("NFKC", cell).split())
    return ALIASES.get(plain, ALIASES.get(plain.lower(), plain))


def says(cell: str) -> bool | None:
    """Whether a code's cell says yes or no; None when it says something else (a name)."""
    plain = _plain(cell)
    return True if plain in _YES else False if plain in _NO else None


def is_ambiguous(cell: str) -> bool:
    """Whether a cell says yes or no, and nobody can tell which."""
    return _plain(cell) in _AMBIGUOUS


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip().lower()
