"""What a child process gives up before it sees a hostile byte, as far as the kernel lets an ordinary process give it up.

Defended: the machine, against a library that a hostile file has taken over. Three layers, each of which may be missing, and the caller is told
which hold: a network namespace of its own (no network at all); Landlock (no file made, changed or removed but below named folders, no program
started, no TCP, no signal to others); a seccomp filter (no socket of any kind, no new process, no program, no tracing). Threads stay possible,
decoders use them. What remains: the child reads what its user may read, since fonts, libraries and the package are files; it may use its
share of processor time until its limits end it.
"""

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable
from typing import Final

NETWORK: Final = "network"
"""Guard: no network, by a namespace or by the filter."""

FILES: Final = "files"
"""Guard: no file is changed outside the named folders."""

PROGRAMS: Final = "programs"
"""Guard: no program and no process is started."""

GUARDS: Final = (NETWORK, FILES, PROGRAMS)
"""All of them."""

_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_THREAD = 0x10000000, 0x40000000, 0x00010000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER_MODE = 1, 38, 22, 2
_SIGKILL, _EPERM, _ENOSYS = 9, 1, 38
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_VERSION, _BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _REFER, _TRUNCATE = 1 << 0, 1 << 1, 1 << 13, 1 << 14
_CHANGES = _WRITE_FILE | sum(1 << bit for bit in range(4, 13))
"""Write, remove folders and files, make every kind of file (linux/landlock.h)."""
_TCP, _SIGNALS_AND_SOCKETS = 0b11, 0b11
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_X32 = 0x40000000
_SYSCALLS: Final = {
    # socket, fork, vfork, execve, execveat, ptrace, process_vm_writev; then clone and clone3 (asm/unistd_64.h, asm-generic/unistd.h)
    "x86_64": (0xC000003E, (41, 57, 58, 59, 322, 101, 311), 56, 435),
    "aarch64": (0xC00000B7, (198, 221, 281, 117, 271), 220, 435),
}


def confine(writable: Iterable[str]) -> frozenset[str]:
    """Give up network, other programs, and every file outside `writable` folders, which must be there; return the guards that hold."""
    if sys.platform != "linux":
        return frozenset()
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    held = set()
    if any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET)):
        held.add(NETWORK)
    if _landlock(libc, writable):
        held.add(FILES)
    if _seccomp(libc):
        held |= {NETWORK, PROGRAMS}
    return frozenset(held)


def _landlock(libc: ctypes.CDLL, writable: Iterable[str]) -> bool:
    version = libc.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), _LANDLOCK_VERSION)
    if version < 1:
        return False
    files = _EXECUTE | _CHANGES | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    rules = struct.pack("QQQ", files, _TCP, _SIGNALS_AND_SOCKETS)
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = libc.syscall(_LANDLOCK_CREATE, rules, ctypes.c_size_t(size), 0)
    if ruleset < 0:
        return False
    try:
        for folder in writable:
            _allow(libc, ruleset, folder, files & ~_EXECUTE)
        _allow(libc, ruleset, os.devnull, _WRITE_FILE)
        return bool(libc.syscall(_LANDLOCK_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, access: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        libc.syscall(_LANDLOCK_ADD, ruleset, _BENEATH, struct.pack("=Qi", access, place), 0)
    finally:
        os.close(place)


def _seccomp(libc: ctypes.CDLL) -> bool:
    known = _SYSCALLS.get(platform.machine())
    if known is None or struct.calcsize("P") != 8:
        return False
    program = _filter(*known)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, header, 0, 0) == 0)


def _filter(architecture: int, refused: tuple[int, ...], clone: int, clone3: int) -> bytes:
    """The filter as the kernel's bytecode: refuse those calls, refuse `clone` without CLONE_THREAD, deny that there is `clone3`."""
    steps = [
        (_LOAD, 0, 0, 4),  # which architecture
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),  # which call
        (_JUMP_AT_LEAST, 0, 1, _X32),
        (_RETURN, 0, 0, _REFUSE | _EPERM),
    ]
    for number in refused:
        steps += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE | _EPERM)]
    steps += [
        (_JUMP_EQUAL, 0, 1, clone3),  # its flags lie in memory, out of a filter's sight; without it the C library takes `clone`
        (_RETURN, 0, 0, _REFUSE | _ENOSYS),
        (_JUMP_EQUAL, 0, 3, clone),
        (_LOAD, 0, 0, 16),  # its first argument, the flags
        (_JUMP_BITS, 1, 0, _CLONE_THREAD),
        (_RETURN, 0, 0, _REFUSE | _EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
