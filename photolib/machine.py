"""What this machine has: cores and memory, as far as this process may use them."""

import os
from contextlib import suppress
from pathlib import Path

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
