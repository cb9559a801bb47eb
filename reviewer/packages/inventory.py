"""What lies in a package's folder: every regular file once, by its name in NFC; links and special files apart, never followed, never opened."""

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from reviewer.model.problem import Problem, ProblemKind, SetAside, SetAsideForNow, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import limits, names

SYMLINK = ProblemKind(
    "symlink",
    Severity.WARNING,
    Text("「{name}」是捷徑（符號連結），指向的內容不會讀取。", "“{name}” is a symbolic link; what it points to is not read."),
    Text("請以檔案本身取代捷徑。", "Put the file itself in its place."),
)
SPECIAL_FILE = ProblemKind(
    "special-file",
    Severity.WARNING,
    Text("「{name}」不是一般檔案，未讀取。", "“{name}” is not a regular file and was not read."),
    Text("請移除它，或改放一般檔案。", "Remove it, or put a regular file in its place."),
)
DECEIVING_NAME = ProblemKind(
    "deceiving-name",
    Severity.WARNING,
    Text(
        "檔名「{name}」含有控制字元、改變文字方向的字元或過長，該檔案未讀取。",
        "The file name “{name}” holds control or direction characters or is too long; the file was not read.",
    ),
    Text("請改檔名後重新匯出。", "Rename the file and export again."),
)
FILE_TOO_LARGE = ProblemKind(
    "file-too-large",
    Severity.WARNING,
    Text("「{name}」有 {megabytes} MB，超過可讀取的大小，未讀取。", "“{name}” has {megabytes} MB, more than can be read; it was not read."),
    Text("請確認檔案是否正確；文件上限 4 MB、影音上限 10 MB。", "Check the file: documents have at most 4 MB, media 10 MB."),
)
UNREADABLE_FILE = ProblemKind(
    "unreadable-file",
    Severity.WARNING,
    Text("「{name}」無法讀取（{reason}）。", "“{name}” cannot be read ({reason})."),
    Text("請檢查檔案權限與儲存媒體。", "Check the file's permissions and the disk."),
)
FOLDER_CLOSED = ProblemKind(
    "folder-closed",
    Severity.ERROR,
    Text(
        "資料夾「{name}」無法讀取（{reason}），不知道其中有哪些檔案，這份資料暫不製作。",
        "The folder “{name}” cannot be read ({reason}): what lies in it is unknown, and the dossier is not made for now.",
    ),
    Text("請檢查資料夾權限與儲存媒體後再執行一次。", "Check the folder's permissions and the disk, then run again."),
)
NAME_LEADS_OUT = ProblemKind(
    "name-leads-out",
    Severity.ERROR,
    Text(
        "檔名「{name}」指向資料夾之外或系統裝置，整份資料不予讀取。",
        "The file name “{name}” leads out of the package or to a device; the package is not read.",
    ),
    Text("請由匯出單位確認檔案來源後重新匯出。", "Ask who made the export to check where the file came from and to export again."),
)
NAMES_CLASH = ProblemKind(
    "names-clash",
    Severity.ERROR,
    Text(
        "「{first}」與「{second}」在其他電腦上是同一個檔名，無法分辨。",
        "“{first}” and “{second}” are one name on other computers and cannot be told apart.",
    ),
    Text("請將其中一個檔案改名後重新匯出。", "Rename one of them and export again."),
)
PACKAGE_TOO_LARGE = ProblemKind(
    "package-too-large",
    Severity.ERROR,
    Text("資料過大：{unit}超過上限 {limit}。", "The package is too large: more than {limit} {unit}."),
    Text("請確認這是一位學生的資料，並重新匯出。", "Check that this is one student's package and export again."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One regular file."""

    path: str
    """POSIX path in NFC, relative to the package's root."""
    disk_path: str
    """The same as it is spelled on the disk."""
    size_bytes: int
    """Size."""
    modified_ns: int
    """Time of the last change, for recognising what is unchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """All files of a package, found without opening one."""

    root: Path
    """The folder."""
    files: Mapping[str, Entry]
    """By folded path (`names.fold`)."""
    refused: Mapping[str, Problem]
    """What lies there but may not be read, by folded path, with its reason."""

    def find(self, path: str) -> Entry | None:
        """The file of that path, whatever its normal form and case; None when there is none that may be read."""
        return self.files.get(names.fold(path))

    def refusal(self, path: str) -> Problem | None:
        """Why what lies at that path, or in a folder on the way, may not be read; None when nothing lies there."""
        parts = names.fold(path).split("/")
        steps = ("/".join(parts[: n + 1]) for n in range(len(parts)))
        return next((self.refused[step] for step in steps if step in self.refused), None)

    def __iter__(self) -> Iterator[Entry]:
        """Files by path."""
        return iter(sorted(self.files.values(), key=lambda entry: entry.path))

    def within(self, folder: str) -> "Inventory":
        """The inventory of a sub-folder (`data` of a bag, the one folder that wraps a zip)."""
        start = names.fold(folder) + "/"
        inside = {key.removeprefix(start): entry for key, entry in self.files.items() if key.startswith(start)}
        some = next(iter(inside.values()), None)
        spelled = some.disk_path.split("/")[: folder.count("/") + 1] if some else [folder]
        cut = len(folder) + 1
        files = {
            key: Entry(
                path=entry.path[cut:],
                disk_path="/".join(entry.disk_path.split("/")[len(spelled) :]),
                size_bytes=entry.size_bytes,
                modified_ns=entry.modified_ns,
            )
            for key, entry in inside.items()
        }
        refused = {key.removeprefix(start): problem for key, problem in self.refused.items() if key.startswith(start)}
        return Inventory(root=self.root.joinpath(*spelled), files=files, refused=refused)


def take_inventory(root: Path, package_id: str, left_out: Mapping[str, Problem] = MappingProxyType({})) -> Inventory:
    """List a folder; `left_out` is what an archive held but was not unpacked, by path.

    Raises `SetAside` for names that lead out, for clashing names and beyond the limits; `SetAsideForNow` for a folder within that cannot be
    read: pages would say of what lies there that nothing was handed in; OSError when the folder itself cannot be.
    """
    scan = _Scan(package_id)
    scan.folder(root, "", "", 1)
    return Inventory(root=root, files=scan.files, refused=scan.refused | {names.fold(path): problem for path, problem in left_out.items()})


class _Scan:
    """One walk through a folder."""

    def __init__(self, package_id: str) -> None:
        self.package_id = package_id
        self.files: dict[str, Entry] = {}
        self.refused: dict[str, Problem] = {}
        self.seen: dict[str, str] = {}
        self.total_bytes = 0

    def folder(self, folder: Path, disk_stem: str, stem: str, depth: int) -> None:
        """Walk one folder; `disk_stem` and `stem` are its path as spelled and in NFC, each with a slash at its end."""
        if depth > limits.DEPTH:
            raise SetAside(self.too_large(stem, Text("資料夾層數", "folders within folders"), limits.DEPTH))
        try:
            with os.scandir(folder) as listing:
                children = sorted(listing, key=lambda child: child.name)
        except OSError as error:
            raise self.unreadable(stem, error) from error
        for child in children:
            if not names.is_ignored(child.name):
                self.child(child, disk_stem, stem, depth)

    def child(self, child: os.DirEntry[str], disk_stem: str, stem: str, depth: int) -> None:
        """Take note of one file or folder."""
        name = names.normal(legible(child.name))
        path, key = stem + name, names.fold(stem + name)
        if names.leads_out(name):
            raise SetAside(NAME_LEADS_OUT.at(self.where(path), name=names.visible(name)))
        if key in self.seen:
            raise SetAside(NAMES_CLASH.at(self.where(path), first=names.visible(self.seen[key]), second=names.visible(path)))
        self.seen[key] = path
        if len(self.seen) > limits.ENTRIES:
            raise SetAside(self.too_large("", Text("檔案數", "files"), limits.ENTRIES))
        if names.deceives(name):
            self.refused[key] = DECEIVING_NAME.at(self.where(path), name=names.visible(name))
        elif child.is_symlink():
            self.refused[key] = SYMLINK.at(self.where(path), name=names.visible(name))
        elif child.is_dir(follow_symlinks=False):
            self.folder(Path(child.path), f"{disk_stem}{child.name}/", f"{path}/", depth + 1)
        else:
            self.file(child, disk_stem + child.name, path)

    def file(self, child: os.DirEntry[str], disk_path: str, path: str) -> None:
        """Take note of something that is neither a folder nor a link."""
        where, name, key = self.where(path), names.visible(path.rpartition("/")[2]), names.fold(path)
        try:
            facts = child.stat(follow_symlinks=False)
        except PermissionError as error:  # of its folder: what is not told of one file is told of none beside it
            raise self.unreadable(path.removesuffix(path.rpartition("/")[2]), error) from error
        except OSError as error:
            self.refused[key] = UNREADABLE_FILE.at(where, name=name, reason=error.strerror)
            return
        if not stat.S_ISREG(facts.st_mode):
            self.refused[key] = SPECIAL_FILE.at(where, name=name)
        elif facts.st_size > limits.FILE_BYTES:
            self.refused[key] = FILE_TOO_LARGE.at(where, name=name, megabytes=facts.st_size // 2**20)
        else:
            self.total_bytes += facts.st_size
            if self.total_bytes > limits.TOTAL_BYTES:
                raise SetAside(self.too_large("", Text("位元組數", "bytes"), limits.TOTAL_BYTES))
            self.files[key] = Entry(path=path, disk_path=disk_path, size_bytes=facts.st_size, modified_ns=facts.st_mtime_ns)

    def unreadable(self, stem: str, error: OSError) -> Exception:
        """What to raise for a folder that cannot be read; the root is for the caller to tell."""
        path = stem.rstrip("/")
        return SetAsideForNow(FOLDER_CLOSED.at(self.where(path), name=names.visible(path), reason=error.strerror)) if path else error

    def where(self, path: str) -> Where:
        """A place in this package."""
        return Where(package=self.package_id, file=names.visible(path))

    def too_large(self, path: str, unit: Text, limit: int) -> Problem:
        """The package goes beyond a limit."""
        return PACKAGE_TOO_LARGE.at(self.where(path), unit=unit, limit=f"{limit:,}")


def legible(name: str) -> str:
    """A name from the disk; bytes that are not UTF-8 are read as CP950 (zips of Windows, unpacked elsewhere) where that is possible."""
    if not any("\udc80" <= character <= "\udcff" for character in name):
        return name
    try:
        return os.fsencode(name).decode("cp950")
    except UnicodeDecodeError:
        return name
