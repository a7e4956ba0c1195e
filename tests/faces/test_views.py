"""The pages of faces: for the owner, a housemate, a stranger, and somebody who is not signed in."""

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from faces.models import FaceGroup, GroupingSession, UnknownFace
from photolib.accounts.models import User
from photolib.library.models import Photo, RecognitionState
from photolib.library.renditions import encode_renditions, write_renditions
from photolib.people.models import Appearance, FaceRegion, NotThisPerson, Person
from tests.faces.conftest import House

pytestmark = pytest.mark.django_db


def drawn(house: House, photo: Photo) -> Photo:
    """The photo with the renditions that pages show."""
    write_renditions(photo.pk, encode_renditions(house.pictures[photo.pk]))
    return photo


@pytest.fixture
def region(house: House) -> FaceRegion:
    """A nameless face in a photo that the household may see."""
    photo = drawn(house, house.photo("red", "blue", shared_with_household=True))
    return house.look(photo)[0]


@pytest.fixture
def question(house: House, region: FaceRegion) -> Appearance:
    return Appearance.objects.create(
        person=house.person("Anna"),
        photo=region.photo,
        region=region,
        state="asked",
        source="machine",
        expires_at=timezone.now() + timedelta(days=30),
    )


@pytest.fixture
def group(house: House) -> FaceGroup:
    house.switch(RecognitionState.HOUSEHOLD)
    for light in (110, 150, 200):
        house.look(drawn(house, house.photo("red", light=light, shared_with_household=True)))
    return FaceGroup.objects.get()


def test_the_panel_lists_every_face_in_words(alice_client: Client, region: FaceRegion) -> None:
    page = alice_client.get(reverse("faces:photo", args=[region.photo_id])).content.decode()
    assert "Face 1 of 2, left" in page
    assert 'alt="Face 1 of 2, left, from the photo of 6 July 2024"' in page
    assert page.count("Say who this is") == 2


def test_a_housemate_sees_faces_without_crops_or_buttons(
    bob_client: Client, region: FaceRegion
) -> None:
    page = bob_client.get(reverse("faces:photo", args=[region.photo_id])).content.decode()
    assert "Face 1 of 2, left" in page
    assert "<img" not in page
    assert reverse("faces:name", args=[region.pk]) not in page


def test_the_owner_gets_a_square_crop(alice_client: Client, region: FaceRegion) -> None:
    answer = alice_client.get(reverse("faces:crop", args=[region.pk]))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"].startswith("private")
    image = Image.open(io.BytesIO(answer.content))
    assert image.size[0] == image.size[1]
    red, green, blue = image.convert("RGB").getpixel((112, 112))  # type: ignore[misc]  # of RGB
    assert red > 150 > green
    assert blue < 100


def test_a_housemate_gets_no_crop_of_a_nameless_face(
    bob_client: Client, region: FaceRegion
) -> None:
    assert bob_client.get(reverse("faces:crop", args=[region.pk])).status_code == 404


def test_a_crop_without_renditions_is_404(house: House, alice_client: Client) -> None:
    (face,) = house.look(house.photo("red"))
    assert alice_client.get(reverse("faces:crop", args=[face.pk])).status_code == 404


def test_a_new_name_makes_a_person_and_an_appearance(
    alice_client: Client, region: FaceRegion
) -> None:
    answer = alice_client.post(reverse("faces:name", args=[region.pk]), {"name": "Granny"})
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#face-{region.pk}")
    assert Appearance.objects.get(region=region).person.name == "Granny"


def test_both_a_person_and_a_name_are_refused(
    alice_client: Client, house: House, region: FaceRegion
) -> None:
    both = {"name": "Granny", "person": house.person("Anna").pk}
    answer = alice_client.post(reverse("faces:name", args=[region.pk]), both, follow=True)
    assert "one of the two" in answer.content.decode()
    assert not Appearance.objects.exists()


def test_not_a_face_and_back(alice_client: Client, region: FaceRegion) -> None:
    alice_client.post(reverse("faces:not_a_face", args=[region.pk]))
    region.refresh_from_db()
    assert region.dismissed
    page = alice_client.get(reverse("faces:photo", args=[region.photo_id])).content.decode()
    assert "Face 1 of 1" in page
    alice_client.post(reverse("faces:is_a_face", args=[region.pk]))
    region.refresh_from_db()
    assert not region.dismissed


def test_taking_a_name_off_is_for_good_until_it_is_taken_back(
    alice_client: Client, house: House, region: FaceRegion
) -> None:
    said = house.names(region, house.person("Anna"))
    alice_client.post(reverse("faces:take_off", args=[said.pk]))
    assert not Appearance.objects.exists()
    refusal = NotThisPerson.objects.get()
    page = alice_client.get(reverse("faces:photo", args=[region.photo_id])).content.decode()
    assert "You said: not Anna." in page
    alice_client.post(reverse("faces:may_be", args=[region.pk, refusal.person_id]))
    assert not NotThisPerson.objects.exists()


def test_review_asks_one_question_with_the_face_in_words(
    alice_client: Client, question: Appearance
) -> None:
    page = alice_client.get(reverse("faces:review")).content.decode()
    assert "Is this Anna?" in page
    assert "Face 1 of 2, left, in the photo of 6 July 2024." in page


def test_review_tells_of_other_photos_of_that_day(
    alice_client: Client, house: House, question: Appearance
) -> None:
    (other,) = house.look(house.photo("red"))
    house.names(other, question.person)
    page = alice_client.get(reverse("faces:review")).content.decode()
    assert "Anna is in 1 other photo of that day." in page


@pytest.mark.parametrize(
    ("answer", "state", "refusals"), [("yes", ["confirmed"], 0), ("no", [], 1), ("other", [], 0)]
)
def test_a_question_is_answered(
    alice_client: Client, question: Appearance, answer: str, state: list[str], refusals: int
) -> None:
    sent = {"answer": answer, "name": "Ben"}
    back = alice_client.post(reverse("faces:question", args=[question.pk]), sent)
    assert back["Location"] == reverse("faces:review") + "#question"
    rows = Appearance.objects.filter(person=question.person)
    assert [row.state for row in rows] == state
    assert NotThisPerson.objects.count() == refusals
    assert Person.objects.filter(name="Ben").exists() == (answer == "other")


def test_a_question_about_no_face_dismisses_it(
    alice_client: Client, question: Appearance, region: FaceRegion
) -> None:
    alice_client.post(reverse("faces:question", args=[question.pk]), {"answer": "not-a-face"})
    region.refresh_from_db()
    assert region.dismissed


def test_an_ended_question_is_not_asked(alice_client: Client, question: Appearance) -> None:
    Appearance.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert "Is this Anna?" not in alice_client.get(reverse("faces:review")).content.decode()
    answer = alice_client.post(reverse("faces:question", args=[question.pk]), {"answer": "yes"})
    assert answer.status_code == 404


def test_a_skipped_question_makes_room_for_the_next(
    alice_client: Client, house: House, question: Appearance
) -> None:
    other = FaceRegion.objects.exclude(pk=question.region_id or 0).get()
    Appearance.objects.create(
        person=house.person("Zoe"), photo=other.photo, region=other, state="asked", source="machine"
    )
    page = alice_client.get(reverse("faces:review") + f"?skip={question.pk}").content.decode()
    assert "Is this Zoe?" in page


def test_a_group_is_named_from_its_page(alice_client: Client, group: FaceGroup) -> None:
    assert reverse("faces:group", args=[group.pk]) in (
        alice_client.get(reverse("faces:review")).content.decode()
    )
    address = reverse("faces:group", args=[group.pk])
    page = alice_client.get(address).content.decode()
    shown = re.findall(r'name="shown" value="(\d+)"', page)
    assert len(shown) == 3
    sent = {"shown": shown, "region": shown[:2], "name": "Granny"}
    answer = alice_client.post(address, sent, follow=True)
    assert "2 faces are now Granny." in answer.content.decode()
    assert Appearance.objects.filter(person__name="Granny").count() == 2


def test_a_group_without_a_name_given_explains_itself(
    alice_client: Client, group: FaceGroup
) -> None:
    answer = alice_client.post(reverse("faces:group", args=[group.pk]), {"name": ""})
    assert answer.status_code == 400
    assert "one of the two" in answer.content.decode()
    assert UnknownFace.objects.count() == 3


def test_a_group_is_left_out_and_shown_again(alice_client: Client, group: FaceGroup) -> None:
    address = reverse("faces:hide_group", args=[group.pk])
    alice_client.post(address, {"hidden": "1"})
    assert "Left out" in alice_client.get(reverse("faces:review")).content.decode()
    alice_client.post(address, {"hidden": "0"})
    group.refresh_from_db()
    assert not group.hidden


def test_switching_asks_a_second_time_and_only_then_switches(
    alice_client: Client, house: House
) -> None:
    address = reverse("faces:settings")
    sent = {"state": "household", "declared": "on", "keep_days": "14"}
    page = alice_client.post(address, sent).content.decode()
    assert "Please confirm" in page
    assert "14 days" in page
    house.library.refresh_from_db()
    assert house.library.recognition == RecognitionState.OFF
    alice_client.post(address, sent | {"confirmed": "yes"})
    assert house.library.recognition == RecognitionState.HOUSEHOLD
    assert GroupingSession.objects.get().keep_days == 14


def test_grouping_without_the_declaration_is_refused_in_words(
    alice_client: Client, house: House
) -> None:
    answer = alice_client.post(
        reverse("faces:settings"), {"state": "household", "keep_days": "30", "confirmed": "yes"}
    )
    assert answer.status_code == 400
    assert "Household grouping needs this declaration" in answer.content.decode()
    assert house.library.recognition == RecognitionState.OFF


def test_the_settings_say_who_said_yes(alice_client: Client, house: House) -> None:
    house.switch(RecognitionState.CONSENTED)
    house.says(house.person("Anna"), True)
    house.person("Ben")
    page = re.sub(r"\s+", " ", alice_client.get(reverse("faces:settings")).content.decode())
    assert re.search(r"Anna</span> <span class=\"meta\">\s*said yes", page)
    assert re.search(r"Ben</span> <span class=\"meta\">\s*no answer yet", page)


def test_owner_says_whether_a_face_is_a_picture_of_somebody(
    alice_client: Client, region: FaceRegion
) -> None:
    address = reverse("faces:picture", args=[region.pk])
    panel = reverse("faces:photo", args=[region.photo_id])
    assert "not counted as a guest" not in alice_client.get(panel).content.decode()
    answer = alice_client.post(address, {"picture": "yes"})
    assert answer.headers["Location"].endswith(f"#face-{region.pk}")
    page = alice_client.get(panel).content.decode()
    assert "Said by the owner: on a poster or a screen" in page
    alice_client.post(address, {"picture": "no"})
    region.refresh_from_db()
    assert region.said_on_picture is False
    assert "Said by the owner" not in alice_client.get(panel).content.decode()


def test_page_says_which_face_the_machine_takes_for_a_picture(
    alice_client: Client, region: FaceRegion
) -> None:
    FaceRegion.objects.filter(pk=region.pk).update(on_picture=True)
    page = alice_client.get(reverse("faces:photo", args=[region.photo_id])).content.decode()
    assert "This may be a picture of somebody, on a poster or a screen" in page
    assert "Somebody was there" in page


def addresses(question: Appearance) -> dict[str, str]:
    region = question.region
    assert region is not None
    return {
        "photo": reverse("faces:photo", args=[region.photo_id]),
        "crop": reverse("faces:crop", args=[region.pk]),
        "name": reverse("faces:name", args=[region.pk]),
        "not_a_face": reverse("faces:not_a_face", args=[region.pk]),
        "is_a_face": reverse("faces:is_a_face", args=[region.pk]),
        "picture": reverse("faces:picture", args=[region.pk]),
        "may_be": reverse("faces:may_be", args=[region.pk, question.person_id]),
        "take_off": reverse("faces:take_off", args=[question.pk]),
        "question": reverse("faces:question", args=[question.pk]),
    }


GETS = ["photo", "crop"]
POSTS = ["name", "not_a_face", "is_a_face", "picture", "may_be", "take_off", "question"]
GROUP_POSTS = ["group", "hide_group"]


@pytest.mark.parametrize("name", GETS)
def test_stranger_gets_404_for_pages_of_a_face(
    charlie_client: Client, question: Appearance, name: str
) -> None:
    assert charlie_client.get(addresses(question)[name]).status_code == 404


@pytest.mark.parametrize("name", POSTS)
def test_stranger_gets_404_for_every_deed_on_a_face(
    charlie_client: Client, question: Appearance, region: FaceRegion, name: str
) -> None:
    NotThisPerson.objects.create(region=region, person=question.person)
    sent = {"name": "X", "answer": "yes"}
    assert charlie_client.post(addresses(question)[name], sent).status_code == 404


@pytest.mark.parametrize("name", POSTS)
def test_housemate_may_not_change_a_face_they_see(
    bob_client: Client, question: Appearance, region: FaceRegion, name: str
) -> None:
    NotThisPerson.objects.create(region=region, person=question.person)
    before = list(Appearance.objects.values_list("pk", "state"))
    answer = bob_client.post(addresses(question)[name], {"name": "X", "answer": "yes"})
    assert answer.status_code in {403, 404}
    assert list(Appearance.objects.values_list("pk", "state")) == before
    assert FaceRegion.objects.get(pk=region.pk).said_on_picture is None
    assert NotThisPerson.objects.count() == 1


@pytest.mark.parametrize("name", GROUP_POSTS)
def test_housemate_and_stranger_get_404_for_groups(
    bob_client: Client, charlie_client: Client, group: FaceGroup, name: str
) -> None:
    address = reverse(f"faces:{name}", args=[group.pk])
    for client in (bob_client, charlie_client):
        assert client.post(address, {"name": "X", "hidden": "1"}).status_code == 404
    assert bob_client.get(reverse("faces:group", args=[group.pk])).status_code == 404


def test_review_shows_nobody_elses_questions_and_groups(
    bob_client: Client, charlie_client: Client, group: FaceGroup, question: Appearance
) -> None:
    for client in (bob_client, charlie_client):
        page = client.get(reverse("faces:review")).content.decode()
        assert "Is this Anna?" not in page
        assert reverse("faces:group", args=[group.pk]) not in page


def test_stranger_cannot_switch_recognition_without_a_household(
    charlie_client: Client, charlie: User
) -> None:
    sent = {"state": "consented", "keep_days": "30", "confirmed": "yes"}
    answer = charlie_client.post(reverse("faces:settings"), sent)
    assert answer.status_code == 400
    assert "needs a household" in answer.content.decode()


def test_housemate_switches_only_their_own_library(bob_client: Client, house: House) -> None:
    sent = {"state": "consented", "keep_days": "30", "confirmed": "yes"}
    assert bob_client.post(reverse("faces:settings"), sent).status_code == 302
    assert house.library.recognition == RecognitionState.OFF


def test_signed_out_visitor_is_sent_to_sign_in(
    client: Client, question: Appearance, group: FaceGroup
) -> None:
    everything = [
        *addresses(question).values(),
        reverse("faces:review"),
        reverse("faces:settings"),
        reverse("faces:group", args=[group.pk]),
        reverse("faces:hide_group", args=[group.pk]),
    ]
    for address in everything:
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302
            assert reverse("accounts:sign_in") in answer["Location"]


def test_the_panel_costs_no_more_queries_for_more_faces(
    alice_client: Client, house: House, django_assert_max_num_queries: object
) -> None:
    few, many = house.photo("red"), house.photo("red", "blue", "green", "yellow", "pink")
    for photo in (few, many):
        house.look(photo)
    counts = []
    for photo in (few, many, few, many):
        with django_assert_max_num_queries(60) as asked:  # type: ignore[operator]  # a fixture
            alice_client.get(reverse("faces:photo", args=[photo.pk]))
        counts.append(len(asked))
    # One list of people for each face's own form is all that may grow.
    assert counts[3] - counts[2] <= 4
