"""Carol hands over photos of her own, so that Bob's library knows her, and takes them back."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from faces.changing import begin_change, finish_change
from faces.erasure import expire
from faces.grounds import Ground, grounds_of
from faces.handing import hand_over
from faces.models import HandOver, Template
from faces.packs import BUNDLED, BY_NAME
from photolib.accounts.models import User
from photolib.consent import keys
from photolib.consent.models import ErasureReceipt, Purpose
from photolib.consent.services import answer
from photolib.core.errors import NotAllowed, PhotolibError
from photolib.core.knowledge import kept_of_person
from photolib.library.models import RecognitionState
from photolib.library.services import (
    move_to_trash,
    set_shared,
)
from photolib.people.models import Person
from photolib.people.services import create_person, say_not
from tests.faces.across import Commits, Home, Own
from tests.faces.conftest import House
from tests.faces.fake_engine import FakeEngine

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(alice: User, bob: User, commits: Commits) -> Home:
    return Home(House(alice), House(bob), commits)


@pytest.fixture
def own(home: Home) -> Own:
    made = Own(home)
    home.says(True, home.bob)
    assert home.learnt() == []
    return made


def test_carol_hands_over_private_photos_and_bobs_library_knows_her(own: Own) -> None:
    own.home.bob.photo("red", light=250)
    assert own.hands_over(own.regions[:2]) == 2
    assert {one.region for one in own.home.learnt()} == set(own.regions[:2])
    assert own.home.seen_by_bob() == [("Carol", "auto")]
    # Bob still does not see them, and her own library, which is off, keeps nothing.
    assert not Template.objects.filter(library=own.house.library).exists()
    client = Client()
    client.force_login(own.home.bob.owner)
    for region in own.regions[:2]:
        assert client.get(reverse("pages:photo", args=[region.photo_id])).status_code == 404
        assert client.get(reverse("faces:crop", args=[region.pk])).status_code == 404


def test_of_other_faces_in_a_photo_handed_over_nothing_is_measured(
    own: Own, fake: FakeEngine
) -> None:
    photo = own.house.photo("red", "blue", light=150)
    red, _blue = own.house.look(photo)
    own.house.names(red, own.home.carol)
    own.home.settle()
    before = fake.embedded
    own.hands_over([red])
    assert fake.embedded == before + 1


def test_taking_one_photo_back_takes_what_was_measured_in_it(own: Own) -> None:
    own.hands_over(own.regions[:2])
    assert own.takes_back(own.regions[:1]) == 1
    assert [one.region for one in own.home.learnt()] == [own.regions[1]]
    key_id = own.home.learnt()[0].key_id
    assert own.takes_back() == 1
    assert own.home.learnt() == []
    assert not keys.exists(key_id)


def test_a_photo_taken_back_still_teaches_where_it_is_shared_and_recognition_is_on(
    own: Own,
) -> None:
    own.hands_over(own.regions[:1])
    with own.home.commits():
        own.house.switch(RecognitionState.CONSENTED)
        set_shared(photos=[own.regions[0].photo], shared=True, by=own.user)
    own.takes_back()
    assert [one.region for one in own.home.learnt()] == [own.regions[0]]


@pytest.mark.parametrize("end", ["a no", "switching off", "trash", "the name"])
def test_a_hand_over_ends_with(own: Own, end: str) -> None:
    own.hands_over(own.regions[:1])
    (template,) = own.home.learnt()
    region = own.regions[0]
    if end == "a no":
        own.home.says(False, own.home.bob)
    elif end == "switching off":
        own.home.bob.switch(RecognitionState.OFF)
    elif end == "trash":
        move_to_trash(photos=[region.photo], by=own.user)
    else:
        say_not(region=region, person=own.home.carol, by=own.user)
    assert own.home.learnt() == []
    assert not keys.exists(template.key_id)
    # The trash can be emptied or searched; everything else ends it for good.
    assert HandOver.objects.exists() == (end == "trash")


def test_the_receipt_of_a_no_counts_what_was_handed_over(own: Own) -> None:
    own.hands_over(own.regions[:3])
    own.home.says(False, own.home.bob)
    items = {item["code"]: item["count"] for item in ErasureReceipt.objects.get().items}
    assert (items["hand_overs"], items["templates"]) == (3, 3)


def test_without_a_yes_nothing_can_be_handed_over(own: Own) -> None:
    own.home.says(False, own.home.bob)
    with pytest.raises(PhotolibError, match="Say yes first"):
        own.hands_over(own.regions[:1])


def test_alices_photo_cannot_be_handed_over_by_carol_nor_carols_by_alice(own: Own) -> None:
    with pytest.raises(PhotolibError, match="your own photos"):
        own.hands_over([own.home.region])
    with pytest.raises(NotAllowed):
        own.hands_over([own.home.region], by=own.home.alice.owner)
    with pytest.raises(NotAllowed):
        own.hands_over(own.regions[:1], by=own.home.bob.owner)
    assert own.home.learnt() == []


def test_a_face_that_is_not_carols_cannot_be_handed_over_for_her(own: Own) -> None:
    (blue,) = own.house.look(own.house.photo("blue"))
    with pytest.raises(PhotolibError, match="your own photos"):
        own.hands_over([own.regions[0], blue])
    assert not HandOver.objects.exists()


def test_a_guardian_hands_over_for_a_child_and_a_grown_child_is_asked_anew(home: Home) -> None:
    """Until the age of the country's table; then the guardian's yes and what hangs on it are gone."""
    alice = home.alice.owner
    assert alice.household is not None
    today = timezone.localdate()
    child = create_person(
        household=alice.household,
        name="Dora",
        by=alice,
        guardian=alice,
        birthday=date(today.year - 8, 1, 1),
    )
    (region,) = home.alice.look(home.alice.photo("green"))
    home.alice.names(region, child)
    with home.commits():
        answer(
            person=child,
            library=home.bob.library,
            purpose=Purpose.RECOGNISE,
            granted=True,
            by=alice,
            language="en",
        )
        hand_over(person=child, library=home.bob.library, regions=[region.pk], by=alice)
    home.settle()
    assert [one.region for one in home.learnt()] == [region]
    Person.objects.filter(pk=child.pk).update(birthday=date(today.year - 20, 1, 1))
    expire(timezone.now())
    assert home.learnt() == []
    assert not HandOver.objects.exists()


# --- The page ---------------------------------------------------------------------------------------


def page_of(own: Own) -> tuple[Client, str]:
    client = Client()
    client.force_login(own.user)
    return client, reverse("faces:hand_over", args=[own.home.carol.pk, own.home.bob.library.pk])


def test_the_page_hands_over_the_five_clearest_and_takes_them_back(own: Own) -> None:
    client, address = page_of(own)
    assert "Hand over the 5 clearest" in client.get(address).content.decode()
    client.post(address, {"do": "best"})
    assert HandOver.objects.count() == 5
    page = client.get(address).content.decode()
    assert "5 photos are handed over" in page
    first = HandOver.objects.order_by("pk").first()
    assert first is not None
    client.post(address, {"do": "take_back", "region": [first.region_id]})
    assert HandOver.objects.count() == 4
    client.post(address, {"do": "take_all_back"})
    assert not HandOver.objects.exists()


def test_the_page_hands_over_what_was_ticked_and_says_where_nothing_was(own: Own) -> None:
    client, address = page_of(own)
    client.post(address, {"do": "hand_over", "region": [own.regions[3].pk]})
    assert HandOver.objects.get().region == own.regions[3]
    page = client.post(address, {"do": "hand_over"}, follow=True).content.decode()
    assert "Choose faces in your own photos that have the name Carol." in page


def test_the_page_is_linked_from_what_one_allows_and_not_for_ones_own_library(own: Own) -> None:
    client, address = page_of(own)
    page = client.get(reverse("consent:mine")).content.decode()
    assert address in page
    mine = reverse("faces:hand_over", args=[own.home.carol.pk, own.house.library.pk])
    assert mine not in page
    assert client.get(mine).status_code == 404


def test_strangers_and_housemates_get_404_for_carols_page(own: Own, charlie: User) -> None:
    _client, address = page_of(own)
    for user in (own.home.alice.owner, own.home.bob.owner, charlie):
        client = Client()
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert client.post(address, {"do": "best"}).status_code == 404
    assert not HandOver.objects.exists()


def test_carols_export_says_where_each_template_comes_from(own: Own) -> None:
    own.hands_over(own.regions[:1])
    (row,) = kept_of_person(own.home.carol)["templates"]
    assert (row["learnt"], row["photo"]) == ("handed_over", own.regions[0].photo_id)
    (given,) = kept_of_person(own.home.carol)["hand_overs"]
    assert (given["library"], given["photo"]) == ("Bob", own.regions[0].photo_id)


def test_the_audit_names_the_ground_of_every_template(
    own: Own, capsys: pytest.CaptureFixture[str]
) -> None:
    own.home.shares()
    own.home.says(True, own.home.alice)
    own.hands_over(own.regions[:1])
    grounds = grounds_of(Template.objects.all())
    assert sorted(grounds.values()) == [Ground.HANDED_OVER, Ground.OWN, Ground.SEEN]
    call_command("audit_biometrics", json=True)
    report = json.loads(capsys.readouterr().out)
    assert {row["ground"] for row in report["templates"]} == {"own", "seen", "handed_over"}
    assert report["details"] == []


# --- Other models -----------------------------------------------------------------------------------


def test_a_change_of_models_learns_anew_what_housemates_and_hand_overs_taught(
    own: Own, monkeypatch: pytest.MonkeyPatch
) -> None:
    own.home.shares()
    own.hands_over(own.regions[:1])
    before = {template.region for template in own.home.learnt()}
    assert before == {own.home.region, own.regions[0]}
    coming = FakeEngine()
    monkeypatch.setattr(
        FakeEngine,
        "pack",
        property(lambda self: BY_NAME["buffalo_l"] if self is coming else BUNDLED),
    )
    monkeypatch.setattr("faces.steps.engines_in_use", lambda: (FakeEngine(), coming))
    with own.home.commits():
        begin_change(BY_NAME["buffalo_l"], by="alice")
    own.home.settle()
    assert {(row.region, row.pack) for row in own.home.learnt()} == {
        (region, pack) for region in before for pack in ("bundled", "buffalo_l")
    }
    assert finish_change()
    assert {(row.region, row.pack) for row in own.home.learnt()} == {
        (region, "buffalo_l") for region in before
    }
