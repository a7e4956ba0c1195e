"""Documents for authorities, written from what is installed and kept here, as Markdown."""

import re
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import select_template
from django.utils import timezone

from photolib.core.files import write_atomically
from photolib.rights.installation import describe_installation


def write_document(name: str, *, today: date, more: dict[str, object] | None = None) -> str:
    """The document `name` (ropa, dpia, breach_report) in settings.LANGUAGE_CODE, or in English."""
    language = settings.LANGUAGE_CODE
    template = select_template(
        [f"rights/documents/{language}/{name}.md", f"rights/documents/en/{name}.md"]
    )
    context = {"here": describe_installation(today), "today": today} | (more or {})
    text = template.render(context)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


class DocumentCommand(BaseCommand):
    """A command that writes one document."""

    document = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, metavar="FILE", help="write it into this file")
        parser.add_argument(
            "--date", type=date.fromisoformat, metavar="DAY", help="the day it is of (today)"
        )

    def more(self, options: dict[str, Any]) -> dict[str, object]:
        """What the document needs beside the installation."""
        return {}

    def handle(self, *_args: object, **options: Any) -> None:
        today = options["date"] or timezone.localdate()
        text = write_document(self.document, today=today, more=self.more(options))
        output: Path | None = options["output"]
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            write_atomically(output, text.encode())
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Written: {output}")
