"""What a preview was asked for."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRequest:
    """A preview, as the command line asks for it."""

    source: Path
    """The school's uploads, or packages."""
    config: Path
    """The university's configuration folder."""
    out: Path
    """Where the preview goes."""
    cache: Path
    """The cache folder."""
    departments: tuple[str, ...] = ()
    """校系代碼; empty for all that the applications table names."""
    applications: Path | None = None
    """The applications table; None takes the uploads' own, if there is one."""
    students: tuple[str, ...] = ()
    """Only these, by 學號, 學生 or 應試號碼; empty for all."""
    workers: int = 1
    """Processes."""
