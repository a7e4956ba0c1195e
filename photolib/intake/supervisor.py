"""Keeps child processes running: restarts who died, stops who is stuck, leaves nobody behind."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import FrameType

logger = logging.getLogger(__name__)

# How long children have to finish what they are at before they are stopped hard.
STOP_SECONDS = 20.0
# Who lived shorter than this is restarted more slowly every time.
_SOON = 10.0
_LONGEST_DELAY = 30.0
_TICK = 0.25
_LOOK_SECONDS = 5.0
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What to run: name for messages, arguments, additions to the environment, open sockets."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    keep_open: Sequence[int] = ()


class Child:
    """A program's process, the present one of perhaps many."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._delay = _TICK
        self._start_after = 0.0
        self._start()

    @property
    def pid(self) -> int:
        return self.process.pid

    def look_after(self) -> None:
        """Start it again if it died, a little later each time that it did not live long."""
        if self.process.poll() is None:
            return
        if not self._start_after:
            lived = time.monotonic() - self._since
            self._delay = min(self._delay * 2, _LONGEST_DELAY) if lived < _SOON else _TICK
            self._start_after = time.monotonic() + self._delay
            logger.warning(
                "%s ended (%s) and is started again.", self.program.name, self.process.returncode
            )
        elif time.monotonic() >= self._start_after:
            self._start()

    def _start(self) -> None:
        self._start_after = 0.0
        self._since = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  our own arguments, no shell
            self.program.arguments,
            env={**os.environ, **self.program.environment},
            pass_fds=self.program.keep_open,
            # Out of the terminal's group: Ctrl-C reaches the supervisor, which passes it on in order.
            process_group=0,
            preexec_fn=_end_with_parent(),
        )


class Supervisor:
    """Runs programs until SIGTERM or SIGINT, then ends them all before it returns.

    find_stuck: given the children's process ids, says which of them take too long.
    """

    def __init__(
        self, programs: Sequence[Program], *, find_stuck: Callable[[list[int]], list[int]]
    ) -> None:
        self._programs = programs
        self._find_stuck = find_stuck
        self._stopping = False
        self._children: list[Child] = []

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        try:
            self._children = [Child(program) for program in self._programs]
            next_look = 0.0
            while not self._stopping:
                for child in self._children:
                    child.look_after()
                if time.monotonic() >= next_look:
                    next_look = time.monotonic() + _LOOK_SECONDS
                    self._stop_stuck()
                time.sleep(_TICK)
        finally:
            self._end_all()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _stop_stuck(self) -> None:
        stuck = self._find_stuck([child.pid for child in self._children])
        for child in self._children:
            if child.pid in stuck:
                logger.error("%s took too long over a photo and is stopped.", child.program.name)
                child.process.kill()

    def _end_all(self) -> None:
        running = [child.process for child in self._children if child.process.poll() is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _end_with_parent() -> Callable[[], None] | None:
    """Called in the child before its program starts: it gets SIGTERM if the supervisor is killed.

    Linux only. Elsewhere children of a supervisor that was killed hard run on; workers do no harm
    then (leases), and the web server keeps the address until it is stopped by hand.
    """
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return partial(_ask_for_end, libc, os.getpid())


def _ask_for_end(libc: ctypes.CDLL, parent: int) -> None:
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    # It may have gone between the fork and the line above.
    if os.getppid() != parent:
        os._exit(1)
