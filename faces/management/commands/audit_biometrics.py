"""manage.py audit_biometrics: is there anything biometric where nothing may be?"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from faces.audit.report import Report, audit
from photolib.core.errors import PhotolibError


class Command(BaseCommand):
    help = (
        "Search database, journal, caches, logs, temporary files and the data folder for face "
        "vectors in the clear, and list by what right each sealed one is kept. Ends with 1 if "
        "anything was found."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="print the report as one JSON object"
        )
        parser.add_argument(
            "--canary", type=Path, metavar="FILE", help="a known vector to search for as well"
        )
        parser.add_argument(
            "--also",
            type=Path,
            action="append",
            default=[],
            metavar="PATH",
            help="search this file or folder too, such as a backup or the folder of the logs",
        )

    def handle(self, *_args: object, **options: Any) -> None:
        try:
            report = audit(also=options["also"], canary=options["canary"])
        except PhotolibError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json()))
        else:
            self._tell(report)
        if report.findings:
            sys.exit(1)

    def _tell(self, report: Report) -> None:
        lines = ["Searched:", *(f"  {place}" for place in report.searched)]
        lines += ["Not searched:", *(f"  {place}" for place in report.not_searched)]
        lines.append(f"{report.unknown_faces} sealed vectors of unknown faces are kept.")
        lines.append(f"{len(report.templates)} templates are kept, each with what allows it:")
        lines += [
            f"  template {one.template}: person {one.person}, library {one.library}, "
            f"learnt from photo {one.photo} ({one.ground}), allowed by "
            f"decision {one.decision} of {one.decided_at[:10]} ({one.channel}, text {one.text})"
            + (", resting" if one.resting else "")
            for one in report.templates
        ]
        lines += [f"FOUND in {finding.where}: {finding.what}" for finding in report.findings]
        lines.append(
            f"{len(report.findings)} findings in {report.bytes_read:,} bytes, "
            f"{report.seconds} seconds."
        )
        self.stdout.write("\n".join(lines))
