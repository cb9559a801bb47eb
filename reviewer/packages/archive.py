"""Unpacking a zip that nobody has vouched for.

Defended: names that lead out in any spelling, links and devices, entries that overlap or promise less than they hold, bombs by ratio, size,
count and depth, entries that clash on other systems, encryption. Nested archives stay closed. Nothing is written outside the given folder, and
no entry's permissions are taken over.
"""

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from reviewer.model.problem import Problem, ProblemKind, SetAside, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import limits, names
from reviewer.packages.inventory import DECEIVING_NAME, FILE_TOO_LARGE, NAME_LEADS_OUT, NAMES_CLASH, PACKAGE_TOO_LARGE, SYMLINK
from reviewer.packages.zip_names import decoded_names, is_folder

ZIP_CORRUPT = ProblemKind(
    "zip-corrupt",
    Severity.ERROR,
    Text("壓縮檔損壞，無法解開（{reason}）。", "The zip is damaged and cannot be unpacked ({reason})."),
    Text("請重新下載或重新匯出。", "Download or export it again."),
)
ZIP_ENCRYPTED = ProblemKind(
    "zip-encrypted",
    Severity.ERROR,
    Text("壓縮檔中的「{name}」設有密碼，無法讀取。", "“{name}” in the zip is locked with a password and cannot be read."),
    Text("請解除密碼後重新壓縮，或直接提供資料夾。", "Pack it again without a password, or hand in the folder."),
)
ZIP_METHOD = ProblemKind(
    "zip-method",
    Severity.ERROR,
    Text("壓縮檔中的「{name}」使用不支援的壓縮方式。", "“{name}” in the zip is compressed in a way that is not supported."),
    Text("請以一般的 zip（Deflate）重新壓縮。", "Pack it again as an ordinary zip (Deflate)."),
)
ZIP_BOMB = ProblemKind(
    "zip-bomb",
    Severity.ERROR,
    Text("壓縮檔解開後異常龐大，已停止解開（{reason}）。", "The zip grows out of all proportion and was not unpacked ({reason})."),
    Text("請由匯出單位確認檔案來源。", "Ask who made the export where the file came from."),
)

_END_RECORD, _END_BYTES, _COMMENT_BYTES = b"PK\x05\x06", 22, 65_535
_ZIP64_LOCATOR, _ZIP64_LOCATOR_BYTES = b"PK\x06\x07", 20
_LOCAL_HEADER_BYTES = 30
_CHUNK_BYTES = 2**18
_ENCRYPTED = 0x1 | 0x40 | 0x2000


def unpack(archive: Path, folder: Path, package_id: str) -> dict[str, Problem]:
    """Unpack a zip into an empty folder; what was left out is returned by path, with its reason. Raises `SetAside` for a zip that must not or cannot be unpacked, OSError."""
    where = Where(package=package_id, file=archive.name)
    _check_directory(archive, where)
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = opened.infolist()
            paths = decoded_names(entries)
            problems = _check_entries(entries, paths, archive.stat().st_size, where)
            taken = [(entry, path) for entry, path in zip(entries, paths, strict=True) if path and path not in problems]
            for entry, path in taken:
                _extract(opened, entry, folder / path, where)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        # zipfile speaks of damage in all of these; RuntimeError is a password.
        raise SetAside(ZIP_CORRUPT.at(where, reason=Text("內容與校驗碼不符", "its content fails the check"))) from error
    return problems


def _check_directory(archive: Path, where: Where) -> None:
    """Look at the end record before `zipfile` reads the whole directory: a hundred thousand entries are refused unread."""
    size = archive.stat().st_size
    with archive.open("rb") as stream:
        stream.seek(max(0, size - _END_BYTES - _COMMENT_BYTES - _ZIP64_LOCATOR_BYTES))
        tail = stream.read()
    at = tail.rfind(_END_RECORD)
    if at < 0 or len(tail) < at + _END_BYTES:
        raise SetAside(ZIP_CORRUPT.at(where, reason=Text("沒有目錄", "no directory")))
    count, directory_bytes = struct.unpack_from("<HL", tail, at + 10)
    zip64 = tail[max(0, at - _ZIP64_LOCATOR_BYTES) : at].startswith(_ZIP64_LOCATOR)
    if zip64 or count > limits.ENTRIES or directory_bytes > limits.ARCHIVE_DIRECTORY_BYTES:
        # Zip64 is for more than 65,535 entries or 4 GB, which no package has.
        raise SetAside(PACKAGE_TOO_LARGE.at(where, unit=Text("檔案數", "files"), limit=f"{limits.ENTRIES:,}"))


def _check_entries(entries: Sequence[zipfile.ZipInfo], paths: Sequence[str], archive_bytes: int, where: Where) -> dict[str, Problem]:
    """Judge every entry before one is unpacked: raises `SetAside`, or returns what is left out, by path."""
    if len(entries) > limits.ENTRIES:
        raise SetAside(PACKAGE_TOO_LARGE.at(where, unit=Text("檔案數", "files"), limit=f"{limits.ENTRIES:,}"))
    _check_overlap(entries, where)
    problems: dict[str, Problem] = {}
    seen: dict[str, str] = {}
    total = 0
    for entry, path in zip(entries, paths, strict=True):
        if not path:
            continue
        shown, inside = names.visible(path), Where(package=where.package, file=names.visible(path))
        if names.leads_out(path) or names.leads_out(entry.orig_filename.replace("\\", "/")):
            raise SetAside(NAME_LEADS_OUT.at(where, name=shown))
        if path.count("/") >= limits.DEPTH:
            raise SetAside(PACKAGE_TOO_LARGE.at(where, unit=Text("資料夾層數", "folders within folders"), limit=limits.DEPTH))
        _check_clash(path, seen, entry, where)
        mode = entry.external_attr >> 16
        if stat.S_ISLNK(mode):
            problems[path] = SYMLINK.at(inside, name=shown)
        elif any(names.deceives(part) for part in path.split("/")):
            problems[path] = DECEIVING_NAME.at(inside, name=shown)
        elif entry.flag_bits & _ENCRYPTED:
            raise SetAside(ZIP_ENCRYPTED.at(where, name=shown))
        elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SetAside(ZIP_METHOD.at(where, name=shown))
        elif entry.file_size > limits.FILE_BYTES:
            problems[path] = FILE_TOO_LARGE.at(inside, name=shown, megabytes=entry.file_size // 2**20)
        else:
            total += entry.file_size
    if total > limits.TOTAL_BYTES or (total > limits.RATIO_FROM_BYTES and total > limits.RATIO * archive_bytes):
        raise SetAside(ZIP_BOMB.at(where, reason=f"{archive_bytes:,} → {total:,} bytes"))
    return problems


def _check_overlap(entries: Sequence[zipfile.ZipInfo], where: Where) -> None:
    """No two entries may share bytes: that is how small zips hold petabytes."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise SetAside(ZIP_BOMB.at(where, reason=Text("內部檔案互相重疊", "entries overlap")))
        end = entry.header_offset + _LOCAL_HEADER_BYTES + entry.compress_size


def _check_clash(path: str, seen: dict[str, str], entry: zipfile.ZipInfo, where: Where) -> None:
    """No two entries may be one file, nor a file a folder of another, on any system."""
    key = names.fold(path)
    clash = seen.get(key)
    if is_folder(entry) and (clash or "/").endswith("/"):
        clash = None  # a folder may be named again, and by what is in it
    steps = key.split("/")
    above = next((seen[step] for n in range(1, len(steps)) if (step := "/".join(steps[:n])) in seen and not seen[step].endswith("/")), None)
    if clash or above:
        raise SetAside(NAMES_CLASH.at(where, first=names.visible(clash or above or ""), second=names.visible(path)))
    parts = path.split("/")
    for n in range(1, len(parts)):
        folder = "/".join(parts[:n])
        known = seen.setdefault(names.fold(folder), f"{folder}/")
        if known != f"{folder}/" and names.normal(known) != names.normal(f"{folder}/"):
            raise SetAside(NAMES_CLASH.at(where, first=names.visible(known.rstrip("/")), second=names.visible(folder)))
    seen[key] = f"{path}/" if is_folder(entry) else path


def _extract(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, where: Where) -> None:
    """Write one entry, never more than it promised."""
    if is_folder(entry):
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    left = entry.file_size
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as out, opened.open(entry) as packed:
        while chunk := packed.read(_CHUNK_BYTES):
            left -= len(chunk)
            if left < 0:
                raise SetAside(ZIP_BOMB.at(where, reason=Text("內容比目錄所載的長", "content longer than its directory says")))
            out.write(chunk)
