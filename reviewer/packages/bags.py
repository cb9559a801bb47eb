"""BagIt bags (RFC 8493, 0.97 and 1.0): the payload is read only when every manifest is well formed, complete and right.

The `bagit` library reads the declaration, the tag files and the manifests and compares them with the folder. What it lets pass (malformed lines, any
version, fetch.txt) is refused here, and hashes are taken through our own reader, which follows no link.
"""

import logging
import re

import bagit

from reviewer.model.problem import Problem, ProblemKind, SetAside, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import limits, names
from reviewer.packages.contents import Contents
from reviewer.packages.inventory import Entry, Inventory

BAG_MALFORMED = ProblemKind(
    "bag-malformed",
    Severity.ERROR,
    Text("BagIt 封裝不合規定：{reason}", "The BagIt bag is not well formed: {reason}"),
    Text("請由封裝單位重新封裝。", "Ask who packed it to pack it again."),
)
BAG_INCOMPLETE = ProblemKind(
    "bag-incomplete",
    Severity.ERROR,
    Text(
        "BagIt 封裝清單上的檔案「{name}」不存在，或不是一般檔案。",
        "“{name}” is listed in the bag's manifest but is not there, or is no regular file.",
    ),
    Text("封裝後檔案遭移除或傳輸不完整，請重新取得。", "It was removed after packing, or the copy is incomplete; get it again."),
)
BAG_EXTRA = ProblemKind(
    "bag-extra",
    Severity.ERROR,
    Text("檔案「{name}」不在 BagIt 封裝清單上。", "“{name}” is in the bag but not listed in its manifest."),
    Text("封裝後檔案遭加入，請重新取得。", "It was added after packing; get the bag again."),
)
BAG_HASH = ProblemKind(
    "bag-hash",
    Severity.ERROR,
    Text(
        "檔案「{name}」與 BagIt 封裝清單的雜湊值（{algorithm}）不符。",
        "“{name}” does not have the hash ({algorithm}) that the bag's manifest gives.",
    ),
    Text("封裝後檔案遭更動或損壞，請重新取得。", "It was changed or damaged after packing; get the bag again."),
)

VERSIONS = ("0.97", "1.0")
"""Versions of BagIt that are read."""
ALGORITHMS = {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}
"""Manifests that are checked, with the hexadecimal digits of a hash."""

_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+\*?(\S.*)")
_DECLARATION = re.compile(r"BagIt-Version: (\d+\.\d+)\r?\nTag-File-Character-Encoding: (\S+)\s*")
_MANIFEST_BYTES = 4 * 2**20

# What it finds is told by our problems; its own log lines would stand between a progress bar and its terminal.
logging.getLogger("bagit").setLevel(logging.CRITICAL)


def is_bag(inventory: Inventory) -> bool:
    """Whether the folder says that it is a bag."""
    return inventory.find("bagit.txt") is not None


def check_bag(inventory: Inventory, package_id: str) -> Contents:
    """Check a bag whole and return its payload, each file as it was when its hash was right. Raises `SetAside` for whatever is wrong with it."""
    return _Check(inventory, package_id).payload()


class _Check:
    """One bag under examination."""

    def __init__(self, inventory: Inventory, package_id: str) -> None:
        self.inventory, self.package_id = inventory, package_id
        self.contents = Contents(inventory, package_id)
        self.listed: dict[str, dict[str, str]] = {}
        """Expected hash by folded path and algorithm."""

    def payload(self) -> Contents:
        """Everything, in the order of what each check may trust."""
        self.declaration()
        if self.inventory.find("fetch.txt") is not None:
            raise self.malformed(
                "fetch.txt", Text("fetch.txt 要求從網路下載檔案，不予接受。", "fetch.txt asks to download files, which is not done.")
            )
        manifests = [(entry, match) for entry in self.inventory if (match := _MANIFEST.fullmatch(entry.path))]
        if not any(not match[1] for _, match in manifests):
            raise self.malformed("", Text("沒有 manifest。", "there is no manifest."))
        payload = {key for key in self.inventory.files if key.startswith("data/")}
        for entry, match in manifests:
            self.manifest(entry, tag=bool(match[1]), algorithm=match[2], payload=payload)
        self.hashes()
        self.library()
        inner = self.contents.within("data")
        if not inner.inventory.root.is_dir() or inner.inventory.root.is_symlink():
            raise self.malformed("", Text("沒有 data 資料夾。", "there is no folder data."))
        return inner

    def declaration(self) -> None:
        """bagit.txt: a version that we know, tag files in UTF-8."""
        text = self.text("bagit.txt")
        match = _DECLARATION.fullmatch(text)
        if match is None:
            raise self.malformed("bagit.txt", Text("bagit.txt 的內容不合格式。", "bagit.txt is not of its form."))
        if match[1] not in VERSIONS:
            raise self.malformed("bagit.txt", Text(f"不支援 {match[1]} 版。", f"version {match[1]} is not supported."))
        if match[2].upper() not in ("UTF-8", "UTF8"):
            raise self.malformed("bagit.txt", Text("文字編碼不是 UTF-8。", "its character encoding is not UTF-8."))

    def manifest(self, entry: Entry, *, tag: bool, algorithm: str, payload: set[str]) -> None:
        """One manifest, line by line; a payload manifest lists all of `data/`, a tag manifest nothing of it."""
        digits = ALGORITHMS.get(algorithm)
        if digits is None:
            raise self.malformed(entry.path, Text(f"不支援 {algorithm} 雜湊。", f"hashes by {algorithm} are not supported."))
        listed: set[str] = set()
        for number, line in enumerate(self.text(entry.path).splitlines(), 1):
            if not line.strip():
                continue
            match = _LINE.fullmatch(line)
            path = _unescaped(match[2]).removeprefix("./") if match else ""
            if match is None or len(match[1]) != digits:
                raise self.malformed(entry.path, Text(f"第 {number} 行不合格式。", f"line {number} is not of its form."), number)
            key = names.fold(path)
            if names.leads_out(path) or key.startswith("data/") == tag:
                raise self.malformed(
                    entry.path, Text(f"第 {number} 行的路徑不可接受。", f"the path in line {number} is not acceptable."), number
                )
            if key in listed:
                raise self.malformed(entry.path, Text(f"第 {number} 行的檔案重複列出。", f"line {number} lists a file again."), number)
            if key not in self.inventory.files:
                raise SetAside(BAG_INCOMPLETE.at(self.where(entry.path, number), name=names.visible(path)))
            listed.add(key)
            self.listed.setdefault(key, {})[algorithm] = match[1].lower()
        extra = sorted(payload - listed)
        if not tag and extra:
            raise SetAside(BAG_EXTRA.at(self.where(entry.path), name=names.visible(self.inventory.files[extra[0]].path)))
        refused = sorted(key for key in self.inventory.refused if key.startswith("data/"))
        if refused:
            raise SetAside(BAG_EXTRA.at(self.where(entry.path), name=names.visible(refused[0])))

    def library(self) -> None:
        """What the library checks beyond this: tag files of their form, Payload-Oxum."""
        try:
            bag = bagit.Bag(str(self.inventory.root))
            oxum = bag.info.get("Payload-Oxum")
        except (bagit.BagError, ValueError, OSError, LookupError) as error:
            raise self.malformed("", Text(f"{type(error).__name__}。", f"{type(error).__name__}.")) from error
        files = [entry for entry in self.inventory if entry.path.startswith("data/")]
        found = f"{sum(entry.size_bytes for entry in files)}.{len(files)}"
        if isinstance(oxum, str) and oxum.strip() != found:
            raise self.malformed(
                "bag-info.txt",
                Text(f"Payload-Oxum 為 {oxum[:40]}，實際為 {found}。", f"Payload-Oxum is {oxum[:40]}, but the payload is {found}."),
            )

    def hashes(self) -> None:
        """Every listed file against every manifest, each read once."""
        problems: list[Problem] = []
        for key in sorted(self.listed):
            expected, entry = self.listed[key], self.inventory.files[key]
            try:
                found = self.contents.digests(entry, tuple(sorted(expected)))
            except OSError:
                found = {}
            wrong = [algorithm for algorithm in sorted(expected) if found.get(algorithm) != expected[algorithm]]
            if wrong:
                problems.append(BAG_HASH.at(self.where(entry.path), name=names.visible(entry.path), algorithm=wrong[0]))
        if problems:
            raise SetAside(*problems[: limits.PROBLEMS_OF_A_FILE])

    def text(self, path: str) -> str:
        """A tag file as text. Raises `SetAside` when it is not UTF-8 or too long."""
        entry = self.inventory.find(path)
        data = self.contents.read(entry, _MANIFEST_BYTES) if entry else b""
        if len(data) > _MANIFEST_BYTES:
            raise self.malformed(path, Text(f"{path} 過大。", f"{path} is too large."))
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise self.malformed(path, Text(f"{path} 不是 UTF-8 編碼。", f"{path} is not UTF-8.")) from None

    def malformed(self, path: str, reason: Text, row: int = 0) -> SetAside:
        """The exception for a bag that is not well formed."""
        return SetAside(BAG_MALFORMED.at(self.where(path, row), reason=reason))

    def where(self, path: str, row: int = 0) -> Where:
        """A place in the bag."""
        return Where(package=self.package_id, file=names.visible(path), row=row)


def _unescaped(path: str) -> str:
    """A manifest's path: line ends and percent signs are written as %0A, %0D, %25 (RFC 8493, 2.1.3)."""
    return re.sub("%0[AaDd]|%25", lambda match: {"%0a": "\n", "%0d": "\r", "%25": "%"}[match[0].lower()], path)
