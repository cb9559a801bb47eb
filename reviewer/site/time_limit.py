"""How long one dossier may take, so that no package can hold a worker for ever.

Defended: the build's time. What an applicant sends is bounded in size (`packages.limits`) and each attachment in time
(`attachments.limits`), but nobody has measured every text against every line-breaking rule. Two limits stand behind each other: one that is
told in words where the interpreter gets a turn, and one that a thread outside the interpreter keeps by ending the process, after which the
dossier is tried once more and then given up (`run`). What remains: neither is kept in the parent process or outside a main thread, so a
cluster's workers, which run jobs in threads, have only the second.
"""

import contextlib
import faulthandler
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from reviewer.model.problem import ProblemKind, SetAsideForNow, Severity, Where
from reviewer.model.text import Text

LAYOUT_SECONDS = 120
"""Pages and paper of one dossier. Two hundred pages of our own take 10 s on one core; the limit is for what never ends."""

ATTACHMENTS_SECONDS = 1_800
"""All attachments of one dossier, looked at between two of them. Seventy of the size that the rule lets in take two minutes; half an hour is five long reports that each fail in the slowest way."""

DOSSIER_SECONDS = 3_600
"""Everything, whatever it is that hangs: longer than all other limits together."""

_AGAIN_SECONDS = 5
"""Then the interruption comes again: a library may have swallowed the first."""

TOOK_TOO_LONG = ProblemKind(
    "took-too-long",
    Severity.ERROR,
    Text("{step}超過 {minutes} 分鐘仍未完成，這份檔案不予製作。", "{step} took more than {minutes} minutes; this dossier is not made."),
    Text(
        "請檢查文字與附件是否異常龐大。已處理好的附件會保留，再執行一次會從那裡接續。",
        "Check for texts and attachments of unusual size. Attachments that are done are kept; another run goes on from there.",
    ),
)

LAYOUT = Text("排版", "Laying out")
ATTACHMENTS = Text("處理附件", "Processing the attachments")


class TookTooLong(SetAsideForNow):
    """One dossier took too long."""

    def __init__(self, step: Text, seconds: float, package_id: str) -> None:
        super().__init__(TOOK_TOO_LONG.at(Where(package=package_id), step=step, minutes=round(seconds) // 60))


@contextlib.contextmanager
def laying_out(package_id: str, seconds: float = LAYOUT_SECONDS) -> Iterator[None]:
    """Raise `TookTooLong` in what runs within, where this is a main thread that can be interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise TookTooLong(LAYOUT, seconds, package_id)

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def worker_ends(seconds: int = DOSSIER_SECONDS) -> Iterator[None]:
    """End this worker process when what runs within hangs. In the process that the user started it does nothing.

    The thread that keeps the limit needs no turn of the interpreter. It looks at the interpreter's frames while they run, by which the process may end
    with a segmentation fault in place of status 1: either ends it.
    """
    if multiprocessing.parent_process() is None:
        yield
        return
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
