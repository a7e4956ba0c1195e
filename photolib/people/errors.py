"""What can go wrong with people and faces, in whole sentences."""

from photolib.core.errors import PhotolibError


class PersonRefused(PhotolibError):
    """The person or the face cannot be changed like this; the text says why and what mends it."""
