"""A student's rows as the export's JSON parts: all keys always present, values exactly as the rosters have them."""

from collections.abc import Iterable, Mapping
from typing import Any

from reviewer.intake import kinds
from reviewer.intake.cohort import SCOPES, Cohort
from reviewer.intake.ledger import Row
from reviewer.intake.school import School
from reviewer.intake.student import Item, Student
from reviewer.model.parts import ABSTRACT, DOCUMENT_LINK, EXTERNAL_LINK, IDENTITY, MEDIA_LINK, Part, parts

Json = dict[str, Any]

CERTIFICATION = ("認證狀態", "送審時間", "認證時間", "認證教師", "認證說明")
"""What the school's platform knows of an outcome's certification."""
OUTCOME_KEYS = (
    "科目名稱",
    "課程代碼",
    "實際修課學年度",
    "實際修課學期",
    "課程學習成果簡述",
    "課程學習成果文件檔案連結",
    "課程學習成果影音檔案連結",
)
"""Keys of an outcome in the committee's tree."""

TRAIL_ONLY = ("上傳學年度", "上傳學期", "上傳學年度及學期", "提交紀錄")
"""What transfer packages know of an outcome's way besides; kept in the trail, not in the export's own keys."""

_MD5 = frozenset({"MD5", "檔案MD5", "文件檔案MD5", "影音檔案MD5"})
ROSTER_ONLY = frozenset({kinds.STUDENT, "姓名", "班級", "學生", "座號", "年級", kinds.TEACHER, *TRAIL_ONLY}) | kinds.PRIVATE | _MD5


def identity(student: Student, school: School) -> Json:
    """基本資料.json."""
    row = student.row
    known = [field.key for field in parts()[IDENTITY].fields]
    values = {key: row.get(key) for key in known}
    values["學校代碼"] = values["學校代碼"] or school.code
    values["學校名稱"] = values["學校名稱"] or school.name
    return values | _unknown(row, known)


def record(student: Student, cohort: Cohort, school: School) -> Json:
    """修課紀錄.json: semesters with their standings, then 學習紀錄 as the second key."""
    return {
        "學期成績與學習相對表現資訊": [_semester(student, row, cohort, school) for row in student.means],
        "學習紀錄": [_course(row, cohort) for row in student.marks],
    }


def outcomes(items: Iterable[Item], *, certification: bool) -> list[Json]:
    """課程學習成果.json; with `certification` the keys of it too, null where the roster has no such column."""
    return [_outcome(item, certification=certification) for item in items]


def performances(by_kind: Mapping[str, Iterable[Item]]) -> dict[str, list[Json]]:
    """多元表現.json: all eleven kinds, empty ones too."""
    return {kind: [_performance(parts()[kind], item) for item in items] for kind, items in by_kind.items()}


def certification(item: Item) -> Json:
    """The certification's keys of an outcome."""
    return {key: item.row.get(key) if item.row.has(key) else None for key in CERTIFICATION}


def _semester(student: Student, row: Row, cohort: Cohort, school: School) -> Json:
    result: Json = {"學年度": row.get("學年度"), "學期": row.get("學期"), "學生學期成績": row.get("學生學期成績")}
    for scope, name in zip(SCOPES, ("", student.row.get("群別"), student.row.get("科班學程別")), strict=True):
        # Experimental education has neither groups nor programmes that others would share.
        if scope == "校" or (name and not school.experimental):
            counted = cohort.mean(row, scope, name)
            result[f"{scope}學習相對表現資訊"] = {"母體人數": str(counted.people), "分數級距分布": counted.published()}
    return result


def _course(row: Row, cohort: Cohort) -> Json:
    counted = cohort.course(row)
    known = ("實際修課學年度", "實際修課學期", "課程代碼", "課程類別", "課程領域", "科目名稱", "學分數", "分數")
    return {
        "實際修課學年度": row.get("實際修課學年度"),
        "實際修課學期": row.get("實際修課學期"),
        "課程代碼": row.get("課程代碼"),
        "課程類別": row.get("課程類別"),
        "課程領域資訊": {"名稱": row.get("課程領域")} if row.get("課程領域") else None,
        "科目名稱": row.get("科目名稱"),
        "學分數": row.get("學分數"),
        "學業成績": {"分數": row.get("分數")},
        "母體人數": str(counted.people),
        "本科目分數級距分布": counted.published(),
    } | _unknown(row, known)


def _outcome(item: Item, *, certification: bool) -> Json:
    row = item.row
    values: Json = {key: row.get(key) for key in OUTCOME_KEYS}
    values["成果類別代碼"] = row.get("成果類別代碼")
    if certification:
        values |= {key: row.get(key) if row.has(key) else None for key in CERTIFICATION}
    return values | _unknown(row, [*values, *CERTIFICATION])


def _performance(part: Part, item: Item) -> Json:
    row = item.row
    values: Json = {}
    for field in part.fields:
        place = values.setdefault(field.within, {}) if field.within else values
        place[field.key] = row.get(field.key)
    values |= {
        ABSTRACT: row.get(ABSTRACT),
        DOCUMENT_LINK: row.get(DOCUMENT_LINK),
        MEDIA_LINK: row.get(MEDIA_LINK),
        EXTERNAL_LINK: row.get(EXTERNAL_LINK),
    }
    return values | _unknown(row, [*(field.key for field in part.fields), *values])


def _unknown(row: Row, known: Iterable[str]) -> Json:
    """Columns that the export does not know, where they have a value; what concerns the roster or the student's privacy stays at the school."""
    left_out = set(known) | ROSTER_ONLY
    return {key: value for key, value in row.cells.items() if key not in left_out}
