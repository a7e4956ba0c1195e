"""What can go wrong with an account, in whole sentences."""

from photolib.core.errors import PhotolibError


class AccountRefused(PhotolibError):
    """The account cannot be made or changed like this; the text says why and what mends it."""


class TooManyTries(PhotolibError):
    """Signing in failed too often for this name from this address; the text says what to do."""
