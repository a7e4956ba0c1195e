"""The settings pages, by owner, housemate, stranger and visitor."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from photolib.accounts.models import ApiToken, Household, Role, User
from photolib.accounts.services import create_account, create_token
from tests.conftest import PASSWORD

OWN_PAGES = ["/settings/account/", "/settings/password/", "/settings/tokens/"]


@pytest.mark.parametrize("path", [*OWN_PAGES, "/household/", "/household/new/"])
def test_visitors_are_asked_to_sign_in(client: Client, alice: User, path: str) -> None:
    assert client.get(path).headers["Location"] == f"/sign-in/?next={path}"


@pytest.mark.parametrize("path", OWN_PAGES)
def test_everybody_has_settings_of_their_own(
    alice_client: Client, bob_client: Client, charlie_client: Client, path: str
) -> None:
    for client in (alice_client, bob_client, charlie_client):
        assert client.get(path).status_code == 200


def test_the_household_is_for_its_members(
    alice_client: Client, bob_client: Client, charlie_client: Client
) -> None:
    assert "Add an account" in alice_client.get("/household/").content.decode()
    seen = bob_client.get("/household/").content.decode()
    assert "Alice" in seen
    assert "Add an account" not in seen
    assert charlie_client.get("/household/").status_code == 404


def test_only_admins_manage_accounts(
    alice_client: Client, bob_client: Client, charlie_client: Client, bob: User, charlie: User
) -> None:
    for path in ("/household/new/", f"/household/{bob.pk}/"):
        assert alice_client.get(path).status_code == 200
        assert bob_client.get(path).status_code == 403
        assert charlie_client.get(path).status_code == 404
    assert alice_client.get(f"/household/{charlie.pk}/").status_code == 404


def test_the_admin_names_the_household(alice_client: Client, bob_client: Client) -> None:
    data = {"name": "The Martins", "country": "FR"}
    assert alice_client.post("/household/", data).status_code == 302
    assert Household.objects.values_list("name", "country").get() == ("The Martins", "FR")
    assert bob_client.post("/household/", data | {"name": "Bob's"}).status_code == 403
    assert Household.objects.get().name == "The Martins"


def test_a_new_account_gets_a_link_and_no_password(alice: User, alice_client: Client) -> None:
    data = {
        "display_name": "Mia",
        "username": "mia",
        "role": Role.CHILD,
        "guardian": alice.pk,
        "birthday": "2015-04-01",
        "language": "fr",
    }
    page = alice_client.post("/household/new/", data).content.decode()
    assert "/new-password/" in page
    mia = User.objects.get(username="mia")
    assert (mia.guardian, mia.role, mia.language) == (alice, Role.CHILD, "fr")
    assert not mia.has_usable_password()


def test_what_is_wrong_with_a_new_account_is_said(alice: User, alice_client: Client) -> None:
    data = {"display_name": "Mia", "username": "mia", "role": Role.CHILD, "language": "en"}
    page = alice_client.post("/household/new/", data).content.decode()
    assert "a child&#x27;s account needs one" in page
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = alice_client.post("/household/new/", data | {"birthday": tomorrow}).content.decode()
    assert "A birthday cannot be in the future." in page
    assert not User.objects.filter(username="mia").exists()


def test_the_last_admin_is_told_why_the_role_stays(alice: User, alice_client: Client) -> None:
    page = alice_client.post(f"/household/{alice.pk}/", {"role": Role.ADULT}).content.decode()
    assert "last admin" in page


def test_the_admin_changes_a_role(alice_client: Client, bob: User) -> None:
    alice_client.post(f"/household/{bob.pk}/", {"role": Role.GUEST})
    bob.refresh_from_db()
    assert bob.role == Role.GUEST


def test_the_language_is_the_accounts_own(bob_client: Client, bob: User) -> None:
    response = bob_client.get("/settings/account/", headers={"Accept-Language": "fr"})
    assert response.headers["Content-Language"] == "en"
    bob_client.post("/settings/account/", {"display_name": "Robert", "language": "fr"})
    response = bob_client.get("/settings/account/", headers={"Accept-Language": "en"})
    assert response.headers["Content-Language"] == "fr"
    bob.refresh_from_db()
    assert bob.display_name == "Robert"


def test_descriptions_may_be_in_another_language_than_the_pages(
    bob_client: Client, bob: User
) -> None:
    data = {"display_name": "Bob", "language": "en", "description_language": "nl"}
    bob_client.post("/settings/account/", data)
    bob.refresh_from_db()
    assert (bob.described_in("en"), bob.described_in("fr")) == ("nl", "nl")
    assert bob_client.get("/settings/account/").headers["Content-Language"] == "en"
    bob_client.post("/settings/account/", data | {"description_language": ""})
    bob.refresh_from_db()
    assert (bob.described_in("en"), bob.described_in("fr")) == ("en", "fr")


def test_a_language_without_a_grammar_is_not_offered_for_descriptions(
    bob_client: Client, bob: User
) -> None:
    data = {"display_name": "Bob", "language": "en", "description_language": "pt"}
    assert bob_client.post("/settings/account/", data).status_code == 200
    bob.refresh_from_db()
    assert bob.description_language == ""


def test_a_visitor_is_spoken_to_in_the_browsers_language(client: Client, alice: User) -> None:
    for asked, spoken in (("fr-CA,fr;q=0.9", "fr"), ("en", "en"), ("tlh", "en")):
        response = client.get("/sign-in/", headers={"Accept-Language": asked})
        assert response.headers["Content-Language"] == spoken


def test_a_changed_password_keeps_this_browser_and_ends_the_others(
    alice: User, alice_client: Client
) -> None:
    other = Client()
    other.force_login(alice)
    new = {"password": "another good one", "password_again": "another good one"}
    page = alice_client.post("/settings/password/", new | {"old_password": "wrong"})
    assert "This is not your password." in page.content.decode()
    alice_client.post("/settings/password/", new | {"old_password": PASSWORD})
    assert alice_client.get("/settings/account/").status_code == 200
    assert other.get("/settings/account/").status_code == 302


def test_a_token_is_shown_once_and_only_its_hash_is_kept(alice_client: Client) -> None:
    data = {"name": "phone", "scopes": ["photos:read"], "ends": "30"}
    response = alice_client.post("/settings/tokens/", data)
    assert "no-store" in response.headers["Cache-Control"]
    secret = response.context["secret"]
    assert secret in response.content.decode()
    token = ApiToken.objects.get()
    assert secret not in str(ApiToken.objects.values().get())
    assert token.expires_at is not None
    assert token.expires_at - timezone.now() > timedelta(days=29)
    assert secret not in alice_client.get("/settings/tokens/").content.decode()


def test_a_token_needs_a_scope(alice_client: Client) -> None:
    alice_client.post("/settings/tokens/", {"name": "phone", "ends": ""})
    assert not ApiToken.objects.exists()


def test_only_its_owner_revokes_a_token(
    alice: User, alice_client: Client, bob_client: Client, charlie_client: Client, client: Client
) -> None:
    token, _secret = create_token(user=alice, name="phone", scopes=["photos:read"])
    path = f"/settings/tokens/{token.pk}/revoke/"
    assert bob_client.post(path).status_code == 404
    assert charlie_client.post(path).status_code == 404
    assert client.post(path).headers["Location"].startswith("/sign-in/")
    assert alice_client.get(path).status_code == 405
    assert ApiToken.objects.exists()
    alice_client.post(path)
    assert not ApiToken.objects.exists()


def test_the_number_of_queries_does_not_grow_with_members(
    alice: User, alice_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        create_account(by=alice, username=f"m{number}", display_name=f"M{number}")
    with django_assert_max_num_queries(8):
        alice_client.get("/household/")
