"""The pages of tags, and the API."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from photolib.accounts.models import User
from photolib.library.models import Photo
from photolib.own.models import PhotoTag, Said, Tag
from photolib.own.teaching import learn_due
from tests.factories import photo_row
from tests.own.looks import asked_about, photos_of, tag_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def boats(alice: User) -> list[Photo]:
    found = photos_of(alice, 1, 9)
    photos_of(alice, 2, 12)
    tag_all(found[:5], "boat")
    learn_due(timezone.now())
    return found


def test_a_tag_is_typed_on_the_photos_page_and_can_be_undone(alice: User, alice_client) -> None:
    photo = photo_row(alice)
    address = reverse("pages:photo_tags", args=[photo.pk])
    page = alice_client.post(address, {"name": "regatta"}, follow=True).content.decode()
    assert "Tagged: regatta." in page
    row = PhotoTag.objects.get()
    assert (row.said, row.by) == (Said.YES, alice)
    undo = f"{reverse('pages:tags_undo')}?rows={row.pk}"
    assert undo in page
    alice_client.post(undo)
    assert not PhotoTag.objects.exists()


def test_a_sitting_of_answers_is_kept_together(alice_client: Client, boats) -> None:
    address = reverse("pages:tag_questions")
    page = alice_client.get(address).content.decode()
    keys = list(PhotoTag.objects.filter(said=Said.ASKED).values_list("pk", flat=True))
    assert len(keys) >= 2
    assert all(f'name="row-{key}"' in page for key in keys)
    answers = {f"row-{key}": "later" for key in keys}
    answers |= {f"row-{keys[0]}": "yes", f"row-{keys[1]}": "no"}
    alice_client.post(address, answers)
    said = dict(PhotoTag.objects.filter(pk__in=keys).values_list("pk", "said"))
    assert said == dict.fromkeys(keys, "asked") | {keys[0]: "yes", keys[1]: "no"}
    alice_client.post(f"{reverse('pages:tags_undo')}?rows={keys[0]},{keys[1]}")
    assert set(PhotoTag.objects.filter(pk__in=keys).values_list("said", flat=True)) == {"asked"}


def test_nobody_answers_questions_about_others_photos(bob_client: Client, boats) -> None:
    before = asked_about()
    said = PhotoTag.objects.filter(said=Said.YES)[0]
    keys = PhotoTag.objects.filter(said=Said.ASKED).values_list("pk", flat=True)
    bob_client.post(reverse("pages:tag_questions"), {f"row-{key}": "yes" for key in keys})
    bob_client.post(f"{reverse('pages:tags_undo')}?rows={said.pk}")
    assert before
    assert asked_about() == before
    assert PhotoTag.objects.filter(said=Said.YES).count() == 5


def test_the_tags_page_counts_photos_and_questions(alice_client: Client, boats) -> None:
    page = " ".join(alice_client.get(reverse("pages:tags")).content.decode().split())
    count = len(asked_about())
    assert "5 photos" in page
    assert f"{count} question" in page


def test_a_tags_page_tells_what_was_learnt_and_forgets_it(alice_client: Client, boats) -> None:
    tag = Tag.objects.get()
    address = reverse("pages:tag", args=[tag.pk])
    assert "from 5 photos" in alice_client.get(address).content.decode()
    alice_client.post(reverse("pages:tag_learning", args=[tag.pk]), {"on": "no"})
    page = alice_client.get(address).content.decode()
    assert "Nothing: you had it forgotten." in page
    assert asked_about() == set()


def test_the_number_of_queries_does_not_grow_with_questions(
    alice_client: Client, boats, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(30):
        alice_client.get(reverse("pages:tag_questions"))


def test_a_program_tags_answers_and_takes_back(alice: User, alice_client: Client) -> None:
    photo = photo_row(alice)
    tags = reverse("api:photo_tags", args=[photo.pk])
    made = alice_client.post(tags, {"name": "regatta"})
    assert (made.status_code, made.json()["said"]) == (201, "yes")
    one = reverse("api:photo_tag", args=[photo.pk, made.json()["tag"]])
    denied = alice_client.put(one, {"yes": False}, content_type="application/json")
    assert denied.json()["said"] == "no"
    assert alice_client.get(tags).json() == []
    assert alice_client.delete(one).status_code == 204
    assert not PhotoTag.objects.exists()
