"""Postures: what angles mean, what the things around say to it, and real people as we saw them."""

import json
from collections import Counter
from collections.abc import Mapping
from math import cos, radians, sin
from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image

from photolib.accounts.models import User
from photolib.core.pixels import Pixels
from photolib.describe.analysers import objects, postures
from photolib.describe.boxes import Box
from photolib.describe.models import FactKind
from photolib.describe.movenet import Joint, Spot, finder
from photolib.describe.postures import posture_of
from photolib.describe.seen import SeenFact
from photolib.describe.thresholds import said_from
from photolib.describe.writing import replace_facts
from photolib.library.models import Photo
from tests.describe.rows import fact_row
from tests.describe.truth.postures import POSTURES
from tests.factories import photo_row

Joints = dict[Joint, Spot]


def body(trunk: float, thigh: float, shin: float, *, score: float = 0.8, **scores: float) -> Joints:
    """Joints of a body with these angles from hanging down, in degrees; hips at (100, 100)."""

    def below(spot: Spot, angle: float, length: float) -> Spot:
        aside, down = length * sin(radians(angle)), length * cos(radians(angle))
        return Spot(spot.across + aside, spot.down + down, score)

    hip = Spot(100, 100, score)
    shoulder = below(hip, trunk + 180, 50)
    knee = below(hip, thigh, 40)
    ankle = below(knee, shin, 40)
    spots = {"shoulder": shoulder, "hip": hip, "knee": knee, "ankle": ankle}
    return {
        joint: Spot(spot.across, spot.down, scores.get(joint.name.lower(), spot.confidence))
        for joint in Joint
        for spot in [spots[joint.name.lower().split("_")[1]]]
    }


def said(joints: Mapping[Joint, Spot]) -> str | None:
    held = posture_of(joints)
    return held.posture.value if held else None


def test_hanging_trunk_and_thigh_are_standing_even_where_the_feet_are_not_seen() -> None:
    assert said(body(5, 10, 0)) == "standing"
    assert said(body(5, 10, 0, left_ankle=0.1, right_ankle=0.1)) == "standing"


def test_level_thigh_and_hanging_shin_are_sitting() -> None:
    assert said(body(10, 80, 5)) == "sitting"


def test_level_body_is_lying() -> None:
    assert said(body(90, 95, 85)) == "lying"


def test_kneeling_crouching_and_bending_down_are_no_posture_of_ours() -> None:
    kneeling, crouching, bending = body(10, 5, 95), body(20, 70, 100), body(80, 5, 5)
    assert said(crouching) is None
    assert said(bending) is None
    # Somebody on both knees holds trunk and thigh as if standing: the shin alone tells.
    assert said(kneeling) is None


def test_nothing_is_said_where_shoulder_hip_or_knee_is_not_seen_on_either_side() -> None:
    assert said(body(5, 10, 0, score=0.39)) is None
    assert said(body(5, 10, 0, left_knee=0.1, right_hip=0.1)) is None


def test_sides_that_disagree_say_nothing() -> None:
    one_leg = body(5, 5, 5)
    lifted = body(5, 100, 5)
    mixed = {
        joint: (lifted if joint.name.startswith("LEFT") else one_leg)[joint] for joint in Joint
    }
    assert said(mixed) is None


def test_confidence_is_that_of_the_least_seen_joint_of_the_better_side() -> None:
    held = posture_of(body(5, 10, 0, left_knee=0.5, right_hip=0.6))
    assert held is not None
    assert held.confidence == 0.6


PERSON = Box(0.2, 0.2, 0.4, 0.6)


@pytest.fixture
def photo(alice: User) -> Photo:
    return photo_row(alice)


@pytest.fixture
def look(photo: Photo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """What is said of one person with these joints, in a picture of 200 × 200 pixels."""

    def of(joints: Joints) -> list[SeenFact]:
        monkeypatch.setattr(finder, "find", lambda _image, _person: joints)
        grey = Image.new("RGB", (200, 200), "grey")
        return postures.look(photo, Pixels(tmp_path, name="photo.jpg", image=grey))

    return of


def add(photo: Photo, label: str, box: Box, confidence: float = 0.9) -> None:
    fact_row(
        photo, label, confidence=confidence,
        left=box.left, top=box.top, width=box.width, height=box.height,
    )  # fmt: skip


def test_posture_carries_the_box_of_the_person(photo: Photo, look) -> None:
    add(photo, "person", PERSON)
    (fact,) = look(body(5, 10, 0))
    assert (fact.kind, fact.label, fact.box) == (FactKind.POSTURE, "standing", PERSON)


def test_people_whom_descriptions_would_not_count_get_no_posture(photo: Photo, look) -> None:
    add(photo, "person", PERSON, said_from("person") - 0.01)
    add(photo, "dog", PERSON)
    add(photo, "person", Box(0.1, 0.1, 0.1, 0.2))
    assert look(body(5, 10, 0)) == []


def test_sitting_is_said_only_of_somebody_on_something_to_sit_on(photo: Photo, look) -> None:
    add(photo, "person", PERSON)
    assert look(body(10, 80, 5)) == []
    add(photo, "bench", Box(0.3, 0.4, 0.4, 0.4))
    assert [fact.label for fact in look(body(10, 80, 5))] == ["sitting"]


def test_hanging_legs_at_a_motorcycle_may_be_a_riders_and_are_not_called_standing(
    photo: Photo, look
) -> None:
    add(photo, "person", PERSON)
    add(photo, "motorcycle", Box(0.3, 0.5, 0.4, 0.4))
    assert look(body(5, 10, 0)) == []


@pytest.mark.models
def test_joints_of_the_real_network_lie_on_the_body_of_a_real_person() -> None:
    image = np.asarray(Image.open(Path(skimage.__file__).parent / "data" / "astronaut.png"))
    joints = finder.find(image[..., :3], Box(0, 0, 0.75, 1))
    left, right = joints[Joint.LEFT_SHOULDER], joints[Joint.RIGHT_SHOULDER]
    assert min(left.confidence, right.confidence) > 0.4
    # Her left is the picture's right.
    assert 40 < right.across < 200 < left.across < 400
    assert 150 < left.down < 400


@pytest.mark.shared
@pytest.mark.models
@pytest.mark.slow
@pytest.mark.django_db
def test_of_people_in_real_photos_nineteen_in_twenty_postures_are_right(
    alice: User, shared_data: Path
) -> None:
    known = {entry["file"] for entry in json.loads((shared_data / "photos/truth.json").read_text())}
    said: Counter[tuple[str, str]] = Counter()
    for seed, name in enumerate(sorted({row[0] for row in POSTURES})):
        assert f"photos/{name}" in known
        pixels = Pixels(shared_data / "photos" / name, name=name)
        photo = photo_row(alice, seed=seed)
        seen = objects.look(photo, pixels)
        replace_facts(photo, seen, step="find_objects", model="m", version="1")
        for fact in postures.look(photo, pixels):
            assert fact.box is not None
            said[fact.label, _truth(name, fact.box)] += 1
    # People whom the table does not have prove nothing.
    judged = {pair: count for pair, count in said.items() if pair[1] != "nobody"}
    right = sum(count for (label, there), count in judged.items() if label == there)
    assert judged["standing", "standing"] >= 20, said
    assert right / sum(judged.values()) >= 0.95, said


def _truth(name: str, box: Box) -> str:
    """How the person in the middle of this box holds themselves; "nobody" where none is near."""
    across, down = box.middle
    near = [
        (abs(left - across) + abs(top - down), posture)
        for file, left, top, posture in POSTURES
        if file == name
    ]
    distance, posture = min(near)
    return posture if distance < 0.05 else "nobody"
