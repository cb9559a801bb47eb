"""Parts that came as files: N to T, a part as PDF instead of ticks, transcripts; Markdown decoded, its pictures found in the package only."""

from pathlib import PurePosixPath
from urllib.parse import unquote

from markdown_it.token import Token

from reviewer.model.attachment import Attachment, FileLink, FileRole, MediaType
from reviewer.model.markdown import parser
from reviewer.model.parts import OUTCOMES
from reviewer.model.portfolio import Upload
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.packages import limits, text_files
from reviewer.packages.findings import Findings, Place
from reviewer.packages.inventory import UNREADABLE_FILE
from reviewer.packages.links import Linker
from reviewer.packages.part_files import DATA_SUFFIXES, JSON_PARTS, OTHER, PERFORMANCES, RECORD, TRANSCRIPT, UPLOADED_PARTS, PartFile
from reviewer.packages.values import NOT_CHARACTERS, without_codes

PICTURE_NOT_IN_PACKAGE = ProblemKind(
    "picture-not-in-package",
    Severity.WARNING,
    Text(
        "圖片「{name}」不在資料夾內，不會下載，只以文字顯示網址。",
        "The picture “{name}” does not lie in the package; it is not fetched, its address is shown as text.",
    ),
    Text("請將圖片檔放進資料夾，並以檔名引用。", "Put the picture into the package and name its file."),
)
TOO_MANY_PICTURES = ProblemKind(
    "too-many-pictures",
    Severity.WARNING,
    Text("文中有 {count} 張圖片，只讀取前 {limit} 張。", "The text names {count} pictures; the first {limit} are read."),
    Text("請刪減圖片。", "Take some out."),
)
TEXT_TOO_LONG = ProblemKind(
    "text-too-long",
    Severity.WARNING,
    Text("文字檔超過 {limit} 位元組，未讀取。", "The text file has more than {limit} bytes and was not read."),
    Text("請改以 PDF 上傳，或確認檔案。", "Upload it as PDF, or check the file."),
)
TEXT_EMPTY = ProblemKind(
    "text-empty",
    Severity.WARNING,
    Text("文字檔是空的，沒有任何文字。", "The text file is empty: there is not a word in it."),
    Text("請確認檔案，重新上傳。", "Check the file and upload it again."),
)

PART_IS_DOCUMENT = ProblemKind(
    "part-is-document",
    Severity.NOTE,
    Text(
        "「{name}」是項目連結的文件，只列在該項目，不另列為「{part}」。",
        "“{name}” is the document that an item links to; it stands there only, not as “{part}”.",
    ),
    Text(
        "若它是整份「{part}」，請改以其他檔名作為項目的文件。", "If it is the whole part “{part}”, link the item to a file of another name."
    ),
)

_AS_DATA = frozenset({RECORD, OUTCOMES, PERFORMANCES})
"""Parts that are data as a rule: a table beside them is none of the applicant's files. Of a text, a table is a file like any other that cannot be shown."""
_EVERYDAY = frozenset({OTHER, TRANSCRIPT})
"""Parts whose bare names people also give to a certificate: 其他.pdf, 成績單.pdf. 第6學期成績單.pdf is none of them."""


def read_uploads(files: tuple[PartFile, ...], linker: Linker, findings: Findings) -> tuple[Upload, ...]:
    """Every part that is a file, by part, department and name, whichever item links to it. Raises `SetAside` for pictures that lead out.

    An item may name any file, and may be one that is not ticked: what only it shows could be lost. So a part stays one though an item links to
    it, and then stands in both places; `_is_document` says which names are no more than the item's own file.
    """
    as_data = frozenset(
        file.part for file in files if file.part in JSON_PARTS and (file.suffix, file.department, file.code) == ("json", "", "")
    )
    fit = []
    for file in files:
        if file.part in UPLOADED_PARTS and not (file.part in _AS_DATA and file.suffix in DATA_SUFFIXES):
            if _is_document(file, as_data, linker):
                Place(findings, file.entry.path).note(PART_IS_DOCUMENT, name=file.entry.path, part=file.part)
            else:
                fit.append(file)
    fit.sort(key=lambda file: (UPLOADED_PARTS.index(file.part), file.department, file.code, file.entry.path))
    return tuple(_upload(file, linker, Place(findings, file.entry.path)) for file in fit)


def _is_document(file: PartFile, as_data: frozenset[str], linker: Linker) -> bool:
    """Whether a file is an item's document and no part: an item shows it, and in the root, without a code, its name makes it none.

    Such a name is an everyday word, or that of a part that is there as JSON: a file comes instead of the data, never beside it.
    """
    if file.entry.path not in linker.claimed or file.department or file.code or not linker.shows(file.entry):
        return False
    stem = file.entry.path.rpartition(".")[0]
    return file.part in as_data or (file.part in _EVERYDAY and stem.removeprefix(f"{file.prefix}_") == file.part)


def _upload(file: PartFile, linker: Linker, place: Place) -> Upload:
    linker.claimed.add(file.entry.path)
    if file.suffix in ("md", "markdown"):
        return _markdown(file, linker, place)
    return Upload(part=file.part, code=file.code, department=file.department, file=linker.to_entry(file.entry, FileRole.DOCUMENT, place))


def _markdown(file: PartFile, linker: Linker, place: Place) -> Upload:
    name = file.entry.path.rpartition("/")[2]
    try:
        facts = linker.contents.facts(file.entry)
        data = linker.contents.read(file.entry, limits.MARKDOWN_BYTES)
    except OSError as error:
        link = FileLink(name=name, role=FileRole.DOCUMENT, problem=place.problem(UNREADABLE_FILE, name=name, reason=error.strerror))
        return Upload(part=file.part, code=file.code, department=file.department, file=link)
    attachment = Attachment(path=file.entry.path, sha256=facts.sha256, size_bytes=facts.size_bytes, media_type=MediaType.MARKDOWN)
    if facts.media_type is not MediaType.UNKNOWN:
        return Upload(
            part=file.part, code=file.code, department=file.department, file=linker.to_entry(file.entry, FileRole.DOCUMENT, place)
        )
    if len(data) > limits.MARKDOWN_BYTES:
        too_long = place.problem(TEXT_TOO_LONG, limit=f"{limits.MARKDOWN_BYTES:,}")
        return Upload(
            part=file.part,
            code=file.code,
            department=file.department,
            file=FileLink(name=name, role=FileRole.DOCUMENT, attachment=attachment, problem=too_long),
        )
    text, count = without_codes(text_files.decode(data, place))
    if count:
        place.note(NOT_CHARACTERS, count=count)
    folder = "" if str(PurePosixPath(file.entry.path).parent) == "." else str(PurePosixPath(file.entry.path).parent)
    return Upload(
        part=file.part,
        code=file.code,
        department=file.department,
        file=FileLink(
            name=name, role=FileRole.DOCUMENT, attachment=attachment, problem=None if text.strip() else place.problem(TEXT_EMPTY)
        ),
        text=text,
        pictures=_pictures(text, folder, linker, place),
    )


def picture_sources(text: str) -> tuple[str, ...]:
    """Every picture that a Markdown text names, each once, in its order, percent signs resolved: what `FileLink.name` of its pictures is."""
    found: list[str] = []

    def walk(tokens: list[Token]) -> None:
        for token in tokens:
            if token.type == "image":
                found.append(unquote(str(token.attrGet("src") or "")))
            walk(token.children or [])

    walk(parser(text).parse(text))
    return tuple(dict.fromkeys(source for source in found if source))


def _pictures(text: str, folder: str, linker: Linker, place: Place) -> tuple[FileLink, ...]:
    sources = picture_sources(text)
    if len(sources) > limits.PICTURES_OF_A_TEXT:
        place.note(TOO_MANY_PICTURES, count=len(sources), limit=limits.PICTURES_OF_A_TEXT)
    links = []
    for source in sources[: limits.PICTURES_OF_A_TEXT]:
        if source.lower().startswith(("http:", "https:", "//", "ftp:", "data:", "mailto:")):
            links.append(FileLink(name=source, role=FileRole.PICTURE, problem=place.problem(PICTURE_NOT_IN_PACKAGE, name=source[:80])))
        else:
            links.append(linker.link(source, FileRole.PICTURE, place, (folder, f"{folder}/圖片".strip("/"))))
    return tuple(links)
