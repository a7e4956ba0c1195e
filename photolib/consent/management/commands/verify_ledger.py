"""manage.py verify_ledger: prove that the record of consent is whole and unchanged."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from photolib.consent.verification import Report, accept_restored_copy, verify_and_note
from photolib.core.errors import PhotolibError


class Command(BaseCommand):
    help = (
        "Prove the ledger of consent: its chain, the rules of the database, the texts, and the heads "
        "noted beside the keys. Ends with 1 where something is wrong; no yes counts until it is mended."
    )
    # It must be able to say what is wrong where checks fail.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--accept-restored-copy",
            action="store_true",
            help="you put back a backup yourself: heads noted since it was made do not count",
        )

    def handle(self, *, accept_restored_copy: bool, **options: Any) -> None:
        if accept_restored_copy:
            _accept()
        report = verify_and_note()
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(report)))
        elif not report.problems:
            self.stdout.write(
                f"The ledger holds: {report.entries} entries, head {report.head}, "
                f"{report.exported_heads} noted heads agree, "
                f"{report.clock_oddities} entries came while the clock was behind."
            )
        if report.problems:
            raise CommandError(" ".join(problem.sentence for problem in report.problems))


def _accept() -> None:
    try:
        accept_restored_copy()
    except PhotolibError as error:
        raise CommandError(str(error)) from error


def _as_json(report: Report) -> dict[str, object]:
    return {
        "sound": not report.problems,
        "entries": report.entries,
        "head": report.head,
        "exported_heads": report.exported_heads,
        "clock_oddities": report.clock_oddities,
        "problems": [
            {"code": problem.trouble or "text", "sentence": problem.sentence}
            for problem in report.problems
        ],
    }
