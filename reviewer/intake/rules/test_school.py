"""Codes of schools that the central database uses for trials."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, told
from reviewer.model import tables
from reviewer.model.problem import ProblemKind, Severity, Where
from reviewer.model.text import Text

TEST_CODE = ProblemKind(
    "test-school-upload",
    Severity.NOTE,
    Text("學校代碼 {code} 是測試學校。", "The school code {code} is that of a test school."),
    Text("若是正式資料，請更正 school.toml。", "If this is in earnest, correct school.toml."),
)


def check_school(context: Context) -> Iterator[Finding]:
    """Ask it of school.toml."""
    code = context.uploads.school.code
    if tables.lookup("測試學校", code) is not None:
        yield told(TEST_CODE.at(Where(file="school.toml", path="code"), code=code))


RULE = Rule(
    code="test-school",
    sentence=Text("學校代碼不是測試學校。", "The school's code is no test school's."),
    kinds=(TEST_CODE,),
    school=check_school,
)
