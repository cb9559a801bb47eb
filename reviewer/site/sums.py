"""SHA256SUMS: the hash of every file of a department's folder, as `sha256sum -c` reads it, sorted by path."""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reviewer.model.problem import Problem, ProblemKind, Severity, Where
from reviewer.model.text import Text
from reviewer.site import layout

FILE_ALTERED = ProblemKind(
    "sums-altered",
    Severity.ERROR,
    Text("檔案內容與 SHA256SUMS 不符。", "The file is not what SHA256SUMS says."),
    Text("請重新複製這個資料夾；若仍不符，請向製作單位索取。", "Copy the folder again; if it still differs, ask the office that made it."),
)

FILE_MISSING = ProblemKind(
    "sums-missing",
    Severity.ERROR,
    Text("SHA256SUMS 列有此檔，但資料夾中沒有。", "SHA256SUMS names this file, but the folder lacks it."),
    Text("請重新複製這個資料夾。", "Copy the folder again."),
)

FILE_ADDED = ProblemKind(
    "sums-added",
    Severity.WARNING,
    Text("資料夾中有此檔，但 SHA256SUMS 沒有列出。", "The folder holds this file, but SHA256SUMS does not name it."),
    Text("請確認是誰加入的；評閱用的資料夾不需要它。", "Find out who put it there; the reviewers' folder does not need it."),
)

SUMS_UNREADABLE = ProblemKind(
    "sums-unreadable",
    Severity.ERROR,
    Text("SHA256SUMS 第 {line} 列無法讀取。", "Line {line} of SHA256SUMS cannot be read."),
    Text("請重新複製這個資料夾。", "Copy the folder again."),
)

FILE_LINK = ProblemKind(
    "sums-link",
    Severity.ERROR,
    Text(
        "SHA256SUMS 列有此檔，資料夾中卻是連結或特殊檔案。",
        "SHA256SUMS names this file, but the folder holds a link or a special file there.",
    ),
    Text("請重新複製這個資料夾。", "Copy the folder again."),
)

SUMS_GONE = ProblemKind(
    "sums-gone",
    Severity.ERROR,
    Text(
        "這個校系資料夾沒有 SHA256SUMS，無法核對其中任何檔案。",
        "This department's folder has no SHA256SUMS; none of its files can be verified.",
    ),
    Text("請重新複製這個資料夾；若仍沒有，請向製作單位索取。", "Copy the folder again; if it still lacks it, ask the office that made it."),
)

DEPARTMENT_GONE = ProblemKind(
    "site-department-gone",
    Severity.ERROR,
    Text("這個網站做過校系 {code}，資料夾卻不在。", "The site holds department {code} by its own record, but the folder is not there."),
    Text("請重新複製網站，或再執行一次 reviewer build。", "Copy the site again, or run reviewer build again."),
)

_DEEPEST = 32
"""Folders within folders that are looked into: what we write has five."""

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def lines(hashes: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """Yield the lines for (path, hash), which must come sorted."""
    return (f"{sha256}  {path}\n".encode() for path, sha256 in hashes)


def read(path: Path) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Hashes by path; lines that are none, or that lead out of the folder, are problems."""
    return parsed(path.read_bytes(), str(path))


def parsed(content: bytes, name: str) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Hashes by path from the content of a SHA256SUMS; `name` is what problems call it."""
    hashes: dict[str, str] = {}
    problems = []
    for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None or ".." in match[2].split("/") or match[2].startswith("/"):
            problems.append(SUMS_UNREADABLE.at(Where(file=name, row=number), line=number))
        else:
            hashes[match[2]] = match[1]
    return hashes, tuple(problems)


def files_below(folder: Path | str, prefix: str = "") -> Iterator[str]:
    """Yield the paths of all files of a folder, POSIX, sorted as SHA256SUMS is; a folder that lies too deep to be ours by itself, with a slash."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name + ("/" if entry.is_dir(follow_symlinks=False) else ""))
    for entry in found:
        if entry.is_dir(follow_symlinks=False) and prefix.count("/") >= _DEEPEST:
            yield f"{prefix}{entry.name}/"
        elif entry.is_dir(follow_symlinks=False):
            yield from files_below(entry.path, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}"


def verify(folder: Path) -> tuple[int, tuple[Problem, ...]]:
    """Compare a department's folder with its SHA256SUMS; return the number of files that it names, and what is altered, missing or added."""
    hashes, problems = read(folder / layout.SUMS)
    found = list(problems)
    present = frozenset(files_below(folder))
    for path, sha256 in sorted(hashes.items()):
        where = Where(package=folder.name, file=path)
        if path not in present:
            found.append(FILE_MISSING.at(where))
        elif not stat.S_ISREG((folder / path).lstat().st_mode):
            found.append(FILE_LINK.at(where))
        elif sha256_of(folder / path) != sha256:
            found.append(FILE_ALTERED.at(where))
    added = sorted(present - hashes.keys() - {layout.SUMS, layout.DELIVERY})
    found += [FILE_ADDED.at(Where(package=folder.name, file=path)) for path in added]
    return len(hashes), tuple(found)


def departments(path: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Departments' folders with sums: the path itself, or those below it; and those that lack their sums, or are not there. Nothing where it is no site of ours."""
    if (path / layout.SUMS).is_file():
        return (path,), ()
    if _is_department(path):
        return (), (SUMS_GONE.at(Where(package=path.name)),)
    if not path.is_dir():
        return (), ()
    below = {folder.name: folder for folder in sorted(path.iterdir()) if folder.is_dir()}
    whole = {name: folder for name, folder in below.items() if (folder / layout.SUMS).is_file()}
    expected = _recorded(path) | {name for name, folder in below.items() if _is_department(folder)}
    problems = [
        SUMS_GONE.at(Where(package=code)) if code in below else DEPARTMENT_GONE.at(Where(package=code), code=code)
        for code in sorted(expected - whole.keys())
    ]
    return tuple(whole.values()), tuple(problems)


def _is_department(folder: Path) -> bool:
    return (folder / layout.PAGE).is_file() and (folder / layout.DATA).is_dir() and (folder / layout.THEME).is_dir()


def _recorded(site: Path) -> set[str]:
    """Departments that the site says it holds: what the last builds recorded, else what the report names that a copied site still has."""
    codes = {path.stem for path in layout.Paths(site).records.glob("*.jsonl")}
    try:
        report = json.loads((site / layout.REPORT_DATA).read_bytes())
        codes |= {str(one["code"]) for one in report["departments"] if one["dossiers"]}
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        pass  # no report, or none of ours: the records and the folders speak for themselves
    return codes
