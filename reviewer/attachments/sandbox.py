"""Runs the steps that touch hostile bytes in a child process that can be killed, and that the kernel holds to limits.

Defended: the build's own process, its memory, its time, and the machine's network. How: one persistent child for each `Sandbox`, started
afresh (never forked from a process with threads), with limits on processor time, address space and file size, without network, other
programs and foreign files where Linux lets an ordinary process give them up (`confinement`), ended on time-out and replaced after faults and after `limits.CHILD_JOBS` jobs. Bytes go in, bytes come
out: nothing that the child sends is ever unpickled or run. What remains: the child reads files as its user, since faces and libraries
are files; on macOS it is not confined and the address space has no limit, so a bomb ends with the clock or the system's own guard.
"""

import contextlib
import json
import os
import selectors
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Final, Self

from reviewer.attachments import limits

Job = Callable[[bytes], bytes]
"""What runs in the child: a function at the top level of a module."""

_HEAD: Final = struct.Struct(">cQ")
_CHUNK: Final = 2**18
_MOST: Final = 2**31
_OUT_OF_MEMORY_SIGNALS: Final = frozenset({signal.SIGKILL})
"""Nobody but the kernel's memory guard sends it here: our own kills are told as time-outs."""
_OUT_OF_TIME_SIGNALS: Final = frozenset({getattr(signal, "SIGXCPU", signal.SIGTERM)})


class SandboxFault(Exception):
    """A job did not end well. The child is gone; the next job gets a new one."""


class TimedOut(SandboxFault):
    """The job took more wall or processor time than it may."""


class OutOfMemory(SandboxFault):
    """The job needed more memory than it may."""


class Crashed(SandboxFault):
    """The job raised an exception or ended its process; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a job may use."""

    seconds: float = limits.CHILD_SECONDS
    """Wall time."""
    cpu_seconds: int = limits.CHILD_CPU_SECONDS
    """Processor time."""
    memory_bytes: int = limits.CHILD_MEMORY_BYTES
    """Address space of the child."""
    file_bytes: int = limits.CHILD_FILE_BYTES
    """Size of any file that it writes."""
    writable: tuple[str, ...] = ()
    """Folders, which must be there, below which it may make and change files; none anywhere else."""
    jobs: int = limits.CHILD_JOBS
    """Jobs after which the child is replaced."""


class Sandbox:
    """A child process that does one job after another. Not for use by several threads at once: give each its own."""

    def __init__(self, bounds: Bounds | None = None, *, preload: tuple[str, ...] = ()) -> None:
        """`preload` names modules that the child imports before its first job, so that imports are not counted as the job's time."""
        self.bounds = bounds or Bounds()
        self._preload = preload
        self.held: frozenset[str] = frozenset()
        """Which of `confinement.GUARDS` hold for the child; known once it was started."""
        self.is_started = False
        """Whether a child has run, so that `held` tells something."""
        self._child: subprocess.Popen[bytes] | None = None
        self._done = 0

    def run(self, job: Job, payload: bytes, *, seconds: float | None = None) -> bytes:
        """Return what `job` makes of `payload`, run in the child; `seconds` shortens the wall time for this job.

        Raises `TimedOut`, `OutOfMemory` or `Crashed`. Whatever the job has to say about bad content, it says in its bytes.
        """
        if self._child is not None and (self._done >= self.bounds.jobs or self._child.poll() is not None):
            self.close()
        child = self._child or self._start()
        self._done += 1
        name = f"{job.__module__}:{job.__qualname__}".encode()
        request = _HEAD.pack(b"J", len(name)) + name + _HEAD.pack(b"P", len(payload)) + payload
        try:
            kind, answer = _exchange(child, request, time.monotonic() + min(seconds or self.bounds.seconds, self.bounds.seconds))
        except (BrokenPipeError, EOFError):
            raise self._fault_of_ended() from None
        except BaseException:
            # Out of time, or interrupted by a limit of the caller: the answer that is still to come must not be taken for the next job's.
            self._kill()
            raise
        if kind == b"R":
            return answer
        self._kill()
        if kind == b"M":
            raise OutOfMemory(f"more than {self.bounds.memory_bytes // 2**20} MB")
        raise Crashed(answer.decode("utf-8", "replace"))

    def close(self) -> None:
        """End the child, if there is one; the next job starts another."""
        child, self._child, self._done = self._child, None, 0
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                _pipe(pipe).close()
        try:
            child.wait(timeout=1)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _start(self) -> subprocess.Popen[bytes]:
        settings = (self.bounds.cpu_seconds, self.bounds.memory_bytes, self.bounds.file_bytes)
        child = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "reviewer.attachments.sandbox_child",
                *map(str, settings),
                json.dumps(self.bounds.writable),
                *self._preload,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(part for part in sys.path if part)},
            bufsize=0,
        )
        self._child = child
        os.set_blocking(_pipe(child.stdin).fileno(), False)
        try:
            kind, words = _exchange(child, b"", time.monotonic() + limits.CHILD_SECONDS)
        except (BrokenPipeError, EOFError, TimedOut):
            self._kill()
            raise Crashed("the child process does not start") from None
        if kind != b"R":
            self._kill()
            raise Crashed(words.decode("utf-8", "replace"))
        self.held, self.is_started = frozenset(words.decode().split()), True
        return child

    def _kill(self) -> None:
        if self._child is not None:
            self._child.kill()
        self.close()

    def _fault_of_ended(self) -> SandboxFault:
        assert self._child is not None  # noqa: S101 - run has just talked to it
        try:
            status = self._child.wait(timeout=1)
        except subprocess.TimeoutExpired:
            status = 0
        self._kill()
        if -status in _OUT_OF_TIME_SIGNALS:
            return TimedOut(f"more than {self.bounds.cpu_seconds} s of processor time")
        if -status in _OUT_OF_MEMORY_SIGNALS:
            return OutOfMemory("ended by the system")
        return Crashed(signal.Signals(-status).name if -status in {one.value for one in signal.Signals} else f"exit status {status}")


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # noqa: S101 - both are asked for when the child starts
    return pipe


def _exchange(child: subprocess.Popen[bytes], request: bytes, deadline: float) -> tuple[bytes, bytes]:
    """Send a request while reading the answer; raise `TimedOut` at the deadline, `EOFError` when the child has ended."""
    into, out = _pipe(child.stdin), _pipe(child.stdout)
    unsent, received, wanted = memoryview(request), bytearray(), _HEAD.size
    with selectors.DefaultSelector() as selector:
        selector.register(out, selectors.EVENT_READ)
        if unsent:
            selector.register(into, selectors.EVENT_WRITE)
        while len(received) < wanted:
            ready = selector.select(max(0.0, deadline - time.monotonic()))
            if not ready and time.monotonic() >= deadline:
                raise TimedOut("more wall time than a job may take")
            for key, _ in ready:
                if key.fileobj is into:
                    unsent = unsent[into.write(unsent[:_CHUNK]) or 0 :]
                    if not unsent:
                        selector.unregister(into)
                else:
                    part = os.read(out.fileno(), _CHUNK)
                    if not part:
                        raise EOFError
                    received += part
                    if wanted == _HEAD.size and len(received) >= wanted:
                        wanted += min(_HEAD.unpack_from(received)[1], _MOST)
    return bytes(received[:1]), bytes(received[_HEAD.size : wanted])
