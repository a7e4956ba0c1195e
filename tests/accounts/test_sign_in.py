"""Signing in, and how often it may be tried."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from django.views.debug import SafeExceptionReporterFilter

from photolib.accounts.models import SignInTries, User
from photolib.accounts.tries import ALLOWED
from tests.conftest import PASSWORD

SIGN_IN = "/sign-in/"


def attempt(client: Client, password: str, address: str = "127.0.0.1") -> int:
    data = {"username": "alice", "password": password}
    return client.post(SIGN_IN, data, REMOTE_ADDR=address).status_code


def test_the_right_password_leads_to_the_page_that_asked(client: Client, alice: User) -> None:
    asked = client.get("/settings/account/")
    assert asked.headers["Location"] == f"{SIGN_IN}?next=/settings/account/"
    response = client.post(
        SIGN_IN, {"username": "alice", "password": PASSWORD, "next": "/settings/account/"}
    )
    assert response.headers["Location"] == "/settings/account/"


def test_another_site_is_never_the_next_page(client: Client, alice: User) -> None:
    data = {"username": "alice", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(SIGN_IN, data).headers["Location"] == "/"


def test_a_capital_that_a_phone_wrote_is_forgiven(client: Client, alice: User) -> None:
    response = client.post(SIGN_IN, {"username": "Alice", "password": PASSWORD})
    assert response.status_code == 302


def test_browsers_may_fill_in_and_people_may_paste(client: Client, alice: User) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_after_ten_wrong_passwords_even_the_right_one_waits(client: Client, alice: User) -> None:
    for _turn in range(ALLOWED):
        assert attempt(client, "wrong") == 200
    response = client.post(SIGN_IN, {"username": "alice", "password": PASSWORD})
    assert response.status_code == 200
    assert "Try again in 15 minutes." in response.content.decode()
    SignInTries.objects.update(last_at=timezone.now() - timedelta(minutes=15))
    assert attempt(client, PASSWORD) == 302
    assert not SignInTries.objects.exists()


def test_the_wait_is_for_that_address_alone(client: Client, alice: User) -> None:
    for _turn in range(ALLOWED):
        attempt(client, "wrong", "198.51.100.7")
    assert attempt(client, PASSWORD, "198.51.100.8") == 302


def test_old_failures_are_forgotten(client: Client, alice: User) -> None:
    for _turn in range(ALLOWED - 1):
        attempt(client, "wrong")
    SignInTries.objects.update(last_at=timezone.now() - timedelta(minutes=16))
    attempt(client, "wrong")
    assert SignInTries.objects.get().failures == 1


def test_neither_name_nor_address_nor_password_is_kept(client: Client, alice: User) -> None:
    attempt(client, "my secret typed badly")
    kept = str(SignInTries.objects.values().get())
    assert "alice" not in kept
    assert "127.0.0.1" not in kept
    assert "secret" not in kept


def test_signing_out_needs_a_post(alice_client: Client) -> None:
    assert alice_client.get("/sign-out/").status_code == 405
    alice_client.post("/sign-out/")
    assert "_auth_user_id" not in alice_client.session


def test_an_account_that_was_switched_off_cannot_sign_in(client: Client, alice: User) -> None:
    User.objects.update(is_active=False)
    assert attempt(client, PASSWORD) == 200


def test_a_password_in_a_failure_report_is_blotted_out(client: Client, alice: User) -> None:
    seen = client.post(SIGN_IN, {"username": "alice", "password": "hush"}).wsgi_request
    shown = SafeExceptionReporterFilter().get_post_parameters(seen)
    assert "hush" not in str(shown)
