"""The name under which a process holds work, and whether that process is still alive."""

import os
import socket
from pathlib import Path

_PROC = Path("/proc")
# What /proc/PID/stat calls a process that has ended and waits to be collected by its parent.
_ENDED = {"Z", "X"}


def this_process() -> str:
    return holder_of(os.getpid())


def holder_of(pid: int) -> str:
    """host:pid:start, at most 120 letters. A pid is used again some day; pid and start are not.

    start is 0 on systems without /proc.
    """
    found = _state_and_start(pid)
    return f"{_host()}:{pid}:{found[1] if found else 0}"


def is_dead(holder: str) -> bool:
    """True only where it is certain: a process of this host that /proc no longer knows.

    Of other hosts, and without /proc, nothing is known: there the lease alone decides.
    """
    host, _, rest = holder.rpartition(":")[0].rpartition(":")
    start = holder.rpartition(":")[2]
    if host != _host() or not rest.isdigit() or not (_PROC / "self" / "stat").exists():
        return False
    found = _state_and_start(int(rest))
    return found is None or found[0] in _ENDED or found[1] != start


def _host() -> str:
    return socket.gethostname()[:90]


def _state_and_start(pid: int) -> tuple[str, str] | None:
    """The letter of the process's state and its start (clock ticks since boot); None: not there."""
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    # The second field is the program's name in parentheses, and may hold anything.
    fields = text.rpartition(")")[2].split()
    return fields[0], fields[19]
