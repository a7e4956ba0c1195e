"""A request of somebody without an account lands with the owner, with a month's clock."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.people.services import say_who
from photolib.rights.deadlines import one_month_after
from photolib.rights.errors import RequestRefused
from photolib.rights.models import RightsRequest
from photolib.rights.services import REQUESTS_A_DAY, answer_request, ask
from tests.factories import photo_row
from tests.privacy.rows import face, guest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 1, 15), date(2026, 2, 15)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last(asked: date, due: date) -> None:
    assert one_month_after(asked) == due


def test_a_request_by_a_link_waits_for_the_owner(alice: User, alice_client: Client) -> None:
    rosa, _invitation, token = guest(alice)
    address = reverse("rights:ask", args=[token])
    Client().post(address, {"kind": "access", "text": "What do you keep?", "contact": "by phone"})
    row = RightsRequest.objects.get()
    assert (row.person, row.due_on) == (rosa, one_month_after(timezone.localdate()))
    settings_page = alice_client.get(reverse("pages:settings")).content.decode()
    assert "1 person asked you something about themselves" in settings_page
    page = alice_client.get(reverse("rights:answer", args=[row.pk])).content.decode()
    assert "What do you keep?" in page
    assert "by phone" in page


def test_the_answer_is_kept_and_read_by_the_link(alice: User, alice_client: Client) -> None:
    _rosa, invitation, token = guest(alice)
    row, _ = ask(invitation=invitation, kind="access", text="What do you keep?")
    alice_client.post(reverse("rights:answer", args=[row.pk]), {"answer": "Three photos."})
    row.refresh_from_db()
    assert (row.answer, row.answered_by) == ("Three photos.", alice)
    assert "Three photos." in Client().get(reverse("rights:ask", args=[token])).content.decode()
    assert "asked you" not in alice_client.get(reverse("pages:settings")).content.decode()


def test_a_late_answer_is_called_late(alice: User, alice_client: Client) -> None:
    _rosa, invitation, _token = guest(alice)
    ask(invitation=invitation, kind="other", text="Hello?")
    RightsRequest.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "Was due on" in alice_client.get(reverse("rights:requests")).content.decode()
    assert "was due on" in alice_client.get(reverse("pages:settings")).content.decode()


def test_too_many_in_a_day_are_refused_with_a_sentence(alice: User) -> None:
    _rosa, invitation, token = guest(alice)
    for number in range(REQUESTS_A_DAY):
        ask(invitation=invitation, kind="other", text=f"Question {number}")
    page = Client().post(reverse("rights:ask", args=[token]), {"kind": "other", "text": "One more"})
    assert "enough for one day" in page.content.decode()
    assert RightsRequest.objects.count() == REQUESTS_A_DAY
    RightsRequest.objects.update(received_at=timezone.now() - timedelta(days=2))
    ask(invitation=invitation, kind="other", text="The next day")


def test_an_empty_request_or_answer_is_refused(alice: User) -> None:
    _rosa, invitation, _token = guest(alice)
    with pytest.raises(RequestRefused, match="Write what you want to know"):
        ask(invitation=invitation, kind="other", text="  ")
    with pytest.raises(RequestRefused, match="has 5001 letters"):
        ask(invitation=invitation, kind="other", text="x" * 5001)
    row, _ = ask(invitation=invitation, kind="other", text="Hello?")
    with pytest.raises(RequestRefused):
        answer_request(request=row, answer=" ", by=alice)


def test_only_the_librarys_owner_answers(alice: User, bob: User, bob_client: Client) -> None:
    _rosa, invitation, _token = guest(alice)
    row, _ = ask(invitation=invitation, kind="other", text="Hello?")
    assert bob_client.get(reverse("rights:answer", args=[row.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        answer_request(request=row, answer="No.", by=bob)


def test_the_link_shows_numbers_and_no_photo(alice: User) -> None:
    rosa, _invitation, token = guest(alice)
    photo = photo_row(alice, seed=1)
    say_who(region=face(photo), photo=photo, person=rosa, by=alice)
    page = Client().get(reverse("rights:ask", args=[token])).content.decode()
    assert "1 photo names you" in page
    assert "/photos/" not in page


def test_a_wrong_link_opens_nothing(alice: User) -> None:
    for name in ("rights:ask", "rights:ask_stop", "rights:ask_resume"):
        assert Client().post(reverse(name, args=["wrong"])).status_code == 404
