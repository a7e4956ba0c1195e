"""The API does what the pages do, for those who may, and says why where it does not."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from photolib.accounts.models import ApiToken, User
from photolib.accounts.scopes import SCOPES
from photolib.accounts.services import create_token
from photolib.describe.models import Fact
from photolib.describe.services import edit_text
from photolib.intake.models import Incoming
from photolib.library.models import Album, Photo
from photolib.people.models import Person
from tests.conftest import PASSWORD
from tests.describe.rows import fact_row
from tests.factories import photo_row, picture

pytestmark = pytest.mark.django_db


def with_token(user: User, *scopes: str) -> APIClient:
    _token, secret = create_token(user=user, name="test", scopes=scopes or tuple(SCOPES))
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


@pytest.fixture
def alice_api(alice: User) -> APIClient:
    return with_token(alice)


@pytest.fixture
def bob_api(bob: User) -> APIClient:
    return with_token(bob)


@pytest.fixture
def charlie_api(charlie: User) -> APIClient:
    return with_token(charlie)


def sign_in(**values: Any) -> Any:
    body = {"username": "alice", "password": PASSWORD, "name": "script", "scopes": ["photos:read"]}
    return APIClient().post("/api/v1/tokens/", body | values, format="json")


class TestSigningIn:
    def test_a_name_and_a_password_give_a_token_with_the_scopes_asked_for(self, alice) -> None:
        answer = sign_in()
        assert answer.status_code == 201
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['token']}")
        assert client.get("/api/v1/photos/").status_code == 200
        assert client.get("/api/v1/people/").status_code == 403
        assert client.get("/api/v1/account/").status_code == 403

    def test_a_wrong_password_is_refused_and_after_ten_everything_is(self, alice) -> None:
        for _ in range(10):
            assert sign_in(password="wrong").status_code == 401
        assert sign_in().status_code == 429
        assert not ApiToken.objects.exists()

    def test_a_scope_that_does_not_exist_is_refused(self, alice) -> None:
        assert sign_in(scopes=["everything"]).status_code == 400
        assert sign_in(scopes=[]).status_code == 400

    def test_a_revoked_token_opens_nothing(self, alice, alice_api) -> None:
        ApiToken.objects.all().delete()
        assert alice_api.get("/api/v1/photos/").status_code == 401

    def test_the_account_says_who_one_is(self, alice, alice_api) -> None:
        assert alice_api.get("/api/v1/account/").json() == {
            "username": "alice",
            "display_name": "Alice",
            "language": "en",
            "role": "admin",
            "household": "The Testers",
        }


class TestPhotos:
    def test_a_photo_says_everything_a_program_needs(self, alice, alice_api) -> None:
        photo = photo_row(alice, place_town="Lyon", place_country="FR")
        body = alice_api.get(f"/api/v1/photos/{photo.pk}/?language=fr").json()
        assert body["alt"]
        assert body["alt_language"] == "fr"
        assert body["alt_source"] in {"fallback", "machine"}
        assert body["files"]["original"].endswith(f"/photos/{photo.pk}/original/")
        assert body["people"] == []

    def test_a_photo_tells_what_was_read_in_which_language_and_its_colours_apart(
        self, alice, alice_api
    ) -> None:
        photo = photo_row(alice)
        for kind, label, text in (("text", "text", "Gare de Lyon"), ("colour", "blue", "")):
            Fact.objects.create(
                photo=photo, kind=kind, label=label, text=text, language="fr" if text else "",
                confidence=0.97, step="s", model="m", version="1",
            )  # fmt: skip
        body = alice_api.get(f"/api/v1/photos/{photo.pk}/?language=en").json()
        assert body["extended"].startswith("Text: “Gare de Lyon”. ")
        assert (body["claims"][0]["read"], body["claims"][0]["read_language"]) == (
            "Gare de Lyon",
            "fr",
        )
        assert body["colours"] == "Colours: blue."
        assert "blue" not in body["alt"] + body["extended"]

    def test_the_list_has_what_the_viewer_may_see_and_no_more(
        self, alice, alice_api, bob_api, charlie_api
    ) -> None:
        photo_row(alice, seed=1)
        shared = photo_row(alice, seed=2, shared_with_household=True)
        assert alice_api.get("/api/v1/photos/").json()["count"] == 2
        assert [one["id"] for one in bob_api.get("/api/v1/photos/").json()["results"]] == [
            shared.pk
        ]
        assert charlie_api.get("/api/v1/photos/").json()["count"] == 0

    def test_the_number_of_queries_does_not_grow_with_the_photos(
        self, alice, alice_api, django_assert_max_num_queries
    ) -> None:
        for seed in range(30):
            photo_row(alice, seed=seed)
        with django_assert_max_num_queries(14):
            assert len(alice_api.get("/api/v1/photos/").json()["results"]) == 30

    def test_an_upload_is_taken_in_and_waits_for_a_worker(self, alice, alice_api) -> None:
        file = SimpleUploadedFile("beach.jpg", picture(), "image/jpeg")
        answer = alice_api.post("/api/v1/photos/", {"file": file}, format="multipart")
        assert answer.status_code == 202
        assert answer.json()["state"] == "received"
        assert Incoming.objects.get().library.owner == alice
        arrivals = alice_api.get("/api/v1/arrivals/").json()["results"]
        assert [one["name"] for one in arrivals] == ["beach.jpg"]
        assert alice_api.get("/api/v1/jobs/").json()["waiting"] == 1

    @pytest.mark.parametrize(
        ("content", "code"), [(b"", "empty"), (b"#!/bin/sh\necho hello\n", "not_an_image")]
    )
    def test_a_refused_upload_names_the_file_and_the_reason(
        self, alice_api, content: bytes, code: str
    ) -> None:
        file = SimpleUploadedFile("../../etc/holiday.jpg", content, "image/jpeg")
        answer = alice_api.post("/api/v1/photos/", {"file": file}, format="multipart")
        assert answer.status_code == 400
        assert answer.json()["code"] == code
        assert answer.json()["detail"].startswith("holiday.jpg: ")

    def test_only_the_owner_shares_and_trashes(self, alice, alice_api, bob_api) -> None:
        photo = photo_row(alice, shared_with_household=True)
        where = f"/api/v1/photos/{photo.pk}/"
        assert (
            bob_api.patch(where, {"shared_with_household": False}, format="json").status_code == 403
        )
        assert bob_api.delete(where).status_code == 403
        assert bob_api.patch(where, {"favourite": True}, format="json").json()["favourite"] is True
        assert alice_api.get(where).json()["favourite"] is False
        assert (
            alice_api.patch(where, {"shared_with_household": False}, format="json").status_code
            == 200
        )
        assert bob_api.get(where).status_code == 404
        assert alice_api.delete(where).status_code == 204
        assert Photo.objects.get().trashed_at is not None

    def test_a_persons_words_win_and_can_be_taken_back(self, alice, alice_api) -> None:
        photo = photo_row(alice)
        where = f"/api/v1/photos/{photo.pk}/texts/en/"
        assert alice_api.get(where).status_code == 404
        assert alice_api.put(where, {"alt": "Grandma laughs"}).status_code == 200
        body = alice_api.get(f"/api/v1/photos/{photo.pk}/?language=en").json()
        assert (body["alt"], body["alt_source"]) == ("Grandma laughs", "human")
        assert alice_api.put(where, {"alt": "x" * 251}).status_code == 400
        assert alice_api.delete(where).status_code == 204
        assert alice_api.get(where).status_code == 404

    def test_photos_are_found_by_their_words(self, alice, alice_api) -> None:
        photo = photo_row(alice, seed=1)
        photo_row(alice, seed=2)
        alice_api.put(f"/api/v1/photos/{photo.pk}/texts/en/", {"alt": "A lighthouse at dusk"})
        found = alice_api.get("/api/v1/photos/?q=lighthouse").json()
        assert [one["id"] for one in found["results"]] == [photo.pk]


class TestAlbums:
    def test_an_album_is_made_filled_renamed_and_removed(self, alice, alice_api, bob_api) -> None:
        photo = photo_row(alice)
        made = alice_api.post("/api/v1/albums/", {"title": "Summer", "for_household": True})
        assert made.status_code == 201
        where = f"/api/v1/albums/{made.json()['id']}/"
        assert bob_api.get(where).json()["title"] == "Summer"
        assert alice_api.post(f"{where}photos/", {"photos": [photo.pk]}).status_code == 204
        assert bob_api.get(f"{where}photos/").json()["count"] == 1
        assert bob_api.patch(where, {"title": "Mine"}, format="json").status_code == 403
        assert (
            alice_api.patch(where, {"title": "Summer 2024"}, format="json").json()["title"]
            == "Summer 2024"
        )
        answer = alice_api.delete(f"{where}photos/", {"photos": [photo.pk]}, format="json")
        assert answer.status_code == 204
        assert alice_api.delete(where).status_code == 204
        assert not Album.objects.exists()
        assert Photo.objects.count() == 1

    def test_a_photo_one_may_not_see_cannot_be_added(self, alice, bob_api) -> None:
        photo = photo_row(alice)
        album = bob_api.post("/api/v1/albums/", {"title": "Mine"}).json()
        answer = bob_api.post(f"/api/v1/albums/{album['id']}/photos/", {"photos": [photo.pk]})
        assert answer.status_code == 404


class TestPeople:
    def test_people_are_the_households(self, alice, alice_api, bob_api, charlie_api) -> None:
        made = alice_api.post("/api/v1/people/", {"name": "Anna"})
        assert made.status_code == 201
        where = f"/api/v1/people/{made.json()['id']}/"
        assert bob_api.get(where).json()["name"] == "Anna"
        assert charlie_api.get(where).status_code == 404
        assert charlie_api.post("/api/v1/people/", {"name": "Zoe"}).status_code == 403
        assert (
            alice_api.patch(where, {"name": "Anna Maria"}, format="json").json()["name"]
            == "Anna Maria"
        )
        assert Person.objects.count() == 1


class TestTheDoor:
    def test_a_token_without_the_scope_is_refused_for_each_method(self, alice) -> None:
        photo = photo_row(alice)
        reader = with_token(alice, "photos:read")
        where = f"/api/v1/photos/{photo.pk}/"
        assert reader.get(where).status_code == 200
        assert reader.patch(where, {"favourite": True}, format="json").status_code == 403
        assert reader.delete(where).status_code == 403
        assert reader.put(f"{where}texts/en/", {"alt": "no"}).status_code == 403
        file = SimpleUploadedFile("a.jpg", picture())
        assert reader.post("/api/v1/photos/", {"file": file}).status_code == 403
        assert not Incoming.objects.exists()

    def test_a_browsers_session_needs_the_csrf_token(self, alice) -> None:
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(alice)
        assert browser.get("/api/v1/photos/").status_code == 200
        assert browser.post("/api/v1/albums/", {"title": "From elsewhere"}).status_code == 403

    def test_the_schema_describes_every_view(self, alice, alice_client: Client) -> None:
        answer = alice_client.get("/api/v1/schema/?format=json")
        assert answer.status_code == 200
        paths = answer.json()["paths"]
        assert "/api/v1/photos/{id}/" in paths or "/api/v1/photos/{pk}/" in paths
        assert len(paths) >= 13

    def test_the_schema_has_no_warnings(self, capsys) -> None:
        from django.core.management import call_command

        out = io.StringIO()
        call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
        assert "openapi: 3" in out.getvalue()


class TestDescriptions:
    def test_a_files_words_are_told_with_where_they_came_from(self, alice, alice_api) -> None:
        photo = photo_row(alice)
        photo.human_texts.create(
            language="pt",
            alt="Um cão",
            extended="No cais.\nSol.",
            source="file",
            written_by="J. Doe",
        )
        photo.file_notes.create(kind="caption", language="und", text="Regatta")
        body = alice_api.get(f"/api/v1/photos/{photo.pk}/").json()
        assert (body["alt"], body["alt_source"], body["alt_language"]) == ("Um cão", "file", "pt")
        assert (body["alt_written_by"], body["extended"]) == ("J. Doe", "No cais.\nSol.")
        (text,) = body["texts"]
        assert (text["language"], text["source"], text["written_by"]) == ("pt", "file", "J. Doe")
        assert body["file_notes"] == [{"kind": "caption", "language": "und", "text": "Regatta"}]

    def test_the_machines_extended_description_is_told_whole_and_by_claims(
        self, alice, alice_api
    ) -> None:
        photo = photo_row(alice)
        fact_row(photo, "dog", confidence=0.97)
        body = alice_api.get(f"/api/v1/photos/{photo.pk}/?language=fr").json()
        assert body["extended"] == " ".join(claim["text"] for claim in body["claims"])
        assert "Un chien" in body["extended"]

    @pytest.mark.parametrize(
        ("query", "header", "language"),
        [
            ("", "", "en"),
            ("", "de-AT,de;q=0.9,en;q=0.5", "de"),
            ("", "pt,nl;q=0.5", "nl"),
            ("?language=fr", "de", "fr"),
            ("?language=tlh", "it", "it"),
            ("", "*", "en"),
        ],
    )
    def test_the_language_is_the_one_asked_for(
        self, alice, alice_api, query: str, header: str, language: str
    ) -> None:
        photo = photo_row(alice)
        asked = {"HTTP_ACCEPT_LANGUAGE": header} if header else {}
        body = alice_api.get(f"/api/v1/photos/{photo.pk}/{query}", **asked).json()
        assert body["alt_language"] == language

    def test_words_are_written_in_all_six_languages_and_in_no_other(self, alice, alice_api) -> None:
        where = f"/api/v1/photos/{photo_row(alice).pk}/texts"
        for language in ("en", "fr", "de", "es", "it", "nl"):
            assert alice_api.put(f"{where}/{language}/", {"alt": "x"}).status_code == 200
        refused = alice_api.put(f"{where}/pt/", {"alt": "x"})
        assert refused.status_code == 400
        assert "“pt”" in refused.json()["detail"]

    def test_a_photos_xmp_is_for_those_who_may_see_it(
        self, alice, alice_api, bob_api, charlie_api
    ) -> None:
        photo = photo_row(alice)
        edit_text(photo=photo, language="en", alt="Rex", extended="", by=alice)
        where = f"/api/v1/photos/{photo.pk}/xmp/"
        answer = alice_api.get(where)
        assert answer["Content-Type"] == "application/rdf+xml"
        assert b">Rex<" in answer.content
        assert bob_api.get(where).status_code == charlie_api.get(where).status_code == 404

    def test_the_schema_has_what_is_answered(self, alice, alice_api) -> None:
        schema = alice_api.get("/api/v1/schema/?format=json").json()
        photo = schema["components"]["schemas"]["PhotoDetail"]["properties"]
        body = alice_api.get(f"/api/v1/photos/{photo_row(alice).pk}/").json()
        assert set(photo) == set(body)
        xmp = schema["paths"]["/api/v1/photos/{id}/xmp/"]["get"]["responses"]["200"]
        assert list(xmp["content"]) == ["application/rdf+xml"]
