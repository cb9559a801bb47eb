"""Departments from a table (.xlsx, .csv) or from lines of published prose (.txt): settings by department code, with the row that each is from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.model.codes import CodeSet, Group
from reviewer.model.formulas import unneutral
from reviewer.model.problem import ExitStatus, Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.selection import Mask
from reviewer.model.text import Text
from reviewer.packages import text_files
from reviewer.packages.findings import Findings, Place
from reviewer.packages.tables import read_grids
from reviewer.selection import table_columns as columns
from reviewer.selection.faults import FILE_UNREADABLE
from reviewer.selection.prose import ProseFault, parse
from reviewer.selection.prose_codes import KEYS, group_of, settings_of
from reviewer.selection.schema import SECTION_GROUPS

NO_HEADINGS = ProblemKind(
    "departments-table-headings",
    Severity.ERROR,
    Text(
        "找不到標題列：需要「校系代碼」，以及代碼欄（A、B…）或「公告文字」。",
        "No heading row: 校系代碼 is needed, and code columns (A, B …) or 公告文字.",
    ),
    Text(
        "可以先用 reviewer departments export 匯出一份當範本。", "Export a table with reviewer departments export and use it as a pattern."
    ),
)
CELL_UNREADABLE = ProblemKind(
    "departments-table-cell",
    Severity.ERROR,
    Text("「{value}」不能用在這一欄。", "“{value}” cannot stand in this column."),
    Text("{hint}", "{hint}"),
)
ROW_TWICE = ProblemKind(
    "departments-table-row-twice",
    Severity.ERROR,
    Text("校系代碼 {code} 在第 {row} 列已經有了。", "The department {code} stands in row {row} already."),
    Text("請合併成一列。", "Put them into one row."),
)
LINE_DIFFERS = ProblemKind(
    "departments-table-line-differs",
    Severity.WARNING,
    Text("「公告文字」與代碼欄不同，採用代碼欄。", "公告文字 and the code columns differ; the code columns are taken."),
    Text("若要改用公告文字，請刪除代碼欄後再匯入。", "To use 公告文字, delete the code columns and import again."),
)
LINE_WITHOUT_CODE = ProblemKind(
    "departments-line-without-code",
    Severity.ERROR,
    Text("這一行前面沒有校系代碼。", "No department code stands before this line."),
    Text(
        "請寫成「001012 資訊工程學系：修課紀錄(A)、…」，或用 --department 指定。",
        "Write “001012 Name：修課紀錄(A)、…”, or name it with --department.",
    ),
)

_HEADING_WITHIN_ROWS = 10
_DEPARTMENT = re.compile(r"[0-9A-Za-z]{6}")
_CODE_HEADING = re.compile(r"([A-Z](?:-[0-9]{1,2})?)(?![A-Za-z0-9]).*", re.DOTALL)
_LINE = re.compile(
    r"\s*([0-9A-Za-z]{6})(?![0-9A-Za-z])[\s　]*((?:[^:：()（）]|[(（](?![A-Z](?:-[0-9]+)?[)）、，,.])[^()（）:：]*[)）])*?)[\s　]*[:：\t][\s　]*(.*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """What a source says of one department."""

    code: str
    """校系代碼."""
    settings: Mapping[str, Any]
    """Settings of its file that the source speaks of."""
    where: Where
    """The row."""


def read_source(
    path: Path, code_sets: Mapping[str, CodeSet], usual: str, department: str
) -> tuple[tuple[SourceRow, ...], tuple[Problem, ...]]:
    """Every department of a source. `usual` is the code set where none is named; `department` the code of a line that names none.

    Raises `Stop` when the file is not there or no table.
    """
    if path.suffix.lower() == ".txt":
        found = tuple(_of_lines(path, code_sets[usual], department))
    else:
        found = tuple(_of_table(path, code_sets, usual))
    rows = tuple(row for row in found if isinstance(row, SourceRow))
    return rows, (*(row for row in found if isinstance(row, Problem)), *_repeated(rows))


def _repeated(rows: Sequence[SourceRow]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row in rows:
        if row.code in first:
            yield ROW_TWICE.at(row.where, code=row.code, row=first[row.code])
        first.setdefault(row.code, row.where.row)


def _of_lines(path: Path, code_set: CodeSet, department: str) -> Iterator[SourceRow | Problem]:
    for number, cells in enumerate(read_text(path).splitlines(), start=1):
        where = Where(file=path.name, row=number)
        line = cells.strip()
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        code, name, prose = (match[1], match[2], match[3]) if match else (department, "", line)
        if not code:
            yield LINE_WITHOUT_CODE.at(where)
            continue
        yield from _of_prose(prose, code, {"name": name} if name else {}, code_set, where)


def read_text(path: Path) -> str:
    """A text file as words, in UTF-8 or CP950; raises `Stop` when it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Stop(FILE_UNREADABLE.at(Where(file=str(path)), reason=error.strerror or type(error).__name__)) from error
    return text_files.decode(data, Place(Findings(""), path.name))


def _of_prose(line: str, code: str, settings: dict[str, Any], code_set: CodeSet, where: Where) -> Iterator[SourceRow | Problem]:
    try:
        said, problems = settings_of(parse(line), code_set, where)
    except ProseFault as fault:
        yield fault.problem(where)
        return
    yield from problems
    yield SourceRow(code=code, settings={**settings, **said}, where=where)


def _of_table(path: Path, code_sets: Mapping[str, CodeSet], usual: str) -> Iterator[SourceRow | Problem]:
    sheets = 0
    grids, problems = read_grids(path)
    yield from problems
    for sheet, grid in grids:
        for number, cells in enumerate(grid[:_HEADING_WITHIN_ROWS]):
            headings = [columns.heading(cell) for cell in cells]
            if columns.CODE in headings and (columns.LINE in headings or any(_code_of(heading) for heading in headings)):
                sheets += 1
                yield from _of_sheet(path.name, sheet, grid, number, headings, code_sets, usual)
                break
    if not sheets:
        raise Stop(NO_HEADINGS.at(Where(file=path.name)), status=ExitStatus.USAGE)


def _of_sheet(
    file: str,
    sheet: str,
    grid: Sequence[Sequence[str]],
    heading_row: int,
    headings: Sequence[str],
    code_sets: Mapping[str, CodeSet],
    usual: str,
) -> Iterator[SourceRow | Problem]:
    for number in range(heading_row + 1, len(grid)):
        cells = {heading: unneutral(cell.strip()) for heading, cell in zip(headings, grid[number], strict=False)}
        code = cells.get(columns.CODE, "")
        where = Where(file=file, sheet=sheet, row=number + 1)
        if not any(cells.values()):
            continue
        if not _DEPARTMENT.fullmatch(code):
            hint = Text(
                "校系代碼是 6 個英數字；Excel 若吃掉了前面的 0，請把這一欄改成文字格式。",
                "Six letters or digits; if Excel dropped zeros, format the column as text.",
            )
            yield CELL_UNREADABLE.at(_in_column(where, columns.CODE), value=code, hint=hint)
            continue
        yield from _row(code, cells, code_sets, usual, where)


def _row(code: str, cells: Mapping[str, str], code_sets: Mapping[str, CodeSet], usual: str, where: Where) -> Iterator[SourceRow | Problem]:
    settings: dict[str, Any] = {}
    for key, value in _plain_cells(cells, where):
        if isinstance(value, Problem):
            yield value
        else:
            settings[key] = value
    code_set = code_sets.get(settings.get("code_set", usual))
    if code_set is None:
        hint = Text(f"可以用的有：{'、'.join(sorted(code_sets))}。", f"Known are: {', '.join(sorted(code_sets))}.")
        yield CELL_UNREADABLE.at(_in_column(where, columns.CODE_SET), value=settings["code_set"], hint=hint)
        return
    line = cells.get(columns.LINE, "")
    by_code = {known: cell for heading, cell in cells.items() if (known := _code_of(heading)) and group_of(known, code_set) is not None}
    if not by_code:
        yield from _of_prose(line, code, settings, code_set, where)
        return
    taken, problems = _taken(by_code, code_set, where)
    yield from problems
    if line:
        yield from (LINE_DIFFERS.at(where) for _ in range(_differs(line, taken, code_set, where)))
    if line and not _differs(line, taken, code_set, where):
        taken = {**settings_of(parse(line), code_set, where)[0], **({"order": settings["order"]} if "order" in settings else {})}
    yield SourceRow(code=code, settings={**settings, **taken}, where=where)


def _taken(by_code: Mapping[str, str], code_set: CodeSet, where: Where) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Settings from the code columns, in the columns' order; a department's own code has its name in the cell."""
    settings: dict[str, Any] = {
        "course_record": False,
        "outcomes": [],
        "performances": [],
        "summary": False,
        "statements": [],
        "others": [],
    }
    problems = []
    for code, cell in by_code.items():
        group, answer = group_of(code, code_set), columns.says(cell)
        if answer is False or group is None:
            continue
        if group is Group.OTHER and not columns.is_ambiguous(cell):
            settings["others"].append({"code": code} if answer else {"code": code, "name": cell})
        elif answer is None:
            hint = Text(f"採計請填 {columns.TAKEN}，不採計請留空白。", f"Write {columns.TAKEN} where it is taken, nothing where it is not.")
            problems.append(CELL_UNREADABLE.at(_in_column(where, code), value=cell, hint=hint))
        elif group in (Group.COURSE_RECORD, Group.SUMMARY):
            settings[KEYS[group]] = True
        else:
            settings[KEYS[group]].append(code)
    return settings, tuple(problems)


def _differs(line: str, taken: Mapping[str, Any], code_set: CodeSet, where: Where) -> bool:
    try:
        said, problems = settings_of(parse(line), code_set, where)
    except ProseFault:
        return True
    return bool(problems) or any(_as_set(said[key]) != _as_set(taken[key]) for key in SECTION_GROUPS)


def _as_set(value: Any) -> Any:
    return {str(item.get("code") if isinstance(item, dict) else item) for item in value} if isinstance(value, list) else value


def _plain_cells(cells: Mapping[str, str], where: Where) -> Iterator[tuple[str, Any]]:
    """Settings from the columns that are no codes; an empty cell says nothing."""
    if cells.get(columns.NAME):
        english = cells.get(columns.NAME_EN)
        yield "name", {"zh": cells[columns.NAME], "en": english} if english else cells[columns.NAME]
    texts = ((columns.UNIVERSITY_CODE, "university_code"), (columns.UNIVERSITY_NAME, "university_name"), (columns.FIELD, "field"))
    for heading, key in (*texts, (columns.CODE_SET, "code_set"), (columns.GUIDE, "guide_text")):
        if cells.get(heading):
            yield key, cells[heading]
    for heading, key in (
        (columns.YEAR, "admission_year"),
        (columns.MAX_OUTCOMES, "max_outcomes"),
        (columns.MAX_PERFORMANCES, "max_performances"),
    ):
        if cells.get(heading):
            words = cells[heading]
            hint = Text("要寫整數。", "Write a whole number.")
            yield key, int(words) if words.isdecimal() else CELL_UNREADABLE.at(_in_column(where, heading), value=words, hint=hint)
    for heading, key, known in (
        (columns.MASKS, "masks", {mask.value: mask.value for mask in Mask}),
        (columns.ORDER, "order", _SECTION_WORDS),
    ):
        if cells.get(heading):
            words_list = [words for words in re.split(r"[、,，;；\s]+", cells[heading]) if words]
            unknown = [words for words in words_list if words not in known]
            hint = Text(f"可以用的有：{'、'.join(known)}。", f"Known are: {', '.join(known)}.")
            yield (
                key,
                CELL_UNREADABLE.at(_in_column(where, heading), value=unknown[0], hint=hint)
                if unknown
                else [known[words] for words in words_list],
            )


_SECTION_WORDS = {group.label.zh: section for section, group in SECTION_GROUPS.items()}


def _code_of(heading: str) -> str:
    match = _CODE_HEADING.fullmatch(heading)
    return match[1] if match else ""


def _in_column(where: Where, column: str) -> Where:
    return Where(file=where.file, sheet=where.sheet, row=where.row, column=column)
