"""What a sandboxed job may do wrong; run in the child."""

import os
import sys
import time


def echo(payload: bytes) -> bytes:
    print("a library that prints")  # noqa: T201 - the point of it
    return payload


def forever(payload: bytes) -> bytes:
    while True:
        pass


def deaf(payload: bytes) -> bytes:
    import threading  # noqa: PLC0415 - used here only

    threading.Event().wait()
    return payload


def slow(payload: bytes) -> bytes:
    time.sleep(0.5)
    return payload


def hungry(payload: bytes) -> bytes:
    return bytes(bytearray(int(payload)))


def abort(payload: bytes) -> bytes:
    os.abort()


def leave(payload: bytes) -> bytes:
    sys.exit(7)


def fail(payload: bytes) -> bytes:
    raise ValueError("壞檔案")


def not_bytes(payload: bytes) -> bytes:
    return "text"  # type: ignore[return-value]


def process_id(payload: bytes) -> bytes:
    return str(os.getpid()).encode()


def write(payload: bytes) -> bytes:
    path, size = payload.decode().split("|")
    with open(path, "wb") as file:  # noqa: PTH123 - the plain way
        file.write(b"\0" * int(size))
    return b""
