"""`reviewer intake pack`: uploads to packages, the same bytes for the same uploads; students with errors are held back and listed.

Each package is made beside its place and put there by a rename, so that it is there whole or not at all. `pack-report.json` in the target lists what was
packed and held; packages that an earlier run put there and that this one does not pack are taken away, lest an outdated one be handed in.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer import __version__
from reviewer.intake import bag as bags
from reviewer.intake.bag import Content, Key
from reviewer.intake.checking import Checked
from reviewer.intake.package_files import SCHEMA, central_files, committee_files
from reviewer.intake.student import Student
from reviewer.intake.uploads import Uploads
from reviewer.model.canonical import canonical_json
from reviewer.model.problem import ExitStatus, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.packages import names

PACK_WITHIN_UPLOADS = ProblemKind(
    "pack-within-uploads",
    Severity.ERROR,
    Text("封裝結果不能放在上傳資料夾之內，也不能包住它。", "Packages cannot be put into the folder of uploads, nor around it."),
    Text("請用 --out 指定另一個資料夾。", "Give another folder by --out."),
)
PACK_NO_APPLICATIONS = ProblemKind(
    "pack-no-applications",
    Severity.ERROR,
    Text(
        "甄選委員會的格式需要申請名單，才知道誰申請哪個校系。",
        "The committee's form needs the table of applications, which says who applies where.",
    ),
    Text(
        "請用 --applications 指定，或在上傳資料夾放「申請名單.csv」。", "Give it by --applications, or put 申請名單.csv into the uploads."
    ),
)
PACK_FAULTS = ProblemKind(
    "pack-faults",
    Severity.ERROR,
    Text(
        "上列錯誤與全校有關，更正之前不封裝任何人，以免資料不完整。",
        "The errors above concern the whole school; nobody is packed before they are corrected, lest data be missing.",
    ),
    Text("更正後再執行一次。", "Correct them and run again."),
)
PACKAGE_ID_UNUSABLE = ProblemKind(
    "package-id-unusable",
    Severity.ERROR,
    Text("「{name}」不能當作資料夾名稱。", "“{name}” cannot be the name of a folder."),
    Text("請更正學生資料名冊的「學生」或「學號」。", "Correct 學生 or 學號 in the roster of students."),
)

REPORT = "pack-report.json"
"""What was packed, in the target's root."""
_UNIVERSITY_CHARACTERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One package that stands in the target."""

    path: str
    """Relative to the target."""
    student: str
    """學號."""
    sha256: str
    """Its mark: SHA-256 over its tag files, or over its files' hashes in the committee's tree."""
    files: int
    """Files in it."""
    changed: bool
    """Whether this run wrote it; False when it was there already, the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackResult:
    """What packing came to."""

    packed: tuple[Packed, ...]
    """By path."""
    held: tuple[str, ...]
    """學號 of the students held back."""
    removed: tuple[str, ...]
    """Packages of an earlier run that are no longer packed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRequest:
    """How to pack."""

    target: Path
    """Folder of the packages."""
    rule_set: str
    """Version of the rules that were asked."""
    committee: bool = False
    """The committee's tree instead of one bag a student."""
    zipped: bool = False
    """Bags as .zip."""
    key: Key | None = None
    """To sign with."""


def pack(uploads: Uploads, checked: Checked, contested: Iterable[str], request: PackRequest) -> PackResult:
    """Pack every student but those with errors and those whose receipts are contested.

    Raises `Stop` when a roster or setting has errors that concern everybody, when the target cannot be used, or when the committee's form lacks its table.
    """
    _refuse(uploads, request)
    faults = [finding.problem for finding in checked.findings if not finding.student and finding.problem.severity is Severity.ERROR]
    if faults:
        raise Stop(*faults, PACK_FAULTS.at(Where(file=str(uploads.folder))))
    held = checked.held | frozenset(contested)
    request.target.mkdir(parents=True, exist_ok=True)
    former = _former(request.target, uploads.school.code)
    packed: list[Packed] = []
    for student in uploads.students():
        if student.number not in held:
            packed += _pack_student(student, uploads, request)
    packed.sort(key=lambda one: one.path)
    removed = sorted(former - {one.path for one in packed})
    for path in removed:
        _remove(request.target / path)
    held_here = tuple(number for number in uploads.roster if number in held)
    _write_report(uploads.school.code, packed, held_here, request)
    return PackResult(packed=tuple(packed), held=held_here, removed=tuple(removed))


def _refuse(uploads: Uploads, request: PackRequest) -> None:
    target, source = request.target.resolve(), uploads.folder.resolve()
    if target.is_relative_to(source) or source.is_relative_to(target):
        raise Stop(PACK_WITHIN_UPLOADS.at(Where(file=str(request.target))), status=ExitStatus.USAGE)
    if request.committee and not uploads.applications:
        raise Stop(PACK_NO_APPLICATIONS.at(Where(file=str(uploads.folder))), status=ExitStatus.USAGE)
    odd = [row for row in uploads.roster.values() if not _usable(uploads.package_id(row))]
    if odd:
        raise Stop(*(PACKAGE_ID_UNUSABLE.at(row.where("學生"), name=uploads.package_id(row)) for row in odd))


def _usable(name: str) -> bool:
    return bool(name) and "/" not in name and not name.startswith(".") and not names.leads_out(name) and not names.deceives(name)


def _pack_student(student: Student, uploads: Uploads, request: PackRequest) -> Iterator[Packed]:
    if request.committee:
        for application in uploads.applications.get(student.package_id, ()):
            code = application.department_code
            path = f"{code[:_UNIVERSITY_CHARACTERS]}/{code}/{application.applicant_number}"
            files = committee_files(student, application, uploads, request.rule_set)
            yield _put_plain(path, student, files, request)
        return
    info = {
        "Source-Organization": uploads.school.name,
        "External-Identifier": student.package_id,
        "Bag-Software-Agent": f"portfolio-reviewer {__version__}",
        "Reviewer-Schema": SCHEMA,
        "Reviewer-Rule-Set": request.rule_set,
    }
    planned = bags.plan_bag(central_files(student, uploads, request.rule_set), info, request.key)
    path = f"{student.package_id}.zip" if request.zipped else student.package_id
    target = request.target / path
    changed = not (_same_zip(planned, student.package_id, target) if request.zipped else _same_folder(_all_files(planned), target))
    if changed:
        part = _part(target)
        if request.zipped:
            bags.write_zip(planned, student.package_id, part)
        else:
            bags.write_folder(planned, part)
        _put(part, target)
    yield Packed(path=path, student=student.number, sha256=planned.mark, files=len(planned.payload), changed=changed)


def _put_plain(path: str, student: Student, files: Mapping[str, Content], request: PackRequest) -> Packed:
    target = request.target / path
    marks = "".join(f"{bags.digest(files[name])[0]}  {name}\n" for name in sorted(files))
    changed = not _same_folder(files, target)
    if changed:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = _part(target)
        bags.write_files(files, part)
        _put(part, target)
    return Packed(path=path, student=student.number, sha256=hashlib.sha256(marks.encode()).hexdigest(), files=len(files), changed=changed)


def _all_files(bag: bags.Bag) -> dict[str, Content]:
    return {**bag.tags, **{f"data/{path}": content for path, content in bag.payload.items()}}


def _same_folder(files: Mapping[str, Content], target: Path) -> bool:
    """Whether a folder holds just these files with just these bytes."""
    if not target.is_dir():
        return False
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    return there == set(files) and all(_same_file(target / name, content) for name, content in files.items())


def _same_file(path: Path, content: Content) -> bool:
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    return not path.is_symlink() and path.stat().st_size == size and bags.digest(path)[0] == bags.digest(content)[0]


def _same_zip(bag: bags.Bag, name: str, target: Path) -> bool:
    if not target.is_file():
        return False
    part = _part(target)
    bags.write_zip(bag, name, part)
    same = part.stat().st_size == target.stat().st_size and bags.digest(part)[0] == bags.digest(target)[0]
    part.unlink()
    return same


def _part(target: Path) -> Path:
    part = target.parent / f".part-{target.name}"
    _remove(part)
    return part


def _put(part: Path, target: Path) -> None:
    """Put what was made in its place, whole."""
    old = target.parent / f".old-{target.name}"
    _remove(old)
    if target.exists() or target.is_symlink():
        target.rename(old)
    part.rename(target)
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif path.exists() or path.is_symlink():
        path.unlink()


def _schools(target: Path) -> dict[str, Any]:
    """What earlier runs wrote down, by school; nothing when their report cannot be read."""
    try:
        value = json.loads((target / REPORT).read_bytes())
    except (OSError, ValueError):
        return {}
    schools = value.get("schools") if isinstance(value, dict) else None
    return schools if isinstance(schools, dict) else {}


def _former(target: Path, school: str) -> set[str]:
    """Paths that an earlier run packed for this school and that are still there."""
    own = _schools(target).get(school)
    rows = own.get("packed") if isinstance(own, dict) else None
    paths = {row["path"] for row in rows if isinstance(row, dict) and isinstance(row.get("path"), str)} if isinstance(rows, list) else set()
    return {path for path in paths if not names.leads_out(path) and (target / path).exists()}


def _write_report(school: str, packed: Iterable[Packed], held: tuple[str, ...], request: PackRequest) -> None:
    own = {
        "schema": SCHEMA,
        "rule_set": request.rule_set,
        "form": "committee" if request.committee else "central",
        "packed": [{"path": one.path, "student": one.student, "sha256": one.sha256, "files": one.files} for one in packed],
        "held": held,
    }
    part = request.target / f".{REPORT}.part"
    part.write_bytes(canonical_json({"schools": {**_schools(request.target), school: own}}) + b"\n")
    part.replace(request.target / REPORT)
