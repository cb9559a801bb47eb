"""Finding packages: the committee's tree, the central export, one package. Lists folders, opens none; 200,000 packages take a second or two."""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from reviewer.model.problem import ExitStatus, Problem, ProblemKind, Severity, Stop, Where
from reviewer.model.text import Text
from reviewer.packages import limits, names, part_files, remote
from reviewer.packages.address import Discovery, PackageAddress, TrustedKey
from reviewer.packages.inventory import DECEIVING_NAME
from reviewer.packages.trees import Listed, LocalTree, Tree

NO_SUCH_FOLDER = ProblemKind(
    "no-such-folder",
    Severity.ERROR,
    Text("找不到「{path}」。", "There is no “{path}”."),
    Text("請確認路徑是否正確、隨身碟是否已連接。", "Check the path, and whether the drive is connected."),
)
EMPTY_FOLDER = ProblemKind(
    "empty-folder",
    Severity.ERROR,
    Text("資料夾「{path}」是空的。", "The folder “{path}” is empty."),
    Text("請指定匯出資料所在的資料夾。", "Name the folder that holds the export."),
)
NOT_AN_EXPORT = ProblemKind(
    "not-an-export",
    Severity.ERROR,
    Text("「{path}」裡沒有學習歷程檔案的匯出資料。", "“{path}” does not hold an export of learning portfolios."),
    Text(
        "請指定甄選會的資料夾（學校代碼／校系代碼／應試號碼）、中央資料庫匯出的資料夾（每位學生一個資料夾或 zip），或單一學生的資料。",
        "Name the committee's folder (university/department/applicant), the central export (one folder or zip a student), or one student's package.",
    ),
)
FOLDER_UNREADABLE = ProblemKind(
    "folder-unreadable",
    Severity.ERROR,
    Text("無法讀取資料夾「{path}」（{reason}）。", "The folder “{path}” cannot be read ({reason})."),
    Text("請檢查權限與儲存媒體。", "Check its permissions and the disk."),
)
PASSED_OVER = ProblemKind(
    "passed-over",
    Severity.NOTE,
    Text("「{name}」不是{expected}，略過。", "“{name}” is not {expected} and was passed over."),
    Text("若應屬於匯出資料，請確認名稱。", "If it belongs to the export, check its name."),
)
LINK_PASSED_OVER = ProblemKind(
    "link-passed-over",
    Severity.WARNING,
    Text("「{name}」是捷徑（符號連結），不予跟隨，略過。", "“{name}” is a symbolic link, which is not followed; it was passed over."),
    Text("請以資料夾本身取代捷徑。", "Put the folder itself in its place."),
)
PACKAGE_TWICE = ProblemKind(
    "package-twice",
    Severity.WARNING,
    Text("「{name}」同時有資料夾與 zip，採用資料夾。", "“{name}” is there as a folder and as a zip; the folder is read."),
    Text("請移除其中一個。", "Remove one of them."),
)

_UNIVERSITY = re.compile(r"(?=.*\d)[0-9A-Za-z]{3}")
_APPLICANT_SURE = re.compile(r"\d{8}")
_APPLICANT = re.compile(r"(?=.*\d)[0-9A-Za-z]{4,12}")
_UNIVERSITY_WORDS = Text("三碼的學校代碼", "a university's code of three characters")
_DEPARTMENT_WORDS = Text("六碼的校系代碼", "a department's code of six characters")
_APPLICANT_WORDS = Text("應試號碼", "an applicant number")
_STUDENT_WORDS = Text("學生的資料夾或 zip", "a student's folder or zip")


class _Child:
    """A folder or zip in a listing."""

    __slots__ = ("name", "path", "zipped")

    def __init__(self, path: PurePath, *, zipped: bool) -> None:
        self.path, self.zipped = path, zipped
        self.name = path.name[:-4] if zipped else path.name


def discover(address: str | Path, trusted: tuple[TrustedKey, ...] = ()) -> Discovery:
    """Find the packages at an address, a path or one for fsspec; signatures will be held against the trusted keys.

    Raises `Stop` when there is no such place, when it is empty, or when it holds no export.
    """
    found = _discover(address)
    return replace(found, packages=tuple(replace(package, trusted=trusted) for package in found.packages)) if trusted else found


def _discover(address: str | Path) -> Discovery:
    tree: Tree = remote.RemoteTree(str(address)) if remote.is_remote(str(address)) else LocalTree(address)
    where = Where(file=str(address))
    if not tree.exists():
        raise Stop(NO_SUCH_FOLDER.at(where, path=address), status=ExitStatus.NOTHING)
    root = tree.root
    if tree.is_file():
        if root.suffix.lower() != ".zip":
            raise Stop(NOT_AN_EXPORT.at(where, path=address))
        return Discovery(packages=(PackageAddress(package_id=root.stem, location=tree.location(root)),), form="central", problems=())
    search = _Search(tree)
    children = search.children_of(root)
    if not children and not search.files:
        raise Stop(EMPTY_FOLDER.at(where, path=address))
    if search.is_package(root):
        package = _single(tree)
        return Discovery(packages=(package,), form="committee" if package.department_code else "central", problems=())
    found = search.committee(children) or search.central(children)
    if not found:
        raise Stop(NOT_AN_EXPORT.at(where, path=address))
    form = "committee" if found[0].department_code else "central"
    return Discovery(packages=tuple(sorted(found)), form=form, problems=tuple(search.problems))


def is_package(folder: Path) -> bool:
    """Whether a folder holds a package, by the names of what lies in it: a bag's declaration or a part."""
    return _Search(LocalTree(folder)).is_package(folder)


def _single(tree: Tree) -> PackageAddress:
    """One package; within the committee's tree its path still says who applies where."""
    root, location = tree.root, tree.location(tree.root)
    department, university = root.parent.name, root.parent.parent.name
    if _APPLICANT_SURE.fullmatch(root.name) and part_files.is_department(department):
        known = university if _UNIVERSITY.fullmatch(university) else department[:3]
        return PackageAddress(
            package_id=root.name, location=location, university_code=known, department_code=department, applicant_number=root.name
        )
    return PackageAddress(package_id=root.name, location=location)


class _Search:
    """One look through an export."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.root = tree, tree.root
        self.problems: list[Problem] = []
        self.files = 0
        """Files that are no zip, in the folders listed."""

    def children_of(self, folder: PurePath) -> list[_Child]:
        """Folders and zips of a folder, by name; links are passed over with a problem."""
        try:
            found = self.tree.list(folder)
        except OSError as error:
            raise Stop(FOLDER_UNREADABLE.at(Where(file=str(folder)), path=folder, reason=error.strerror)) from error
        children = []
        for child in found:
            if names.is_ignored(child.name):
                continue
            zipped = child.name.lower().endswith(".zip")
            if names.deceives(child.name):
                self.problems.append(DECEIVING_NAME.at(self.where(child.path), name=names.visible(child.name)))
            elif child.is_link:
                self.problems.append(LINK_PASSED_OVER.at(self.where(child.path), name=names.visible(child.name)))
            elif child.is_folder:
                children.append(_Child(child.path, zipped=False))
            elif zipped:
                children.append(_Child(child.path, zipped=True))
            else:
                self.files += 1
        return self.without_doubles(children)

    def without_doubles(self, children: list[_Child]) -> list[_Child]:
        """A folder before a zip of the same name."""
        folders = {child.name for child in children if not child.zipped}
        twice = [child for child in children if child.zipped and child.name in folders]
        self.problems += (PACKAGE_TWICE.at(self.where(child.path), name=names.visible(child.name)) for child in twice)
        return [child for child in children if child not in twice]

    def committee(self, children: list[_Child]) -> list[PackageAddress]:
        """The committee's tree, when the address is its root, a university's folder or a department's; empty when it is none of them."""
        name = self.root.name
        if part_files.is_department(name) and any(_APPLICANT_SURE.fullmatch(child.name) for child in children):
            parent = self.root.parent.name
            return list(self.applicants(children, parent if _UNIVERSITY.fullmatch(parent) else name[:3], name))
        departments = [child for child in children if not child.zipped and part_files.is_department(child.name)]
        if _UNIVERSITY.fullmatch(name) and any(self.has_applicants(child.path) for child in departments):
            return list(self.departments(children, name))
        universities = [child for child in children if not child.zipped and _UNIVERSITY.fullmatch(child.name)]
        if any(self.has_departments(child.path) for child in universities):
            found: list[PackageAddress] = []
            self.pass_over([child for child in children if child not in universities], _UNIVERSITY_WORDS)
            for university in universities:
                found += self.departments(self.children_of(university.path), university.name)
            return found
        return []

    def departments(self, children: list[_Child], university: str) -> Iterator[PackageAddress]:
        """Applicants of every department of a university."""
        for child in children:
            if child.zipped or not part_files.is_department(child.name):
                self.pass_over([child], _DEPARTMENT_WORDS)
            else:
                yield from self.applicants(self.children_of(child.path), university, child.name)

    def applicants(self, children: list[_Child], university: str, department: str) -> Iterator[PackageAddress]:
        """Applicants of one department."""
        for child in children:
            if not _APPLICANT.fullmatch(child.name):
                self.pass_over([child], _APPLICANT_WORDS)
                continue
            yield PackageAddress(
                package_id=child.name,
                location=self.tree.location(child.path),
                university_code=university,
                department_code=department,
                applicant_number=child.name,
            )

    def central(self, children: list[_Child]) -> list[PackageAddress]:
        """The central export: one folder or zip a student. Empty when none of the first folders looks like a student's."""
        probed = children[: limits.PROBED_FOLDERS]
        if not any(child.zipped or self.is_package(child.path) or self.wraps_package(child.path) for child in probed):
            return []
        hidden = [child for child in children if child.name.startswith(".")]
        self.pass_over(hidden, _STUDENT_WORDS)
        found = (child for child in children if child not in hidden)
        # The applications table has these names too: one text for both.
        return [PackageAddress(package_id=sys.intern(child.name), location=self.tree.location(child.path)) for child in found]

    def wraps_package(self, folder: PurePath) -> bool:
        """Whether a folder holds one folder that is a package."""
        inner = [child for child in self.quiet_list(folder) if child.is_folder]
        return len(inner) == 1 and self.is_package(inner[0].path)

    def has_applicants(self, folder: PurePath) -> bool:
        """Whether a folder holds something named like an applicant."""
        return any(
            _APPLICANT_SURE.fullmatch(child.name[:-4] if child.name.lower().endswith(".zip") else child.name)
            for child in self.quiet_list(folder)
        )

    def has_departments(self, folder: PurePath) -> bool:
        """Whether a folder holds a department's folder with an applicant in it."""
        return any(part_files.is_department(child.name) and self.has_applicants(child.path) for child in self.quiet_list(folder))

    def pass_over(self, children: list[_Child], expected: Text) -> None:
        """Say of each that it is not what stands here as a rule."""
        self.problems += (PASSED_OVER.at(self.where(child.path), name=names.visible(child.name), expected=expected) for child in children)

    def is_package(self, folder: PurePath) -> bool:
        """Whether a folder holds a package, by the names of what lies in it: a bag's declaration or a part."""
        return any(
            child.name == "bagit.txt" or (part_files.part_of(child.name) and not child.is_folder) for child in self.quiet_list(folder)
        )

    def quiet_list(self, folder: PurePath) -> list[Listed]:
        """What lies in a folder; nothing when it cannot be read."""
        try:
            return self.tree.list(folder)
        except OSError:
            return []

    def where(self, path: PurePath) -> Where:
        """A place below the root."""
        return Where(file=names.visible(path.relative_to(self.root).as_posix()))
