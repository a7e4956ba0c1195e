"""What can go wrong with words about photos, in whole sentences."""

from photolib.core.errors import PhotolibError


class TextRefused(PhotolibError):
    """The text cannot be kept like this; the sentence says why and what mends it."""
