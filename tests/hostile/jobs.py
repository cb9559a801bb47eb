"""What a library that a hostile file has taken over would try; run in the sandbox's child. Each returns `done`, or how the system refused."""

import ctypes
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Callable


def _told(attempt: Callable[[], object]) -> bytes:
    try:
        attempt()
    except OSError as error:
        return type(error).__name__.encode()
    return b"done"


def tcp(_: bytes) -> bytes:
    return _told(lambda: socket.create_connection(("127.0.0.1", 9), timeout=1))


def udp(_: bytes) -> bytes:
    return _told(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)))


def local_socket(_: bytes) -> bytes:
    return _told(lambda: socket.socket(socket.AF_UNIX))


def raw_socket_call(_: bytes) -> bytes:
    """Past Python's own module, straight to the C library."""
    return b"done" if ctypes.CDLL(None).socket(2, 1, 0) >= 0 else b"PermissionError"


def program(_: bytes) -> bytes:
    return _told(lambda: subprocess.run(["true"], check=False))


def becoming_a_program(_: bytes) -> bytes:
    return _told(lambda: os.execv("/bin/true", ["true"]))  # noqa: S606 - the attempt


def fork(_: bytes) -> bytes:
    def attempt() -> None:
        if os.fork() == 0:
            os._exit(0)

    return _told(attempt)


def signal_to_parent(_: bytes) -> bytes:
    return _told(lambda: os.kill(os.getppid(), signal.SIGCONT))


def write(path: bytes) -> bytes:
    def attempt() -> None:
        with open(path, "wb") as file:  # noqa: PTH123 - the plain way
            file.write(b"x")

    return _told(attempt)


def truncate(path: bytes) -> bytes:
    return _told(lambda: os.truncate(path, 0))


def remove(path: bytes) -> bytes:
    return _told(lambda: os.unlink(path))  # noqa: PTH108 - the plain way


def thread(_: bytes) -> bytes:
    """Decoders need threads: these must stay possible."""
    found: list[bytes] = []
    one = threading.Thread(target=lambda: found.append(b"done"))
    one.start()
    one.join()
    return found[0]
