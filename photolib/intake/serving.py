"""What `manage.py serve` runs: the web server on a socket of ours, and the workers."""

import logging
import socket
import sys
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from photolib.core.errors import PhotolibError
from photolib.intake.holders import holder_of
from photolib.intake.limits import ONE_THREAD
from photolib.intake.models import Incoming, StepRun
from photolib.intake.supervisor import Program

logger = logging.getLogger(__name__)

_WEB_THREADS = 8
_DRAIN_SECONDS = 15
_BACKLOG = 128


def listen_on(address: str) -> socket.socket:
    """Open the socket the web server will answer on, so that a restart of it refuses nobody.

    address: host:port, or [host]:port for IPv6. Raises PhotolibError where that cannot be had.
    """
    host, _colon, port = address.rpartition(":")
    if not host or not port.isdigit() or int(port) > 65535:
        raise PhotolibError(
            _(
                "The address %(address)s is not host:port, such as 127.0.0.1:8000: set PHOTOLIB_LISTEN."
            )
            % {"address": address}
        )
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((bare, int(port)))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise PhotolibError(
            _(
                "photolib cannot listen on %(address)s (%(why)s): is it running already? "
                "Another address can be set with PHOTOLIB_LISTEN."
            )
            % {"address": address, "why": error.strerror or str(error)}
        ) from error
    return listener


def shown_address(listener: socket.socket) -> str:
    """What to type into a browser."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104  compared, not bound
    return settings.PUBLIC_URL or f"http://{shown}:{port}"


def web_program(listener: socket.socket) -> Program:
    """gunicorn with one process of several threads: what waits is the disk, not the processor."""
    handle = listener.fileno()
    return Program(
        name="The web server",
        arguments=[
            sys.executable, "-m", "gunicorn", "photolib.wsgi",
            "--chdir", str(settings.BASE_DIR),
            "--bind", f"fd://{handle}",
            "--worker-class", "gthread",
            "--workers", "1",
            "--threads", str(_WEB_THREADS),
            "--graceful-timeout", str(_DRAIN_SECONDS),
            "--log-level", "warning",
        ],
        keep_open=[handle],
    )  # fmt: skip


def worker_programs(count: int) -> list[Program]:
    manage = str(Path(settings.BASE_DIR) / "manage.py")
    return [
        Program(
            name=f"Worker {number}",
            arguments=[sys.executable, manage, "work"],
            environment=ONE_THREAD,
        )
        for number in range(1, count + 1)
    ]


def find_overrun(pids: list[int]) -> list[int]:
    """Which of these processes hold a step or file for longer than STEP_SECONDS.

    Their own heartbeat cannot tell if a native library holds the interpreter.
    """
    holders = {holder_of(pid): pid for pid in pids}
    limit = timezone.now() - timedelta(seconds=settings.STEP_SECONDS)
    held = {"state": "running", "holder__in": list(holders), "started_at__lt": limit}
    try:
        late = {
            *StepRun.objects.filter(**held).values_list("holder", flat=True),
            *Incoming.objects.filter(**held).values_list("holder", flat=True),
        }
    except Error:
        logger.exception("The supervisor could not reach the database; it looks again soon.")
        return []
    finally:
        connection.close()
    return [holders[holder] for holder in late]
