"""What this machine has: cores and memory, as far as this process may use them."""

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

try:
    import resource
except ImportError:  # not a Unix: there are no such limits
    resource = None  # type: ignore[assignment]  # the module's name stands for its absence

_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4

# A worker holds the models of faces and objects: about 700 MB at its peak (docs/performance.md).
BYTES_A_WORKER = 1_500_000_000


def usable_cores() -> int:
    """Cores this process may run on (a container's or taskset's limit counts)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def total_memory() -> int | None:
    """Bytes of memory, the container's limit where there is one; None where it cannot be known."""
    known = []
    with suppress(ValueError, OSError, AttributeError):
        known.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    limit = Path("/sys/fs/cgroup/memory.max")
    if limit.exists():
        text = limit.read_text().strip()
        if text.isdigit():
            known.append(int(text))
    return min(known, default=None)


def default_worker_count() -> int:
    """One single-threaded worker a core, as far as memory goes.

    Two workers of one thread each do more than one with two (docs/performance.md).
    """
    memory = total_memory()
    fits = usable_cores() if memory is None else memory // BYTES_A_WORKER
    return max(1, min(usable_cores(), fits, 16))


def forbid_core_dumps() -> None:
    """This process never writes its memory to disk: it may hold keys and faces for a moment.

    The limit is inherited by what it starts; but a system that pipes dumps into a program (systemd,
    Ubuntu's apport) does not ask for it (core(5)), so on Linux the process is made not dumpable, too.
    """
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        _libc().prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def core_dumps_forbidden() -> bool:
    """Whether forbid_core_dumps() holds for this process."""
    limited = resource is None or resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    linux = sys.platform.startswith("linux")
    return limited and not (linux and _libc().prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)
