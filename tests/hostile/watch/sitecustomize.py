"""Python reads this at the start of every process that has the folder on its path: what would reach out, or start something, is written down.

`WATCH_LOG` names the file. A line is a process's number, an event of the interpreter's audit, and what it is about. The file is opened before a
sandbox's child gives up writing, and written to whatever becomes of the process. Libraries in C are not seen here; the child's are held by the kernel.
"""

import os
import sys

WATCHED = {
    "subprocess.Popen": 1,
    "os.system": 0,
    "os.exec": 1,
    "os.posix_spawn": 1,
    "os.spawn": 1,
    "os.startfile": 0,
    "pty.spawn": 0,
    "webbrowser.open": 0,
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.bind": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "urllib.Request": 0,
}
"""Events, and which of their arguments says what it is about."""

if "WATCH_LOG" in os.environ:
    _log = os.open(os.environ["WATCH_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def _told(event: str, about: object) -> None:
        os.write(_log, f"{os.getpid()}\t{event}\t{about!r}\n".encode("utf-8", "backslashreplace"))

    def _hook(event: str, arguments: tuple[object, ...]) -> None:
        place = WATCHED.get(event)
        if place is not None:
            _told(event, arguments[place] if place < len(arguments) else None)

    _told("began", sys.orig_argv)
    sys.addaudithook(_hook)
