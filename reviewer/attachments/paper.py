"""A dossier's finished PDF, which holds applicants' pages and fonts: put together and looked at in the child, as all that opens their files.

Defended: the worker, which knows every dossier's facts and writes what is published. How: it hands files over and takes files and words back, and
opens none of them. What remains: a child that an earlier file took over could put a false page in, or leave a word out of its answer.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from reviewer.attachments import jobs
from reviewer.attachments.cache import Store
from reviewer.attachments.placing import OWN_NAME, PLACED_NAME, Placement
from reviewer.model.problem import Problem, ProblemKind, SetAsideForNow, Severity, Where
from reviewer.model.text import Text

PAPER_STOPPED = ProblemKind(
    "paper-stopped",
    Severity.ERROR,
    Text(
        "組合或檢查這份檔案的 PDF 時，需要的時間或記憶體超過限度，或處理程式中斷，這份檔案不予製作。",
        "Putting this dossier's PDF together, or looking through it, took more time or memory than is allowed, or ended the program that does it; this dossier is not made.",
    ),
    Text(
        "請檢查附件是否異常龐大，再執行一次；若仍中斷，請將本報告回報給系統維護者。",
        "Look for attachments of unusual size and run again; if it still stops, report this to those who maintain the program.",
    ),
)

Made = TypeVar("Made")


def assembled(own: bytes, placements: Sequence[Placement], store: Store, package: str = "") -> bytes:
    """Our own pages with every attachment page in its frame. Raises `SetAsideForNow` when the child was stopped."""
    with store.workshop() as folder:
        (folder / OWN_NAME).write_bytes(own)
        request = jobs.Request(job="place", path=str(folder / OWN_NAME), folder=str(folder), placements=tuple(placements))
        _answered(jobs.call(request, type(None)), package)
        return (folder / PLACED_NAME).read_bytes()


def words(pdf: Path, package: str = "") -> tuple[str, ...]:
    """Metadata, bookmarks, and the text of every page, one by one. Raises `SetAsideForNow` when the child was stopped."""
    return _answered(jobs.call(jobs.Request(job="words", path=str(pdf)), tuple), package)


def _answered(made: Made | Problem, package: str) -> Made:
    if isinstance(made, Problem):
        raise SetAsideForNow(PAPER_STOPPED.at(Where(package=package)))
    return made
