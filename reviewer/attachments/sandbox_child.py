"""The child's side of the sandbox: takes its limits, gives up what it can (`confinement`), then does jobs until its input ends.

Started by `reviewer.attachments.sandbox` as `python -m reviewer.attachments.sandbox_child CPU_SECONDS MEMORY_BYTES FILE_BYTES FOLDERS_AS_JSON [MODULE]…`.
"""

import contextlib
import importlib
import json
import os
import resource
import struct
import sys
from typing import IO, Final

from reviewer.attachments.confinement import confine

_HEAD: Final = struct.Struct(">cQ")


def main(arguments: list[str]) -> None:
    """Serve jobs on the standard input and output that the process was started with."""
    cpu_seconds, memory_bytes, file_bytes = (int(one) for one in arguments[:3])
    requests = os.fdopen(os.dup(0), "rb", buffering=0)
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)  # what libraries print must not get between the answers
    held = confine(json.loads(arguments[3]))
    for module in arguments[4:]:
        importlib.import_module(module)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, file_bytes)
    if sys.platform == "linux":  # elsewhere the limit is not kept, or refused
        _limit(resource.RLIMIT_AS, memory_bytes)
    _send(answers, b"R", " ".join(sorted(held)).encode())
    while True:
        name = _receive(requests)
        if name is None:
            return
        payload = _receive(requests) or b""
        _allow_cpu(cpu_seconds)
        _send(answers, *_do(name.decode(), payload))


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(ValueError, OSError):  # a system that does not know the limit still has the clock
        resource.setrlimit(kind, (most, hard))


def _allow_cpu(seconds: int) -> None:
    """Set the processor time anew for each job: the kernel counts from the start of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)


def _do(name: str, payload: bytes) -> tuple[bytes, bytes]:
    try:
        module, _, function = name.partition(":")
        answer = getattr(importlib.import_module(module), function)(payload)
        return (b"R", answer) if isinstance(answer, bytes) else (b"C", b"a job returns bytes")
    except MemoryError:
        return b"M", b""
    except Exception as fault:  # noqa: BLE001 - whatever a library raises over hostile bytes is told to the parent in words
        return b"C", f"{type(fault).__name__}: {fault}".encode("utf-8", "replace")


def _receive(pipe: IO[bytes]) -> bytes | None:
    head = _exactly(pipe, _HEAD.size)
    return None if head is None else _exactly(pipe, _HEAD.unpack(head)[1])


def _exactly(pipe: IO[bytes], size: int) -> bytes | None:
    received = bytearray()
    while len(received) < size:
        part = pipe.read(size - len(received))
        if not part:
            return None
        received += part
    return bytes(received)


def _send(pipe: IO[bytes], kind: bytes, answer: bytes) -> None:
    unsent = memoryview(_HEAD.pack(kind, len(answer)) + answer)
    while unsent:
        unsent = unsent[pipe.write(unsent) or 0 :]


if __name__ == "__main__":
    main(sys.argv[1:])
