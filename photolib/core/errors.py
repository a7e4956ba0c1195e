"""Errors that say what is wrong, with which thing, and what mends it."""


class PhotolibError(Exception):
    """Base of every error that is shown to a person: its text is a whole sentence."""


class RefusedFile(PhotolibError):
    """A file that cannot become a photo: `name` as the person knows it, `reason` a whole sentence.

    `code` is stable, for tests and the API: empty, too_big, not_an_image, unsupported, truncated,
    too_many_pixels, unreadable, disk_full, bad_name.
    """

    def __init__(self, name: str, reason: str, *, code: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason
        self.code = code


class StepError(PhotolibError):
    """A step failed. `permanent` says that trying again cannot help (the step is parked at once)."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


class StepMustWait(PhotolibError):
    """A step cannot run now, through no fault of the photo (keys are locked): no attempt is used up."""


class ModelMissing(PhotolibError):
    """A model's file is missing or is not the one it should be; the text names the command that mends it."""


class NotAllowed(PhotolibError):
    """The person may see the thing but not do this with it (what they may not see is a 404)."""
