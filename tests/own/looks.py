"""Photos with made-up looks: of one kind they point one way, with a little scatter."""

import numpy as np

from photolib.accounts.models import User
from photolib.describe.efficientnet import FEATURES
from photolib.library.models import Photo
from photolib.own.models import PhotoTag, Said
from photolib.own.services import add_tag
from photolib.own.teaching import keep_look
from tests.factories import photo_row


def look_of(kind: int, *, seed: int) -> np.ndarray:
    """(1280,) of length 1: mostly one direction for each kind."""
    scatter = np.random.default_rng(seed).normal(size=FEATURES) * 0.01
    scatter[kind] += 1
    return (scatter / np.linalg.norm(scatter)).astype(np.float32)


def photos_of(owner: User, kind: int, count: int) -> list[Photo]:
    """So many photos of one kind, looked at."""
    made = []
    for number in range(count):
        photo = photo_row(owner, seed=1000 * kind + number)
        look_at(photo, kind, seed=1000 * kind + number)
        made.append(photo)
    return made


def look_at(photo: Photo, kind: int, *, seed: int) -> None:
    keep_look(photo=photo, features=look_of(kind, seed=seed), model="test", version="1")


def tag_all(photos: list[Photo], name: str) -> list[PhotoTag]:
    return [add_tag(photo=photo, name=name, by=photo.library.owner) for photo in photos]


def asked_about() -> set[int]:
    rows = PhotoTag.objects.filter(said=Said.ASKED)
    return set(rows.values_list("photo_id", flat=True))
