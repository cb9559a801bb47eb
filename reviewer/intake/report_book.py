"""The report as workbooks: every finding with its place, and a copy of each roster with the cells in question coloured.

Defended: cells hold what strangers typed. Everything is written as text, never as a formula, and marked so (quotePrefix) that a program which
saves it again keeps it text. Copies are written as streams: memory does not grow with the roster.
"""

from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from reviewer.intake import grids
from reviewer.intake.checking import Checked
from reviewer.intake.text_cells import LONG_CHARACTERS, legible, text_cell
from reviewer.model.problem import Problem, Severity
from reviewer.packages import names

REPORT = "report.xlsx"
"""Every finding."""
COPIES = "marked-rosters"
"""Folder of the coloured copies."""

_COLUMNS = ("程度", "學號", "姓名", "班級", "檔案", "工作表", "列", "欄", "什麼", "怎麼辦", "教師", "規則", "What", "What to do")
_WIDTHS = (6, 12, 12, 10, 26, 22, 7, 22, 60, 50, 12, 18, 60, 50)
_FILLS = {Severity.ERROR: "F4C7C3", Severity.WARNING: "FCE8B2", Severity.NOTE: "DDE7F0"}
_COMMENT_CHARACTERS = 600


def write_report_book(checked: Checked, folder: Path) -> Path:
    """Write report.xlsx: one row a finding, columns that can be filtered."""
    people = {person.number: person for person in checked.people}
    book = Workbook(write_only=True)
    sheet = book.create_sheet("檢核結果")
    for index, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([text_cell(sheet, name, bold=True) for name in _COLUMNS])
    for finding in checked.findings:
        problem, person = finding.problem, people.get(finding.student)
        where = problem.where
        place = where.column or where.path
        cells = (
            problem.severity.label.zh, finding.student, person.name if person else "", person.class_name if person else "",
            where.file, where.sheet, str(where.row or ""), f"{place} 第 {where.page} 頁" if where.page else place,
            problem.what.zh, problem.remedy.zh, finding.teacher, finding.rule, problem.what.en, problem.remedy.en,
        )  # fmt: skip
        sheet.append([text_cell(sheet, words, _FILLS[problem.severity] if index == 0 else "") for index, words in enumerate(cells)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_COLUMNS))}{len(checked.findings) + 1}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / REPORT
    book.save(path)
    return path


def write_marked_rosters(checked: Checked, folder: Path) -> tuple[Path, ...]:
    """Write a copy of every roster that has findings in a cell or row, coloured, the sentence as the cell's comment; copies of an earlier check go."""
    target = folder / COPIES
    for old in target.glob("*.xlsx") if target.is_dir() else ():
        old.unlink()
    by_file: dict[str, list[Problem]] = {}
    for finding in checked.findings:
        if finding.problem.where.file in checked.rosters and finding.problem.where.row:
            by_file.setdefault(finding.problem.where.file, []).append(finding.problem)
    written = []
    for file, problems in sorted(by_file.items()):
        target.mkdir(parents=True, exist_ok=True)
        path = target / f"{Path(file).stem}.xlsx"
        _write_marked(checked, file, problems, path)
        written.append(path)
    return tuple(written)


def _write_marked(checked: Checked, file: str, problems: list[Problem], path: Path) -> None:
    source = checked.folder / next(entry.name for entry in checked.folder.iterdir() if names.normal(entry.name) == file)
    opened, _ = grids.open_csv(source, file) if source.suffix.lower() == ".csv" else grids.open_workbook(source, file)
    headings = {sheet.name: sheet.headings for sheet in checked.sheets if sheet.file == file}
    book = Workbook(write_only=True)
    for grid in opened:
        sheet = book.create_sheet(grid.sheet[:31] or "名冊")
        sheet.freeze_panes = "A2"
        for index, heading in enumerate(headings.get(grid.sheet, ()), 1):
            sheet.column_dimensions[get_column_letter(index)].width = min(LONG_CHARACTERS, max(10, 2.2 * len(heading)))
        marks = _marks(problems, grid.sheet, headings.get(grid.sheet, ()))
        last = 0
        for number, cells in grid.rows:
            # Empty rows are kept: rows of the copy are those of the report.
            for _empty in range(last + 1, number):
                sheet.append([])
            last = number
            sheet.append(
                [
                    _marked(sheet, words, marks.get((number, index), marks.get((number, -1), []) if index == 0 else []))
                    for index, words in enumerate(cells)
                ]
            )
    book.save(path)


def _marks(problems: Iterable[Problem], sheet: str, headings: tuple[str, ...]) -> dict[tuple[int, int], list[Problem]]:
    """Problems by row and column index; −1 for those of a row as a whole."""
    found: dict[tuple[int, int], list[Problem]] = {}
    for problem in problems:
        if problem.where.sheet == sheet:
            column = problem.where.column
            found.setdefault((problem.where.row, headings.index(column) if column in headings else -1), []).append(problem)
    return found


def _marked(sheet: object, words: str, problems: list[Problem]) -> WriteOnlyCell:
    order = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    gravest = next((severity for severity in order if any(problem.severity is severity for problem in problems)), None)
    cell = text_cell(sheet, words, _FILLS[gravest] if gravest else "")
    if problems:
        told = "\n".join(f"{problem.severity.label.zh}：{problem.what.zh}{problem.remedy.zh}" for problem in problems)
        cell.comment = Comment(legible(told)[:_COMMENT_CHARACTERS], "reviewer", width=360, height=120)
    return cell
