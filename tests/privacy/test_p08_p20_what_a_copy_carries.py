"""P8, P20 as far as they can be built before there are links: what the makers of links must ask."""

import pytest
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.consent.models import Purpose
from photolib.consent.public_links import (
    LINK_DAYS,
    NEVER_IN_A_COPY,
    PUBLIC_HEADERS,
    people_named_in_copies,
)
from photolib.library.services import library_of
from tests.privacy.rows import guest, says

pytestmark = pytest.mark.django_db


def test_p08_a_link_ends_after_a_fortnight_and_a_copy_says_nothing_of_people() -> None:
    assert LINK_DAYS == 14
    assert {"names", "face_boxes", "gps", "serial_numbers", "original_name"} <= NEVER_IN_A_COPY


def test_p08_only_who_said_yes_to_exports_is_named_in_what_leaves(alice: User) -> None:
    rosa, invitation, _token = guest(alice)
    library = library_of(alice)
    says(rosa, library, Purpose.NAME, Purpose.RECOGNISE, Purpose.FIND_ME, by=invitation)
    assert people_named_in_copies(library) == set()
    says(rosa, library, Purpose.EXPORT, by=invitation)
    assert people_named_in_copies(library) == {rosa.pk}
    says(rosa, library, Purpose.EXPORT, by=invitation, granted=False)
    assert people_named_in_copies(library) == set()


def test_p20_public_pages_reserve_data_mining_and_ask_robots_to_leave(alice: User) -> None:
    _rosa, _invitation, token = guest(alice)
    response = Client().get(reverse("rights:ask", args=[token]))
    assert response.status_code == 200
    assert PUBLIC_HEADERS["tdm-reservation"] == "1"
    for name, value in PUBLIC_HEADERS.items():
        assert response.headers[name] == value
