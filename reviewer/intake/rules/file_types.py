"""Files are what the rules let in, told by their content: documents pdf, jpg, png; media mp3, mp4."""

from collections.abc import Iterator

from reviewer.intake.findings import Finding
from reviewer.intake.rules.context import Context, Rule, told
from reviewer.intake.student import Student
from reviewer.model.attachment import MediaType
from reviewer.model.problem import ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import names, part_files

NO_FILE = ProblemKind(
    "outcome-without-file",
    Severity.ERROR,
    Text("「{item}」沒有文件也沒有影音檔。", "“{item}” has neither a document nor a medium."),
    Text("請學生補上檔案，至少一個。", "Ask the student for a file, at least one."),
)
NOT_TAKEN = ProblemKind(
    "upload-type",
    Severity.ERROR,
    Text("「{name}」的內容是{found}，不是可收的格式。", "The content of “{name}” is {found}, which is not taken."),
    Text(
        "請另存成 pdf、jpg、png（文件）或 mp3、mp4（影音）後重新上傳。",
        "Save it as pdf, jpg, png (documents) or mp3, mp4 (media) and upload it again.",
    ),
)
WRONG_COLUMN = ProblemKind(
    "upload-wrong-column",
    Severity.ERROR,
    Text("「{name}」是{found}，卻填在「{column}」欄。", "“{name}” is {found}, but stands in the column “{column}”."),
    Text("請把檔名移到另一欄。", "Move its name to the other column."),
)
REFUSED = ProblemKind(
    "upload-unusable",
    Severity.ERROR,
    Text("「{name}」無法顯示給審查委員：{why}", "“{name}” cannot be shown to reviewers: {why}"),
    Text("請學生重新輸出檔案後再上傳。", "Ask the student to export the file anew and to upload it again."),
)

_DOCUMENTS = frozenset({MediaType.PDF, MediaType.JPEG, MediaType.PNG})
_ENDINGS = frozenset({"pdf", "jpg", "jpeg", "png"})
_WORDS = {True: Text("文件", "a document"), False: Text("影音檔", "a medium")}


def check(student: Student, context: Context) -> Iterator[Finding]:
    """Ask it of every file that an item names, and of what was uploaded for a department."""
    yield from _applied(student, context)
    for item in student.items():
        if item.is_outcome and not item.files:
            yield told(NO_FILE.at(item.row.where("課程學習成果文件檔案連結"), item=item.title))
        for column, _, upload in item.files:
            if upload is None:
                continue
            look, name = context.looks.of(upload), names.visible(upload.name)
            is_document = look.media_type in _DOCUMENTS
            if look.media_type is MediaType.UNKNOWN:
                yield told(NOT_TAKEN.at(item.row.where(column), name=name, found=look.described))
            elif is_document != ("文件" in column):
                yield told(WRONG_COLUMN.at(item.row.where(column), name=name, found=_WORDS[is_document], column=column))
            elif look.refused is not None:
                yield told(REFUSED.at(item.row.where(column), name=name, why=look.refused.what))


def _applied(student: Student, context: Context) -> Iterator[Finding]:
    """Statements and the like that were uploaded for a department."""
    for upload in (upload for own in student.applied.values() for upload in own if part_files.part_of(upload.name)):
        if names.suffix(upload.name) not in _ENDINGS:
            continue
        where = Where(package=student.number, file=upload.path.relative_to(context.uploads.folder).as_posix())
        look, name = context.looks.of(upload), names.visible(upload.name)
        if look.media_type not in _DOCUMENTS:
            yield told(NOT_TAKEN.at(where, name=name, found=look.described))
        elif look.refused is not None:
            yield told(REFUSED.at(where, name=name, why=look.refused.what))


RULE = Rule(
    code="file-types",
    sentence=Text(
        "檔案以內容判斷格式：文件限 pdf、jpg、png，影音限 mp3、mp4。",
        "Files are what their content says: documents pdf, jpg, png; media mp3, mp4.",
    ),
    kinds=(NO_FILE, NOT_TAKEN, WRONG_COLUMN, REFUSED),
    student=check,
)
