"""The pages where people answer, signed in and by a link."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from photolib.accounts.models import User
from photolib.accounts.services import create_account
from photolib.consent.codes import make_code
from photolib.consent.decisions import decide
from photolib.consent.models import Channel, Decision, Invitation, Purpose
from photolib.consent.services import invite
from photolib.consent.wording import text_for
from photolib.library.services import library_of
from photolib.people.models import Person
from photolib.people.services import create_person
from tests.consent.conftest import Cast, say

SHA = {purpose: {"text_sha256": text_for(purpose, "en").sha256} for purpose in Purpose}


def address(cast: Cast, person: Person, purpose: str = "name", page: str = "") -> str:
    return f"/consent/{person.pk}/{cast.library.pk}/{purpose}/{page}"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# --- Signed in ------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["", "confirm/", "take-back/"])
def test_only_oneself_is_asked(
    cast: Cast, client: Client, alice_client: Client, charlie_client: Client, page: str
) -> None:
    path = address(cast, cast.bob_person, page=page)
    data = {"answer": "no"} | SHA[Purpose.NAME]
    assert alice_client.post(path, data).status_code == 404
    assert charlie_client.post(path, data).status_code == 404
    assert client.post(path, data).headers["Location"].startswith("/sign-in/")
    assert not Decision.objects.exists()


def test_a_yes_needs_two_pages_and_a_no_one_press(cast: Cast, bob_client: Client) -> None:
    path = address(cast, cast.bob_person)
    page = bob_client.get(path).content.decode()
    assert "May others in the household read your name" in page
    assert "checked" not in page
    assert bob_client.post(path, {"answer": "yes"}).headers["Location"] == path + "confirm/"
    assert not Decision.objects.exists()
    assert "I am Bob and say yes" in bob_client.get(path + "confirm/").content.decode()
    bob_client.post(path + "confirm/", SHA[Purpose.NAME])
    assert decide(cast.bob_person, Purpose.NAME, cast.library).allowed
    bob_client.post(path + "take-back/")
    assert not decide(cast.bob_person, Purpose.NAME, cast.library).allowed
    bob_client.post(path, {"answer": "no"})
    assert list(Decision.objects.values_list("granted", flat=True)) == [False, False, True]


def test_a_yes_to_another_text_is_asked_again(cast: Cast, bob_client: Client) -> None:
    path = address(cast, cast.bob_person)
    response = bob_client.post(path + "confirm/", {"text_sha256": "0" * 64})
    assert response.headers["Location"] == path
    assert not Decision.objects.exists()


def test_no_answer_is_an_error_and_not_a_no(cast: Cast, bob_client: Client) -> None:
    page = bob_client.post(address(cast, cast.bob_person)).content.decode()
    assert "Choose yes or no." in page
    assert not Decision.objects.exists()


def test_taking_back_needs_a_post(cast: Cast, bob_client: Client) -> None:
    assert bob_client.get(address(cast, cast.bob_person, page="take-back/")).status_code == 405


@pytest.mark.parametrize("page", ["", "confirm/", "take-back/"])
def test_an_unknown_purpose_is_not_there(cast: Cast, bob_client: Client, page: str) -> None:
    assert bob_client.post(address(cast, cast.bob_person, "moods", page)).status_code == 404


def test_another_households_library_asks_nothing(
    cast: Cast, bob_client: Client, charlie: User
) -> None:
    library = library_of(charlie)
    path = f"/consent/{cast.bob_person.pk}/{library.pk}/name/"
    assert bob_client.get(path).status_code == 404


def test_the_overview_lists_every_library_and_purpose(cast: Cast, bob_client: Client) -> None:
    library_of(cast.bob)
    say(cast, cast.bob_person, Purpose.NAME)
    page = bob_client.get("/consent/").content.decode()
    assert "Photos of Alice" in page
    assert "Photos of Bob" in page
    # Bob's own four, and Mia's four, for each of the two libraries.
    assert page.count("May the program recognise you") >= 4
    assert page.count('action="/consent/') == 1


def test_the_number_of_queries_does_not_grow_with_libraries(
    cast: Cast, bob_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        user = create_account(by=cast.alice, username=f"m{number}", display_name=f"M{number}")
        library_of(user)
    with django_assert_max_num_queries(13):
        bob_client.get("/consent/")


def test_a_guardian_answers_for_a_child_and_the_child_looks_on(
    cast: Cast, bob_client: Client
) -> None:
    path = address(cast, cast.mia)
    confirm = bob_client.get(path + "confirm/").content.decode()
    assert "I am the guardian of Mia" in confirm
    bob_client.post(path + "confirm/", SHA[Purpose.NAME])
    assert Decision.objects.get().channel == Channel.GUARDIAN
    mia_client = signed_in(cast.mia_user)
    page = mia_client.get("/consent/").content.decode()
    assert "Bob answers for you" in page
    assert "take-back" not in page
    for page_name in ("", "confirm/", "take-back/"):
        assert mia_client.post(path + page_name, {"answer": "no"}).status_code == 404


def test_who_is_not_among_the_people_adds_themselves(
    cast: Cast, alice_client: Client, charlie_client: Client, client: Client
) -> None:
    path = f"/consent/add/{cast.alice.pk}/"
    assert path in alice_client.get("/consent/").content.decode()
    assert charlie_client.post(path).status_code == 404
    assert signed_in(cast.bob).post(path).status_code == 404
    assert client.post(path).headers["Location"].startswith("/sign-in/")
    alice_client.post(path)
    assert Person.objects.get(user=cast.alice).name == "Alice"
    cast.mia.delete()
    signed_in(cast.bob).post(f"/consent/add/{cast.mia_user.pk}/")
    assert Person.objects.get(user=cast.mia_user).name == "Mia"
    assert alice_client.post(path).status_code == 404


def test_a_stranger_is_told_that_nobody_asks(charlie_client: Client, client: Client) -> None:
    assert "You are in no household here" in charlie_client.get("/consent/").content.decode()
    assert client.get("/consent/").headers["Location"] == "/sign-in/?next=/consent/"


# --- The library's owner asks ---------------------------------------------------------------------


def test_what_a_person_allows_is_for_the_household(
    cast: Cast, client: Client, alice_client: Client, bob_client: Client, charlie_client: Client
) -> None:
    say(cast, cast.rosa, Purpose.NAME)
    path = f"/consent/people/{cast.rosa.pk}/"
    assert "said yes" in alice_client.get(path).content.decode()
    # Bob sees her answers about his own photos only.
    assert "said yes" not in bob_client.get(path).content.decode()
    assert charlie_client.get(path).status_code == 404
    assert client.get(path).headers["Location"].startswith("/sign-in/")


def test_an_invitation_is_shown_once_with_its_code(cast: Cast, alice_client: Client) -> None:
    response = alice_client.post(f"/consent/people/{cast.rosa.pk}/invite/")
    page = response.content.decode()
    assert "http://testserver/i/" in page
    assert '<svg class="qr"' in page
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("action", ["invite", "account", "guardian"])
def test_strangers_and_visitors_reach_no_person(
    cast: Cast, client: Client, charlie_client: Client, action: str
) -> None:
    path = f"/consent/people/{cast.rosa.pk}/{action}/"
    assert charlie_client.post(path).status_code == 404
    assert client.post(path).headers["Location"].startswith("/sign-in/")
    assert not Invitation.objects.exists()


def test_people_who_answer_otherwise_are_not_invited(cast: Cast, alice_client: Client) -> None:
    response = alice_client.post(f"/consent/people/{cast.bob_person.pk}/invite/", follow=True)
    assert "Bob has an account and answers there" in response.content.decode()
    assert not Invitation.objects.exists()


def test_only_the_inviter_revokes(
    cast: Cast, client: Client, alice_client: Client, bob_client: Client, charlie_client: Client
) -> None:
    invitation, token = invite(person=cast.rosa, library=cast.library, by=cast.alice)
    path = f"/consent/invitations/{invitation.pk}/revoke/"
    assert bob_client.post(path).status_code == 404
    assert charlie_client.post(path).status_code == 404
    assert client.post(path).headers["Location"].startswith("/sign-in/")
    assert path in alice_client.get(f"/consent/people/{cast.rosa.pk}/").content.decode()
    alice_client.post(path)
    assert client.get(f"/i/{token}/").status_code == 404


def test_an_admin_connects_an_account(cast: Cast, alice_client: Client) -> None:
    dan = create_account(by=cast.alice, username="dan", display_name="Dan")
    path = f"/consent/people/{cast.rosa.pk}/account/"
    response = alice_client.post(path, {"user": ""}, follow=True)
    assert "Choose one of the accounts" in response.content.decode()
    assert signed_in(dan).post(path, {"user": cast.alice.pk}).status_code == 403
    alice_client.post(path, {"user": dan.pk})
    assert Person.objects.get(user=dan) == cast.rosa


def test_an_adult_becomes_the_guardian_of_a_child_without_account(
    cast: Cast, alice_client: Client
) -> None:
    ben = create_person(
        household=cast.mia.household,
        name="Ben",
        by=cast.alice,
        birthday=timezone.localdate() - timedelta(days=2000),
    )
    path = f"/consent/people/{ben.pk}/guardian/"
    assert path in alice_client.get(f"/consent/people/{ben.pk}/").content.decode()
    alice_client.post(path)
    assert "Ben" in alice_client.get("/consent/").content.decode()
    rosa = f"/consent/people/{cast.rosa.pk}/guardian/"
    refused = alice_client.post(rosa, follow=True).content.decode()
    assert "only children have guardians" in refused


# --- By a link ------------------------------------------------------------------------------------


@pytest.fixture
def link(cast: Cast) -> str:
    _invitation, token = invite(person=cast.rosa, library=cast.library, by=cast.alice)
    return f"/i/{token}/"


@pytest.fixture
def code(link: str, cast: Cast) -> dict[str, str]:
    """The code of the link, as the form sends it."""
    return {"code": make_code(invitation=Invitation.objects.get(), by=cast.alice)}


def test_the_invitation_explains_and_asks_four_things(link: str, client: Client) -> None:
    response = client.get(link)
    page = response.content.decode()
    assert "Rosa, Alice asks you" in page
    assert "data protection authority" in page
    for purpose in Purpose:
        assert f"{link}{purpose}/" in page
    assert "checked" not in page
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "no-store" in response.headers["Cache-Control"]


def test_a_guest_says_yes_comes_back_and_withdraws_in_one_step(
    link: str, client: Client, cast: Cast, code: dict[str, str]
) -> None:
    assert client.post(f"{link}name/", {"answer": "yes"}).headers["Location"].endswith("confirm/")
    client.post(f"{link}name/confirm/", SHA[Purpose.NAME] | code)
    decision = Decision.objects.get()
    assert (decision.channel, decision.decided_by) == (Channel.INVITATION, None)
    assert decide(cast.rosa, Purpose.NAME, cast.library).allowed
    later = Client()
    assert f"{link}name/take-back/" in later.get(link).content.decode()
    later.post(f"{link}name/take-back/")
    assert not decide(cast.rosa, Purpose.NAME, cast.library).allowed


def test_refusing_everything_is_four_presses_and_breaks_nothing(link: str, client: Client) -> None:
    for purpose in Purpose:
        assert client.post(f"{link}{purpose}/", {"answer": "no"}).headers["Location"] == link
    assert client.get(link).content.decode().count("said no") == 4


def test_the_invitation_speaks_the_guests_language(
    link: str, client: Client, code: dict[str, str]
) -> None:
    page = client.get(link, headers={"Accept-Language": "fr"}).content.decode()
    assert "De quoi il s’agit" in page
    french = {"text_sha256": text_for(Purpose.NAME, "fr").sha256}
    client.post(f"{link}name/confirm/", french | code, headers={"Accept-Language": "fr"})
    assert Decision.objects.get().text_language == "fr"


@pytest.mark.parametrize("page", ["", "name/", "name/confirm/"])
def test_a_wrong_link_is_a_clear_page(alice: User, client: Client, page: str) -> None:
    response = client.get(f"/i/nothing/{page}")
    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()
    assert client.post("/i/nothing/name/take-back/").status_code == 404


def test_an_ended_link_is_gone_unless_there_is_a_yes_to_take_back(
    link: str, client: Client, cast: Cast
) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Invitation.objects.update(expires_at=past)
    assert client.get(link).status_code == 404
    say(cast, cast.rosa, Purpose.NAME)
    page = client.get(link).content.decode()
    assert "can still be taken back here" in page
    assert client.get(f"{link}name/").status_code == 404
    assert client.post(f"{link}name/confirm/", SHA[Purpose.NAME]).status_code == 404
    client.post(f"{link}name/take-back/")
    assert not decide(cast.rosa, Purpose.NAME, cast.library).allowed
    assert client.get(link).status_code == 404


def test_pages_take_no_answer_without_the_csrf_token(link: str, cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{link}name/", {"answer": "no"}).status_code == 403
    assert not Decision.objects.exists()
