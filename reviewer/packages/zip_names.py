"""The names in a zip: UTF-8 where the flag says so or an Info-ZIP field gives it, else guessed for the archive: UTF-8, CP950, CP437."""

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence

from reviewer.packages import names

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075


def decoded_names(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """POSIX path of each entry in NFC, without a slash at its end; empty for what file managers leave behind."""
    raw = [_raw(entry) for entry in entries]
    unflagged = [data for data in raw if data is not None]
    encoding = next((name for name in ("utf-8", "cp950") if _all_decode(unflagged, name)), "cp437")
    return [_path(entry, data, encoding) for entry, data in zip(entries, raw, strict=True)]


def _raw(entry: zipfile.ZipInfo) -> bytes | None:
    """The name's bytes when nothing says what they are; None when it is known."""
    if entry.flag_bits & _UTF8_FLAG:
        return None
    try:
        return entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return None


def _path(entry: zipfile.ZipInfo, raw: bytes | None, encoding: str) -> str:
    name = entry.orig_filename if raw is None else _unicode_field(entry, raw) or _decode(raw, encoding)
    path = unicodedata.normalize("NFC", name).rstrip("/") if name != "/" else name
    parts = path.split("/")
    if any(names.is_ignored(part) for part in parts):
        return ""
    # `.` names nothing, wherever it stands; an empty part only the root, at the front.
    parts = [part for index, part in enumerate(parts) if part != "." and (part or index == 0)]
    return "/".join(parts)


def _decode(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return raw.decode("cp437")


def _all_decode(raw: Sequence[bytes], encoding: str) -> bool:
    try:
        for data in raw:
            data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _unicode_field(entry: zipfile.ZipInfo, raw: bytes) -> str:
    """Info-ZIP's Unicode path (0x7075): version 1, CRC of the raw name, the name in UTF-8; empty when absent or of another name."""
    extra = entry.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        data, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(data) > 5 and data[0] == 1 and struct.unpack_from("<L", data, 1)[0] == zlib.crc32(raw):
            try:
                return data[5:].decode("utf-8")
            except UnicodeDecodeError:
                return ""
    return ""


def is_folder(entry: zipfile.ZipInfo) -> bool:
    """As `ZipInfo.is_dir`, which fails on a name that begins with a NUL (found by fuzzing)."""
    return entry.filename.endswith("/")
