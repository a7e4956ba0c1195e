"""Programs read the queue and answer as the pages do."""

import pytest
from rest_framework.test import APIClient

from photolib.accounts.models import User
from photolib.describe.models import Draft, HumanText, Review
from photolib.library.models import Photo
from tests.api.test_api import with_token
from tests.describe.rows import fact_row
from tests.factories import photo_row

pytestmark = pytest.mark.django_db

QUEUE = "/api/v1/review/"


@pytest.fixture
def alice_api(alice: User) -> APIClient:
    return with_token(alice)


@pytest.fixture
def dog(alice: User) -> Photo:
    photo = photo_row(alice, seed=1)
    fact_row(photo, "dog")
    return photo


def test_the_queue_is_listed_answered_and_taken_back(alice_api: APIClient, dog: Photo) -> None:
    (waiting,) = alice_api.get(QUEUE).json()["results"]
    assert (waiting["photo"], waiting["why"]) == (dog.pk, "new")
    assert waiting["claims"]
    address = f"/api/v1/photos/{dog.pk}/review/"
    body = {"answer": "accept", "shown": waiting["shown"]}
    assert alice_api.post(address, body, format="json").status_code == 204
    assert alice_api.get(QUEUE).json()["results"] == []
    assert alice_api.delete(address).status_code == 204
    assert len(alice_api.get(QUEUE).json()["results"]) == 1


def test_an_answer_to_what_is_no_more_is_refused_with_the_reason(alice_api, dog: Photo) -> None:
    answer = alice_api.post(
        f"/api/v1/photos/{dog.pk}/review/", {"answer": "accept", "shown": "old"}, format="json"
    )
    assert answer.status_code == 400
    assert "looked at this photo again" in answer.json()["detail"]


def test_a_draft_is_accepted_by_its_key(alice_api: APIClient, dog: Photo) -> None:
    Draft.objects.create(photo=dog, language="en", alt="A dog asleep", model="llava")
    (waiting,) = alice_api.get(QUEUE).json()["results"]
    body = {"answer": "accept", "draft": waiting["drafts"][0]["id"]}
    assert (
        alice_api.post(f"/api/v1/photos/{dog.pk}/review/", body, format="json").status_code == 204
    )
    assert HumanText.objects.get().alt == "A dog asleep"


def test_a_housemate_asks_but_does_not_answer(bob: User, alice_api, dog: Photo) -> None:
    Photo.objects.update(shared_with_household=True)
    bob_api = with_token(bob)
    assert bob_api.put(f"/api/v1/photos/{dog.pk}/better/").status_code == 204
    (waiting,) = alice_api.get(QUEUE).json()["results"]
    assert (waiting["why"], waiting["wanted_by"]) == ("wanted", "Bob")
    body = {"answer": "accept", "shown": waiting["shown"]}
    answer = bob_api.post(f"/api/v1/photos/{dog.pk}/review/", body, format="json")
    assert answer.status_code == 403
    assert bob_api.delete(f"/api/v1/photos/{dog.pk}/better/").status_code == 204
    assert Review.objects.get().wanted_at is None


def test_a_token_that_may_only_read_does_not_answer(alice: User, dog: Photo) -> None:
    reader = with_token(alice, "photos:read")
    assert reader.get(QUEUE).status_code == 200
    assert reader.post(f"/api/v1/photos/{dog.pk}/review/", {}, format="json").status_code == 403
