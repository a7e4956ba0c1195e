"""P2 (GDPR 9(2)(a), 7(2), 7(4)): separate, unticked purposes; refusing any leaves all else working."""

import re

import pytest
from django.test import Client

from photolib.accounts.models import User
from photolib.consent.decisions import decide
from photolib.consent.models import Decision, Purpose
from photolib.consent.wording import text_for
from photolib.people.services import say_who
from tests.consent.conftest import PURPOSES, Cast, say
from tests.factories import photo_row

# What a member does without any consent at all.
EVERYDAY = (
    "/", "/people/", "/albums/", "/upload/", "/search/?q=2024", "/jobs/", "/trash/",
    "/favourites/", "/settings/", "/consent/",
)  # fmt: skip


def page_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("purpose", PURPOSES)
def test_p02_each_purpose_is_asked_on_a_page_of_its_own_with_nothing_ticked(
    cast: Cast, bob_client: Client, purpose: Purpose
) -> None:
    page = page_of(bob_client, f"/consent/{cast.bob_person.pk}/{cast.library.pk}/{purpose}/")
    texts = {one: text_for(one, "en").question for one in PURPOSES}
    assert [one for one, question in texts.items() if question in page] == [purpose]
    assert len(re.findall(r'type="radio"', page)) == 2
    assert not re.search(r"<input[^>]*\b(checked|selected)\b", page)
    assert 'type="checkbox"' not in page


@pytest.mark.parametrize("purpose", PURPOSES)
def test_p02_a_yes_to_one_purpose_is_no_yes_to_another(cast: Cast, purpose: Purpose) -> None:
    say(cast, cast.bob_person, purpose)
    granted = set(Decision.objects.filter(granted=True).values_list("purpose", flat=True))
    assert granted == {purpose}


def test_p02_refusing_everything_leaves_every_feature_working(
    cast: Cast, bob: User, bob_client: Client
) -> None:
    photo = photo_row(bob)
    before = {path: bob_client.get(path).status_code for path in EVERYDAY}
    for purpose in PURPOSES:
        path = f"/consent/{cast.bob_person.pk}/{cast.library.pk}/{purpose}/"
        assert bob_client.post(path, {"answer": "no"}).status_code == 302
        assert not decide(cast.bob_person, purpose, cast.library).allowed
    assert {path: bob_client.get(path).status_code for path in EVERYDAY} == before
    assert set(before.values()) == {200}
    # Naming by hand needs nobody's yes, and neither does describing.
    say_who(region=None, photo=photo, person=cast.bob_person, by=bob)
    assert "Bob" in page_of(bob_client, f"/photos/{photo.pk}/")


def test_p02_leaving_a_question_open_is_a_choice(cast: Cast, bob_client: Client) -> None:
    page = page_of(bob_client, f"/consent/{cast.bob_person.pk}/{cast.library.pk}/recognise/")
    assert "Leave it open" in page
    assert not Decision.objects.exists()
