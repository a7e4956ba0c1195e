"""Runs a photo's steps: decode once, hand the pixels to every step that is due, in order."""

import errno
import logging
import time

from django.utils.translation import gettext as _
from PIL import Image

from photolib.core.errors import PhotolibError, StepError, StepMustWait
from photolib.core.pixels import Pixels
from photolib.core.steps import Write, photo_steps
from photolib.intake import leases
from photolib.intake.hands import Hand
from photolib.intake.models import StepRun
from photolib.library.models import Photo
from photolib.library.storage import original_path

logger = logging.getLogger(__name__)

# The disk has no room, or this user's share of it is used up: no fault of the photo.
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


def run_photo(photo_id: int, *, hand: Hand | None = None, image: Image.Image | None = None) -> int:
    """Run this photo's due steps in the order of settings. Returns how many were tried.

    image: the picture as Pixels has it, where it was decoded just now.

    Quiet if the photo has gone or somebody else works on it. A step that fails stands in nobody's way:
    those after it still run.
    """
    hand = hand or Hand()
    work = _PhotoWork(photo_id, hand, image)
    try:
        # Once more after the last step: what became due meanwhile is done on the same pixels.
        while not hand.stopping:
            queue = leases.queue_of(photo_id)
            if not queue or not leases.claim_step(queue[0], hand):
                break
            work.run(queue)
    except leases.ClaimLost:
        logger.info("A step of photo %s is somebody else's by now.", photo_id)
    return work.tried


class _PhotoWork:
    """One worker's work on one photo: the pixels stay decoded from step to step."""

    def __init__(self, photo_id: int, hand: Hand, image: Image.Image | None) -> None:
        self._photo_id = photo_id
        self._hand = hand
        self._image = image
        self._pixels: Pixels | None = None
        self.tried = 0

    def run(self, queue: list[StepRun]) -> None:
        """Run the queue's steps, of which the first is claimed, as long as the next can be taken.

        Raises ClaimLost.
        """
        for run, following in zip(queue, [*queue[1:], None], strict=True):
            self.tried += 1
            if not self._run_step(run, following):
                return

    def _run_step(self, run: StepRun, following: StepRun | None) -> bool:
        """Run a claimed step and settle it. True if the following one is claimed. Raises ClaimLost."""
        began = time.monotonic()
        try:
            with self._hand.holding(run):
                write = self._find(run.step)
            seconds = time.monotonic() - began
            return leases.finish_step(
                run, write=write, seconds=seconds, hand=self._hand, following=following
            )
        except leases.ClaimLost:
            raise
        except Exception as error:
            _settle_failure(run, error)
        return (
            following is not None
            and not self._hand.stopping
            and leases.claim_step(following, self._hand)
        )

    def _find(self, name: str) -> Write | None:
        # Read again for each step: it sees what the earlier ones wrote.
        photos = Photo.objects.select_related("library", "original")
        photo = photos.filter(pk=self._photo_id).first()
        if photo is None:
            raise leases.ClaimLost
        if self._pixels is None:
            self._pixels = Pixels(
                original_path(photo.original), name=photo.original_name, image=self._image
            )
        step = next(step for step in photo_steps() if step.name == name)
        return step.run(photo, self._pixels)


def _settle_failure(run: StepRun, error: Exception) -> None:
    if isinstance(error, StepMustWait):
        leases.give_back(run, error=str(error))
    elif isinstance(error, OSError) and error.errno in NO_SPACE:
        leases.give_back(run, error=disk_is_full())
    else:
        permanent = isinstance(error, StepError) and error.permanent
        if not isinstance(error, PhotolibError):
            logger.warning("Step %s of photo %s failed.", run.step, run.photo_id, exc_info=error)
        leases.fail_step(run, error=sentence_of(error), permanent=permanent)


def sentence_of(error: Exception) -> str:
    """What to tell people: our own errors' text; of others the class name as well."""
    if isinstance(error, PhotolibError):
        return str(error)
    return _("Unexpected error %(kind)s: %(text)s") % {
        "kind": type(error).__name__,
        "text": str(error)[:500] or "–",
    }


def disk_is_full() -> str:
    return _("The disk is full. This goes on by itself once there is room.")
