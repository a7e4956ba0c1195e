"""What the quality of a face is worth: does it say which faces are not recognised? docs/models.md."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from faces.engine import DetectedFace, current_engine
from tests.bench.spoiling import SPOILT, WIDTHS, on_canvas

pytestmark = [
    pytest.mark.models,
    pytest.mark.shared,
    pytest.mark.measure,
    pytest.mark.django_db,  # where the pack in use is written
]
# People with so many photos; the first is spoilt, the others are what it is compared with.
LEAST_PHOTOS, MOST_PHOTOS = 3, 5
# Of the ways to spoil a picture, so many are tried on each.
TRIED = 0.4


@dataclass(frozen=True, slots=True)
class Tried:
    """One face: how it was spoilt, its quality, the cosines with other pictures of that person."""

    how: str
    quality: float
    mean: float
    best: float


def central(picture: NDArray[np.uint8]) -> DetectedFace | None:
    found = current_engine().detect(picture)
    return min(
        found,
        key=lambda face: abs(face.left + face.width / 2 - 0.5),
        default=None,
    )


def spoilt(
    picture: NDArray[np.uint8], face: DetectedFace
) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    random = np.random.default_rng(int(picture[:8].sum()))
    points = np.asarray(face.landmarks, dtype=np.float32) * picture.shape[0]
    yield "as it is", on_canvas(picture)
    for width in WIDTHS:
        if random.random() < TRIED:
            yield f"{width} pixels", on_canvas(picture, width / (face.width * picture.shape[1]))
    for name, spoil in SPOILT.items():
        if random.random() < TRIED:
            yield name, on_canvas(spoil(picture, points, random))


def tried(files: list[Path]) -> Iterator[Tried]:
    engine = current_engine()
    pictures = [np.asarray(Image.open(file).convert("RGB")) for file in files]
    faces = [central(picture) for picture in pictures]
    others = [
        engine.embed(picture, [face])[0]
        for picture, face in zip(pictures[1:], faces[1:], strict=True)
        if face
    ]
    if faces[0] is None or len(others) < 2:
        return
    for how, worse in spoilt(pictures[0], faces[0]):
        found = central(worse)
        if found is None or abs(found.left + found.width / 2 - 0.5) > 0.12:
            continue
        cosines = np.stack(others) @ engine.embed(worse, [found])[0]
        yield Tried(how, found.quality, float(cosines.mean()), float(cosines.max()))


@pytest.fixture
def faces(shared_data: Path) -> list[Tried]:
    return measured(shared_data)


@cache
def measured(data: Path) -> list[Tried]:
    people = defaultdict(list)
    for file in sorted((data / "faces" / "lfw_fold1").glob("*/*.jpg")):
        people[file.parent.name].append(file)
    chosen = [files[:MOST_PHOTOS] for files in people.values() if len(files) >= LEAST_PHOTOS]
    return [one for files in chosen for one in tried(files)]


def ranks(values: list[float]) -> NDArray[np.intp]:
    return np.argsort(np.argsort(values))


def missed(faces: list[Tried]) -> float:
    """The part that no other picture of the person would be matched with by itself."""
    return float(np.mean([face.best < current_engine().pack.auto for face in faces]))


def test_quality_says_which_faces_are_not_recognised(faces: list[Tried]) -> None:
    by_quality = sorted(faces, key=lambda face: face.quality)
    rank = float(
        np.corrcoef(ranks([f.quality for f in faces]), ranks([f.mean for f in faces]))[0, 1]
    )
    curve = {part: missed(by_quality[len(faces) * part // 100 :]) for part in (0, 10, 20, 30)}
    print(json.dumps({"faces": len(faces), "rank": round(rank, 3), "missed": curve}))  # docs
    assert rank > 0.45
    assert curve[20] < 0.75 * curve[0]


def test_each_way_to_spoil_a_face_costs_about_what_its_quality_loses(faces: list[Tried]) -> None:
    """But for size: a face of few pixels is taken with more caution than sharp LFW would ask for."""
    good = float(np.mean([face.mean for face in faces if face.how == "as it is"]))
    by_way = defaultdict(list)
    for face in faces:
        by_way[face.how].append((face.quality, face.mean / good))
    table = {how: np.mean(rows, axis=0).round(2).tolist() for how, rows in by_way.items()}
    print(json.dumps({"quality and what is left": table}))  # docs
    for how, (quality, left) in table.items():
        if "pixels" not in how:
            assert abs(quality - left) < 0.2, how


def test_face_of_20_pixels_is_never_good_enough_to_be_sure_of(faces: list[Tried]) -> None:
    small = [face.quality for face in faces if face.how in ("12 pixels", "16 pixels", "20 pixels")]
    assert len(small) > 20
    assert max(small) < current_engine().pack.auto_quality


def test_good_pictures_are_good_enough(faces: list[Tried]) -> None:
    pack = current_engine().pack
    good = [face for face in faces if face.how == "as it is"]
    assert np.mean([face.quality >= pack.found_quality for face in good]) > 0.98
