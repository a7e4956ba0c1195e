"""manage.py serve: the web server and the workers in one command, until Ctrl-C or SIGTERM."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from photolib.consent.replay import replay_erasures
from photolib.core.errors import PhotolibError
from photolib.intake.serving import (
    find_overrun,
    listen_on,
    shown_address,
    web_program,
    worker_programs,
)
from photolib.intake.supervisor import Supervisor


class Command(BaseCommand):
    help = "Run the site: web server and workers, restarted if one dies. Ctrl-C ends them all."
    # Checked below, after the database was brought up to date: some checks look into it.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--listen", default=settings.LISTEN, metavar="ADDRESS", help="host:port to answer on"
        )
        parser.add_argument("--no-web", action="store_true", help="run the workers only")

    def handle(self, *, listen: str, no_web: bool, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        # Before anybody is answered: what an older copy brought back is erased again.
        replayed = replay_erasures()
        if replayed.anything:
            self.stdout.write(
                f"An older copy was put back: {replayed.erasures} erasures were done again."
            )
        self.check(databases=["default"])
        programs = worker_programs(settings.WORKERS)
        try:
            listener = None if no_web else listen_on(listen)
        except PhotolibError as error:
            raise CommandError(str(error)) from error
        if listener is None:
            self.stdout.write("photolib's workers are running. Stop them with Ctrl-C.")
        else:
            programs.insert(0, web_program(listener))
            address = shown_address(listener)
            self.stdout.write(f"photolib is running at {address} – stop it with Ctrl-C.")
        self.stdout.flush()
        connections.close_all()
        try:
            Supervisor(programs, find_stuck=find_overrun).run()
        finally:
            if listener is not None:
                listener.close()
