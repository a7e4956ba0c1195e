"""manage.py import FOLDER --owner NAME: bring in a folder of pictures that lies on this machine."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from photolib.accounts.models import User
from photolib.core.errors import PhotolibError
from photolib.intake.hands import BeatingHand
from photolib.intake.importing import FolderImport, ImportReport
from photolib.intake.limits import set_one_thread
from photolib.intake.worker import work


class Command(BaseCommand):
    help = (
        "Bring in every picture of a folder and its subfolders. The folder itself is only read. "
        "Files that were brought in before are recognised and not doubled. Ends with an error only "
        "if nothing at all could be read; single refusals are listed with their reasons."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--owner", required=True, help="user name of the library's owner")
        parser.add_argument(
            "--wait", action="store_true", help="work until every picture is described"
        )
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, *, folder: Path, owner: str, wait: bool, json: bool, **options: Any) -> None:
        user = User.objects.filter(username=owner).first()
        if user is None:
            raise CommandError(
                f"There is no account called {owner}: give its user name as --owner."
            )
        try:
            job = FolderImport(folder=folder, owner=user)
            files = job.find()
            with tqdm(total=len(files), desc="Receiving", unit="file", disable=json) as bar:
                for _name in job.receive_all(files):
                    bar.update()
        except PhotolibError as error:
            raise CommandError(str(error)) from error
        if wait:
            _work_off(job, quiet=json)
        report = job.look_back()
        self._say(report, waited=wait, as_json=json)
        if report.files and not report.received:
            raise CommandError("Nothing in the folder could be taken in.")

    def _say(self, report: ImportReport, *, waited: bool, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(report)))
            return
        for refusal in report.refused:
            self.stderr.write(f"Refused {refusal.file}: {refusal.reason}")
        beside = f" ({report.sidecars} with a sidecar)" if report.sidecars else ""
        line = f"{report.received} files received{beside}, {report.skipped} passed over"
        if waited:
            line += (
                f"; {report.accepted} new photos, {report.duplicates} there already, "
                f"{report.parked} set aside after errors"
            )
        self.stdout.write(f"{line}, {len(report.refused)} refused.")


def _work_off(job: FolderImport, *, quiet: bool) -> None:
    """Work in this process until nothing is left; workers that run already share the work."""
    set_one_thread()
    with (
        tqdm(total=job.report.received, desc="Describing", unit="photo", disable=quiet) as bar,
        BeatingHand() as hand,
    ):
        work(hand, drain=True, with_chores=False, tell=bar.update)
        # Some may have been done by workers that were running already.
        bar.update(bar.total - bar.n)
