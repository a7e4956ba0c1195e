"""Which of these faces are Anna: many questions on one page."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from photolib.people.models import Appearance, FaceRegion, NotThisPerson, Person
from tests.faces.conftest import House

pytestmark = pytest.mark.django_db


def ask(region: FaceRegion, person: Person) -> Appearance:
    return Appearance.objects.create(
        person=person,
        photo=region.photo,
        region=region,
        state="asked",
        source="machine",
        expires_at=timezone.now() + timedelta(days=30),
    )


@pytest.fixture
def anna(house: House) -> Person:
    return house.person("Anna")


@pytest.fixture
def asked(house: House, anna: Person) -> list[Appearance]:
    """Five questions about Anna, each in a photo of two faces that the household may see."""
    photos = [house.photo("red", "blue", shared_with_household=True) for _ in range(5)]
    return [ask(house.look(photo)[0], anna) for photo in photos]


def address(person: Person) -> str:
    return reverse("faces:which", args=[person.pk])


def test_every_face_is_ticked_and_told_in_words(
    alice_client: Client, anna: Person, asked: list[Appearance]
) -> None:
    page = alice_client.get(address(anna)).content.decode()
    assert "Which of these 5 faces are Anna?" in page
    alt = 'alt="Face 1 of 2, left, from the photo of 6 July 2024; looks like Anna"'
    assert page.count(alt) == 5
    assert len(re.findall(r'<input type="checkbox"[^>]* checked', page)) == 5
    assert "Save the answers for these 5 faces" in page


def test_ticks_and_choices_become_answers(
    alice_client: Client, house: House, anna: Person, asked: list[Appearance]
) -> None:
    yes, no, later, no_face, other = asked
    ben = house.person("Ben")
    sent = {
        "asked": [question.pk for question in asked],
        f"yes-{yes.pk}": "on",
        # What is chosen below a face counts instead of its tick.
        f"yes-{later.pk}": "on",
        f"otherwise-{later.pk}": "later",
        f"otherwise-{no_face.pk}": "not-a-face",
        f"otherwise-{other.pk}": str(ben.pk),
    }
    page = alice_client.post(address(anna), sent, follow=True).content.decode()
    assert "1 face is now Anna. 1 face is not Anna. 1 face is somebody else." in page
    assert "1 is not a face. 1 question stays open." in page
    confirmed = Appearance.objects.filter(state="confirmed").values_list("region", "person")
    assert set(confirmed) == {(yes.region_id, anna.pk), (other.region_id, ben.pk)}
    assert list(Appearance.objects.filter(state="asked")) == [later]
    assert [row.region_id for row in NotThisPerson.objects.all()] == [no.region_id]
    assert FaceRegion.objects.get(dismissed=True).pk == no_face.region_id


def test_a_question_that_was_not_on_the_page_stays_open(
    alice_client: Client, anna: Person, asked: list[Appearance]
) -> None:
    alice_client.post(address(anna), {"asked": [asked[0].pk]})
    assert set(Appearance.objects.filter(state="asked")) == set(asked[1:])


def test_the_next_page_of_questions_follows_until_none_is_left(
    alice_client: Client,
    anna: Person,
    asked: list[Appearance],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("faces.views.which.SHOWN", 3)
    targets = []
    for _ in range(2):
        page = alice_client.get(address(anna)).content.decode()
        shown = re.findall(r'name="asked" value="(\d+)"', page)
        sent = {"asked": shown} | {f"yes-{key}": "on" for key in shown}
        targets.append(alice_client.post(address(anna), sent)["Location"])
    assert targets == [address(anna), reverse("faces:review") + "#question"]
    assert Appearance.objects.filter(state="confirmed").count() == 5


def test_an_answer_that_cannot_be_kept_is_explained_and_leaves_the_others_alone(
    alice_client: Client, house: House, anna: Person, asked: list[Appearance]
) -> None:
    elsewhere = FaceRegion.objects.filter(photo=asked[0].photo).exclude(pk=asked[0].region_id or 0)
    house.names(elsewhere.get(), anna)
    again = ask(asked[0].region or elsewhere.get(), anna)
    sent = {"asked": [again.pk, asked[1].pk], f"yes-{again.pk}": "on", f"yes-{asked[1].pk}": "on"}
    page = alice_client.post(address(anna), sent, follow=True).content.decode()
    assert "1 face is now Anna." in page
    assert "Anna is already at another face in this photo." in page


def test_a_made_up_person_is_refused(
    alice_client: Client, anna: Person, asked: list[Appearance]
) -> None:
    sent = {"asked": [asked[0].pk], f"otherwise-{asked[0].pk}": "424242"}
    assert alice_client.post(address(anna), sent).status_code == 400
    assert Appearance.objects.filter(state="asked").count() == 5


def test_review_offers_all_questions_about_one_person_at_once(
    alice_client: Client, house: House, anna: Person, asked: list[Appearance]
) -> None:
    one = FaceRegion.objects.filter(left__gt=asked[0].region.left).first()  # type: ignore[union-attr]
    assert one is not None
    ask(one, house.person("Zoe"))
    page = alice_client.get(reverse("faces:review")).content.decode()
    assert "Which of these 5 faces are Anna?" in page
    assert "faces are Zoe?" not in page


def test_a_housemate_answers_nothing_and_a_stranger_gets_404(
    bob_client: Client, charlie_client: Client, anna: Person, asked: list[Appearance]
) -> None:
    sent = {"asked": [question.pk for question in asked], f"yes-{asked[0].pk}": "on"}
    page = bob_client.get(address(anna)).content.decode()
    assert "No question about Anna is open" in page
    assert "<img" not in page
    bob_client.post(address(anna), sent)
    assert charlie_client.get(address(anna)).status_code == 404
    assert charlie_client.post(address(anna), sent).status_code == 404
    assert Appearance.objects.filter(state="asked").count() == 5
    assert not NotThisPerson.objects.exists()


def test_more_faces_cost_no_more_queries(
    alice_client: Client,
    house: House,
    anna: Person,
    asked: list[Appearance],
    django_assert_max_num_queries: object,
) -> None:
    Appearance.objects.exclude(pk=asked[0].pk).update(expires_at=timezone.now())
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(60) as few:  # type: ignore[operator]  # a fixture
            alice_client.get(address(anna))
        counts.append(len(few))
    Appearance.objects.update(expires_at=timezone.now() + timedelta(days=1))
    with django_assert_max_num_queries(60) as many:  # type: ignore[operator]  # a fixture
        alice_client.get(address(anna))
    assert len(many) == counts[1]
