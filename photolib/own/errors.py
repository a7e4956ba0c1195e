"""What can be wrong with a tag, or with a mark."""

from photolib.core.errors import PhotolibError


class TagRefused(PhotolibError):
    """A name that cannot be a tag: the text says why."""


class MarkRefused(PhotolibError):
    """A piece of a photo, or a name for it, that cannot be something of one's own: the text says why."""
