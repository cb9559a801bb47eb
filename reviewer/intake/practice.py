"""`reviewer intake practice`: a made-up school with students and teachers, to try everything on; some mistakes are in it on purpose.

Made from the example schools that ship with the product: their packages are taken apart into rosters and files, as a school would have them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from reviewer import resources
from reviewer.intake import kinds
from reviewer.intake.text_cells import text_cell
from reviewer.intake.transfer import record
from reviewer.model.parts import COURSES, IDENTITY, OUTCOMES, performance_kinds
from reviewer.model.problem import ExitStatus, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.packages import discovery, limits, opening
from reviewer.packages.json_text import as_sent
from reviewer.packages.opening import Opened

PRACTICE_THERE = ProblemKind(
    "practice-not-empty",
    Severity.ERROR,
    Text("「{path}」已經有檔案，沒有寫入。", "“{path}” is not empty; nothing was written."),
    Text("請給一個新的資料夾。", "Give a new folder."),
)

SCHOOL = "013398"
"""The example school that practice is made from."""
_STUDENTS = 8
_PERSON = "PRACTICE"
"""Begins what stands for 身分證號, which transfers need: nobody's number looks like that."""
_NOT_COPIED = frozenset({"LIST.txt"})
_TOML = """# 練習用的學校。以井號開頭的是說明；改過之後再執行一次檢核看看。
code = "{code}"
name = "{name}"
type = "普通型"

[calendar]
upload_until = "2026-01-23"
certify_until = "2026-02-06"
tick_until = "2026-02-27"
central_submission = "2026-03-20"

[limits]
outcomes_a_year = 12

[[teacher]]
name = "{teacher}"
leaves = "2026-01-31"
"""
_GUIDE = """練習說明

1. 檢核：reviewer intake check {folder} --out 報告
   這份資料故意留了四個錯誤：一件成果的簡述太長、一件成果的簡述裡有連結、一個檔案沒有放進來、一件成果掛在沒修過的課。
   打開「報告」資料夾的 report.html，依說明更正名冊與檔案，再檢核一次，直到沒有錯誤。
2. 封裝：reviewer intake pack {folder} --out 封裝
   有錯誤的學生暫不封裝，其他照常；更正後再封裝一次，只會更新有變動的。
3. 收訖明細：reviewer intake receipt 封裝 --out 明細
   在 明細/answers.csv 的「確認」欄填「否」，再以 reviewer intake pack {folder} --out 封裝 --answers 明細/answers.csv 試試看。
4. 簽章：reviewer keys new 練習學校，再於封裝時加上 --sign 練習學校.key。
5. 轉出：reviewer intake transfer write {folder} --student 11202018 --out 轉出（名冊的「身分證號」是編造的，轉學檔需要這一欄）。
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What was set up."""

    folder: Path
    """The uploads."""
    students: int
    """Students in them."""
    files: int
    """Files of theirs."""


def set_up(folder: Path) -> Practice:
    """Write the practice school into a new or empty folder. Raises `Stop` when it is not empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Stop(PRACTICE_THERE.at(Where(file=str(folder)), path=folder), status=ExitStatus.USAGE)
    rosters: dict[str, dict[str, list[dict[str, str]]]] = {}
    numbers: list[str] = []
    files = 0
    name = ""
    found = discovery.discover(resources.data_folder("fixtures") / "central").packages
    for address in [one for one in found if one.package_id.startswith(f"{SCHOOL}-")][:_STUDENTS]:
        with opening.open_package(address) as opened:
            parts = {part: _json(opened, part) for part in (IDENTITY, "修課紀錄", OUTCOMES, "多元表現")}
            number = address.package_id.rpartition("-")[2]
            numbers.append(number)
            name = parts[IDENTITY]["學校名稱"]
            _rows(rosters, number, address.package_id, parts)
            files += _copy(opened, folder / "files" / number)
    teacher = _mistakes(rosters, folder, numbers)
    _write(rosters, folder)
    (folder / "school.toml").write_text(_TOML.format(code=SCHOOL, name=name, teacher=teacher), encoding="utf-8")
    (folder / "練習說明.txt").write_text(_GUIDE.format(folder=folder), encoding="utf-8")
    return Practice(folder=folder, students=len(numbers), files=files)


def _json(opened: Opened, part: str) -> Any:
    entry = opened.inventory.find(f"{part}.json")
    return json.loads(opened.contents.read(entry, limits.JSON_BYTES).decode("utf-8-sig")) if entry else {}


def _rows(rosters: dict[str, dict[str, list[dict[str, str]]]], number: str, package_id: str, parts: Mapping[str, Any]) -> None:
    def add(roster: str, sheet: str, row: Mapping[str, str]) -> None:
        rosters.setdefault(roster, {}).setdefault(sheet, []).append({kinds.STUDENT: number, **row})

    identity = {key: as_sent(value) for key, value in parts[IDENTITY].items()}
    head = {"姓名": identity.pop("姓名"), "班級": f"三年{int(number[3:5])}班"}
    add("學生資料名冊", kinds.STUDENTS, {**head, "身分證號": f"{_PERSON}{number}", "學生": package_id, **identity})
    for row in parts["修課紀錄"]["學期成績與學習相對表現資訊"]:
        add("學生成績名冊", kinds.MEANS, {key: as_sent(row[key]) for key in ("學年度", "學期", "學生學期成績")})
    for row in parts["修課紀錄"][COURSES]:
        marks = {
            key: as_sent(value)
            for key, value in row.items()
            if not isinstance(value, dict) and key not in ("母體人數", "課程領域資訊", "本科目分數級距分布")
        }
        marks |= {"課程領域": (row["課程領域資訊"] or {}).get("名稱", ""), "分數": as_sent(row["學業成績"]["分數"])}
        add("學生成績名冊", kinds.MARKS, marks)
    for row in parts[OUTCOMES]:
        add("學生課程學習成果名冊", "學期課程學習成果", record.flat(OUTCOMES, row))
    for kind in performance_kinds():
        roster = "校內幹部經歷名冊" if kind.key == kinds.SCHOOL_KIND else "學生自填多元表現名冊"
        for row in parts["多元表現"].get(kind.key, []):
            add(roster, kind.key, record.flat(kind.key, row))


def _copy(opened: Opened, target: Path) -> int:
    count = 0
    target.mkdir(parents=True)
    for entry in opened.inventory:
        if "/" not in entry.path and not entry.path.endswith((".json", ".csv")) and entry.path not in _NOT_COPIED:
            with opened.contents.open(entry) as source:
                (target / entry.path).write_bytes(source.read())
            count += 1
    glyphs = [entry for entry in opened.inventory if entry.path.startswith("造字/")]
    for entry in glyphs:
        kept = target.parents[1] / entry.path
        kept.parent.mkdir(parents=True, exist_ok=True)
        with opened.contents.open(entry) as source:
            kept.write_bytes(source.read())
    return count


def _mistakes(rosters: dict[str, dict[str, list[dict[str, str]]]], folder: Path, numbers: list[str]) -> str:
    """Four mistakes, each of another student; and a teacher who leaves. Returns the teacher's name."""
    rows = rosters["學生課程學習成果名冊"]["學期課程學習成果"]
    of = {number: [row for row in rows if row[kinds.STUDENT] == number] for number in numbers}
    abstract, document = "課程學習成果簡述", "課程學習成果文件檔案連結"
    of[numbers[0]][0][abstract] = (of[numbers[0]][0][abstract] * 5)[:120]
    of[numbers[1]][0][abstract] = "完整內容請見 https://example.org/report"
    (folder / "files" / numbers[2] / of[numbers[2]][0][document]).unlink()
    of[numbers[3]][0] |= {"科目名稱": "拳擊入門", "課程代碼": of[numbers[3]][0]["課程代碼"][:-2] + "99"}
    waiting = next((row for row in rows if row.get("認證狀態") == "N"), rows[0])
    return waiting["認證教師"]


def _write(rosters: Mapping[str, Mapping[str, list[dict[str, str]]]], folder: Path) -> None:
    for roster, sheets in rosters.items():
        book = Workbook(write_only=True)
        cover = book.create_sheet(kinds.COVER)
        for pair in (("學校代碼", SCHOOL), ("學年度", "114"), ("學期", "0"), ("名冊別", roster)):
            cover.append([text_cell(cover, words) for words in pair])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            columns = list(dict.fromkeys(key for row in rows for key in row))
            for cells in (columns, *([row.get(column) or "" for column in columns] for row in rows)):
                sheet.append([text_cell(sheet, words) if words else None for words in cells])
        book.save(folder / f"{roster}.xlsx")
