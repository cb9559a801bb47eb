"""What real exports have and nobody need be told of: no problem at all."""

import zipfile
from pathlib import Path

from tests.faults.packages.bag_making import write_bag
from tests.faults.packages.casebook import case, spoiled
from tests.faults.packages.making import PDF, Files, as_bytes, good, write_zip

# What is dirt but says nothing: no problem at all.


@spoiled
def nothing_odd(files: Files) -> None:
    files["報導.pdf"] = PDF


@spoiled
def left_by_file_managers(files: Files) -> None:
    files |= {"desktop.ini": b"", "Thumbs.db": b"", ".DS_Store": b"", "__MACOSX/._x": b"", "._報導.pdf": b"", "~$報導.docx": b""}


@spoiled
def listing_of_the_committee(files: Files) -> None:
    files["01686463_LIST.json"] = b"not json"


@spoiled
def json_with_byte_order_mark(files: Files) -> None:
    files["基本資料.json"] = b"\xef\xbb\xbf" + as_bytes(files["基本資料.json"])


@spoiled
def names_with_prefix(files: Files) -> None:
    for name in list(files):
        files[f"01686463_{name}"] = files.pop(name)


@spoiled
def files_in_a_folder_of_the_part(files: Files) -> None:
    files["課程學習成果/報導.pdf"] = files.pop("報導.pdf")
    files["多元表現/獎狀.jpg"] = files.pop("獎狀.jpg")


@spoiled
def names_decomposed(files: Files) -> None:
    files["cafe\u0301.pdf"] = files.pop("報導.pdf")
    files["課程學習成果.json"][0]["課程學習成果文件檔案連結"] = "caf\u00e9.pdf"


@case
def zip_wrapped_in_a_folder(folder: Path) -> Path:
    return write_zip(folder / "package.zip", {f"匯出/{name}": content for name, content in good().items()} | {"__MACOSX/匯出/._x": b""})


class _Cp950Entry(zipfile.ZipInfo):
    """An entry whose name is written in CP950 without a flag, as Windows' own archiver does."""

    __slots__ = ()

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the library's own name
        return self.filename.encode("cp950"), self.flag_bits


@case
def zip_named_in_cp950(folder: Path) -> Path:
    path = folder / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in good().items():
            archive.writestr(_Cp950Entry(name), as_bytes(content))
    return path


@case
def bag_sound(folder: Path) -> Path:
    return write_bag(folder / "package", good())


@case
def bag_of_0_97_with_md5(folder: Path) -> Path:
    return write_bag(folder / "package", good(), version="0.97", algorithms=("md5", "sha1"))


@case
def bag_of_1_0_with_sha512(folder: Path) -> Path:
    return write_bag(folder / "package", good(), algorithms=("sha256", "sha512"))


@case
def bag_with_thumbnails(folder: Path) -> Path:
    bag = write_bag(folder / "package", good())
    (bag / "data" / "Thumbs.db").write_bytes(b"x")
    return bag


@case
def bag_zipped(folder: Path) -> Path:
    bag = write_bag(folder / "bag", good())
    files = {f"bag/{path.relative_to(bag)}": path.read_bytes() for path in sorted(bag.rglob("*")) if path.is_file()}
    return write_zip(folder / "package.zip", files)
