"""A face drawn by hand: put in place, moved, looked at and kept, without any JavaScript."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from photolib.core.box_moves import MOVES, move_box, place_of, put_box
from photolib.library.models import Photo
from photolib.library.renditions import encode_renditions, write_renditions
from photolib.people.models import Appearance, FaceRegion, RegionSource
from tests.faces.conftest import House
from tests.faces.fake_engine import GAP, SIDE

pytestmark = pytest.mark.django_db

BOX = {"left": "60", "top": "50", "width": "10", "height": "20"}


@pytest.fixture
def photo(house: House) -> Photo:
    """One face found, in a photo that the household may see."""
    made = house.photo("red", shared_with_household=True)
    write_renditions(made.pk, encode_renditions(house.pictures[made.pk]))
    house.look(made)
    return made


def address(photo: Photo) -> str:
    return reverse("faces:draw", args=[photo.pk])


@pytest.mark.parametrize("place", range(9))
def test_a_box_that_is_put_somewhere_is_there_and_square(place: int) -> None:
    box = put_box(place, width=4000, height=3000)
    assert place_of(box) == place
    assert box[2] * 4000 == pytest.approx(box[3] * 3000, rel=0.05)


@pytest.mark.parametrize("move", MOVES)
def test_a_box_never_leaves_the_picture_however_often_it_is_moved(move: str) -> None:
    box = put_box(4, width=640, height=240)
    for _ in range(120):
        box = move_box(box, move)
        left, top, width, height = box
        assert min(left, top) >= 0
        assert min(width, height) >= 1
        assert left + width <= 100
        assert top + height <= 100


def test_a_place_in_words_moves_the_box_there(alice_client: Client, photo: Photo) -> None:
    page = alice_client.post(address(photo), BOX | {"deed": "put", "place": "8"}).content.decode()
    assert "bottom right: " in page
    assert FaceRegion.objects.count() == 1


def test_a_step_to_the_left_is_said_in_percent(alice_client: Client, photo: Photo) -> None:
    page = alice_client.post(address(photo), BOX | {"move": "left"}).content.decode()
    assert "58.0 percent from the left, 50.0 percent from the top" in page
    assert FaceRegion.objects.count() == 1


def test_what_was_written_about_the_person_outlives_a_move(
    alice_client: Client, photo: Photo
) -> None:
    page = alice_client.post(address(photo), BOX | {"move": "up", "name": "Granny"})
    assert 'value="Granny"' in page.content.decode()


def test_a_face_is_added_and_named(alice_client: Client, photo: Photo) -> None:
    answer = alice_client.post(address(photo), BOX | {"deed": "keep", "name": "Granny"})
    region = FaceRegion.objects.get(source=RegionSource.HUMAN)
    assert answer["Location"] == (reverse("faces:photo", args=[photo.pk]) + f"#face-{region.pk}")
    assert (region.left, region.top, region.width, region.height) == (0.6, 0.5, 0.1, 0.2)
    assert Appearance.objects.get(region=region).person.name == "Granny"


def test_a_face_can_be_added_without_a_name(alice_client: Client, photo: Photo) -> None:
    answer = alice_client.post(address(photo), BOX | {"deed": "keep"}, follow=True)
    assert "The face is added." in answer.content.decode()
    assert FaceRegion.objects.count() == 2
    assert not Appearance.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"left": "95"}, "goes over the right edge"),
        ({"top": "95"}, "goes over the lower edge"),
        ({"width": "0"}, "greater than or equal to 1"),
        ({"name": "Granny", "person": "0"}, "Select a valid choice"),
    ],
)
def test_a_box_that_cannot_be_is_explained(
    alice_client: Client, photo: Photo, change: dict[str, str], said: str
) -> None:
    answer = alice_client.post(address(photo), BOX | change | {"deed": "keep"})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert FaceRegion.objects.count() == 1


@pytest.mark.parametrize(
    ("dismissed", "said"), [(False, "There is a face at this place already"), (True, "not a face")]
)
def test_a_face_is_not_added_twice(
    alice_client: Client, photo: Photo, dismissed: bool, said: str
) -> None:
    FaceRegion.objects.update(dismissed=dismissed)
    known = FaceRegion.objects.get()
    sent = {name: 100 * getattr(known, name) for name in ("left", "top", "width", "height")}
    answer = alice_client.post(address(photo), sent | {"deed": "keep"})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert FaceRegion.objects.count() == 1


def test_the_preview_cuts_out_what_the_box_holds(alice_client: Client, photo: Photo) -> None:
    width, height = 640, 240
    box = {
        "left": f"{100 * GAP / width}",
        "top": f"{100 * GAP / height}",
        "width": f"{100 * SIDE / width}",
        "height": f"{100 * SIDE / height}",
    }
    answer = alice_client.get(reverse("faces:preview", args=[photo.pk]), box)
    assert answer["Content-Type"] == "image/jpeg"
    red, green, _ = Image.open(io.BytesIO(answer.content)).getpixel((112, 112))  # type: ignore[misc]  # of RGB
    assert red > 150 > green


def test_a_preview_of_no_box_is_404(alice_client: Client, photo: Photo) -> None:
    address = reverse("faces:preview", args=[photo.pk])
    assert alice_client.get(address, {"left": "200"}).status_code == 404


@pytest.mark.parametrize("name", ["draw", "preview"])
def test_stranger_gets_404_for_drawing_and_a_housemate_is_told_no(
    bob_client: Client, charlie_client: Client, photo: Photo, name: str
) -> None:
    where = reverse(f"faces:{name}", args=[photo.pk])
    assert charlie_client.get(where).status_code == 404
    assert bob_client.get(where).status_code == 403
    for client in (bob_client, charlie_client):
        answer = client.post(where, BOX | {"deed": "keep"})
        assert answer.status_code in {403, 404, 405}
    assert FaceRegion.objects.count() == 1


def test_only_the_owner_is_offered_to_add_a_face(
    alice_client: Client, bob_client: Client, photo: Photo
) -> None:
    panel = reverse("faces:photo", args=[photo.pk])
    assert address(photo) in alice_client.get(panel).content.decode()
    assert address(photo) not in bob_client.get(panel).content.decode()
