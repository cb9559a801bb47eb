"""`--serve`: watch the uploads and the configuration, make the preview anew when a file of them changes."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import watchfiles

from reviewer.model.problem import Stop
from reviewer.packages import names
from reviewer.preview.request import PreviewRequest
from reviewer.preview.run import Preview, preview
from reviewer.preview.warm import WarmPool
from reviewer.preview.web import LiveState, PreviewServer

QUIET_MS = 400
"""A change counts once nothing changed for so long: programs write a workbook in several steps."""

MAKING = "有檔案變動，正在重新製作 … / A file changed; being made anew …"

Tell = Callable[[Preview | Stop], None]
"""Told what came of each time that the preview was made anew."""


@contextmanager
def serving(folder: Path, state: LiveState, port: int = 0) -> Iterator[PreviewServer]:
    """Serve a folder in threads of its own until the `with` ends."""
    with PreviewServer(folder, state, port) as server:
        thread = threading.Thread(target=server.serve_forever, name="preview-server", daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def watch(request: PreviewRequest, state: LiveState, tell: Tell, *, stop: threading.Event | None = None) -> None:
    """Make the preview anew after every change, until `stop` is set or Ctrl-C. A preview that cannot be made leaves the last one standing."""
    places = [place for place in (request.source, request.config, request.applications) if place is not None and place.exists()]
    ended = threading.Event() if stop is None else stop
    with WarmPool() as pool:
        for changes in watchfiles.watch(*places, watch_filter=None, debounce=1600, step=QUIET_MS, stop_event=ended, raise_interrupt=True):
            if not worth_it(path for _, path in changes):
                continue
            state.say(MAKING)
            try:
                tell(preview(request, open_pool=pool.open))
                state.made()
            except Stop as reason:
                state.say(" ".join(f"{problem.what.zh}{problem.remedy.zh}" for problem in reason.problems))
                tell(reason)


def worth_it(changed: Iterable[str]) -> bool:
    """Whether any changed file is one that a preview reads: not the lock files and copies that programs leave while one edits."""
    return any(
        not names.is_ignored(name) and not name.startswith((".", "~$")) and not name.endswith(("~", ".tmp", ".swp"))
        for name in map(_name, changed)
    )


def _name(path: str) -> str:
    return Path(path).name
