"""What can go wrong with people's rights, in whole sentences."""

from photolib.core.errors import PhotolibError


class RequestRefused(PhotolibError):
    """The request cannot be taken like this; the text says why and what mends it."""
