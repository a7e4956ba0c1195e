"""What faces tells of what it keeps: to the page of a photo, to exports, to the documents."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faces.models import FaceGroup, Template, UnknownFace
from faces.services import name_face, take_out_of_group
from photolib.accounts.models import User
from photolib.consent.public_links import sharing_allowed
from photolib.core.knowledge import counts_of_library, kept_of_person, known_of_photo
from photolib.library.models import Photo, RecognitionState
from photolib.people.models import FaceRegion, Person
from photolib.rights.export import describe
from tests.faces.conftest import House
from tests.privacy.test_p10_export import validate

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(house: House, commits: Any) -> Person:
    person = house.person("Anna")
    house.switch(RecognitionState.CONSENTED)
    house.says(person, True)
    (region,) = house.look(house.photo("red", shared_with_household=True))
    with commits():
        house.names(region, person)
    with commits():
        house.look_at_due()
    return person


def test_the_owner_reads_by_whose_yes_a_vector_is_kept(house: House, anna: Person) -> None:
    template = Template.objects.get()
    client = Client()
    client.force_login(house.owner)
    address = reverse("rights:knows", args=[template.region.photo_id])
    page = client.get(address).content.decode()
    assert "A vector is kept, encrypted, to recognise Anna, who said yes on" in page
    assert "Model: bundled." in page


def test_others_learn_of_their_own_vector_only(house: House, anna: Person) -> None:
    photo = Template.objects.get().region.photo
    assert anna.user is not None
    assert len(known_of_photo(photo, anna.user)) == 1
    ben = house.person("Ben").user
    assert known_of_photo(photo, ben) == []


def test_a_face_without_a_vector_is_said_to_have_none(house: House) -> None:
    photo = house.photo("red")
    house.look(photo)
    (known,) = known_of_photo(photo, house.owner)
    assert known.what == "Of this face no vector is kept."


def test_an_unknown_faces_vector_names_its_end(house: House) -> None:
    house.switch(RecognitionState.HOUSEHOLD)
    photo = house.photo("red")
    house.look(photo)
    (known,) = known_of_photo(photo, house.owner)
    row = UnknownFace.objects.get()
    assert known.ends_on == row.expires_at
    assert known.made_on is not None
    assert timedelta(days=29) < row.expires_at - known.made_on <= timedelta(days=30, minutes=1)
    (deed,) = known.deeds
    client = Client()
    client.force_login(house.owner)
    client.post(deed.address)
    assert not UnknownFace.objects.exists()


def test_an_export_tells_of_templates_without_their_vectors(anna: Person) -> None:
    (row,) = kept_of_person(anna)["templates"]
    template = Template.objects.get()
    assert row["allowed_by_consent"] == template.decision_id
    assert row["encrypted"] is True
    assert bytes(template.sealed).hex() not in json.dumps(row)
    assert set(row) == {
        "library",
        "library_id",
        "photo",
        "learnt",
        "model",
        "made_at",
        "allowed_by_consent",
        "encrypted",
    }


def test_p10_an_export_with_templates_follows_its_schema(anna: Person) -> None:
    assert anna.user is not None
    described = json.loads(json.dumps(describe(anna.user)))
    validate(described)
    assert len(described["people"][0]["kept"]["templates"]) == 1


def test_the_documents_count_what_is_kept(house: House, anna: Person) -> None:
    counts = counts_of_library(house.library)
    assert (counts["templates"], counts["people_with_templates"]) == (1, 1)
    assert counts["vectors_of_unknown_faces"] == 0


def test_the_owner_reads_what_was_said_of_faces_without_a_name(house: House, bob: User) -> None:
    house.switch(RecognitionState.HOUSEHOLD)
    for light in (110, 150, 200):
        house.look(house.photo("red", light=light, shared_with_household=True))
    group = FaceGroup.objects.get()
    (out, _kept, _other) = FaceRegion.objects.order_by("pk")
    take_out_of_group(group=group, regions=[out.pk], by=house.owner)

    def said(viewer: User) -> list[str]:
        found = [known_of_photo(photo, viewer) for photo in Photo.objects.order_by("pk")]
        return [row.what for rows in found for row in rows if row.source == "you"]

    assert said(house.owner) == [
        "This face is none of a group.",
        "This face and 1 other are one person.",
        "This face and 1 other are one person.",
    ]
    assert said(bob) == []
    counts = counts_of_library(house.library)
    assert (counts["faces_put_together"], counts["journal_entries"]) == (3, 1)


def test_p10_an_export_tells_when_the_person_was_named_and_until_when_it_is_kept(
    house: House, anna: Person
) -> None:
    assert kept_of_person(anna)["faces_journal"] == []
    (region,) = house.look(house.photo("blue"))
    name_face(region=region, by=house.owner, person=anna)
    (entry,) = kept_of_person(anna)["faces_journal"]
    assert (entry["what"], entry["library_id"]) == ("name_face", house.library.pk)
    assert anna.user is not None
    validate(json.loads(json.dumps(describe(anna.user))))


def test_p07_leaving_grouping_shreds_its_vectors_and_then_links_may_be_made(house: House) -> None:
    house.switch(RecognitionState.HOUSEHOLD)
    house.look(house.photo("red"))
    assert UnknownFace.objects.exists()
    assert not sharing_allowed(house.library)
    house.switch(RecognitionState.CONSENTED)
    assert not UnknownFace.objects.exists()
    assert sharing_allowed(house.library)
