"""Where files wait until a worker has looked at them."""

from pathlib import Path

from django.conf import settings

# A file that is still being received.
PART = ".part"


def incoming_folder() -> Path:
    return Path(settings.PHOTOLIB_DATA) / "incoming"


def incoming_path(file_key: str) -> Path:
    """The waiting file of the Incoming row with this key."""
    return incoming_folder() / file_key
