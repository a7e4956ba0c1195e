"""What this app tells the apps below it, once, when the program starts."""

from photolib.consent.models import Purpose
from photolib.consent.recorded import register_veto
from photolib.core import chores, reminders
from photolib.rights import checks as checks
from photolib.rights.reminding import requests_due
from photolib.rights.services import end_expired
from photolib.rights.vetoes import frozen

register_veto("rights.frozen", Purpose.RECOGNISE, frozen)
chores.register("rights.end_expired_freezes", end_expired)
reminders.register(requests_due)
