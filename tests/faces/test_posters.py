"""A face on a poster: how it is seen, and what does not follow from it."""

from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from faces.engine import current_engine
from faces.models import FaceGroup, Template, UnknownFace
from faces.posters import FRAMED_FROM, framed, mark_pictures
from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.library.models import RecognitionState
from photolib.people.models import Appearance, AppearanceState
from photolib.people.services import say_on_picture
from tests.faces.conftest import House

WALL, PAPER, SKIN, HAIR, SHIRT = (
    (150, 140, 130),
    (225, 222, 215),
    (205, 165, 140),
    (60, 45, 35),
    (60, 80, 130),
)
BOX = (0.44, 0.38, 0.12, 0.20)  # of the drawn face: 77 x 96 pixels in the middle


def scene(*, poster: bool = False, window: bool = False, turn: float = 0) -> Image.Image:
    """Somebody before a wall; on a poster, or before a window whose lower side they hide."""
    image = Image.new("RGB", (640, 480), WALL)
    draw = ImageDraw.Draw(image)
    if poster or window:
        draw.rectangle((210, 110, 430, 390), fill=PAPER, outline=(30, 30, 30), width=5)
    floor = 386 if poster else 480
    draw.polygon(((320, 260), (420, 330), (424, floor), (216, floor), (220, 330)), fill=SHIRT)
    draw.ellipse((270, 160, 370, 290), fill=HAIR)
    draw.ellipse((281, 182, 358, 278), fill=SKIN)
    return image.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=WALL)


def seen(image: Image.Image) -> float:
    return framed(np.asarray(image), BOX)


@pytest.mark.parametrize("turn", [-25, -10, 0, 10, 25])
def test_frame_around_a_face_is_seen_however_it_hangs(turn: float) -> None:
    assert seen(scene(poster=True, turn=turn)) >= FRAMED_FROM


def test_somebody_before_a_window_or_a_wall_is_not_framed() -> None:
    assert seen(scene(window=True)) < FRAMED_FROM
    assert seen(scene()) < FRAMED_FROM


def test_border_of_the_picture_is_no_frame() -> None:
    image = scene().crop((215, 115, 425, 385))
    box = ((281 - 215) / 210, (182 - 115) / 270, 77 / 210, 96 / 270)
    assert framed(np.asarray(image), box) < FRAMED_FROM


@pytest.mark.parametrize("size", [(1, 1), (3, 200), (640, 480)])
def test_plain_picture_of_any_size_has_no_frame(size: tuple[int, int]) -> None:
    assert framed(np.asarray(Image.new("RGB", size, WALL)), (0.0, 0.0, 1.0, 1.0)) == 0.0


@pytest.mark.models
@pytest.mark.django_db
def test_engine_tells_a_face_on_a_print_from_the_face_itself() -> None:
    data = pytest.importorskip("skimage.data")
    astronaut = Image.fromarray(data.astronaut()).crop((100, 0, 350, 330))
    wall = Image.new("RGB", (900, 700), WALL)
    wall.paste((20, 20, 20), (300, 150, 300 + 270, 150 + 350))
    wall.paste(astronaut, (310, 160))
    engine = current_engine()
    itself, printed = (
        mark_pictures(picture, engine.detect(picture))[0]
        for picture in (data.astronaut(), np.asarray(wall))
    )
    assert (itself.on_picture, printed.on_picture) == (False, True)


@pytest.fixture
def anna(house: House) -> Any:
    """Anna said yes, and one face of hers was learnt."""
    house.switch(RecognitionState.HOUSEHOLD)
    anna = house.person("Anna")
    house.says(anna, True)
    photo = house.photo("red")
    (region,) = house.look(photo)
    house.names(region, anna)
    house.look(photo)
    assert Template.objects.filter(person=anna).count() == 1
    return anna


def test_face_on_a_poster_is_asked_about_and_never_matched_by_itself(
    house: House, anna: Any
) -> None:
    there, poster = house.photo("red", light=190), house.photo("red", light=190, posters={"red"})
    house.look(there)
    (region,) = house.look(poster)
    assert Appearance.objects.get(photo=there).state == AppearanceState.AUTO
    assert Appearance.objects.get(photo=poster).state == AppearanceState.ASKED
    assert region.is_picture


def test_poster_that_somebody_names_keeps_the_name_and_teaches_nothing(
    house: House, anna: Any
) -> None:
    poster = house.photo("red", light=190, posters={"red"})
    (region,) = house.look(poster)
    house.names(region, anna)
    house.look(poster)
    assert Appearance.objects.get(photo=poster).state == AppearanceState.CONFIRMED
    assert not Template.objects.filter(region=region).exists()


def test_two_posters_of_a_stranger_found_no_group(house: House) -> None:
    house.switch(RecognitionState.HOUSEHOLD)
    for light in (190, 200):
        house.look(house.photo("green", light=light, posters={"green"}))
    assert UnknownFace.objects.count() == 2
    assert not FaceGroup.objects.exists()


def test_person_who_says_that_somebody_was_there_wins(
    house: House, anna: Any, commits: Any
) -> None:
    photo = house.photo("red", light=190, posters={"red"})
    (region,) = house.look(photo)
    with commits():
        say_on_picture(region=region, on_picture=False, by=house.owner)
    assert house.look_at_due() == 1
    region.refresh_from_db()
    assert (region.on_picture, region.is_picture) == (True, False)
    assert Appearance.objects.get(photo=photo).state == AppearanceState.AUTO


def test_template_of_what_turns_out_to_be_a_poster_goes(
    house: House, anna: Any, commits: Any
) -> None:
    region = Template.objects.get(person=anna).region
    with commits():
        say_on_picture(region=region, on_picture=True, by=house.owner)
    house.look_at_due()
    assert not Template.objects.exists()
    region.refresh_from_db()
    assert region.is_picture


def test_only_the_owner_says_what_is_a_poster(house: House, bob: User) -> None:
    (region,) = house.look(house.photo("red"))
    with pytest.raises(NotAllowed):
        say_on_picture(region=region, on_picture=True, by=bob)
    region.refresh_from_db()
    assert region.said_on_picture is None
