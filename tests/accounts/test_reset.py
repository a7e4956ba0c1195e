"""A new password without e-mail: a link, once, for a day."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.accounts.reset_links import OneDayTokens, link_path, tokens
from tests.conftest import PASSWORD

NEW = {"password": "another good one", "password_again": "another good one"}


def choose(client: Client, path: str) -> str:
    page = client.get(path, follow=True)
    address: str = page.redirect_chain[-1][0] if page.redirect_chain else path
    return client.post(address, NEW, follow=True).content.decode()


def test_a_link_sets_a_password_once(client: Client, bob: User) -> None:
    path = link_path(bob)
    assert "Your new password is set" in choose(client, path)
    assert client.login(username="bob", password=NEW["password"])
    assert "This link has ended" in choose(Client(), path)


def test_the_token_leaves_the_address_bar(client: Client, bob: User) -> None:
    path = link_path(bob)
    assert client.get(path).headers["Location"].endswith("/set-password/")


def test_a_link_ends_after_a_day(bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token = tokens.make_token(bob)
    now = datetime.now()  # noqa: DTZ005  Django's generator counts in the machine's own naive time
    monkeypatch.setattr(OneDayTokens, "_now", lambda _self: now + timedelta(hours=23, minutes=59))
    assert tokens.check_token(bob, token)
    monkeypatch.setattr(OneDayTokens, "_now", lambda _self: now + timedelta(hours=24, minutes=1))
    assert not tokens.check_token(bob, token)


def test_a_link_is_for_one_account(alice: User, bob: User) -> None:
    assert not tokens.check_token(alice, tokens.make_token(bob))
    assert not tokens.check_token(bob, None)
    assert not tokens.check_token(bob, "no-token")


def test_the_admin_makes_a_link_that_is_shown_once(alice_client: Client, bob: User) -> None:
    response = alice_client.post(f"/household/{bob.pk}/link/")
    page = response.content.decode()
    assert "http://testserver/new-password/" in page
    assert "no-store" in response.headers["Cache-Control"]


def test_the_public_address_is_in_the_link(
    alice_client: Client, bob: User, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://photos.home.example"
    page = alice_client.post(f"/household/{bob.pk}/link/").content.decode()
    assert "https://photos.home.example/new-password/" in page


def test_housemates_strangers_and_visitors_make_no_links(
    client: Client, bob_client: Client, charlie_client: Client, alice: User
) -> None:
    path = f"/household/{alice.pk}/link/"
    assert bob_client.post(path).status_code == 403
    assert charlie_client.post(path).status_code == 404
    assert client.post(path).headers["Location"].startswith("/sign-in/")


def test_the_command_prints_a_link_that_works(client: Client, bob: User) -> None:
    out = StringIO()
    call_command("reset_password", "Bob", stdout=out)
    path = "/new-password/" + out.getvalue().strip().partition("/new-password/")[2]
    assert "Your new password is set" in choose(client, path)


def test_the_command_prints_a_password_that_works(client: Client, bob: User) -> None:
    out = StringIO()
    call_command("reset_password", "bob", "--new-password", stdout=out)
    assert client.login(username="bob", password=out.getvalue().split()[-1])
    assert not client.login(username="bob", password=PASSWORD)


def test_the_command_names_an_account_that_is_not_there(alice: User) -> None:
    with pytest.raises(CommandError, match="sign-in name nobody"):
        call_command("reset_password", "nobody")
