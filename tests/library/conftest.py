"""Photos with real files behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.core.pixels import Pixels, inspect_image
from photolib.library.models import Photo
from photolib.library.services import accept_photo, library_of
from photolib.library.steps import make_renditions
from photolib.library.storage import original_path
from tests.factories import picture


@dataclass(frozen=True)
class Arrival:
    """What accept_photo gave back, and the draft it was given."""

    photo: Photo
    created: bool
    draft: Path


Arrive = Callable[..., Arrival]


def take_in(
    folder: Path,
    owner: User,
    content: bytes,
    *,
    name: str = "IMG_1.jpg",
    file_date: datetime | None = None,
) -> Arrival:
    """Accept `content` as a photo of `owner`, as intake does."""
    digest = sha256(content).hexdigest()
    draft = folder / "incoming" / f"{owner.username}-{digest[:16]}"
    draft.parent.mkdir(exist_ok=True)
    draft.write_bytes(content)
    photo, created = accept_photo(
        library=library_of(owner),
        draft=draft,
        name=name,
        sha256=digest,
        facts=inspect_image(draft, name),
        byte_size=len(content),
        file_date=file_date,
    )
    return Arrival(photo, created, draft)


@pytest.fixture
def arrive(settings: Settings) -> Arrive:
    """Call with the owner, the content (a small picture unless given), and keywords of take_in."""

    def call(owner: User, content: bytes | None = None, **more: object) -> Arrival:
        return take_in(settings.PHOTOLIB_DATA, owner, content or picture(), **more)  # type: ignore[arg-type]

    return call


def draw(photo: Photo) -> None:
    """Run the step that makes the renditions."""
    pixels = Pixels(original_path(photo.original), name=photo.original_name)
    assert make_renditions.run(photo, pixels) is None
