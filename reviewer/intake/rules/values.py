"""Values are what their columns may hold: dates that exist, codes of the tables, numbers. Kept as sent, whatever they are."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.kinds import kinds
from reviewer.intake.rules.context import Context, Rule, shown, told
from reviewer.intake.shifted import fits
from reviewer.intake.student import Student
from reviewer.model.parts import FieldType
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

ODD_VALUE = ProblemKind(
    "roster-odd-value",
    Severity.NOTE,
    Text("「{column}」的「{value}」不是{expected}，照原樣保留。", "“{value}” in “{column}” is not {expected}; it is kept as it is."),
    Text("若填錯請更正；審查委員會看到原來的文字。", "Correct it if it is mistyped; reviewers will see the words as they are."),
)
ZERO = ProblemKind(
    "roster-zero",
    Severity.NOTE,
    Text("「{column}」是 0。", "“{column}” is 0."),
    Text("若是漏填，請補上。", "Fill it in if it was left out."),
)
LISTED_CODE = ProblemKind(
    "roster-code-list",
    Severity.NOTE,
    Text("「{column}」寫成「{value}」，多了逗號。", "“{column}” is written “{value}”, with a comma too many."),
    Text("請從原系統更正匯出格式。", "Correct your system's export."),
)

_EXPECTED = {
    FieldType.DATE: Text("日期", "a date"),
    FieldType.SCHOOL_YEAR: Text("學年度", "a school year"),
    FieldType.TERM: Text("學期（0、1、2）", "a term (0, 1, 2)"),
    FieldType.CODE: Text("代碼表裡的代碼", "a code of the table"),
    FieldType.NUMBER: Text("數字", "a number"),
}
_YEARS = range(90, 200)


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of every cell of outcomes and performances; marks have their own dirt, which the record shows."""
    del context
    for item in student.items():
        columns = kinds()[item.kind].columns
        for key, value in item.row.cells.items():
            column = columns.get(key)
            if column is None or column.type not in _EXPECTED:
                continue
            where = item.row.where(key)
            odd_year = column.type is FieldType.SCHOOL_YEAR and value.isdecimal() and int(value) not in _YEARS
            if odd_year or not fits(column, value):
                yield told(ODD_VALUE.at(where, column=key, value=shown(value), expected=_EXPECTED[column.type]))
            elif column.type is FieldType.NUMBER and value.strip("0.") == "":
                yield told(ZERO.at(where, column=key))
            elif column.type is FieldType.CODE and value != value.strip(",; "):
                yield told(LISTED_CODE.at(where, column=key, value=value))


RULE = Rule(
    code="values",
    sentence=Text("日期、代碼與數字都可解讀。", "Dates, codes and numbers can be read."),
    kinds=(ODD_VALUE, ZERO, LISTED_CODE),
    student=check,
)
