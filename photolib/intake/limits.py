"""Limits of a worker process: it decodes strangers' bytes, so it may not take the machine with it."""

import os

from photolib.machine import forbid_core_dumps, total_memory

try:
    import resource
except ImportError:  # not a Unix: these limits do not exist there
    resource = None  # type: ignore[assignment]  # the module's name stands for its absence

# Libraries that would start a thread for each core. Workers are many; each of them is one thread.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
}
# Address space is much more than memory in use: models and the database are mapped into it.
_LEAST_ADDRESS_SPACE = 8 * 1024**3
_POLITENESS = 5


def set_one_thread() -> None:
    """For a worker started by hand. (`serve` sets it before the process begins, which is surer.)"""
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)


def limit_this_process() -> None:
    """No core dumps (they would hold faces), memory bounded, pages come before photos in the queue."""
    forbid_core_dumps()
    if resource is not None:
        _limit_memory()
    if hasattr(os, "nice"):
        os.nice(_POLITENESS)


def _limit_memory() -> None:
    memory = total_memory()
    if memory is None:
        return
    wanted = max(memory, _LEAST_ADDRESS_SPACE)
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or wanted < hard:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
