"""Files of an upload: `files/<學號>/` (or the package's id), `applications/<學生>/<校系代碼>/`, `造字/`; links are never followed."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from reviewer.intake.findings import Finding
from reviewer.intake.student import Upload
from reviewer.model.problem import ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import names, part_files

FILES_SAME_NAME = ProblemKind(
    "files-same-name",
    Severity.ERROR,
    Text(
        "「{first}」與「{second}」的檔名只有 Unicode 寫法或大小寫不同，無法分辨。",
        "“{first}” and “{second}” differ only in Unicode form or case and cannot be told apart.",
    ),
    Text("請將其中一個改名，並在名冊裡寫新的檔名。", "Rename one of them, and write the new name in the roster."),
)
FILE_IS_LINK = ProblemKind(
    "upload-is-link",
    Severity.WARNING,
    Text("「{name}」是捷徑（符號連結），未採用。", "“{name}” is a symbolic link; it is not taken."),
    Text("請以檔案本身取代捷徑。", "Put the file itself in its place."),
)
FILE_NAME_UNUSABLE = ProblemKind(
    "upload-name-unusable",
    Severity.ERROR,
    Text(
        "檔名「{name}」含有不能使用的字元或名稱，未採用。",
        "The file name “{name}” holds characters, or is a name, that cannot be used; the file is not taken.",
    ),
    Text("請改檔名，並在名冊裡寫新的檔名。", "Rename it, and write the new name in the roster."),
)


APPLIED_ASTRAY = ProblemKind(
    "applied-astray",
    Severity.WARNING,
    Text(
        "「{name}」不在校系代碼（6 碼英數字）的資料夾裡，不會封裝。",
        "“{name}” lies in no folder that is named by a 校系代碼 (six letters and digits); it will not be packed.",
    ),
    Text("請放進「applications/學生/校系代碼/」。", "Put it into applications/STUDENT/校系代碼/."),
)
APPLIED_NO_PART = ProblemKind(
    "applied-no-part",
    Severity.WARNING,
    Text(
        "審查委員看不到「{name}」：檔名沒有說它是哪一項資料。",
        "Reviewers will not see “{name}”: its name does not say which part it is.",
    ),
    Text(
        "請改名，例如「學習歷程自述.pdf」「多元表現綜整心得.pdf」「其他.pdf」。",
        "Rename it, for example 學習歷程自述.pdf, 多元表現綜整心得.pdf, 其他.pdf.",
    ),
)

_PICTURES = frozenset({"jpg", "jpeg", "png"})
"""What a text in Markdown may show lies beside it under any name."""


def uploads_of(folder: Path, shown: str, student: str, findings: list[Finding]) -> Mapping[str, Upload]:
    """The files of a folder by folded name (`shown` is the folder as reports name it); none when it is not there."""
    found: dict[str, Upload] = {}
    for path, stem in _walk(folder, ""):
        name = names.normal(stem)
        where = Where(package=student, file=f"{shown}/{names.visible(name)}")
        if any(names.is_ignored(part) for part in name.split("/")):
            continue
        if path.is_symlink():
            findings.append(Finding(problem=FILE_IS_LINK.at(where, name=names.visible(name)), student=student))
        elif names.leads_out(name) or names.deceives(name):
            findings.append(Finding(problem=FILE_NAME_UNUSABLE.at(where, name=names.visible(name)), student=student))
        elif path.is_file():
            upload = Upload(name=name, path=path, size_bytes=path.stat().st_size)
            other = found.setdefault(names.fold(name), upload)
            if other is not upload:
                problem = FILES_SAME_NAME.at(where, first=names.visible(other.name), second=names.visible(name))
                findings.append(Finding(problem=problem, student=student))
    return found


def applied_of(folder: Path, shown: str, student: str, findings: list[Finding]) -> Mapping[str, tuple[Upload, ...]]:
    """What lies in `applications/<學生>/`, by 校系代碼; whatever reviewers would not see is told."""
    found: dict[str, tuple[Upload, ...]] = {}
    for child in sorted(folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else ():
        inside = f"{shown}/{names.visible(names.normal(child.name))}"
        if child.is_dir() and not child.is_symlink() and part_files.is_department(child.name):
            found[child.name] = tuple(uploads_of(child, f"{shown}/{child.name}", student, findings).values())
            findings += (_no_part(upload, inside, student) for upload in found[child.name] if not _is_shown(upload.name))
        elif not names.is_ignored(names.normal(child.name)):
            findings.append(Finding(problem=APPLIED_ASTRAY.at(Where(package=student, file=inside), name=inside), student=student))
    return found


def _is_shown(name: str) -> bool:
    """Whether a file of a department's folder is a part, or lies where a part's pictures lie."""
    return "/" in name or names.suffix(name) in _PICTURES or part_files.part_of(name) in part_files.UPLOADED_PARTS


def _no_part(upload: Upload, shown: str, student: str) -> Finding:
    name = names.visible(upload.name)
    return Finding(problem=APPLIED_NO_PART.at(Where(package=student, file=f"{shown}/{name}"), name=name), student=student)


def _walk(folder: Path, stem: str) -> Iterator[tuple[Path, str]]:
    if not folder.is_dir() or folder.is_symlink():
        return
    with os.scandir(folder) as listing:
        children = sorted(listing, key=lambda child: child.name)
    for child in children:
        if child.is_dir(follow_symlinks=False):
            yield from _walk(Path(child.path), f"{stem}{child.name}/")
        else:
            yield Path(child.path), stem + child.name
