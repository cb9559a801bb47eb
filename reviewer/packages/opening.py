"""Opening a package: a folder as it is, the payload of a checked bag, or a zip unpacked safely into a temporary folder."""

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.model.attachment import Attachment
from reviewer.model.portfolio import Signature
from reviewer.model.problem import Problem, ProblemKind, SetAside, SetAsideForNow, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import names, part_files, remote
from reviewer.packages.address import PackageAddress
from reviewer.packages.archive import unpack
from reviewer.packages.bags import check_bag, is_bag
from reviewer.packages.contents import Contents, PackageChanged, open_regular
from reviewer.packages.inventory import UNREADABLE_FILE, Inventory, take_inventory
from reviewer.packages.signature import read_signature

PACKAGE_GONE = ProblemKind(
    "package-gone",
    Severity.ERROR,
    Text("找不到這份資料，或無法讀取（{reason}）。", "The package is not there or cannot be read ({reason})."),
    Text("請確認資料夾與權限後再執行一次。", "Check the folder and its permissions, then run again."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open package; valid inside the `with` that opened it."""

    address: PackageAddress
    """Where it came from."""
    inventory: Inventory
    """Its files."""
    contents: Contents
    """The files' facts, each read once."""
    problems: tuple[Problem, ...]
    """What was odd about the container itself."""
    signature: Signature | None = None
    """What stood beside the bag."""

    def fingerprint(self, unread: list[str] | None = None) -> str:
        """What a dossier depends on: the content, and what is to be said of its signature.

        Files that cannot be read count by their size; their paths are put into `unread`.
        """
        content = self.contents.content_sha256(lambda entry, _error: unread.append(entry.path) if unread is not None else None)
        if unread is not None:
            refused = (*self.inventory.refused.values(), *self.problems)
            unread += [problem.where.file for problem in refused if problem.code == UNREADABLE_FILE.code]
        said = f"\0{self.signature.state}\0{self.signature.signer}" if self.signature else ""
        return hashlib.sha256(f"{content}{said}".encode()).hexdigest() if said else content

    @property
    def package_id(self) -> str:
        """The package's id."""
        return self.address.package_id

    @property
    def root(self) -> Path:
        """A real folder: the package itself, `data/` of a bag, or the unpacked zip. Take files through `file_path`."""
        return self.inventory.root


@contextlib.contextmanager
def open_package(address: PackageAddress) -> Iterator[Opened]:
    """Open a package for reading. Raises `SetAside` for what must not or cannot be opened: a bag whose hashes fail, an unsafe name, a zip bomb."""
    with contextlib.ExitStack() as stack:
        left_out: dict[str, Problem] = {}
        try:
            location = _brought_here(address, stack)
            if location.is_file():
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="reviewer-package-")))
                with _unchanged(location, address.package_id):
                    left_out = unpack(location, folder, address.package_id)
                location = folder
            elif not location.is_dir():
                raise FileNotFoundError(2, "not there")
            inventory = take_inventory(location, address.package_id, left_out)
        except OSError as error:
            raise SetAsideForNow(
                PACKAGE_GONE.at(Where(package=address.package_id), reason=error.strerror or type(error).__name__)
            ) from error
        inventory, problems = _step_in(inventory)
        contents = Contents(inventory, address.package_id)
        signature: Signature | None = None
        if is_bag(inventory):
            contents = check_bag(inventory, address.package_id)
            signature, odd = read_signature(inventory, address.package_id, address.trusted)
            problems = (*problems, *odd)
        yield Opened(address=address, inventory=contents.inventory, contents=contents, problems=problems, signature=signature)


@contextlib.contextmanager
def _unchanged(archive: Path, package_id: str) -> Iterator[None]:
    """Raise `PackageChanged` when a zip becomes another one meanwhile, whatever was found in it: it may be half of each."""
    before = _mark(archive)
    try:
        yield
    except (SetAside, OSError) as found:
        if _mark(archive) != before:
            raise PackageChanged(package_id, archive.name) from found
        raise
    if _mark(archive) != before:
        raise PackageChanged(package_id, archive.name)


def _mark(file: Path) -> tuple[int, ...]:
    """What tells a file from another, or from itself after a change; empty when it is gone."""
    try:
        facts = file.stat()
    except OSError:
        return ()
    return (facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns)


def _brought_here(address: PackageAddress, stack: contextlib.ExitStack) -> Path:
    """The package on this machine: where it is, or its copy when its address is one for fsspec."""
    if not remote.is_remote(address.location):
        return Path(address.location)
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="reviewer-package-"))
    return remote.fetch(address.location, Path(folder), address.package_id)


def file_path(opened: Opened, attachment: Attachment) -> Path:
    """The path of an attachment: a regular file inside the package, checked again. Raises OSError when it no longer is one."""
    entry = opened.inventory.find(attachment.path)
    if entry is None:
        raise FileNotFoundError(2, "not in the package", attachment.path)
    open_regular(opened.root, entry.disk_path).close()
    return opened.root / entry.disk_path


def _step_in(inventory: Inventory) -> tuple[Inventory, tuple[Problem, ...]]:
    """Step into the one folder that wraps everything, as archivers make it, and tell what may not be read beside it.

    A department's own sub-folder is none, unless JSON parts lie in it.
    """
    passed: tuple[Problem, ...] = ()
    for _ in range(3):
        tops = {entry.path.partition("/")[0] for entry in inventory if "/" in entry.path}
        if len(tops) != 1 or any("/" not in entry.path for entry in inventory):
            break
        top = tops.pop()
        inner = inventory.within(top)
        if top == part_files.GLYPHS_FOLDER or (part_files.is_department(top) and not _holds_json(inner)):
            break
        passed += tuple(problem for key, problem in sorted(inventory.refused.items()) if not key.startswith(f"{names.fold(top)}/"))
        inventory = inner
    return inventory, passed


def _holds_json(inventory: Inventory) -> bool:
    return is_bag(inventory) or any(
        part_files.part_of(entry.path) in part_files.JSON_PARTS and entry.path.lower().endswith(".json") for entry in inventory
    )
