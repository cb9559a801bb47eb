"""The departments' table out: workbook, CSV, JSON, or a static page, by the file's ending."""

import csv
import functools
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from reviewer.model.formulas import neutral
from reviewer.model.problem import ExitStatus, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.selection import table_columns as columns
from reviewer.selection.config import Configuration
from reviewer.selection.importing import WRITE_FAILED
from reviewer.selection.public_page import public_page
from reviewer.selection.table import Department, Table, cells, headings, tables
from reviewer.selection.workbooks import Sheet, workbook_bytes

ENDING_UNKNOWN = ProblemKind(
    "export-ending",
    Severity.ERROR,
    Text("不認得檔名結尾「{ending}」。", "The file ending “{ending}” is not known."),
    Text("請用其中一種：{known}。", "Use one of: {known}."),
)


def export(configuration: Configuration, path: Path) -> None:
    """Write the table; the ending decides the form. Raises `Stop` for an unknown ending or a file that cannot be written."""
    writers: Mapping[str, Callable[[Configuration], bytes]] = {".xlsx": as_workbook, ".csv": as_csv, ".json": as_json, ".html": public_page}
    write_by_ending(path, {ending: functools.partial(writer, configuration) for ending, writer in writers.items()})


def write_by_ending(path: Path, writers: Mapping[str, Callable[[], bytes]]) -> None:
    """Write what the writer of the path's ending makes."""
    writer = writers.get(path.suffix.lower())
    if writer is None:
        known = "、".join(writers)
        raise Stop(ENDING_UNKNOWN.at(Where(file=str(path)), ending=path.suffix, known=known), status=ExitStatus.USAGE)
    data = writer()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise Stop(WRITE_FAILED.at(Where(file=str(path)), reason=error.strerror or type(error).__name__)) from error


def as_workbook(configuration: Configuration) -> bytes:
    """A sheet a code set, then what the codes mean, then the departments' guides."""
    made = tables(configuration.departments.values())
    sheets = [_sheet(table) for table in made]
    meanings = [
        (table.code_set.name.zh, item.code, item.name.zh, item.name.en, item.group.label.zh)
        for table in made
        for item in table.code_set.items
    ]
    sheets.append(Sheet(title="代碼", headings=("代碼種類", "代碼", "名稱", "English", "部分"), rows=meanings, widths=(12, 8, 44, 44, 18)))
    guides = [
        (row.selection.department_code, row.selection.name.zh, row.selection.guide)
        for table in made
        for row in table.departments
        if row.selection.guide
    ]
    sheets.append(Sheet(title="準備指引", headings=(columns.CODE, columns.NAME, "準備指引全文"), rows=guides, widths=(12, 28, 100)))
    return workbook_bytes(sheets)


def as_csv(configuration: Configuration) -> bytes:
    """One table over all code sets, UTF-8 with a BOM so that Excel reads it, formulas neutralised."""
    made = tables(configuration.departments.values())
    all_headings = list(dict.fromkeys(heading for table in made for heading in headings(table)))
    ordered = [heading for heading in all_headings if heading not in columns.AFTER_CODES] + list(columns.AFTER_CODES)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(neutral(heading) for heading in ordered)
    for table in made:
        for row in table.departments:
            values = dict(zip(headings(table), cells(table, row), strict=True))
            writer.writerow(neutral(str(values.get(heading, ""))) for heading in ordered)
    return ("\ufeff" + text.getvalue()).encode("utf-8", errors="replace")


def as_json(configuration: Configuration) -> bytes:
    """One object: the code sets in use and the departments, for programs."""
    made = tables(configuration.departments.values())
    data = {
        "university": {"zh": configuration.site.university_name.zh, "en": configuration.site.university_name.en},
        "admission_year": configuration.site.admission_year,
        "code_sets": [_code_set_object(table) for table in made],
        "departments": [department_object(row) for table in made for row in table.departments],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", errors="replace")


def department_object(row: Department) -> dict[str, Any]:
    """A department for programs."""
    choice = row.selection
    return {
        "code": choice.department_code,
        "name": {"zh": choice.name.zh, "en": choice.name.en},
        "university_code": choice.university_code,
        "university_name": {"zh": choice.university_name.zh, "en": choice.university_name.en},
        "field": choice.field,
        "admission_year": choice.admission_year,
        "code_set": choice.code_set.id,
        "sections": [{"group": section.group.value, "codes": list(section.codes)} for section in choice.sections],
        "own_names": {item.code: {"zh": item.name.zh, "en": item.name.en} for item in choice.own_items},
        "max_outcomes": choice.max_outcomes,
        "max_performances": choice.max_performances,
        "masks": sorted(mask.value for mask in choice.masks),
        "line": row.line,
        "guide_text": choice.guide_text,
        "guide": choice.guide,
    }


def _code_set_object(table: Table) -> dict[str, Any]:
    items = [
        {"code": item.code, "name": {"zh": item.name.zh, "en": item.name.en}, "group": item.group.value} for item in table.code_set.items
    ]
    return {"id": table.code_set.id, "name": {"zh": table.code_set.name.zh, "en": table.code_set.name.en}, "items": items}


def _sheet(table: Table) -> Sheet:
    widths = (11, 26, 30, 9, 20, 16, 9, 12, *(11 for _ in table.codes), 12, 12, 24, 16, 60, 60)
    rows = [cells(table, row) for row in table.departments]
    return Sheet(title=f"校系（{table.code_set.name.zh}）", headings=headings(table), rows=rows, widths=widths, frozen_columns=2)
