"""A command that is watched: what its processes reach out for and start, what memory they take, how long each dossier took."""

import ast
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.memory import LOOK_SECONDS, below, processes

RUN = """
import json, sys
from reviewer.cli.main import run
from reviewer.site.report import EffortSum
add = EffortSum.add
def told(total, effort):
    print("effort", json.dumps(dict(effort.seconds)), file=sys.stderr)
    add(total, effort)
EffortSum.add = told
sys.exit(run(sys.argv[1:]))
"""
"""The command, which also says on a line what each dossier's stages took."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a process did."""

    process: int
    """Its number."""
    name: str
    """The interpreter's name of it; `began` is the process itself."""
    about: str
    """An address, a command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """How a command went."""

    status: int
    """Exit status."""
    out: str
    """What it said."""
    err: str
    """What it complained of."""
    seconds: float
    """Wall time."""
    events: tuple[Event, ...]
    """Of the process and of all that came of it."""
    command_kb: int
    """Peak of the process that was started."""
    worker_kb: int
    """The largest sum over a worker and its child."""
    workers: int
    """Workers that were seen at once."""


def watched(*arguments: str, seconds: float) -> Watched:
    """Run `reviewer` with arguments, for so long at most."""
    return watched_python("-c", RUN, *arguments, seconds=seconds)


def watched_python(*arguments: str, seconds: float) -> Watched:
    """Run Python with arguments."""
    with tempfile.TemporaryDirectory() as folder:
        log, out, err = (Path(folder) / name for name in ("log", "out", "err"))
        path = os.pathsep.join((str(Path(__file__).parent / "watch"), *filter(None, sys.path)))
        environment = os.environ | {"WATCH_LOG": str(log), "PYTHONPATH": path}
        began = time.monotonic()
        with out.open("wb") as to_out, err.open("wb") as to_err:
            process = subprocess.Popen([sys.executable, *arguments], stdout=to_out, stderr=to_err, env=environment)
            command_kb = worker_kb = workers = 0
            while process.poll() is None:
                table = processes()
                if process.pid in table:
                    command_kb = max(command_kb, table[process.pid].peak_kb)
                    found = below(process.pid, table)
                    worker_kb, workers = max([worker_kb, *found.values()]), max(workers, len(found))
                if time.monotonic() - began > seconds:
                    process.kill()
                time.sleep(LOOK_SECONDS)
        lines = (line.split("\t", 2) for line in log.read_text(encoding="utf-8").splitlines()) if log.exists() else ()
        return Watched(
            status=process.returncode,
            out=out.read_text(encoding="utf-8"),
            err=err.read_text(encoding="utf-8", errors="replace"),
            seconds=time.monotonic() - began,
            events=tuple(Event(int(number), name, about) for number, name, about in lines),
            command_kb=command_kb,
            worker_kb=worker_kb,
            workers=workers,
        )


def beyond(events: tuple[Event, ...]) -> list[Event]:
    """What is neither the pool's own business, nor a sandbox that starts, nor `ctypes` looking where a library of the system lies."""
    return [event for event in events if event.name != "began" and not _is_own(event)]


def _is_own(event: Event) -> bool:
    about = ast.literal_eval(event.about)
    if event.name in ("socket.connect", "socket.bind"):
        # A path or an abstract name: the pool's server, on this machine only.
        return isinstance(about, str | bytes)
    if event.name == "socket.sendmsg":
        # To whom it is connected already.
        return about is None
    return event.name == "subprocess.Popen" and (about[:3] == _SANDBOX or about == ["/sbin/ldconfig", "-p"] or _looks_for_a_library(about))


_SANDBOX = [sys.executable, "-m", "reviewer.attachments.sandbox_child"]


def _looks_for_a_library(command: list[str]) -> bool:
    """As `ctypes.util.find_library` asks a compiler or linker; WeasyPrint does so when it is imported, `site/inputs.py` for versions."""
    program, *arguments = command
    options = [one for one in arguments if not one.startswith("-L")]
    return (
        Path(program).name in ("gcc", "cc", "ld")
        and [one for one in options[:2] if one in ("-Wl,-t", "-t", "-o")] == options[:2]
        and re.fullmatch(r"-l[A-Za-z0-9.+-]+", options[-1]) is not None
        and len(options) == 4
    )
