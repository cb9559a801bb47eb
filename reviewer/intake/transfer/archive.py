"""The vendors' transfer zip: `{校代碼}_{yyyy}_{MM}_{dd}_{HH}_{mm}_{ss}.zip` with a JSON of the same name and the students' files.

Defended: the zip comes from another school's program. Names are decoded (UTF-8, CP950) and checked before anything is written, sizes and ratios
are bounded, links are not followed, a wrong or missing password is a sentence. Python's own zipfile reads the old encryption (ZipCrypto), which is what the vendors
use; it protects little, so the file is written without.
"""

import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewer.model.problem import ExitStatus, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.packages import limits, names
from reviewer.packages.zip_names import decoded_names, is_folder

TRANSFER_UNREADABLE = ProblemKind(
    "transfer-unreadable",
    Severity.ERROR,
    Text("「{name}」不是完整的 zip，無法讀取。", "“{name}” is no complete zip and cannot be read."),
    Text("請向原學校重新索取。", "Ask the former school for it again."),
)
TRANSFER_PASSWORD = ProblemKind(
    "transfer-password",
    Severity.ERROR,
    Text("「{name}」有密碼，密碼不對或沒有給。", "“{name}” has a password, which is wrong or was not given."),
    Text("請向原學校確認密碼，以 --password 或提示輸入。", "Ask the former school for it, and give it by --password or at the prompt."),
)
TRANSFER_METHOD = ProblemKind(
    "transfer-encryption",
    Severity.ERROR,
    Text(
        "「{name}」的加密或壓縮方式無法讀取（可能是 AES）。",
        "“{name}” is encrypted or compressed in a way that cannot be read (perhaps AES).",
    ),
    Text(
        "請原學校改用一般 zip 密碼，或先以解壓縮軟體解開後重新壓縮。",
        "Ask for ordinary zip encryption, or unpack it with another program and zip it again.",
    ),
)
TRANSFER_UNSAFE = ProblemKind(
    "transfer-unsafe",
    Severity.ERROR,
    Text(
        "「{name}」裡的檔名「{entry}」指向資料夾之外，或檔案過大，不予讀取。",
        "The name “{entry}” in “{name}” leads out of its folder, or the archive is too large; it is not read.",
    ),
    Text("請向原學校確認檔案來源。", "Ask the former school where it came from."),
)
TRANSFER_NO_JSON = ProblemKind(
    "transfer-no-json",
    Severity.ERROR,
    Text("「{name}」裡沒有異動生的 JSON，或內容不是清單。", "“{name}” holds no JSON of transfer students, or it is no list."),
    Text("請確認是不是異動生的匯出檔。", "Check whether it is an export of transfer students."),
)

STUDENTS_MOST = 10_000
"""Students of one transfer: no school has more."""
_JSON_BYTES = 64 * 2**20
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError)
"""What zipfile raises over damage, in the directory or in an entry; ValueError is also a name that is no UTF-8 though its flag says so."""
_FORM = re.compile(r"([0-9A-Za-z]{6})_\d{4}_\d{2}_\d{2}_\d{2}_\d{2}_\d{2}\.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An open transfer zip."""

    name: str
    """File name."""
    students: tuple[Mapping[str, Any], ...]
    """The JSON's list, as it was written."""
    entries: Mapping[str, zipfile.ZipInfo]
    """Files by path in NFC."""
    source: zipfile.ZipFile
    """The zip."""
    password: bytes | None
    """For what is locked."""

    def read(self, path: str) -> bytes:
        """A file's content. Raises `Stop` when the password is wrong or the zip is damaged, KeyError when it is not there."""
        return _content(self.source, self.entries[path], self.password, self.name)


@contextmanager
def open_archive(path: Path, password: str = "") -> Iterator[Archive]:
    """Open a transfer zip and read its list. Raises `Stop` when that cannot be done."""
    where, key = Where(file=path.name), password.encode("utf-8") or None
    try:
        source = zipfile.ZipFile(path)
    except (OSError, NotImplementedError, *_DAMAGE) as error:
        raise Stop(TRANSFER_UNREADABLE.at(where, name=path.name), status=ExitStatus.NOTHING) from error
    with source:
        entries = _entries(source, path)
        found = sorted(
            (one for one in entries if "/" not in one and one.endswith(".json")), key=lambda one: (_FORM.fullmatch(one) is None, one)
        )
        if not found:
            raise Stop(TRANSFER_NO_JSON.at(where, name=path.name))
        students = _students(_content(source, entries[found[0]], key, path.name), where)
        yield Archive(name=path.name, students=students, entries=entries, source=source, password=key)


def needs_password(path: Path) -> bool:
    """Whether something in a zip is locked."""
    try:
        with zipfile.ZipFile(path) as source:
            return any(entry.flag_bits & 1 for entry in source.infolist())
    except (OSError, NotImplementedError, *_DAMAGE):
        return False


def _entries(source: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    infos = source.infolist()
    total = sum(entry.file_size for entry in infos)
    spelled = decoded_names(infos)
    where = Where(file=path.name)
    if total > limits.TOTAL_BYTES * 8 or (total > limits.RATIO_FROM_BYTES and total > limits.RATIO * path.stat().st_size):
        raise Stop(TRANSFER_UNSAFE.at(where, name=path.name, entry="…"))
    found = {}
    for name, entry in zip(spelled, infos, strict=True):
        if not name or is_folder(entry):
            continue
        if names.leads_out(name) or names.deceives(name) or entry.external_attr >> 16 & 0o170000 == 0o120000:
            raise Stop(TRANSFER_UNSAFE.at(where, name=path.name, entry=names.visible(name)))
        found[name] = entry
    within = {"/".join(parts[:depth]) for parts in (name.split("/") for name in found) for depth in range(1, len(parts))}
    if not within.isdisjoint(found):
        raise Stop(TRANSFER_UNREADABLE.at(where, name=path.name))
    return found


def _students(data: bytes, where: Where) -> tuple[Mapping[str, Any], ...]:
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        value = None
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value) or len(value) > STUDENTS_MOST:
        raise Stop(TRANSFER_NO_JSON.at(where, name=where.file))
    return tuple(value)


def _content(source: zipfile.ZipFile, entry: zipfile.ZipInfo, password: bytes | None, name: str) -> bytes:
    where = Where(file=name)
    if entry.filename.endswith(".json") and entry.file_size > _JSON_BYTES:
        raise Stop(TRANSFER_UNSAFE.at(where, name=name, entry=names.visible(entry.filename)))
    try:
        with source.open(entry, pwd=password) as stream:
            return stream.read(min(entry.file_size, limits.FILE_BYTES) + 1)[: entry.file_size]
    except NotImplementedError as error:
        raise Stop(TRANSFER_METHOD.at(where, name=name)) from error
    except RuntimeError as error:
        # zipfile tells of a wrong or missing password by a bare RuntimeError.
        raise Stop(TRANSFER_PASSWORD.at(where, name=name)) from error
    except (OSError, *_DAMAGE) as error:
        kind = TRANSFER_PASSWORD if entry.flag_bits & 1 else TRANSFER_UNREADABLE
        raise Stop(kind.at(where, name=name)) from error
