"""P9 (GDPR 12–14): a person without an account has a printable notice, and an invitation page to see,
allow, refuse and withdraw. (Asking, and having things deleted: photolib.rights.)"""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.utils import timezone

from photolib.accounts.models import User
from photolib.consent import codes
from photolib.consent.codes import MOST_WRONG, PAUSE_EVERY, Proof, make_code, prove
from photolib.consent.decisions import decide
from photolib.consent.errors import ConsentRefused
from photolib.consent.models import Decision, Invitation, Purpose
from photolib.consent.services import answer, invite, revoke_invitation
from photolib.consent.wording import notice, text_for
from photolib.core.errors import NotAllowed
from photolib.people.services import say_who
from tests.consent.conftest import PURPOSES, Cast, recognition_on, say
from tests.factories import photo_row

SHA = {purpose: {"text_sha256": text_for(purpose, "en").sha256} for purpose in Purpose}


@pytest.fixture
def invitation(cast: Cast) -> tuple[Invitation, str]:
    made, token = invite(person=cast.rosa, library=cast.library, by=cast.alice)
    return made, f"/i/{token}/"


@pytest.fixture
def link(invitation: tuple[Invitation, str]) -> str:
    return invitation[1]


@pytest.fixture
def code(invitation: tuple[Invitation, str], cast: Cast) -> str:
    return make_code(invitation=invitation[0], by=cast.alice)


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def plain(html: str) -> str:
    return " ".join(html.replace("&#x27;", "'").split())


def test_p09_by_the_link_one_sees_allows_refuses_and_withdraws(
    cast: Cast, link: str, code: str, client: Client
) -> None:
    recognition_on(cast)
    assert "Rosa, Alice asks you" in read(client, link)
    client.post(f"{link}name/", {"answer": "no"})
    assert "said no" in read(client, link)
    assert client.post(f"{link}recognise/", {"answer": "yes"}).status_code == 302
    assert "Eight digits that you were told" in read(client, f"{link}recognise/confirm/")
    client.post(f"{link}recognise/confirm/", SHA[Purpose.RECOGNISE] | {"code": code})
    assert decide(cast.rosa, Purpose.RECOGNISE, cast.library).allowed
    # Another day, in another browser: no code, one press.
    later = Client()
    assert f"{link}recognise/take-back/" in read(later, link)
    later.post(f"{link}recognise/take-back/")
    assert not decide(cast.rosa, Purpose.RECOGNISE, cast.library).allowed


def test_p09_a_yes_needs_the_code_and_a_no_does_not(
    cast: Cast, link: str, code: str, client: Client
) -> None:
    path = f"{link}name/confirm/"
    for wrong in ({}, {"code": ""}, {"code": "0000"}, {"code": code[::-1] + "1"}):
        response = client.post(path, SHA[Purpose.NAME] | wrong)
        assert response.status_code == 400
        assert 'aria-invalid="true"' in response.content.decode()
    assert not Decision.objects.exists()
    client.post(f"{link}name/", {"answer": "no"})
    assert Decision.objects.get().granted is False
    client.post(path, SHA[Purpose.NAME] | {"code": code.replace(" ", "-")})
    assert decide(cast.rosa, Purpose.NAME, cast.library).allowed


def test_p09_one_browser_types_the_code_once_and_another_its_own(
    cast: Cast, link: str, code: str, client: Client
) -> None:
    client.post(f"{link}name/confirm/", SHA[Purpose.NAME] | {"code": code})
    assert 'name="code"' not in read(client, f"{link}export/confirm/")
    client.post(f"{link}export/confirm/", SHA[Purpose.EXPORT])
    assert decide(cast.rosa, Purpose.EXPORT, cast.library).allowed
    other = Client()
    assert 'name="code"' in read(other, f"{link}find_me/confirm/")
    assert other.post(f"{link}find_me/confirm/", SHA[Purpose.FIND_ME]).status_code == 400


def test_p09_what_was_typed_is_forgotten_after_half_an_hour(
    link: str, code: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(f"{link}name/confirm/", SHA[Purpose.NAME] | {"code": code})
    later = timezone.now() + codes.REMEMBERED + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert 'name="code"' in read(client, f"{link}export/confirm/")


def test_p09_guessing_is_slowed_down_and_then_ends(
    invitation: tuple[Invitation, str], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _link = invitation
    code = make_code(invitation=made, by=cast.alice)
    now = timezone.now()
    for turn in range(MOST_WRONG):
        if turn and turn % PAUSE_EVERY == 0:
            with pytest.raises(ConsentRefused, match="quarter of an hour"):
                prove(invitation=made, code=code)
            now += codes.WAIT + timedelta(seconds=1)
        moment = now
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        with pytest.raises(ConsentRefused, match="not the code"):
            prove(invitation=made, code="1")
    now += timedelta(days=1)
    with pytest.raises(ConsentRefused, match="new code"):
        prove(invitation=made, code=code)
    assert Invitation.objects.get().wrong_codes == MOST_WRONG
    fresh = make_code(invitation=made, by=cast.alice)
    assert prove(invitation=made, code=fresh) == Proof(invitation=made.pk)


def test_p09_the_code_is_the_owners_to_make_and_stored_as_a_hash(
    invitation: tuple[Invitation, str], cast: Cast
) -> None:
    made, _link = invitation
    with pytest.raises(ConsentRefused):
        prove(invitation=made, code="")
    with pytest.raises(NotAllowed):
        make_code(invitation=made, by=cast.bob)
    code = make_code(invitation=made, by=cast.alice)
    digits = code.replace(" ", "")
    assert len(digits) == 8
    stored = Invitation.objects.values().get()
    assert digits not in str(stored)
    assert check_password(digits, stored["code_hash"])


def test_p09_one_invitations_proof_opens_no_other(cast: Cast) -> None:
    first, _token = invite(person=cast.rosa, library=cast.library, by=cast.alice)
    second, _token = invite(person=cast.rosa, library=cast.library, by=cast.alice)
    proof = prove(invitation=first, code=make_code(invitation=first, by=cast.alice))
    for wrong in (proof, None):
        with pytest.raises(ConsentRefused, match="needs the code"):
            answer(
                person=cast.rosa, library=cast.library, purpose=Purpose.NAME, granted=True,
                by=second, language="en", proof=wrong,
            )  # fmt: skip


def test_p09_the_page_says_what_a_code_proves_and_what_not(
    cast: Cast, link: str, alice_client: Client, client: Client
) -> None:
    shown = alice_client.post(f"/consent/people/{cast.rosa.pk}/invite/").content.decode()
    assert "by voice, or write it on paper" in plain(shown)
    assert "What it does not prove: that it is this very person" in plain(shown)
    assert "it does not show who you are" in plain(read(client, link))


def test_p09_the_owner_sees_wrong_codes_and_makes_a_new_one(
    invitation: tuple[Invitation, str], cast: Cast, alice_client: Client, bob_client: Client
) -> None:
    made, link = invitation
    old = make_code(invitation=made, by=cast.alice)
    Client().post(f"{link}name/confirm/", SHA[Purpose.NAME] | {"code": "1"})
    page = read(alice_client, f"/consent/people/{cast.rosa.pk}/")
    assert "1 wrong code was tried" in page
    path = f"/consent/invitations/{made.pk}/code/"
    assert path in page
    assert bob_client.post(path).status_code == 404
    assert "A code for Rosa" in alice_client.post(path).content.decode()
    with pytest.raises(ConsentRefused):
        prove(invitation=made, code=old)


@pytest.mark.parametrize("how", ["expired", "revoked"])
def test_p09_an_ended_link_gives_no_yes_with_the_right_code_either(
    invitation: tuple[Invitation, str], cast: Cast, code: str, client: Client, how: str
) -> None:
    made, link = invitation
    if how == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        revoke_invitation(invitation=made, by=cast.alice)
    response = client.post(f"{link}name/confirm/", SHA[Purpose.NAME] | {"code": code})
    assert response.status_code == 404
    assert "it has ended (after 30 days), or it was revoked" in response.content.decode()
    assert not Decision.objects.exists()


def test_p09_a_used_link_says_when_it_was_used(link: str, client: Client) -> None:
    assert "Somebody last answered by this link" not in read(client, link)
    client.post(f"{link}name/", {"answer": "no"})
    assert "Somebody last answered by this link on" in plain(read(client, link))


@pytest.mark.parametrize("who", ["owner", "invited"])
def test_p09_the_printable_notice_has_the_very_words_that_are_asked(
    cast: Cast, link: str, client: Client, alice_client: Client, who: str
) -> None:
    path = "/consent/notice/" if who == "owner" else f"{link}notice/"
    page = plain(read(alice_client if who == "owner" else client, path))
    for text in (notice("en"), *(text_for(purpose, "en") for purpose in PURPOSES)):
        assert text.question in page
        for paragraph in text.explanation.split("\n\n"):
            assert plain(paragraph) in page
    assert "kept by Alice" in page
    assert "Off" in page
    assert 'class="only-print"' in page


def test_p09_the_notice_is_not_for_everybody(alice: User, client: Client) -> None:
    assert client.get("/consent/notice/").headers["Location"].startswith("/sign-in/")
    assert client.get("/i/nothing/notice/").status_code == 404


# --- Taking back, where people see themselves -----------------------------------------------------


def test_p09_taking_back_is_one_step_where_people_see_themselves(
    cast: Cast, bob_client: Client
) -> None:
    photo = photo_row(cast.alice, shared_with_household=True)
    say_who(region=None, photo=photo, person=cast.bob_person, by=cast.alice)
    pages = (f"/photos/{photo.pk}/", f"/people/{cast.bob_person.pk}/")
    path = f"/consent/{cast.bob_person.pk}/{cast.library.pk}/name/take-back/"
    for page in pages:
        assert path not in read(bob_client, page)
    say(cast, cast.bob_person, Purpose.NAME)
    for page in pages:
        shown = read(bob_client, page)
        assert f'action="{path}"' in shown
        # One press, and the form carries what the server asks for.
        assert (
            'name="csrfmiddlewaretoken"' in shown.split(f'action="{path}"')[1].split("</form>")[0]
        )
    bob_client.post(path)
    assert not decide(cast.bob_person, Purpose.NAME, cast.library).allowed


def test_p09_others_and_children_have_no_such_button(
    cast: Cast, alice_client: Client, bob_client: Client
) -> None:
    say(cast, cast.bob_person, Purpose.NAME)
    say(cast, cast.mia, Purpose.NAME)
    mia_client = Client()
    mia_client.force_login(cast.mia_user)
    assert "take-back/" not in read(alice_client, f"/people/{cast.bob_person.pk}/")
    assert "take-back/" not in read(mia_client, f"/people/{cast.mia.pk}/")
    assert f"/consent/{cast.mia.pk}/" in read(bob_client, f"/people/{cast.mia.pk}/")
