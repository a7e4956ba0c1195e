"""What a step is: one piece of work on one photo, named in settings.PHOTO_STEPS."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.dispatch import Signal
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from photolib.core.pixels import Pixels

# What a step found, as a function that writes it: the runner calls it in the one short transaction
# that also marks the step done, after checking that the worker still holds the photo.
Write = Callable[[], None]

# Sent with step=…, library=… by who needs a step done again on every photo of a library (or, with
# photo=…, on that one); whoever keeps
# the queue listens, inside the sender's transaction.
step_wanted = Signal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One piece of work on one photo.

    name: stable, as stored in StepRun.
    version: raise it and every photo is done again.
    run(photo, pixels): does the slow part outside any transaction and returns what is to be written,
        or None. It may be run twice, and must then write the same.
    """

    name: str
    version: int
    run: Callable[[Any, "Pixels"], Write | None]


@cache
def photo_steps() -> tuple[Step, ...]:
    """The steps of settings.PHOTO_STEPS, in order. Raises ImproperlyConfigured for a wrong name."""
    steps = []
    for dotted in settings.PHOTO_STEPS:
        step = import_string(dotted)
        if not isinstance(step, Step):
            raise ImproperlyConfigured(f"PHOTO_STEPS names {dotted}, which is no Step.")
        steps.append(step)
    return tuple(steps)
