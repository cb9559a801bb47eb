"""The public page: every department with its codes, to search, to filter by code, field and maximum, and to lay side by side. One file."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.model.text import Text
from reviewer.selection import table_columns as columns
from reviewer.selection.config import Configuration
from reviewer.selection.pages import page
from reviewer.selection.table import MASK_NAMES, Department, Table, tables


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeView:
    """A code's column."""

    code: str
    """`J`."""
    name: Text
    """Official name; 校系自訂 for a department's own."""
    group: Text
    """Section that it belongs to."""
    column: int
    """Place among the columns, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section of a department in words."""

    title: Text
    """修課紀錄 …"""
    items: tuple[str, ...]
    """Codes with their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentView:
    """A row."""

    code: str
    """校系代碼."""
    name: Text
    """The department."""
    university: Text
    """Its university."""
    field: str
    """學群."""
    codes: tuple[CodeView, ...]
    """Codes that it takes, in the columns' order."""
    sections: tuple[SectionView, ...]
    """In its own order."""
    max_outcomes: int
    """At most."""
    max_performances: int
    """At most."""
    masks: tuple[Text, ...]
    """What reviewers do not see."""
    line: str
    """The published line."""
    guide_text: str
    """Guide."""
    search: str
    """Normalised words that searching looks through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """One code set's departments."""

    id: str
    """Anchor."""
    title: Text
    """大學, 四技."""
    codes: tuple[CodeView, ...]
    """Columns."""
    rows: tuple[DepartmentView, ...]
    """Departments."""


def public_page(configuration: Configuration) -> bytes:
    """The page as one HTML file."""
    made = tuple(_table_view(table) for table in tables(configuration.departments.values()))
    years = sorted({selection.admission_year for selection in configuration.departments.values()})
    universities = {selection.university_code for selection in configuration.departments.values()}
    return page(
        "public.html",
        "public.js",
        tables=made,
        heading=configuration.site.university_name
        if len(universities) == 1
        else Text("各校系審查資料採計項目", "What the departments take"),
        years="、".join(str(year) for year in years),
        count=sum(len(table.rows) for table in made),
        fields=sorted({row.field for table in made for row in table.rows if row.field}),
        maxima=sorted({row.max_performances for table in made for row in table.rows}),
        most_codes=max((len(table.codes) for table in made), default=0),
    )


def searchable(words: Sequence[str]) -> str:
    """Words as searching compares them: NFKC, small letters, 台 for 臺. The page's script does the same to what is typed."""
    return unicodedata.normalize("NFKC", " ".join(words)).lower().replace("臺", "台")


def _table_view(table: Table) -> TableView:
    codes = tuple(_code_view(table, code, column) for column, code in enumerate(table.codes, start=1))
    return TableView(
        id=table.code_set.id, title=table.code_set.name, codes=codes, rows=tuple(_row_view(row, codes) for row in table.departments)
    )


def _code_view(table: Table, code: str, column: int) -> CodeView:
    item = table.code_set.item(code)
    if item is None:
        return CodeView(code=code, name=Text("校系自訂", "named by the department"), group=Text("其他", "Others"), column=column)
    return CodeView(code=code, name=item.name, group=item.group.label, column=column)


def _row_view(row: Department, codes: tuple[CodeView, ...]) -> DepartmentView:
    choice = row.selection
    own = [name for name in row.codes.values() if name != columns.TAKEN]
    return DepartmentView(
        code=choice.department_code,
        name=choice.name,
        university=choice.university_name,
        field=choice.field,
        codes=tuple(code for code in codes if code.code in row.codes),
        sections=tuple(
            SectionView(title=section.group.label, items=tuple(f"{code} {_name(row, code)}" for code in section.codes))
            for section in choice.sections
        ),
        max_outcomes=choice.max_outcomes,
        max_performances=choice.max_performances,
        masks=tuple(MASK_NAMES[mask] for mask in MASK_NAMES if mask in choice.masks),
        line=row.line,
        guide_text=choice.guide_text,
        search=searchable([choice.department_code, choice.name.zh, choice.name.en, choice.university_name.zh, choice.field, *own]),
    )


def _name(row: Department, code: str) -> str:
    item = row.selection.item(code)
    return item.name.zh if item else ""
