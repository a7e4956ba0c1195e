"""What can go wrong with words about photos, in whole sentences."""

from photolib.core.errors import PhotolibError


class TextRefused(PhotolibError):
    """The text cannot be kept like this; the sentence says why and what mends it."""


class MeanwhileChanged(PhotolibError):
    """What was decided on is not what is there now; the sentence says to look again."""
