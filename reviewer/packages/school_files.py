"""What a school sends beside the parts: 造字/造字.csv, 課程計畫.csv, and our own 附加資訊.json."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from reviewer.model.attachment import FileRole
from reviewer.model.parts import OUTCOMES
from reviewer.model.portfolio import Course, Glyph
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.packages import limits, text_files
from reviewer.packages.findings import Findings, Place
from reviewer.packages.inventory import UNREADABLE_FILE, Entry
from reviewer.packages.links import FILE_DISGUISED, FILE_NOT_TAKEN, Linker
from reviewer.packages.part_files import GLYPHS_FOLDER, GLYPHS_TABLE, PERFORMANCES
from reviewer.packages.shapes import as_object, as_objects
from reviewer.packages.uploads import TEXT_TOO_LONG
from reviewer.packages.values import TEXT_CUT, shortened, without_codes

COLUMN_MISSING = ProblemKind(
    "column-missing",
    Severity.WARNING,
    Text("表格沒有「{column}」欄，未讀取。", "The table has no column “{column}” and was not read."),
    Text("請補上欄位名稱後重新提供。", "Add the column's heading and hand it in again."),
)
CODE_POINT_UNREADABLE = ProblemKind(
    "code-point-unreadable",
    Severity.WARNING,
    Text("碼位「{value}」無法解讀，這個造字未採用。", "The code point “{value}” cannot be read; the character is not taken."),
    Text("請寫成 U+E000 的形式。", "Write it like U+E000."),
)
CODE_POINT_TWICE = ProblemKind(
    "code-point-twice",
    Severity.WARNING,
    Text("碼位 {value} 列了不只一次，採用第一次。", "The code point {value} is listed more than once; the first is taken."),
    Text("請確認哪一列正確。", "Check which row is right."),
)
TOO_MANY_GLYPHS = ProblemKind(
    "too-many-glyphs",
    Severity.WARNING,
    Text("造字有 {count} 個，只採用前 {limit} 個。", "The table lists {count} characters; the first {limit} are taken."),
    Text("請只列出這位學生用到的造字。", "List only those that occur in this student's package."),
)
TRAIL_LENGTH = ProblemKind(
    "trail-length",
    Severity.WARNING,
    Text(
        "附加資訊列了 {trail} 件課程學習成果，實際有 {outcomes} 件；依序對應。",
        "附加資訊 lists {trail} outcomes, there are {outcomes}; they are matched in order.",
    ),
    Text("請學校重新封裝。", "Ask the school to pack it again."),
)

EXTRA_UNKNOWN = ProblemKind(
    "extra-unknown",
    Severity.WARNING,
    Text("附加資訊沒有「{key}」這一欄，其內容沒有列出。", "附加資訊 has no field “{key}”; its content is not shown."),
    Text("請匯出單位確認；若為新欄位，請更新軟體。", "Ask who made the export; if the field is a new one, update the software."),
)

_EXTRAS = frozenset({"格式版本", "封裝程式", "規則版本", "學生", "學校", OUTCOMES, PERFORMANCES})
"""What 附加資訊.json holds: all but the outcomes' trail is of the packing school's own concern and shown to nobody."""
_CODE_POINT = re.compile(r"(?:U\+|0x|\\u)?([0-9A-Fa-f]{4,6})", re.IGNORECASE)


def read_glyphs(linker: Linker, findings: Findings) -> tuple[Glyph, ...]:
    """造字/造字.csv: 碼位, 檔名, 對應字, 說明. Raises `SetAside` for a picture's name that leads out."""
    entry = linker.contents.inventory.find(GLYPHS_TABLE)
    if entry is None:
        return ()
    place = Place(findings, entry.path)
    glyphs: dict[int, Glyph] = {}
    rows = _table(entry, linker, place, "碼位")
    if len(rows) > limits.GLYPHS:
        place.note(TOO_MANY_GLYPHS, count=f"{len(rows):,}", limit=f"{limits.GLYPHS:,}")
    for row in rows[: limits.GLYPHS]:
        code_point = _code_point(row["碼位"])
        if code_point is None:
            place.note(CODE_POINT_UNREADABLE, value=shortened(row["碼位"]))
        elif code_point in glyphs:
            place.note(CODE_POINT_TWICE, value=f"U+{code_point:04X}")
        else:
            glyphs[code_point] = _glyph(code_point, row, linker, place)
    return tuple(glyphs[code_point] for code_point in sorted(glyphs))


def read_plan(
    entry: Entry | None, courses: Iterable[Course], linker: Linker, findings: Findings
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """課程計畫.csv: 課程說明 of those courses by 課程代碼, and by 課程名稱; what is too long is cut, with a problem."""
    if entry is None:
        return {}, {}
    place = Place(findings, entry.path)
    taken = {words for course in courses for words in (course.code, course.name)}
    by_code: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for row in _table(entry, linker, place, "課程說明"):
        code, name = row.get("課程代碼", ""), row.get("課程名稱", "")
        if not taken.isdisjoint((code, name)):
            text = _cut(row["課程說明"], limits.DESCRIPTION_CHARACTERS, place.key(name or code))
            by_code |= {code: text} if code else {}
            by_name |= {name: text} if name else {}
    return by_code, by_name


def read_trail(value: Any, place: Place, outcomes: int) -> tuple[tuple[Place, Mapping[str, Any]], ...]:
    """附加資訊.json: what the school's platform knows of each outcome, with its place. Raises `SetAside` when it is not of its shape."""
    extras = as_object(value, place)
    for key, more in extras.items():
        if key not in _EXTRAS and more not in (None, "", [], {}):
            place.key(key).note(EXTRA_UNKNOWN, key=shortened(key))
    rows = tuple(as_objects(extras.get(OUTCOMES), place.key(OUTCOMES)))
    if rows and len(rows) != outcomes:
        place.key(OUTCOMES).note(TRAIL_LENGTH, trail=len(rows), outcomes=outcomes)
    return rows


def _table(entry: Entry, linker: Linker, place: Place, needed: str) -> list[dict[str, str]]:
    """The rows of a CSV as objects; none, with a problem, when it cannot be read or lacks its column."""
    try:
        data = linker.contents.read(entry, limits.TEXT_BYTES)
    except OSError as error:
        place.note(UNREADABLE_FILE, name=entry.path, reason=error.strerror)
        return []
    if len(data) > limits.TEXT_BYTES:
        place.note(TEXT_TOO_LONG, limit=f"{limits.TEXT_BYTES:,}")
        return []
    text, _ = without_codes(text_files.decode(data, place))
    header, *rows = text_files.rows(text, place) or [[]]
    if needed not in header:
        place.note(COLUMN_MISSING, column=needed)
        return []
    return [dict(zip(header, row, strict=False)) for row in rows if any(row) and len(row) > header.index(needed)]


def _cut(words: str, limit: int, place: Place) -> str:
    """A cell of a table, cut where it is too long; each reader of it sees that it goes on."""
    if len(words) <= limit:
        return words
    place.note(TEXT_CUT, count=f"{len(words):,}", limit=f"{limit:,}")
    return f"{words[:limit]}…"


def _code_point(words: str) -> int | None:
    if len(words) == 1:
        return ord(words)
    match = _CODE_POINT.fullmatch(words)
    return int(match[1], 16) if match and 0 < int(match[1], 16) <= 0x10FFFF else None


def _glyph(code_point: int, row: Mapping[str, str], linker: Linker, place: Place) -> Glyph:
    name = row.get("檔名", "")
    picture = linker.link(name, FileRole.PICTURE, place, (GLYPHS_FOLDER,)) if name else None
    if picture and picture.problem and picture.problem.code in (FILE_NOT_TAKEN.code, FILE_DISGUISED.code) and name.lower().endswith(".svg"):
        # SVG is no attachment's format, but it is what 造字 are drawn in; `fonts` checks it before it draws.
        picture = type(picture)(name=picture.name, role=picture.role, attachment=picture.attachment)
    at = place.key(f"U+{code_point:04X}")
    mapped = _cut(row.get("對應字", ""), limits.GLYPH_MAPPED_CHARACTERS, at.key("對應字"))
    description = _cut(row.get("說明", ""), limits.GLYPH_CHARACTERS, at.key("說明"))
    return Glyph(code_point=code_point, picture=picture, mapped=mapped, description=description)
