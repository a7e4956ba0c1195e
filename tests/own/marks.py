"""Photos in which a made-up network sees made-up things at chosen places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image

from photolib.accounts.models import User
from photolib.core.pixels import Pixels
from photolib.describe.boxes import Box
from photolib.describe.efficientnet import PLACE_FEATURES, PLACES_SIDE
from photolib.library.models import Photo
from photolib.library.renditions import encode_renditions, write_renditions
from photolib.own import seeking, steps
from photolib.own.everyday import EVERYDAY
from photolib.own.seeking import seek_due
from tests.factories import photo_row

# Each in whole places of the map, so that a window fits it: 3 × 3 of 18.
LEFT = Box(3 / 18, 9 / 18, 3 / 18, 3 / 18)
RIGHT = Box(12 / 18, 3 / 18, 3 / 18, 3 / 18)
BOAT, TEAPOT = 5, 9


@dataclass
class Eyes:
    """Stands for the network: what it sees is told by the colour of a picture's first pixel.

    looked: the pictures it looked at, in their order.
    """

    seen: dict[int, Mapping[Box, int]] = field(default_factory=dict)
    looked: list[int] = field(default_factory=list)

    def places(self, image: np.ndarray) -> np.ndarray:
        # WebP is not exact: colours are eight apart.
        seed = round(int(image[2:8, 2:8, 0].mean()) / 8)
        self.looked.append(seed)
        scatter = np.random.default_rng(seed)
        shape = (PLACES_SIDE, PLACES_SIDE, PLACE_FEATURES)
        places = EVERYDAY + scatter.normal(size=shape) * 0.5
        for box, kind in self.seen.get(seed, {}).items():
            left, top, wide, high = (
                round(one * PLACES_SIDE) for one in (box.left, box.top, box.width, box.height)
            )
            places[top : top + high, left : left + wide] = EVERYDAY
            places[top : top + high, left : left + wide, kind] += 10
        return places.astype(np.float32)


@pytest.fixture
def eyes(monkeypatch: pytest.MonkeyPatch) -> Eyes:
    fake = Eyes()
    monkeypatch.setattr(seeking, "network", fake)
    monkeypatch.setattr(steps, "network", fake)
    return fake


def plain_picture(seed: int) -> Image.Image:
    return Image.new("RGB", (320, 240), (8 * seed, 90, 120))


def photo_of(
    owner: User, eyes: Eyes, seed: int, shows: Mapping[Box, int], **fields: object
) -> Photo:
    """A photo with its smaller copies, in which `shows` is to be seen. seed: 1..30."""
    photo = photo_row(owner, seed=seed, **fields)
    write_renditions(photo.pk, encode_renditions(plain_picture(seed)))
    eyes.seen[seed] = shows
    return photo


def arrives(photo: Photo, seed: int) -> None:
    """The step for a new photo, as the runner runs it."""
    pixels = Pixels(Path("unused"), name="a.jpg", image=plain_picture(seed))
    write = steps.match_things.run(photo, pixels)
    if write is not None:
        write()


def look_back() -> int:
    return seek_due(timezone.now())
