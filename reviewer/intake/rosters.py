"""Rosters of an upload into the ledger: which sheet is what, its headings, its rows; whatever cannot be read is told with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from reviewer.intake import grids, kinds, shifted
from reviewer.intake.findings import Finding
from reviewer.intake.grids import Cells, Grid
from reviewer.intake.kinds import COVER, STUDENT, Kind
from reviewer.intake.ledger import Ledger, Sheet
from reviewer.intake.workbook_faults import ROSTER_LOCKED
from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import names

SHEET_UNKNOWN = ProblemKind(
    "sheet-unknown",
    Severity.WARNING,
    Text("看不出這張工作表是哪一種名冊，未讀取。", "It cannot be told which roster this sheet is; it was not read."),
    Text(
        "請用官方名冊的工作表名稱與欄位名稱；若不是名冊，請刪除。",
        "Use the official names of sheets and columns; delete it if it is no roster.",
    ),
)
SHEET_OTHER_KIND = ProblemKind(
    "sheet-other-kind",
    Severity.ERROR,
    Text(
        "工作表名稱是「{named}」，欄位卻是「{found}」的，未讀取。",
        "The sheet is named “{named}”, but its columns are those of “{found}”; it was not read.",
    ),
    Text("請把資料貼到正確的工作表，或改正工作表名稱。", "Put the data into the right sheet, or correct the sheet's name."),
)
COLUMNS_MISSING = ProblemKind(
    "roster-columns",
    Severity.ERROR,
    Text("「{kind}」缺少欄位：{columns}，未讀取。", "“{kind}” lacks columns: {columns}; it was not read."),
    Text("請在標題列補上欄位名稱。", "Add the headings."),
)
HEADING_MERGED = ProblemKind(
    "roster-merged-heading",
    Severity.ERROR,
    Text(
        "標題列有合併儲存格（{ranges}），欄位無法對應，未讀取。",
        "The headings hold merged cells ({ranges}), so columns cannot be told; the sheet was not read.",
    ),
    Text("請取消合併，讓每一欄有自己的名稱。", "Unmerge them so that every column has its own name."),
)
HEADING_TWICE = ProblemKind(
    "roster-heading-twice",
    Severity.WARNING,
    Text(
        "欄位「{column}」有不只一欄，採用最前面有內容的一欄。",
        "There are several columns “{column}”; of each row the first that is filled in is read.",
    ),
    Text("請刪除多餘的欄位。", "Delete those that are not needed."),
)
ROW_WITHOUT_STUDENT = ProblemKind(
    "row-without-student",
    Severity.ERROR,
    Text("這一列沒有學號，未採用。", "The row has no student number; it is not taken."),
    Text("請補上學號；若是備註或合計，請移到名冊之外。", "Fill it in; move notes and totals out of the roster."),
)
ROW_SHIFTED = ProblemKind(
    "row-shifted",
    Severity.ERROR,
    Text(
        "這一列從「{column}」起像是往左移了一格（有空白儲存格被吃掉），未採用，也不猜測。",
        "From “{column}” on this row seems to stand one cell too far left (an empty cell was swallowed); it is not taken, and nothing is guessed.",
    ),
    Text("請對照原系統，把空白儲存格補回後再執行一次。", "Compare with your own system, put the empty cell back and run again."),
)
YEARS_MIXED = ProblemKind(
    "rosters-two-years",
    Severity.ERROR,
    Text("名冊的學年度不一致：{years}。", "The rosters are of different school years: {years}."),
    Text("請只留下同一學年度的名冊。", "Keep the rosters of one school year only."),
)
COVER_SCHOOL = ProblemKind(
    "cover-school",
    Severity.ERROR,
    Text(
        "封面的學校代碼是「{found}」，school.toml 是「{code}」。", "The cover's school code is “{found}”, that of school.toml is “{code}”."
    ),
    Text("請確認名冊是不是別校的。", "Check whether the roster is another school's."),
)
NO_ROSTER = ProblemKind(
    "no-roster",
    Severity.ERROR,
    Text("沒有任何可讀的「{kind}」名冊。", "There is no roster of “{kind}” that can be read."),
    Text("請放入學生資料名冊（.xlsx 或 .csv）。", "Put the roster of students (.xlsx or .csv) there."),
)

_HEADING_WITHIN_ROWS = 10
"""Schools write titles above their tables: the headings are looked for in the first rows."""
_BOOKS = (".xlsx", ".xlsm", ".xls")
_OTHER_TABLES = ("申請名單", "課程計畫", "收訖")
"""Tables of an upload that are no rosters."""


@dataclass(slots=True)
class Reading:
    """What reading the rosters found beside the rows."""

    findings: list[Finding] = field(default_factory=list)
    """Everything odd."""
    years: dict[str, str] = field(default_factory=dict)
    """學年度 that each roster's cover gives, by file."""
    files: list[str] = field(default_factory=list)
    """Rosters that were found."""

    def tell(self, problem: Problem, student: str = "") -> None:
        """Keep a problem."""
        self.findings.append(Finding(problem=problem, student=student))


def read_rosters(folder: Path, school_code: str, ledger: Ledger) -> Reading:
    """Read every roster in the root of an upload into the ledger, by file name."""
    reading = Reading()
    present = sorted((path for path in folder.iterdir() if path.is_file()), key=lambda path: names.normal(path.name))
    for path in present:
        name = names.normal(path.name)
        if name.startswith("~$"):
            reading.tell(ROSTER_LOCKED.at(Where(file=name), name=name.removeprefix("~$")))
            continue
        if names.is_ignored(name) or any(words in name for words in _OTHER_TABLES):
            continue
        suffix = path.suffix.lower()
        if suffix in _BOOKS or suffix == ".csv":
            reading.files.append(name)
            opened, problems = grids.open_csv(path, name) if suffix == ".csv" else grids.open_workbook(path, name)
            for problem in problems:
                reading.tell(problem)
            for grid in opened:
                for problem in grid.problems:
                    reading.tell(problem)
                _read_grid(grid, path.stem, school_code, ledger, reading)
    years = sorted(set(reading.years.values()))
    if len(years) > 1:
        told = "、".join(f"{file} {year}" for file, year in sorted(reading.years.items()))
        reading.tell(YEARS_MIXED.at(Where(file=kinds.COVER), years=told))
    ledger.seal()
    if not ledger.count(kinds.STUDENTS):
        reading.tell(NO_ROSTER.at(Where(file=kinds.STUDENTS), kind=kinds.STUDENTS))
    return reading


def _read_grid(grid: Grid, stem: str, school_code: str, ledger: Ledger, reading: Reading) -> None:
    named = kinds.kind_of_sheet(grid.sheet, stem)
    if named == COVER:
        _read_cover(grid, school_code, reading)
        return
    rows = iter(grid.rows)
    head = list(islice(rows, _HEADING_WITHIN_ROWS))
    if len(head) < 2 and not any(kinds.kind_by_columns(cells) for _, cells in head):
        # An empty sheet, or one that has no row yet.
        return
    at, kind, problem = _heading(grid, named, head)
    if problem is not None or kind is None:
        if problem is not None:
            reading.tell(problem)
        return
    number, headings = head[at]
    merged = [area for area in grid.merged if area[0] <= number <= area[2]]
    if merged:
        ranges = "、".join(f"{grids.column_letter(a[1] - 1)}{a[0]}:{grids.column_letter(a[3] - 1)}{a[2]}" for a in merged)
        reading.tell(HEADING_MERGED.at(grid.where(number), ranges=ranges))
        return
    keys = kind.keys(headings)
    for key in dict.fromkeys(key for key in keys if key and keys.count(key) > 1):
        same = {heading for own, heading in zip(keys, headings, strict=True) if own == key}
        if len(same) == 1:
            reading.tell(HEADING_TWICE.at(grid.where(number, same.pop()), column=key))
    sheet = Sheet(file=grid.file, name=grid.sheet, kind=kind.name, keys=keys, headings=tuple(headings))
    ledger.add_rows(_rows(grid, kind, sheet, ledger.add_sheet(sheet), chain(head[at + 1 :], rows), reading))


def _heading(grid: Grid, named: str, head: list[tuple[int, Cells]]) -> tuple[int, Kind | None, Problem | None]:
    """The row of headings among the first rows, and the kind of sheet; or what is wrong."""
    known = kinds.kinds()
    found = max(range(len(head)), key=lambda index: (max(kind.known(head[index][1]) for kind in known.values()), -index))
    number, headings = head[found]
    likely = kinds.kind_by_columns(headings)
    if not named:
        return found, known.get(likely), None if likely else SHEET_UNKNOWN.at(grid.where())
    kind = known[named]
    missing = [need for need in kind.needs if need not in kind.keys(headings)]
    if missing and likely and likely != named:
        return found, None, SHEET_OTHER_KIND.at(grid.where(), named=grid.sheet or named, found=likely)
    if missing:
        return found, None, COLUMNS_MISSING.at(grid.where(number), kind=named, columns="、".join(missing))
    return found, kind, None


def _rows(
    grid: Grid, kind: Kind, sheet: Sheet, serial: int, rows: Iterator[tuple[int, Cells]], reading: Reading
) -> Iterator[tuple[int, str, int, Mapping[str, str]]]:
    at = sheet.keys.index(STUDENT)
    for number, cells in rows:
        student = cells[at] if at < len(cells) else ""
        column = shifted.shifted_at(sheet.keys, cells, kind.columns)
        if column:
            reading.tell(ROW_SHIFTED.at(Where(package=student, file=grid.file, sheet=grid.sheet, row=number), column=column), student)
            continue
        if not student:
            reading.tell(ROW_WITHOUT_STUDENT.at(grid.where(number)))
            continue
        found: dict[str, str] = {}
        for key, value in zip(sheet.keys, cells, strict=False):
            if value and key:
                found.setdefault(key, value)
        yield serial, student, number, found


def _read_cover(grid: Grid, school_code: str, reading: Reading) -> None:
    """封面: 學校代碼, 學年度, 學期, 名冊別, as pairs in rows or as a heading with one row below."""
    rows = [(number, [cell for cell in cells if cell]) for number, cells in islice(grid.rows, 50)]
    facts = {kinds.heading(cells[0]): (number, cells[1]) for number, cells in rows if len(cells) >= 2}
    if len(rows) >= 2 and "學年度" in {kinds.heading(cell) for cell in rows[0][1]}:
        facts = {kinds.heading(key): (rows[1][0], value) for key, value in zip(rows[0][1], rows[1][1], strict=False)}
    if "學年度" in facts:
        reading.years[grid.file] = facts["學年度"][1]
    number, code = facts.get("學校代碼", (0, ""))
    if code and code.zfill(6) != school_code:
        reading.tell(COVER_SCHOOL.at(grid.where(number, "學校代碼"), found=code, code=school_code))
