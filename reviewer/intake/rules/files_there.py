"""Every file that a roster names lies there, and every file that lies there is named."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, told
from reviewer.intake.student import Student
from reviewer.model.problem import ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import names

NOT_THERE = ProblemKind(
    "upload-not-there",
    Severity.ERROR,
    Text("找不到檔案「{name}」。", "The file “{name}” is not there."),
    Text("請把檔案放進這位學生的資料夾，或更正檔名。", "Put it into the student's folder, or correct its name."),
)
UNNAMED = ProblemKind(
    "upload-unnamed",
    Severity.WARNING,
    Text("檔案「{name}」沒有任何名冊提到，不會封裝。", "The file “{name}” is named by no roster; it will not be packed."),
    Text("若應屬於某一筆，請在名冊填上檔名；否則請刪除。", "If it belongs to an item, write its name in the roster; otherwise delete it."),
)


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of every name, then of every file."""
    for item in student.items():
        for column, name, upload in item.files:
            if upload is None:
                yield told(NOT_THERE.at(item.row.where(column), name=names.visible(name)))
    for upload in student.unclaimed():
        where = Where(package=student.number, file=upload.path.relative_to(context.uploads.folder).as_posix())
        yield told(UNNAMED.at(where, name=names.visible(upload.name)))


RULE = Rule(
    code="files-there",
    sentence=Text(
        "名冊提到的檔案都在，資料夾裡的檔案都有名冊提到。", "Every file that a roster names lies there, and every file is named."
    ),
    kinds=(NOT_THERE, UNNAMED),
    student=check,
)
