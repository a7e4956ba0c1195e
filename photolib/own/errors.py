"""What can be wrong with a tag."""

from photolib.core.errors import PhotolibError


class TagRefused(PhotolibError):
    """A name that cannot be a tag: the text says why."""
