"""The product's grouping, run on test pictures: each picture is a photo with one face in it."""

import time
from dataclasses import dataclass

import numpy as np

from faces.evaluate.metrics import Labels, label_groups
from faces.evaluate.pictures import Pictures
from faces.grouping import Face, Surroundings, group_faces, look_around


@dataclass(frozen=True, slots=True)
class Grouping:
    """groups: places of pictures, the largest first. labels: (n,), a picture in no group alone."""

    groups: list[list[int]]
    labels: Labels
    seconds: float


def take_part(pictures: Pictures) -> list[int]:
    """Places of the pictures whose face the product would embed; the others are in no group."""
    good = pictures.found & (pictures.quality >= pictures.pack.embed_quality)
    return [int(at) for at in np.flatnonzero(good)]


def look_around_pictures(pictures: Pictures) -> Surroundings:
    """What `group_pictures` may be given where the same pictures are grouped with several thresholds."""
    return look_around(pictures.vectors[take_part(pictures)], pictures.pack)


def group_pictures(pictures: Pictures, around: Surroundings | None = None) -> Grouping:
    """Group the faces with the product's own rule and the settings of its pack, and time it."""
    taking_part = take_part(pictures)
    faces = [Face(id=at, photo=at, quality=float(pictures.quality[at])) for at in taking_part]
    vectors = pictures.vectors[taking_part]
    started = time.perf_counter()
    found = group_faces(faces, vectors, pictures.pack, around=around)
    seconds = time.perf_counter() - started
    groups = [[face.id for face in group] for group in found]
    return Grouping(groups, label_groups(groups, len(pictures)), seconds)
