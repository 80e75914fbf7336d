"""Take from a process what answering needs not: memory beyond a limit, the network, other programs."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import signal
import struct
import sys

_SET_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 1, 38, 22, 2
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_CALLS = {
    "x86_64": (0xC000003E, {"socket": 41, "connect": 42, "execve": 59, "execveat": 322, "io_uring_setup": 425}),
    "aarch64": (0xC00000B7, {"socket": 198, "connect": 203, "execve": 221, "execveat": 281, "io_uring_setup": 425}),
}
_OTHER_CALLS = 0x40000000
"""From here on lie x86's calls of another width, which are refused altogether."""


def cut_off() -> bool:
    """Refuse this process and all it starts new sockets and other programs; return whether the system can.

    A seccomp filter of Linux, which needs no privilege and cannot be taken off again. Elsewhere the examination
    of the queries' text stands alone.
    """
    known = _CALLS.get(platform.machine()) if sys.platform == "linux" else None
    if known is None:
        return False
    architecture, calls = known
    numbers = sorted(calls.values())
    lines = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    tests = [(_AT_LEAST, _OTHER_CALLS), *((_EQUAL, number) for number in numbers)]
    lines += [(code, len(tests) - place, 0, value) for place, (code, value) in enumerate(tests)]
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in lines))
    # struct sock_fprog: the number of lines, and where they lie
    head = ctypes.create_string_buffer(struct.pack("@HP", len(lines), ctypes.addressof(program)))
    return _process_control(_SET_NO_NEW_PRIVILEGES, 1) and _process_control(
        _SET_SECCOMP, _FILTER, ctypes.addressof(head)
    )


def end_with_parent() -> None:
    """Have this process killed when the one that started it ends, where the system can."""
    parent = os.getppid()
    if sys.platform == "linux":
        _process_control(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def limit_memory(megabytes: int) -> None:
    """Hold this process to so much address space, as far as the system lets it, and let it leave no core."""
    import resource

    for kind, amount in ((resource.RLIMIT_AS, megabytes << 20), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (amount, amount))


def _process_control(option: int, *arguments: int) -> bool:
    control = ctypes.CDLL(None, use_errno=True).prctl
    values = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    return int(control(ctypes.c_int(option), *values)) == 0
