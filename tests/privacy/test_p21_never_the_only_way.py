"""P21: recognition is never the only way to do a thing. (WCAG itself: tests/e2e, with axe.)"""

import pytest
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.consent.queries import sightings
from photolib.describe.queries import texts_for
from photolib.library.models import RecognitionState
from photolib.library.services import library_of
from photolib.people.models import Appearance, FaceRegion
from photolib.people.services import draw_region, say_who
from photolib.search.queries import search_photos
from photolib.search.services import index_photo
from tests.factories import photo_row

pytestmark = pytest.mark.django_db


def test_p21_without_recognition_people_are_named_found_described_and_listed(
    alice: User, alice_client: Client
) -> None:
    photo = photo_row(alice)
    assert library_of(alice).recognition == RecognitionState.OFF
    alice_client.post(reverse("pages:photo_people", args=[photo.pk]), {"name": "Rosa"})
    person = Appearance.objects.get().person
    assert [seen.name for seen in sightings([photo], alice)[photo.pk]] == ["Rosa"]
    assert "Rosa" in texts_for([photo], alice, "en")[photo.pk].alt
    index_photo(photo)
    assert list(search_photos(alice, "Rosa", "en").photos) == [photo]
    for address in ("pages:people", "pages:person"):
        args = [person.pk] if address == "pages:person" else []
        assert "Rosa" in alice_client.get(reverse(address, args=args)).content.decode()


def test_p21_a_face_the_machine_missed_is_drawn_and_named_by_hand(alice: User) -> None:
    photo = photo_row(alice)
    region = draw_region(photo=photo, left=0.1, top=0.1, width=0.2, height=0.2, by=alice)
    assert alice.household is not None
    person = alice.household.people.create(name="Rosa", created_by=alice)
    say_who(region=region, photo=photo, person=person, by=alice)
    assert FaceRegion.objects.get().appearances.get().person == person
