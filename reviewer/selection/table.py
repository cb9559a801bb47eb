"""The departments as a table: one row a department, one column a code. Every writer (workbook, CSV, JSON, page) takes its rows from here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reviewer.model.codes import CodeSet, Group
from reviewer.model.selection import Mask, Selection
from reviewer.model.text import Text
from reviewer.selection import table_columns as columns
from reviewer.selection.prose import show
from reviewer.selection.prose_codes import prose_of

MASK_NAMES = {
    Mask.NAME: Text("姓名", "name"),
    Mask.SCHOOL: Text("學校", "school"),
    Mask.LOW_INCOME: Text("經濟與身分", "economic status"),
    Mask.PHOTO: Text("照片", "photo"),
}
"""What people call each mask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """One row."""

    selection: Selection
    """The department."""
    codes: Mapping[str, str]
    """Every code that it takes, with what stands in its cell: TAKEN, or the department's own name for it."""
    line: str
    """The published one-line form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Departments on one code set."""

    code_set: CodeSet
    """Their code set."""
    codes: tuple[str, ...]
    """Columns: all codes of the set, and those of the departments' own that anyone uses."""
    departments: tuple[Department, ...]
    """Rows, by 校系代碼."""

    def heading(self, code: str) -> str:
        """A code's heading: `F 高中自主學習計畫與成果`."""
        item = self.code_set.item(code)
        return f"{code} {item.name.zh}" if item else f"{code} 校系自訂"


def tables(selections: Iterable[Selection]) -> tuple[Table, ...]:
    """One table a code set that is used, by its id, 大學 first."""
    by_set: dict[str, list[Selection]] = {}
    for selection in selections:
        by_set.setdefault(selection.code_set.id, []).append(selection)
    ordered = sorted(by_set, key=lambda name: (name != "university", name))
    return tuple(_table(sorted(by_set[name], key=lambda row: row.department_code)) for name in ordered)


def department_row(selection: Selection) -> Department:
    """A department's row."""
    own = {item.code: item.name.zh for item in selection.own_items}
    codes = {code: own.get(code, columns.TAKEN) for section in selection.sections for code in section.codes}
    return Department(selection=selection, codes=codes, line=show(prose_of(selection)))


def headings(table: Table) -> tuple[str, ...]:
    """All headings of a table's sheet."""
    return (*columns.BEFORE_CODES, *(table.heading(code) for code in table.codes), *columns.AFTER_CODES)


def cells(table: Table, row: Department) -> tuple[str | int, ...]:
    """A row's cells, in the order of `headings`."""
    choice = row.selection
    published = [group for group in Group if choice.codes_of(group)]
    order = [section.group for section in choice.sections]
    before = (
        choice.department_code,
        choice.name.zh,
        choice.name.en if choice.name.en != choice.name.zh else "",
        choice.university_code,
        choice.university_name.zh,
        choice.field,
        choice.admission_year,
        choice.code_set.id,
    )
    after = (
        choice.max_outcomes,
        choice.max_performances,
        "、".join(group.label.zh for group in order) if order != published else "",
        "、".join(mask.value for mask in Mask if mask in choice.masks),
        row.line,
        choice.guide_text,
    )
    return (*before, *(row.codes.get(code, "") for code in table.codes), *after)


def _table(selections: Sequence[Selection]) -> Table:
    code_set = selections[0].code_set
    used = {code for selection in selections for section in selection.sections for code in section.codes}
    named = [item.code for item in code_set.items]
    own = [code for code in code_set.department_codes if code in used]
    return Table(code_set=code_set, codes=(*named, *own), departments=tuple(department_row(selection) for selection in selections))
