"""What can be wrong with the folder of a captioner."""

from photolib.core.errors import PhotolibError


class FolderRefused(PhotolibError):
    """The folder cannot be used as it is; the sentence names the file and what mends it."""
