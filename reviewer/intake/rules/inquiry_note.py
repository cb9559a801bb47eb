"""自然科學探究與實作 is filed under two of the four subjects, with a note that names them [S29]."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, told
from reviewer.model.course_codes import Inquiry, inquiry_hint, parse_course_code
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text

NO_NOTE = ProblemKind(
    "inquiry-without-note",
    Severity.NOTE,
    Text(
        "課程計畫的「{course}」是探究與實作，備註沒有寫明跨哪兩個科目。",
        "“{course}” in the plan is an inquiry course; its note does not say which two subjects it spans.",
    ),
    Text(
        "請在課程計畫.csv 的「備註」欄寫明，例如「跨物理、化學」。",
        "Write it in the column 備註 of 課程計畫.csv, for example 跨物理、化學.",
    ),
)


def check_school(context: Context) -> Iterator[Finding]:
    """Ask it of the plan's rows in domain 04."""
    told_already: set[str] = set()
    for row in context.uploads.plan:
        parsed = parse_course_code(row.code)
        if parsed is None or inquiry_hint(row.name, parsed.domain) is not Inquiry.SCIENCE or row.name in told_already:
            continue
        if not row.note:
            told_already.add(row.name)
            yield told(NO_NOTE.at(row.where, course=row.name))


RULE = Rule(
    code="inquiry-note",
    sentence=Text("自然科學探究與實作在備註寫明所跨科目。", "Inquiry courses say which subjects they span."),
    kinds=(NO_NOTE,),
    school=check_school,
)
