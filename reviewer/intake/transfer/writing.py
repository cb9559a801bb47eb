"""`reviewer intake transfer write`: a student's package as the vendors' transfer zip; one that came by transfer goes out just as it came."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from reviewer.intake import parts_json
from reviewer.intake.student import Student
from reviewer.intake.transfer import record
from reviewer.intake.transfer.reading import STORE
from reviewer.intake.uploads import Uploads
from reviewer.model.parts import OUTCOMES
from reviewer.model.problem import ExitStatus, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text

TRANSFER_UNKNOWN = ProblemKind(
    "transfer-unknown-student",
    Severity.ERROR,
    Text("找不到學生「{number}」。", "There is no student “{number}”."),
    Text(
        "請給學生資料名冊上的學號；由異動檔讀入的學生也可給身分證號。",
        "Give a number of the roster; for a student read from a transfer the identity number will do.",
    ),
)
TRANSFER_NO_IDENTITY = ProblemKind(
    "transfer-no-identity",
    Severity.ERROR,
    Text(
        "學號 {number} 在學生資料名冊沒有身分證號，異動檔需要它。",
        "Student {number} has no identity number in the roster, which transfer packages need.",
    ),
    Text("請在學生資料名冊加上「身分證號」欄。", "Add the column 身分證號 to the roster."),
)

_DATE = (1980, 1, 1, 0, 0, 0)
_PERSON = re.compile(r"[0-9A-Za-z]{1,20}")
_STAMP = "%Y_%m_%d_%H_%M_%S"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferWritten:
    """What was written."""

    path: Path
    """The zip."""
    students: int
    """Students in it."""
    files: int
    """Files in it."""


def write_transfer(uploads: Uploads, numbers: Iterable[str], out: Path, at: datetime) -> TransferWritten:
    """Write the students' transfer zip; `at` is the time that its name carries. Raises `Stop` for students who are not there."""
    students: list[Mapping[str, Any]] = []
    files: dict[str, Path] = {}
    problems = []
    for number in numbers:
        kept = uploads.folder / STORE / f"{number}.json"
        if _PERSON.fullmatch(number) and kept.is_file():
            students.append(json.loads(kept.read_text(encoding="utf-8")))
            folder = uploads.folder / STORE / number
            files |= {f"{number}/{path.relative_to(folder).as_posix()}": path for path in sorted(folder.rglob("*")) if path.is_file()}
        elif number not in uploads.roster:
            problems.append(TRANSFER_UNKNOWN.at(Where(package=number), number=number))
        else:
            student = uploads.student(uploads.roster[number])
            person = next((student.row.get(key) for key in record.PERSON if student.row.get(key)), "")
            if not _PERSON.fullmatch(person):
                problems.append(TRANSFER_NO_IDENTITY.at(student.row.where(), number=number))
                continue
            students.append(_object(student, uploads, person))
            files |= _files(student, person)
    if problems:
        raise Stop(*problems, status=ExitStatus.NOTHING)
    name = f"{uploads.school.code}_{at:{_STAMP}}"
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        _write(archive, f"{name}.json", (json.dumps(students, ensure_ascii=False, indent=1) + "\n").encode())
        for inner in sorted(files):
            _write(archive, inner, files[inner].read_bytes())
    return TransferWritten(path=path, students=len(students), files=len(files))


def _object(student: Student, uploads: Uploads, person: str) -> dict[str, Any]:
    own = parts_json.performances(student.performances)
    posts = own.pop(record.SCHOOL_KIND, [])
    identity = parts_json.identity(student, uploads.school)
    return {
        record.IDENTITY: {"身分證號": person, "學號": student.number, **identity, record.POSTS: [_with_md5(row, student) for row in posts]},
        record.OUTCOME_LIST: [_with_md5(row, student) for row in parts_json.outcomes(student.outcomes, certification=True)],
        record.PERFORMANCES: {kind: [_with_md5(row, student) for row in rows] for kind, rows in own.items()},
    }


def _with_md5(row: dict[str, Any], student: Student) -> dict[str, Any]:
    found = dict(row)
    uploads = {upload.name: upload for upload in student.uploads.values()}
    for key, md5_key in record.FILE_KEYS.items():
        upload = uploads.get(str(row.get(key) or ""))
        if upload is not None:
            found[md5_key] = hashlib.md5(upload.path.read_bytes(), usedforsecurity=False).hexdigest()
    return found


def _files(student: Student, person: str) -> dict[str, Path]:
    return {
        f"{person}/{OUTCOMES if item.is_outcome else record.PERFORMANCES}/{upload.name}": upload.path
        for item in student.items()
        for _, _, upload in item.files
        if upload
    }


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.external_attr = 0o100644 << 16
    entry.create_system = 3
    archive.writestr(entry, content)
