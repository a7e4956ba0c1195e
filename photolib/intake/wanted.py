"""Steps that another app wants done again: they become due."""

from typing import Any

from photolib.core.steps import step_wanted
from photolib.intake.services import rerun
from photolib.library.models import Library, Photo


def listen() -> None:
    """From now on, core.steps.step_wanted is heard."""
    step_wanted.connect(_make_due, dispatch_uid="intake.wanted")


def _make_due(
    sender: object, step: str, library: Library, photo: Photo | None = None, **_more: Any
) -> None:
    rerun(step=step, library=library, photo=photo)
