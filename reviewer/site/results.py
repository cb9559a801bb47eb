"""What is known of one dossier once it is made: small enough to be sent between processes and kept line by line."""

import enum
from dataclasses import dataclass, field

from reviewer.model.problem import Problem
from reviewer.model.processed import PageBlinding
from reviewer.model.selection import Mask


class State(enum.StrEnum):
    """What became of a dossier."""

    MADE = "made"
    """Its folder stands."""
    SET_ASIDE = "set_aside"
    """It cannot be made; the reason is in its problems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Fingerprints of everything that a dossier's bytes depend on (law 7); a difference is a reason to make it again."""

    package: str
    """SHA-256 over the package's files; empty while it is unknown."""
    application: str
    """The applications table's row."""
    selection: str
    """The department's published choice."""
    templates: str
    """Templates."""
    theme: str
    """Style sheets, scripts, icons."""
    fonts: str
    """The project's faces and the fallback faces that this machine has."""
    code: str
    """The product's own code and the libraries that lay out, draw and compress."""
    options: str
    """What the command line asked for (`--no-pdf`)."""

    def differences(self, other: "Inputs") -> tuple[str, ...]:
        """Names of the inputs that differ."""
        return tuple(name for name in self.__dataclass_fields__ if getattr(self, name) != getattr(other, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFile:
    """One file of a dossier."""

    path: str
    """Relative to the dossier's folder, POSIX."""
    sha256: str
    """Hash of its content."""
    size_bytes: int
    """Bytes."""
    is_media: bool = False
    """Sound or film: counted apart, since media are most of the bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FontCounts:
    """What was done about the fonts of a dossier's attachments."""

    fonts: int = 0
    """Fonts met."""
    characters_normalised: int = 0
    """Shown characters that the project's typeface now draws."""
    characters_left: int = 0
    """Shown characters left as they were."""
    left_because: tuple[tuple[str, int], ...] = ()
    """Characters left, by reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """What one mask hides, and how often it was taken out."""

    mask: Mask
    """Which fact."""
    in_words: int
    """Places in the applicant's own words."""
    in_files: int
    """Places in the text of his files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBlinding:
    """What was taken out of one file, and what is in doubt."""

    entry: str
    """Item that it belongs to: `J-2`."""
    name: str
    """Its name as the department sees it, without what is hidden."""
    pages: tuple[PageBlinding, ...]
    """Pages with something to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blinding:
    """What was hidden of one applicant, and what cannot be guaranteed: for the office alone."""

    masked: tuple[Masked, ...] = ()
    """By mask; empty where the department masks nothing."""
    files: tuple[FileBlinding, ...] = ()
    """Files with something to tell, in reading order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One dossier's line in the record; the same bytes for the same inputs, whatever machine and moment."""

    name: str
    """Name of its folder."""
    applicant_number: str
    """應試號碼."""
    package_id: str
    """學生."""
    inputs: Inputs
    """What it was made from."""
    state: State
    """What became of it."""
    lasting: bool = True
    """Whether the same inputs would lead to the same result; False after a crash, which is worth another try."""
    dossier_sha256: str = ""
    """The dossier's own hash."""
    files: tuple[WrittenFile, ...] = ()
    """Its files, by path."""
    pages: int = 0
    """Pages of its PDF (0 with `--no-pdf`)."""
    attached_pages: int = 0
    """Those of them that are attachments."""
    characters: tuple[int, ...] = ()
    """Code points that its page and its line in the cohort page need drawn, ascending."""
    undrawn: tuple[str, ...] = ()
    """Characters for which no font has a glyph, `U+E123`."""
    row: str = ""
    """What the cohort page says of it (`rows.to_json`)."""
    references: tuple[str, ...] = ()
    """What its pages name outside its folder, relative to the department's."""
    fonts: FontCounts = field(default_factory=FontCounts)
    """What was done about fonts."""
    unticked: tuple[str, ...] = ()
    """Ids of items that were not ticked: for the office only."""
    problems: tuple[Problem, ...] = ()
    """What was found, for the office; the reason when it is set aside."""
    blinding: Blinding = field(default_factory=Blinding)
    """What was hidden and what is in doubt, for the office only."""

    @property
    def size_bytes(self) -> int:
        """Bytes of all files."""
        return sum(file.size_bytes for file in self.files)

    @property
    def media_bytes(self) -> int:
        """Bytes of sound and film."""
        return sum(file.size_bytes for file in self.files if file.is_media)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What making it cost. Not part of the record: it differs from run to run."""

    seconds: tuple[tuple[str, float], ...] = ()
    """Wall time by stage, in the order of the stages."""
    cpu_seconds: float = 0.0
    """Processor time of the whole job."""
    cache_hits: int = 0
    """Attachments taken from the cache."""
    cache_misses: int = 0
    """Attachments processed."""
    guards_missing: tuple[str, ...] = ()
    """Guards of the child processes that this machine did not give (`confinement.GUARDS`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A result in staging, with what is known of this run only."""

    result: Result
    """The line for the record."""
    signature: str
    """The package's quick signature (names, sizes, times) when it was read."""
    effort: Effort
    """What it cost."""
