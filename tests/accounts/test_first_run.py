"""The first page, that makes the owner's account and is gone afterwards."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from photolib.accounts.models import Household, Role, User
from tests.conftest import PASSWORD

FILLED_IN = {
    "name": "The Martins",
    "country": "FR",
    "display_name": "Anne",
    "username": "anne",
    "password": PASSWORD,
    "password_again": PASSWORD,
    "language": "fr",
}
WELCOME = "/welcome/"


@pytest.mark.django_db
def test_every_page_leads_to_the_first_run_while_nobody_lives_here(client: Client) -> None:
    for path in ("/", "/sign-in/", "/no/such/page/", "/api/v1/photos/"):
        assert client.get(path).headers["Location"] == WELCOME


@pytest.mark.django_db
def test_the_first_run_makes_household_and_owner_and_signs_in(client: Client) -> None:
    assert client.get(WELCOME).status_code == 200
    response = client.post(WELCOME, FILLED_IN)
    assert response.headers["Location"] == reverse("pages:import_folder")
    anne = User.objects.get()
    assert (anne.username, anne.role, anne.language) == ("anne", Role.ADMIN, "fr")
    assert Household.objects.values_list("name", "country").get() == ("The Martins", "FR")
    assert client.session["_auth_user_id"] == str(anne.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password_again": "another password"}, "The two passwords are not the same."),
        ({"password": "anne", "password_again": "anne"}, "at least 10 characters"),
        ({"username": "an ne"}, "Enter a valid username"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    client: Client, wrong: dict[str, str], said: str
) -> None:
    response = client.post(WELCOME, FILLED_IN | wrong)
    assert said in response.content.decode()
    assert not User.objects.exists()


def test_the_first_run_is_gone_once_there_is_an_owner(client: Client, alice: User) -> None:
    assert client.get(WELCOME).headers["Location"] == "/"
    client.post(WELCOME, FILLED_IN)
    assert User.objects.get() == alice


@pytest.mark.django_db
def test_the_first_run_is_refused_where_originals_exist(client: Client, settings: Settings) -> None:
    original = settings.PHOTOLIB_DATA / "originals" / "ab" / "cd" / "abcd.jpg"
    original.parent.mkdir(parents=True)
    original.write_bytes(b"a photo")
    for response in (client.get(WELCOME), client.post(WELCOME, FILLED_IN)):
        assert response.status_code == 409
        assert "There are photos here, but no accounts" in response.content.decode()
    assert not User.objects.exists()


def test_a_server_with_an_owner_is_not_asked_again(
    client: Client, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/sign-in/")
    with django_assert_num_queries(0):
        client.get("/sign-in/")
