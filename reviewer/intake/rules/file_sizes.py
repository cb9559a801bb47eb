"""Files are within the size that held in the semester of the item: 4 MB and 10 MB since 109-1, 2 and 5 before."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, semester_of, told
from reviewer.intake.student import Student
from reviewer.model import limits
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.packages import names

TOO_LARGE = ProblemKind(
    "upload-too-large",
    Severity.ERROR,
    Text("「{name}」有 {size} MB，超過 {semester}的上限 {limit} MB。", "“{name}” has {size} MB, more than the {limit} MB of {semester}."),
    Text("請壓縮圖片或縮短影音後重新上傳。", "Compress pictures or shorten the medium, then upload it again."),
)

_MEGABYTE = 2**20


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of every file that an item names."""
    for item in student.items():
        semester = semester_of(item) or context.now
        for column, _, upload in item.files:
            limit = limits.limit("document_bytes" if "文件" in column else "media_bytes", semester)
            if upload is not None and upload.size_bytes > limit:
                facts = {
                    "size": f"{upload.size_bytes / _MEGABYTE:.1f}",
                    "limit": limit // _MEGABYTE,
                    "semester": Text(semester.label, str(semester)),
                }
                yield told(TOO_LARGE.at(item.row.where(column), name=names.visible(upload.name), **facts))


RULE = Rule(
    code="file-sizes",
    sentence=Text(
        "檔案大小不超過該學期的上限（109 學年度起文件 4 MB、影音 10 MB）。",
        "Files are within the size limits of their semester (4 MB and 10 MB since 109).",
    ),
    kinds=(TOO_LARGE,),
    student=check,
)
