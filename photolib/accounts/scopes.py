"""What a program's token may be allowed, a word each."""

from django.utils.translation import gettext_lazy as _

# Word → what it allows, as the settings page says it.
SCOPES = {
    "photos:read": _("see your photos, albums and descriptions"),
    "photos:write": _("add and change photos, albums and descriptions"),
    "people:read": _("see the people of the household and the photos they are in"),
    "people:write": _("name people in your photos"),
    "faces:read": _("see faces without a name, questions about faces, and what you did with them"),
    "faces:write": _("answer questions about faces, name and sort groups, and take that back"),
    "jobs:read": _("see what is being worked on"),
    "account:read": _("see your name, language and role"),
}
