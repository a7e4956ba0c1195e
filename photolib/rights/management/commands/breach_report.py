"""manage.py breach_report: the notice to the authority after a breach (GDPR Art. 33), as far as known."""

from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from photolib.rights.documents import DocumentCommand

# Art. 33(1): without undue delay and, where feasible, within 72 hours.
HOURS = 72


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Command(DocumentCommand):
    help = "Print a breach report (GDPR Art. 33) filled from the real configuration and counts."
    document = "breach_report"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--known-at", type=_moment, metavar="MOMENT",
            help="when it was noticed, such as 2026-07-06T09:30 (UTC unless said); now",
        )  # fmt: skip
        parser.add_argument("--what", default="", help="what happened, in a few words")

    def more(self, options: dict[str, Any]) -> dict[str, object]:
        known = options["known_at"] or timezone.now()
        return {
            "known_at": known,
            "due_at": known + timedelta(hours=HOURS),
            "what": options["what"],
        }
