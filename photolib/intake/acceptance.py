"""From a file that arrived to a photo: looked at in a worker, within limits, and never lost."""

import logging
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from photolib.core.errors import RefusedFile
from photolib.core.pixels import STANDING_SIDE, ImageFacts, inspect_and_decode
from photolib.intake import doorbell, leases
from photolib.intake.hands import Hand
from photolib.intake.models import Incoming, IncomingState
from photolib.intake.paths import incoming_path
from photolib.intake.plan import plan_photo, repeat_steps
from photolib.intake.runner import NO_SPACE, disk_is_full, sentence_of
from photolib.library.services import accept_photo, keep_sidecar
from photolib.library.storage import keep_original

logger = logging.getLogger(__name__)

# The steps that look into the file that came beside a photo.
READ_SIDECARS = frozenset({"read_metadata", "read_notes"})


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that is a photo now, and its picture as core.pixels.Pixels has it, decoded already."""

    photo_id: int
    image: Image.Image


def accept_incoming(incoming_id: int, *, hand: Hand | None = None) -> int | None:
    """Make a photo of a file that waits, or refuse it with a reason. Returns the photo's key.

    None if it was refused, must be tried again, or is not ours to take (gone, done, in work).
    """
    accepted = accept(incoming_id, hand=hand)
    return accepted.photo_id if accepted else None


def accept(incoming_id: int, *, hand: Hand | None = None) -> Accepted | None:
    """As accept_incoming, for who goes on with the photo's steps: the picture is decoded once."""
    hand = hand or Hand()
    incoming = leases.claim_incoming(incoming_id, hand)
    if incoming is None:
        return None
    try:
        with hand.holding(incoming):
            return _accept(incoming)
    except leases.ClaimLost:
        logger.info("%s is somebody else's by now.", incoming)
        return None


def _accept(incoming: Incoming) -> Accepted | None:
    path = incoming_path(incoming.file_key)
    try:
        facts, image = _look_at(path, incoming.name)
        return Accepted(_store(incoming, path, facts), image)
    except leases.ClaimLost:
        raise
    except RefusedFile as refusal:
        refuse(incoming, reason=refusal.reason, code=refusal.code)
    except Exception as error:
        _try_again(incoming, error)
    return None


def _look_at(path: Path, name: str) -> tuple[ImageFacts, Image.Image]:
    if not path.exists():
        reason = _("The file is no longer on the server's disk: send it again.")
        raise RefusedFile(name, reason, code="unreadable")
    return inspect_and_decode(path, name, longest=STANDING_SIDE)


def _store(incoming: Incoming, path: Path, facts: ImageFacts) -> int:
    """Original, photo, its steps, the row's end and the ring: all or nothing."""
    # Put in its place before the transaction (which looks again): other writers would wait for the
    # disk all the while. What a crash leaves here without a row, the daily chore removes.
    keep_original(draft=path, sha256=incoming.sha256, format=facts.format)
    with transaction.atomic():
        leases.settle(incoming, state=IncomingState.ACCEPTED, error="", finished_at=timezone.now())
        photo, created = accept_photo(
            library=incoming.library,
            draft=path,
            name=incoming.name,
            sha256=incoming.sha256,
            facts=facts,
            byte_size=incoming.byte_size,
            file_date=incoming.file_date,
        )
        state = IncomingState.ACCEPTED if created else IncomingState.DUPLICATE
        Incoming.objects.filter(pk=incoming.pk).update(state=state, photo=photo, sidecar=None)
        plan_photo(photo)
        if incoming.sidecar is not None and keep_sidecar(
            photo=photo, content=bytes(incoming.sidecar)
        ):
            repeat_steps(photo, READ_SIDECARS)
        doorbell.ring(photo.pk)
    # Only now: until the commit this was the only copy that counts.
    path.unlink(missing_ok=True)
    return photo.pk


def refuse(incoming: Incoming, *, reason: str, code: str) -> None:
    """End a claimed file's way: the row stays seven days with its reason. Raises ClaimLost."""
    leases.settle(
        incoming,
        state=IncomingState.REFUSED,
        error=reason,
        refusal=code,
        sidecar=None,
        finished_at=timezone.now(),
    )
    incoming_path(incoming.file_key).unlink(missing_ok=True)


def _try_again(incoming: Incoming, error: Exception) -> None:
    if isinstance(error, OSError) and error.errno in NO_SPACE:
        leases.give_back(incoming, error=disk_is_full())
        return
    logger.warning("%s could not be read.", incoming, exc_info=error)
    if not leases.fail_incoming(incoming, error=sentence_of(error)):
        refuse(incoming, reason=sentence_of(error), code="unreadable")
