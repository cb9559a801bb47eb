"""A package's folder as a Portfolio: everything known, every oddity a problem, nothing dropped."""

from collections.abc import Mapping
from typing import Any

from reviewer.model.attachment import FileLink, FileRole
from reviewer.model.parts import IDENTITY, OUTCOMES
from reviewer.model.portfolio import CourseRecord, Identity, Outcome, Portfolio
from reviewer.model.problem import ProblemKind, Severity
from reviewer.model.text import Text
from reviewer.packages import limits, part_files
from reviewer.packages.findings import Findings, Place
from reviewer.packages.identity import is_test_school, read_identity, unknown_identity
from reviewer.packages.inventory import UNREADABLE_FILE, Entry, Inventory
from reviewer.packages.json_text import parse
from reviewer.packages.links import Linker
from reviewer.packages.opening import Opened
from reviewer.packages.outcomes import Courses, Trail, read_outcomes
from reviewer.packages.part_files import PartFile
from reviewer.packages.performances import read_performances
from reviewer.packages.record import describe, read_record
from reviewer.packages.school_files import read_glyphs, read_plan, read_trail
from reviewer.packages.uploads import read_uploads

UNCLAIMED = ProblemKind(
    "files-unclaimed",
    Severity.NOTE,
    Text("有 {count} 個檔案沒有任何項目提到：{names}。", "{count} {count|file is|files are} referred to by no item: {names}."),
    Text("若應屬於某個項目，請匯出單位確認。", "If they belong to an item, ask who made the export."),
)
PART_UNREAD = ProblemKind(
    "part-unread",
    Severity.WARNING,
    Text(
        "「{name}」依檔名是「{part}」，但這一項不以這種檔名、格式或位置讀取；內容沒有列出。",
        "“{name}” is “{part}” by its name, which is not read under this name, in this format or from this folder; its content is not shown.",
    ),
    Text(
        "請匯出單位確認；JSON 應在資料夾最上層，檔名如「{part}.json」。",
        "Ask who made the export: JSON lies at the top of the folder and is named like {part}.json.",
    ),
)
PACKAGE_EMPTY = ProblemKind(
    "package-empty",
    Severity.WARNING,
    Text("資料夾裡沒有任何可讀的資料。", "The package holds nothing that can be read."),
    Text("請確認匯出是否完整。", "Check whether the export is complete."),
)

JSON_UNREADABLE = ProblemKind(
    "json-unreadable",
    Severity.ERROR,
    Text("檔案無法讀取（{reason}）。", "The file cannot be read ({reason})."),
    Text("請檢查檔案權限與儲存媒體後再執行一次。", "Check the file's permissions and the disk, then run again."),
)

_Json = Mapping[str, tuple[Any, Place]]


def read(opened: Opened) -> Portfolio:
    """Read an opened package. Raises `SetAside` when a JSON part does not parse or is not of its shape, or when a link leads out."""
    findings = Findings(opened.package_id)
    applicant = opened.address.applicant_number
    files = part_files.classify(opened.inventory)
    linker = Linker(opened.contents, tuple(dict.fromkeys((applicant, opened.package_id, *(file.prefix for file in files)))))
    parts = _json_parts(files, applicant, linker, findings)
    record = _record(parts, files, linker, findings)
    outcomes = _outcomes(parts, record, linker)
    performances, others = read_performances(*parts[part_files.PERFORMANCES], linker) if part_files.PERFORMANCES in parts else ((), ())
    identity = _identity(parts, opened, findings)
    photo = _photo(files, linker, findings)
    uploads = read_uploads(files, linker, findings)
    glyphs = read_glyphs(linker, findings)
    unclaimed = _unclaimed(opened.inventory, files, linker, findings, with_plan=record is not None)
    if not (parts or uploads):
        findings.keep(PACKAGE_EMPTY.at(findings.where("")))
    _keep_refused(opened.inventory, linker, findings)
    content_sha256 = opened.contents.content_sha256(
        lambda entry, error: findings.keep(UNREADABLE_FILE.at(findings.where(entry.path), name=entry.path, reason=error.strerror))
    )
    return Portfolio(
        package_id=opened.package_id,
        identity=identity,
        record=record,
        outcomes=outcomes,
        performances=performances,
        uploads=uploads,
        photo=photo,
        other_fields=others,
        glyphs=glyphs,
        test_school=is_test_school(identity.school_code),
        signature=opened.signature,
        unclaimed=unclaimed,
        problems=(*opened.problems, *findings.all()),
        content_sha256=content_sha256,
    )


def _json_parts(files: tuple[PartFile, ...], applicant: str, linker: Linker, findings: Findings) -> _Json:
    """Every JSON part that is there, parsed."""
    parts: dict[str, tuple[Any, Place]] = {}
    for part in part_files.JSON_PARTS:
        entry = part_files.choose(files, part, "json", applicant, findings)
        if entry is not None:
            place = Place(findings, entry.path)
            try:
                data = linker.contents.read(entry, limits.JSON_BYTES)
            except OSError as error:
                raise place.set_aside(JSON_UNREADABLE, reason=error.strerror) from None
            parts[part] = parse(data, place), place
    return parts


def _identity(parts: _Json, opened: Opened, findings: Findings) -> Identity:
    if IDENTITY in parts:
        return read_identity(*parts[IDENTITY], opened.address.applicant_number)
    return unknown_identity(opened.package_id, opened.address.applicant_number, findings)


def _record(parts: _Json, files: tuple[PartFile, ...], linker: Linker, findings: Findings) -> CourseRecord | None:
    if part_files.RECORD not in parts:
        return None
    record = read_record(*parts[part_files.RECORD])
    plan = part_files.choose(files, part_files.PLAN, "csv", "", findings)
    return describe(record, *read_plan(plan, record.courses, linker, findings))


def _outcomes(parts: _Json, record: CourseRecord | None, linker: Linker) -> tuple[Outcome, ...]:
    trail: Trail = ()
    value, place = parts.get(OUTCOMES, (None, None))
    if part_files.EXTRAS in parts:
        trail = read_trail(*parts[part_files.EXTRAS], len(value) if isinstance(value, list) else 0)
    return read_outcomes(value, place, linker, Courses(record), trail) if place else ()


def _photo(files: tuple[PartFile, ...], linker: Linker, findings: Findings) -> FileLink | None:
    for file in files:
        if file.part == part_files.PHOTO and not file.department and file.suffix in ("jpg", "jpeg", "png"):
            linker.claimed.add(file.entry.path)
            return linker.to_entry(file.entry, FileRole.PICTURE, Place(findings, file.entry.path))
    return None


def _unclaimed(
    inventory: Inventory, files: tuple[PartFile, ...], linker: Linker, findings: Findings, *, with_plan: bool
) -> tuple[str, ...]:
    """Files that nothing refers to: neither parts that were read, nor listings, nor what a school sends beside the parts."""
    own = {file.entry.path for file in files if part_files.is_read(file) and (with_plan or file.part != part_files.PLAN)}
    left = tuple(entry.path for entry in inventory if entry.path not in linker.claimed | own and not _is_expected(entry))
    parts = {file.entry.path: file.part for file in files if file.part in part_files.JSON_PARTS and file.suffix in part_files.DATA_SUFFIXES}
    unread = [path for path in left if path in parts]
    for path in unread:
        findings.keep(PART_UNREAD.at(findings.where(""), name=path, part=parts[path]))
    others = [path for path in left if path not in parts]
    if others:
        shown = "、".join(others[:5]) + ("…" if len(others) > 5 else "")
        findings.keep(UNCLAIMED.at(findings.where(""), count=len(others), names=shown))
    return left


def _is_expected(entry: Entry) -> bool:
    return part_files.is_list(entry.path.rpartition("/")[2]) or entry.path.startswith(f"{part_files.GLYPHS_FOLDER}/")


def _keep_refused(inventory: Inventory, linker: Linker, findings: Findings) -> None:
    """What may not be read is told even where no item names it."""
    for key in sorted(inventory.refused):
        if inventory.refused[key] not in linker.met:
            findings.keep(inventory.refused[key])
