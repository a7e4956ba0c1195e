"""What waits for the owner of a library, on their settings page."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext

from photolib.accounts.models import User
from photolib.core.reminders import Reminder
from photolib.rights.queries import open_requests_to


def requests_due(viewer: User) -> Iterator[Reminder]:
    """The requests that wait for an answer, as one sentence with the nearest date."""
    waiting = list(open_requests_to(viewer))
    if not waiting:
        return
    first = min(request.due_on for request in waiting)
    values = {"count": len(waiting), "date": date_format(first, "DATE_FORMAT")}
    if first < timezone.localdate():
        text = ngettext(
            "{count} person asked you something about themselves. The answer was due on {date}.",
            "{count} requests of people about themselves wait. The first was due on {date}.",
            len(waiting),
        )
    else:
        text = ngettext(
            "{count} person asked you something about themselves. Answer by {date}.",
            "{count} requests of people about themselves wait. Answer the first by {date}.",
            len(waiting),
        )
    yield Reminder(text.format(**values), reverse("rights:requests"))
