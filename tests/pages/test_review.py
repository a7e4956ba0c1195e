"""The pages on which an owner looks at the machine's words, and asks for better ones."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.describe.models import Draft, HumanText, Review, ReviewState
from photolib.describe.review_marks import digest_of, marks_of
from photolib.describe.reviewing import want_better
from photolib.library.models import Photo
from tests.describe.rows import fact_row
from tests.factories import photo_row

pytestmark = pytest.mark.django_db

QUEUE, LIST = "/review/", "/review/list/"


@pytest.fixture
def photos(alice: User) -> list[Photo]:
    """Three photos with a dog each, as the queue has them: the newest first."""
    rows = [photo_row(alice, seed=seed) for seed in (3, 2, 1)]
    for row in rows:
        fact_row(row, "dog")
    return rows


def shown(photo: Photo) -> str:
    return digest_of(marks_of([photo])[photo.pk])


def answer(client: Client, photo: Photo, said: str, **fields: object) -> str:
    """Send an answer as the page does; where it leads."""
    address = reverse("pages:review_answer", args=[photo.pk])
    response = client.post(address, {"answer": said, "shown": shown(photo)} | fields)
    assert response.status_code == 302
    return response["Location"]


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_page_says_which_of_how_many(alice_client: Client, photos: list[Photo]) -> None:
    assert "1 of 3: photo of Saturday, 6 July 2024" in html(alice_client, QUEUE)
    assert "3 of 3" in html(alice_client, f"{QUEUE}?photo={photos[2].pk}")


@pytest.mark.parametrize("said", ["accept", "reject"])
def test_an_answer_leads_to_the_heading_of_the_next_photo(alice_client, photos, said) -> None:
    assert answer(alice_client, photos[1], said) == f"/review/?photo={photos[2].pk}#question"
    assert Review.objects.get(photo=photos[1]).state == f"{said}ed"
    assert answer(alice_client, photos[2], said) == f"/review/?photo={photos[0].pk}#question"
    assert answer(alice_client, photos[0], said) == "/review/#question"
    assert "No description waits for you." in html(alice_client, QUEUE)


def test_the_message_takes_the_answer_back(alice_client: Client, photos: list[Photo]) -> None:
    answer(alice_client, photos[0], "accept")
    undo = reverse("pages:review_undo", args=[photos[0].pk])
    assert undo in html(alice_client, QUEUE)
    response = alice_client.post(undo)
    assert response["Location"] == f"/review/?photo={photos[0].pk}#question"
    assert Review.objects.get().state == ReviewState.WAITING


def test_what_has_changed_meanwhile_is_shown_again(alice_client, photos: list[Photo]) -> None:
    before = shown(photos[0])
    fact_row(photos[0], "cat")
    where = answer(alice_client, photos[0], "accept", shown=before)
    assert where == f"/review/?photo={photos[0].pk}#question"
    assert "has looked at this photo again" in html(alice_client, where)
    assert not Review.objects.filter(state=ReviewState.ACCEPTED).exists()


def test_an_answer_that_is_none_changes_nothing(alice_client, photos: list[Photo]) -> None:
    answer(alice_client, photos[0], "perhaps")
    assert not Review.objects.exists()


def test_editing_leads_on_to_the_next_photo(alice_client, photos: list[Photo]) -> None:
    link = re.search(r'href="(/photos/\d+/words/\?[^"]+)"', html(alice_client, QUEUE))
    assert link
    response = alice_client.post(link[1], {"language": "en", "alt": "Rex asleep"})
    assert response["Location"] == f"/review/?photo={photos[1].pk}#question"
    assert HumanText.objects.get().photo == photos[0]


def test_a_form_leads_to_no_other_site(alice_client, photos: list[Photo]) -> None:
    where = answer(alice_client, photos[0], "accept", next="//elsewhere.example/")
    assert where.startswith("/review/")
    words = f"{reverse('pages:words', args=[photos[1].pk])}?next=//elsewhere.example/"
    response = alice_client.post(words, {"language": "en", "alt": "Rex"})
    assert response["Location"] == reverse("pages:photo", args=[photos[1].pk])


def test_a_page_of_the_list_is_accepted_at_once(alice: User, alice_client, photos) -> None:
    for seed in range(10, 19):
        fact_row(photo_row(alice, seed=seed), "cat")
    page = html(alice_client, LIST)
    assert "12 photos wait." in page
    assert "Accept all 10 descriptions on this page" in page
    entries = re.findall(r'name="photo" value="([^"]+)"', page)
    fact_row(Photo.objects.get(pk=entries[0].partition(":")[0]), "boat")
    alice_client.post(reverse("pages:review_accept_all"), {"photo": entries})
    page = html(alice_client, LIST)
    assert "9 descriptions are kept as checked. 1 has changed meanwhile" in page
    assert "3 photos wait." in page


def test_nobody_accepts_for_somebody_else(alice, bob_client: Client, photos) -> None:
    Photo.objects.update(shared_with_household=True)
    entry = f"{photos[0].pk}:{shown(photos[0])}"
    assert bob_client.post(reverse("pages:review_accept_all"), {"photo": entry}).status_code == 403
    address = reverse("pages:review_answer", args=[photos[0].pk])
    body = {"answer": "accept", "shown": shown(photos[0])}
    assert bob_client.post(address, body).status_code == 403
    assert not Review.objects.exists()


def test_the_menu_says_how_many_wait(alice_client, bob_client, photos: list[Photo]) -> None:
    assert '<span class="nav-count">3</span>' in html(alice_client, "/albums/")
    assert "nav-count" not in html(bob_client, "/albums/")


def test_a_draft_stands_beside_the_words_and_is_taken_over(alice_client, photos) -> None:
    draft = Draft.objects.create(
        photo=photos[1], language="en", alt="A dog on a red sofa", model="llava"
    )
    page = html(alice_client, QUEUE)
    assert "A draft by llava" in page
    assert "Nobody has checked it." in page
    answer(alice_client, photos[1], "accept", draft=draft.pk)
    page = html(alice_client, reverse("pages:photo", args=[photos[1].pk]))
    assert "These words began as a draft by llava" in page


def test_a_draft_can_be_edited_first(alice_client: Client, photos: list[Photo]) -> None:
    Draft.objects.create(photo=photos[0], language="fr", alt="Un chien", model="llava")
    link = re.search(r'href="(/photos/\d+/words/\?language=fr[^"]+)"', html(alice_client, QUEUE))
    assert link
    address = link[1].replace("&amp;", "&")
    assert "Un chien" in html(alice_client, address)
    alice_client.post(address, {"language": "fr", "alt": "Rex"})
    text = HumanText.objects.get()
    assert (text.language, text.alt, text.drafted_by) == ("fr", "Rex", "llava")


def test_a_draft_of_another_photo_is_not_taken_over(alice_client, photos: list[Photo]) -> None:
    draft = Draft.objects.create(photo=photos[1], language="en", alt="A dog", model="llava")
    address = reverse("pages:review_answer", args=[photos[0].pk])
    body = {"answer": "accept", "draft": draft.pk}
    assert alice_client.post(address, body).status_code == 404


def test_a_housemate_asks_for_better_words(alice_client, bob_client, photos) -> None:
    Photo.objects.filter(pk=photos[2].pk).update(shared_with_household=True)
    page = reverse("pages:photo", args=[photos[2].pk])
    assert "Describe this better" in html(bob_client, page)
    bob_client.post(reverse("pages:better", args=[photos[2].pk]), {"on": "yes"})
    assert "Bob asked for better words." in html(alice_client, page)
    assert "Bob asks for better words." in html(alice_client, QUEUE)
    bob_client.post(reverse("pages:better", args=[photos[2].pk]), {"on": "no"})
    assert "Describe this better" in html(bob_client, page)


def test_who_checked_it_stands_with_the_description(alice_client, photos) -> None:
    answer(alice_client, photos[0], "accept")
    page = html(alice_client, reverse("pages:photo", args=[photos[0].pk]))
    assert "Checked by Alice" in page


def test_a_rejected_description_is_put_back_from_the_photo(alice_client, photos) -> None:
    answer(alice_client, photos[0], "reject")
    address = reverse("pages:photo", args=[photos[0].pk])
    page = html(alice_client, address)
    assert "A dog" not in page
    assert "it is not told" in page
    alice_client.post(reverse("pages:review_undo", args=[photos[0].pk]))
    assert "A dog" in html(alice_client, address)


def test_what_somebody_asked_for_comes_first(bob: User, alice_client, photos) -> None:
    want_better(photo=photos[2], by=bob)
    assert "1 of 3" in html(alice_client, f"{QUEUE}?photo={photos[2].pk}")
