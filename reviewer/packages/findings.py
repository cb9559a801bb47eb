"""Collecting problems while a package is read, each with its file and path."""

from collections import Counter

from reviewer.model.problem import Problem, ProblemKind, SetAside, Severity, Where
from reviewer.model.text import Text
from reviewer.packages import limits

MORE_PROBLEMS = ProblemKind(
    "more-problems",
    Severity.NOTE,
    Text("這個檔案另有 {count} 個問題，不逐一列出。", "This file has {count} further problems that are not listed."),
    Text("請先處理已列出的問題。", "Deal with those listed first."),
)


class Findings:
    """Everything odd that reading one package found. The one mutable thing in the reader."""

    def __init__(self, package_id: str) -> None:
        self.package_id = package_id
        """Holder of the files."""
        self._problems: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def where(self, file: str, path: str = "", row: int = 0, column: str = "") -> Where:
        """A place in the package."""
        return Where(package=self.package_id, file=file, path=path, row=row, column=column)

    def keep(self, problem: Problem) -> None:
        """Take a problem that was made elsewhere."""
        self._counts[problem.where.file] += 1
        if self._counts[problem.where.file] <= limits.PROBLEMS_OF_A_FILE:
            self._problems.append(problem)

    def all(self) -> tuple[Problem, ...]:
        """What was found, in the order of finding; with how many more there are, file by file."""
        beyond = ((file, count - limits.PROBLEMS_OF_A_FILE) for file, count in self._counts.items())
        return (*self._problems, *(MORE_PROBLEMS.at(self.where(file), count=count) for file, count in beyond if count > 0))


class Place:
    """A place in one file: where the next problem is, if there is one."""

    __slots__ = ("file", "findings", "path")

    def __init__(self, findings: Findings, file: str, path: str = "") -> None:
        self.findings, self.file, self.path = findings, file, path

    def key(self, name: str) -> "Place":
        """A member of the object at this place."""
        name = name if len(name) <= 60 else f"{name[:57]}…"
        return Place(self.findings, self.file, f"{self.path}.{name}" if self.path else name)

    def item(self, index: int) -> "Place":
        """An item of the list at this place."""
        return Place(self.findings, self.file, f"{self.path}[{index}]")

    def problem(self, kind: ProblemKind, /, **facts: object) -> Problem:
        """Make a problem here without collecting it."""
        return kind.at(self.findings.where(self.file, self.path), **facts)

    def note(self, kind: ProblemKind, /, **facts: object) -> None:
        """Collect a problem here."""
        self.findings.keep(self.problem(kind, **facts))

    def set_aside(self, kind: ProblemKind, /, **facts: object) -> SetAside:
        """The exception that sets the dossier aside for what is wrong here."""
        return SetAside(self.problem(kind, **facts))
