"""What can go wrong with consent and its keys, in whole sentences."""

from photolib.core.errors import PhotolibError, StepMustWait


class ConsentRefused(PhotolibError):
    """The answer, invitation or switch cannot be recorded like this; the text says why."""


class KeyGone(PhotolibError):
    """The key was destroyed, or this was not sealed under it: nothing opens it."""


class KeystoreLocked(StepMustWait):
    """The keystore cannot be reached now. Work that needs it waits and uses up no attempt."""
