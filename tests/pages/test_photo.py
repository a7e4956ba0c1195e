"""One photo's page and what can be done on it."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.describe.models import Fact, FactKind, HumanText
from photolib.intake.models import StepRun, StepState
from photolib.library.models import Photo
from photolib.library.services import create_album
from photolib.people.models import Appearance, Person
from photolib.people.services import create_person, say_who
from tests.describe.rows import fact_row
from tests.factories import photo_row

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse


def page_of(client: Client, photo: Photo) -> str:
    response = client.get(reverse("pages:photo", args=[photo.pk]))
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, page: str, /, *args: int, **data: object) -> "_MonkeyPatchedWSGIResponse":
    return client.post(reverse(f"pages:{page}", args=args), data)


def test_before_anything_is_seen_date_and_place_are_said(
    alice_client: Client, photo: Photo
) -> None:
    page = page_of(alice_client, photo)
    assert "Not described yet" in page
    assert "2024" in page.split('alt="')[1].split('"')[0]


def test_machine_words_are_marked_with_model_and_date(alice_client: Client, photo: Photo) -> None:
    Fact.objects.create(
        photo=photo, kind=FactKind.OBJECT, label="dog", confidence=0.97, step="find_objects",
        model="ssd-mobilenet-v2", version="1", left=0.1, top=0.1, width=0.3, height=0.3,
    )  # fmt: skip
    page = page_of(alice_client, photo)
    assert "Automatic description" in page
    assert "Made by a machine (ssd-mobilenet-v2" in page
    assert "97 %" in page


def test_the_description_in_full_is_read_as_sentences_and_gathers_what_is_alike(
    alice_client: Client, photo: Photo
) -> None:
    for left in (0.01, 0.02):
        fact_row(photo, "cup", confidence=0.97, left=left, top=0.1, width=0.1, height=0.1)
    page = page_of(alice_client, photo)
    full = page.split("The description in full")[1].split("</details>")[0]
    assert "Two cups, on the left. Date: " in " ".join(full.split())
    found = page.split("What the machine found")[1].split("</details>")[0]
    assert found.count("This is wrong") == 2


def test_words_read_in_the_picture_are_marked_with_their_own_language(
    alice_client: Client, photo: Photo
) -> None:
    Fact.objects.create(
        photo=photo, kind=FactKind.TEXT, label="text", text="Text & Brot", language="de",
        confidence=0.97, step="read_text", model="m", version="1",
    )  # fmt: skip
    page = page_of(alice_client, photo)
    assert 'Text: “<span lang="de">Text &amp; Brot</span>”.' in page


def test_colours_are_told_to_who_asks(alice_client: Client, photo: Photo) -> None:
    assert "<summary>Colours</summary>" not in page_of(alice_client, photo)
    Fact.objects.create(
        photo=photo, kind=FactKind.COLOUR, label="blue", confidence=0.6, step="measure_quality",
        model="m", version="1",
    )  # fmt: skip
    page = page_of(alice_client, photo)
    colours = page.partition("<summary>Colours</summary>")[2].partition("</details>")[0]
    assert "Colours: blue." in colours
    assert "blue" not in page.split('alt="')[1].split('"')[0]


def test_a_wrong_fact_is_not_said_again(alice_client: Client, photo: Photo) -> None:
    fact = Fact.objects.create(
        photo=photo, kind=FactKind.OBJECT, label="dog", confidence=0.97, step="find_objects",
        model="m", version="1", left=0.1, top=0.1, width=0.3, height=0.3,
    )  # fmt: skip
    assert reverse("pages:reject_fact", args=[photo.pk, fact.pk]) in page_of(alice_client, photo)
    post(alice_client, "reject_fact", photo.pk, fact.pk)
    assert "dog" not in page_of(alice_client, photo)


def test_a_fact_of_another_photo_is_left_alone(
    alice: User, alice_client: Client, photo: Photo
) -> None:
    fact = Fact.objects.create(
        photo=photo_row(alice, seed=9), kind=FactKind.OBJECT, label="dog", confidence=0.97,
        step="find_objects", model="m", version="1",
    )  # fmt: skip
    post(alice_client, "reject_fact", photo.pk, fact.pk)
    fact.refresh_from_db()
    assert not fact.rejected


def test_own_words_win_and_can_be_taken_back(alice_client: Client, photo: Photo) -> None:
    post(alice_client, "words", photo.pk, alt="Anna on her first bicycle.", language="en")
    page = page_of(alice_client, photo)
    assert 'alt="Anna on her first bicycle."' in page
    assert "Automatic description" not in page
    post(alice_client, "clear_words", photo.pk, language="en")
    assert "Anna on her first bicycle." not in page_of(alice_client, photo)


def test_words_of_a_chosen_language_are_kept_in_it(alice_client: Client, photo: Photo) -> None:
    address = reverse("pages:words", args=[photo.pk])
    assert 'value="fr"' in alice_client.get(address, {"language": "fr"}).content.decode()
    alice_client.post(address, {"alt": "Anna à vélo.", "language": "fr"})
    assert HumanText.objects.get().language == "fr"
    assert 'lang="fr"' in page_of(alice_client, photo)


def test_an_empty_description_comes_back_with_a_summary_that_takes_focus(
    alice_client: Client, photo: Photo
) -> None:
    response = post(alice_client, "words", photo.pk, alt="", language="en")
    page = response.content.decode()
    assert response.status_code == 200
    assert "data-takes-focus" in page
    assert 'href="#id_alt"' in page
    assert 'aria-invalid="true"' in page


def test_favourite_goes_on_and_off_and_back_to_the_page(
    alice: User, alice_client: Client, photo: Photo
) -> None:
    here = reverse("pages:photo", args=[photo.pk])
    response = post(alice_client, "favourite", photo.pk, on="1", next=here)
    assert response["Location"] == here
    assert photo.favourites.filter(user=alice).exists()
    post(alice_client, "favourite", photo.pk, on="0")
    assert not photo.favourites.exists()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:1"])
def test_nobody_is_sent_to_another_site(alice_client: Client, photo: Photo, elsewhere: str) -> None:
    response = post(alice_client, "favourite", photo.pk, on="1", next=elsewhere)
    assert response["Location"] == reverse("pages:photo", args=[photo.pk])


def test_sharing_shows_the_photo_to_a_housemate(
    alice_client: Client, bob_client: Client, photo: Photo
) -> None:
    post(alice_client, "share", photo.pk, shared="1")
    assert bob_client.get(reverse("pages:photo", args=[photo.pk])).status_code == 200
    post(alice_client, "share", photo.pk, shared="0")
    assert bob_client.get(reverse("pages:photo", args=[photo.pk])).status_code == 404


def test_throwing_away_leads_on_to_the_next_photo(
    alice: User, alice_client: Client, photo: Photo
) -> None:
    other = photo_row(alice, seed=0)
    response = post(alice_client, "throw_away", photo.pk)
    assert response["Location"] == reverse("pages:photo", args=[other.pk])
    assert alice_client.get(reverse("pages:photo", args=[photo.pk])).status_code == 404
    response = post(alice_client, "throw_away", other.pk)
    assert response["Location"] == reverse("pages:timeline")


def test_somebody_new_is_named_and_the_name_taken_off_again(
    alice_client: Client, photo: Photo
) -> None:
    post(alice_client, "photo_people", photo.pk, name="Maya")
    row = Appearance.objects.get()
    assert ">Maya</a>" in page_of(alice_client, photo)
    post(alice_client, "photo_person_remove", photo.pk, row.pk)
    assert ">Maya</a>" not in page_of(alice_client, photo)
    assert Person.objects.count() == 1


def test_a_known_name_typed_again_is_the_same_person(
    alice: User, alice_client: Client, photo: Photo
) -> None:
    assert alice.household
    create_person(household=alice.household, name="Maya", by=alice)
    post(alice_client, "photo_people", photo.pk, name="maya")
    assert Person.objects.count() == 1


def test_a_housemate_does_not_read_a_name_without_a_yes(
    alice: User, bob_client: Client, shared_photo: Photo
) -> None:
    assert alice.household
    maya = create_person(household=alice.household, name="Maya", by=alice)
    say_who(region=None, photo=shared_photo, person=maya, by=alice)
    assert "Maya" not in page_of(bob_client, shared_photo)
    page = bob_client.get(reverse("pages:person", args=[maya.pk])).content.decode()
    assert "photo-grid" not in page
    assert "0 photos" in bob_client.get(reverse("pages:people")).content.decode()


def test_the_day_can_be_corrected(alice_client: Client, photo: Photo) -> None:
    post(alice_client, "photo_date", photo.pk, taken_on="1999-12-31")
    photo.refresh_from_db()
    assert photo.taken_on == date(1999, 12, 31)
    assert photo.taken_source == "human"
    post(alice_client, "photo_date", photo.pk, taken_on="yesterday")
    photo.refresh_from_db()
    assert photo.taken_on == date(1999, 12, 31)


def test_photo_goes_into_an_album(alice: User, alice_client: Client, photo: Photo) -> None:
    album = create_album(owner=alice, title="Summer")
    post(alice_client, "photo_albums", photo.pk, album=album.pk)
    assert list(album.photos.all()) == [photo]
    assert ">Summer</a>" in page_of(alice_client, photo)


def test_step_set_aside_is_shown_to_the_owner_with_a_way_to_try_again(
    alice_client: Client, bob_client: Client, shared_photo: Photo
) -> None:
    run = StepRun.objects.create(
        photo=shared_photo, step="make_renditions", version=1, state=StepState.PARKED,
        error="The picture ends too early.", attempts=3,
    )  # fmt: skip
    assert "The picture ends too early." in page_of(alice_client, shared_photo)
    assert "The picture ends too early." not in page_of(bob_client, shared_photo)
    post(alice_client, "jobs_retry", photo=shared_photo.pk)
    run.refresh_from_db()
    assert (run.state, run.attempts) == (StepState.DUE, 0)


def test_a_housemate_cannot_try_anothers_steps_again(
    bob_client: Client, charlie_client: Client, photo: Photo, shared_photo: Photo
) -> None:
    assert post(bob_client, "jobs_retry", photo=shared_photo.pk).status_code == 403
    assert post(bob_client, "jobs_retry", photo=photo.pk).status_code == 404
    assert post(charlie_client, "jobs_retry", photo=shared_photo.pk).status_code == 404


def test_the_way_back_names_this_photo(alice_client: Client, photo: Photo) -> None:
    way = f"{reverse('pages:timeline')}?at={photo.pk}#photo-{photo.pk}"
    assert f'href="{way}"' in page_of(alice_client, photo)


def test_neighbours_are_the_newer_and_the_older_photo(alice: User, alice_client: Client) -> None:
    older, middle, newer = (photo_row(alice, seed=seed) for seed in (1, 2, 3))
    page = page_of(alice_client, middle)
    left = page.split('data-key="ArrowLeft"')[0].rsplit("<a", 1)[1]
    right = page.split('data-key="ArrowRight"')[0].rsplit("<a", 1)[1]
    assert reverse("pages:photo", args=[newer.pk]) in left
    assert reverse("pages:photo", args=[older.pk]) in right


def test_descriptions_are_read_in_the_language_one_chose_and_say_so(
    alice: User, alice_client: Client, photo: Photo
) -> None:
    Fact.objects.create(
        photo=photo, kind=FactKind.OBJECT, label="bear", confidence=0.97, step="find_objects",
        model="m", version="1",
    )  # fmt: skip
    alice.description_language = "de"
    alice.save()
    page = page_of(alice_client, photo)
    assert '<html lang="en"' in page
    assert 'alt="Ein Bär.' in page
    assert page.split('alt="Ein Bär.')[1].split('"')[1:3] == [" lang=", "de"]
    assert "Automatic description" in page
    assert '<span lang="de">' in page.split("What the machine found")[1].split("Ein Bär.")[0]
    timeline = alice_client.get(reverse("pages:timeline")).content.decode()
    assert "Ein Bär." in timeline


def test_own_words_are_written_in_the_language_one_reads(
    alice: User, alice_client: Client, photo: Photo
) -> None:
    alice.description_language = "nl"
    alice.save()
    page = alice_client.get(reverse("pages:words", args=[photo.pk])).content.decode()
    assert "In Dutch" in page
    post(alice_client, "words", photo.pk, alt="Anna op haar eerste fiets.", language="nl")
    assert HumanText.objects.get(photo=photo).language == "nl"
    assert 'alt="Anna op haar eerste fiets." lang="nl"' in page_of(alice_client, photo)
