"""Zips: damaged, locked, hostile, and what is left out of one that is read."""

import struct
import zipfile
from pathlib import Path

from tests.faults.packages.casebook import CASES, case
from tests.faults.packages.making import PDF, good, write_zip

# Zips.


@case
def zip_cut_off(folder: Path) -> Path:
    path = write_zip(folder / "package.zip", good())
    path.write_bytes(path.read_bytes()[:-30])
    return path


@case
def zip_is_text(folder: Path) -> Path:
    path = folder / "package.zip"
    path.write_text("這不是壓縮檔")
    return path


@case
def zip_damaged_inside(folder: Path) -> Path:
    path = write_zip(folder / "package.zip", good())
    data = bytearray(path.read_bytes())
    data[120] ^= 0xFF
    path.write_bytes(data)
    return path


def _zipped(name: str, entry: str) -> None:
    def make(folder: Path) -> Path:
        return write_zip(folder / "package.zip", {**good(), entry: PDF})

    CASES[name] = make


for _name, _entry in {
    "zip_slip": "../x.pdf",
    "zip_slip_within": "a/../../x.pdf",
    "zip_slip_absolute": "/srv/x.pdf",
    "zip_slip_drive": "C:x.pdf",
    "zip_slip_backslash": "..\\x.pdf",
    "zip_slip_share": "\\\\server\\x.pdf",
    "zip_slip_device": "CON.pdf",
    "zip_slip_stream": "x.pdf:evil",
    "zip_too_deep": "/".join("abcdefghi") + "/x.pdf",
    "zip_names_clash": "獎狀.JPG",
    "zip_deceiving_name": "報\u202efdp.exe",
}.items():
    _zipped(_name, _entry)


@case
def zip_names_clash_by_a_dot(folder: Path) -> Path:
    return write_zip(folder / "package.zip", {**good(), "作品/圖.pdf": PDF, "作品/./圖.pdf": PDF})


@case
def zip_file_that_is_a_folder(folder: Path) -> Path:
    return write_zip(folder / "package.zip", {**good(), "作品": PDF, "作品/": b""})


@case
def zip_file_within_file(folder: Path) -> Path:
    return write_zip(folder / "package.zip", {**good(), "報導.pdf/x.pdf": PDF})


@case
def zip_locked(folder: Path) -> Path:
    path = write_zip(folder / "package.zip", good())
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    path.write_bytes(data)
    return path


@case
def zip_with_bzip2(folder: Path) -> Path:
    path = folder / "package.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("基本資料.json", b"{}")
    return path


@case
def zip_bomb_by_ratio(folder: Path) -> Path:
    return write_zip(folder / "package.zip", {**good(), "零.pdf": b"\0" * (40 * 2**20)})


@case
def zip_bomb_overlapping(folder: Path) -> Path:
    path = write_zip(folder / "package.zip", {"a.pdf": PDF, "b.pdf": PDF})
    data = bytearray(path.read_bytes())
    second = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 0)
    path.write_bytes(data)
    return path


@case
def zip_promises_less(folder: Path) -> Path:
    path = write_zip(folder / "package.zip", {"基本資料.json": b"{" + b" " * 5000 + b"}"})
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, data.find(b"PK\x01\x02") + 24, 10)
    path.write_bytes(data)
    return path


@case
def zip_of_6000_entries(folder: Path) -> Path:
    path = folder / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(6000):
            archive.writestr(f"{number}", b"")
    return path


@case
def zip_with_link(folder: Path) -> Path:
    def change(entry: zipfile.ZipInfo) -> None:
        if entry.filename == "獎狀.jpg":
            entry.external_attr = 0o120777 << 16

    return write_zip(folder / "package.zip", {**good(), "獎狀.jpg": b"/etc/passwd"}, change)


@case
def zip_within_zip(folder: Path) -> Path:
    inner = write_zip(folder / "inner.zip", {"x.pdf": PDF}).read_bytes()
    return write_zip(folder / "package.zip", {**good(), "報導.pdf": inner})
