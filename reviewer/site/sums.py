"""SHA256SUMS: the hash of every file of a department's folder, as `sha256sum -c` reads it, sorted by path."""

import hashlib
import os
import re
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


def files_below(folder: Path, prefix: str = "") -> Iterator[str]:
    """Yield the paths of all files of a folder, POSIX, sorted as SHA256SUMS is."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name + ("/" if entry.is_dir(follow_symlinks=False) else ""))
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(folder / entry.name, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}"


def verify(folder: Path) -> tuple[int, tuple[Problem, ...]]:
    """Compare a department's folder with its SHA256SUMS; return the number of files that it names, and what is altered, missing or added."""
    hashes, problems = read(folder / layout.SUMS)
    found = list(problems)
    for path, sha256 in sorted(hashes.items()):
        where = Where(package=folder.name, file=path)
        if not (folder / path).is_file():
            found.append(FILE_MISSING.at(where))
        elif sha256_of(folder / path) != sha256:
            found.append(FILE_ALTERED.at(where))
    added = (path for path in files_below(folder) if path not in hashes and path not in (layout.SUMS, layout.DELIVERY))
    found += [FILE_ADDED.at(Where(package=folder.name, file=path)) for path in added]
    return len(hashes), tuple(found)
