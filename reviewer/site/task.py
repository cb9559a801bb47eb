"""What passes between the build and its workers: small, frozen, picklable."""

from dataclasses import dataclass, field

from reviewer.model.application import Application
from reviewer.model.problem import Problem
from reviewer.model.selection import Selection
from reviewer.packages.address import PackageAddress
from reviewer.site.notes import Note
from reviewer.site.results import Effort, Inputs, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a worker is asked to do."""

    name: str
    """Folder of the dossier."""
    application: Application
    """Who applies where with what."""
    address: PackageAddress
    """Where the package is."""
    signature: str
    """The package as it lay there when the build began."""
    inputs: Inputs
    """What it is made from; `package` is filled in by the worker."""
    published: Inputs | None
    """What the published dossier was made from; None when there is none to take over."""
    selection: Selection
    """The department's published choice."""
    staging: str
    """The department's staging folder."""
    cache: str
    """The cache folder."""
    began: float
    """When the build began, seconds since 1970: what its workers come and go by."""
    with_pdf: bool
    """Whether a PDF is made."""
    watermark: str = ""
    """Words across every page of a preview; empty in a build."""
    notes: tuple[Note, ...] = ()
    """What a preview says beside the items; none in a build."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a worker says; the result itself stands in staging."""

    state: State | None
    """What became of it; None when the published dossier can stay, or when the run must stop."""
    content_sha256: str = ""
    """The package's content; empty when it could not be opened."""
    stop: Problem | None = None
    """Why the whole run must stop: the target is full or cannot be written."""
    effort: Effort = field(default_factory=Effort)
    """What it cost."""
    trace: str = ""
    """Where an unexpected error came from, for `--debug`."""
