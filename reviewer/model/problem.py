"""Faults as values: what is wrong, where, and what to do, for people.

A *kind* of problem is declared once, in the module that finds it, as a `ProblemKind` constant; `kind.at(where, **facts)` makes the
`Problem`. Faults in content are collected and shown; `Stop` is raised only when a run cannot go on.
"""

import enum
from dataclasses import dataclass, fields
from typing import ClassVar

from reviewer.model.text import DECEIVING, Text, on_one_line


class Severity(enum.StrEnum):
    """How much a problem weighs."""

    NOTE = "note"
    """Worth knowing; nothing is lost and nobody need act. A build whose problems are all notes ends with status 0."""
    WARNING = "warning"
    """Something is shown with its problem, or was cut off by a rule; a person should look."""
    ERROR = "error"
    """The thing it concerns cannot be used: a dossier is set aside, a configuration is refused, a roster row is held back."""

    @property
    def label(self) -> Text:
        """The word that reports print."""
        return _LABELS[self]


_LABELS = {
    Severity.NOTE: Text("備註", "note"),
    Severity.WARNING: Text("提醒", "warning"),
    Severity.ERROR: Text("錯誤", "error"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place in what was sent. Every part is optional; what is known is printed in this order."""

    package: str = ""
    """Id of the package (folder name, 應試號碼), department code, or other holder of the file."""
    file: str = ""
    """File name relative to the package, upload or configuration folder."""
    path: str = ""
    """Place inside a JSON or TOML file: `學習紀錄[3].學業成績.分數`."""
    sheet: str = ""
    """Worksheet."""
    row: int = 0
    """Row, counted from 1 as people see it; 0 when it does not apply."""
    column: str = ""
    """Column heading or letter."""
    page: int = 0
    """Page, counted from 1; 0 when it does not apply."""

    def __post_init__(self) -> None:
        """Write out what would act on a terminal or a page: names of files and keys are the sender's."""
        for field in fields(self):
            words = getattr(self, field.name)
            if isinstance(words, str) and DECEIVING.search(words):
                object.__setattr__(self, field.name, on_one_line(words))

    def __str__(self) -> str:
        stem, dot, ending = self.file.rpartition(".")
        joined = dot and self.path and ending in ("json", "toml")
        inside = f"{stem}{'' if self.path.startswith('[') else '.'}{self.path}" if joined else self.path
        shown_file = "" if joined else self.file
        parts = [self.package, shown_file, self.sheet, inside if self.path else ""]
        parts += [f"第 {self.row} 列" if self.row else "", self.column, f"第 {self.page} 頁" if self.page else ""]
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault, complete enough to be read on its own."""

    code: str
    """Stable identifier, kebab-case, documented in docs/problems.md."""
    where: Where
    """The place."""
    what: Text
    """What is wrong, as a sentence."""
    remedy: Text
    """What to do next, as a sentence."""
    severity: Severity
    """How much it weighs."""

    def __str__(self) -> str:
        return f"{self.where}：{self.what.zh}{self.remedy.zh}"


class ProblemKind:
    """A kind of problem with its sentences. Constants of this class, found by walking the package, are what docs/problems.md lists."""

    registry: ClassVar[dict[str, "ProblemKind"]] = {}
    """Every kind by its code."""

    def __init__(self, code: str, severity: Severity, what: Text, remedy: Text) -> None:
        """Declare a kind; `what` and `remedy` may hold `{name}` placeholders. Declaring a code twice is a programming error."""
        if code in self.registry:
            raise ValueError(f"problem code declared twice: {code}")
        self.code, self.severity, self.what, self.remedy = code, severity, what, remedy
        self.registry[code] = self

    def at(self, where: Where, **facts: object) -> Problem:
        """Make the problem at a place, with the facts that its sentences name. Words among them are the sender's: what would act is written out."""
        facts = {name: fact if isinstance(fact, Text | int | float) else on_one_line(str(fact)) for name, fact in facts.items()}
        return Problem(
            code=self.code,
            where=where,
            what=self.what.format(**facts),
            remedy=self.remedy.format(**facts),
            severity=self.severity,
        )


class ExitStatus(enum.IntEnum):
    """Exit statuses of every command (DESIGN, command line)."""

    WELL = 0
    """All well."""
    NOTHING = 1
    """Nothing could be done: unreadable, nothing built."""
    USAGE = 2
    """Wrong usage, or a fault in the configuration."""
    SOME = 3
    """Done, but something was set aside or found."""


class Stop(Exception):
    """The run cannot go on. Carries what a person is told and the exit status; the command line is the only place that catches it."""

    def __init__(self, *problems: Problem, status: ExitStatus = ExitStatus.NOTHING) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems
        """What is wrong, at least one."""
        self.status = status
        """How the process ends."""


class SetAside(Exception):
    """One dossier cannot be built; the rest of the build goes on.

    Exactly what does this is listed in DOMAIN: a JSON part that does not parse or is not of its shape, a link or name that leads out of the
    package, a bag whose hash fails, a ledger that does not add up.
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems
        """Why, at least one, each of severity ERROR."""


class SetAsideForNow(SetAside):
    """The same in this build only: what stood in the way may be gone, so that the next build tries again."""
