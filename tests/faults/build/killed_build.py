"""One build in this process alone, ended by SIGKILL just before its n-th change of the file system: `killed_build.py KIND N EXPORT SITE CACHE`.

KIND is `anywhere`, `publishing` (while a department's folder is exchanged and what the last run left is settled) or `cache` (below CACHE). With N = 0
nothing is killed, and the number of such changes is printed.
"""

import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, TypeVar

from reviewer import resources
from reviewer.attachments import jobs
from reviewer.site import layout, publish
from reviewer.site.build import build
from reviewer.site.request import Request

T = TypeVar("T")
CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "os.utime", "ctypes.dlsym"})
"""`ctypes.dlsym` comes before `renameat2` and `syncfs`, of which Python tells nothing."""
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Here(Executor):
    """Jobs are done where they are submitted."""

    def submit(self, work: Callable[..., T], /, *arguments: object, **options: object) -> "Future[T]":
        future: Future[T] = Future()
        future.set_result(work(*arguments, **options))
        return future


class Watch:
    """Counts changes of a kind; ends the process before the one that is asked for."""

    def __init__(self, kind: str, moment: int, cache: Path) -> None:
        self.kind, self.moment, self.cache = kind, moment, str(cache.resolve())
        self.publishing = False
        self.seen = 0

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in CHANGES and not (event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES):
            return
        path = os.fsdecode(arguments[0]) if isinstance(arguments[0], str | bytes) else ""
        fits = {"anywhere": True, "publishing": self.publishing, "cache": path.startswith(self.cache)}[self.kind]
        self.seen += fits
        if fits and self.seen == self.moment:
            os.kill(os.getpid(), signal.SIGKILL)


def main(kind: str, moment: str, *folders: str) -> None:
    export, site, cache = map(Path, folders)
    watch = Watch(kind, int(moment), cache)
    really = publish.publish

    def publishing(paths: layout.Paths, code: str) -> None:
        watch.publishing = True
        really(paths, code)
        watch.publishing = False

    publish.publish = publishing
    sys.addaudithook(watch)
    config = resources.data_folder("site_config")
    build(
        Request(packages=str(export), applications=None, config=config, site=site, cache=cache, with_pdf=False), open_pool=lambda _: Here()
    )
    seen = watch.seen
    jobs.close()
    sys.stdout.write(f"{seen}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
