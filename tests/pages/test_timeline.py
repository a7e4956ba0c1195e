"""The list of photos: days, pages, places in it, and what it costs."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from photolib.accounts.models import User
from photolib.library.models import Photo
from photolib.library.queries import photos_visible_to
from photolib.library.services import set_favourite
from photolib.pages import queries
from photolib.pages.cursors import cursor_of
from photolib.pages.queries import cards_for, cursor_around, days_of, months_of, slice_of
from tests.factories import photo_row

TIMELINE = "pages:timeline"


def many(owner: User, count: int, *, every: timedelta = timedelta(hours=7)) -> list[Photo]:
    """`count` photos, the newest first."""
    newest = datetime(2024, 7, 6, 12, tzinfo=UTC)
    moments = [newest - every * number for number in range(count)]
    return [
        photo_row(owner, seed=number, taken_at=moment, taken_on=moment.date())
        for number, moment in enumerate(moments)
    ]


def test_empty_timeline_leads_to_the_upload(alice_client: Client) -> None:
    page = alice_client.get(reverse(TIMELINE)).content.decode()
    assert "Your photos will be here" in page
    assert f'href="{reverse("pages:upload")}"' in page


def test_each_day_is_a_heading_once(alice: User, alice_client: Client) -> None:
    many(alice, 6)
    page = alice_client.get(reverse(TIMELINE)).content.decode()
    assert page.count('id="day-2024-07-06"') == 1
    assert "Saturday 6 July 2024" in page.replace("Saturday, ", "Saturday ")


def test_a_day_stays_one_when_clocks_disagree(alice: User) -> None:
    noon = datetime(2024, 7, 6, 12, tzinfo=UTC)
    later, earlier = noon.date(), noon.date() - timedelta(days=1)
    for seed, day in enumerate([later, earlier, later]):
        photo_row(alice, seed=seed, taken_at=noon - timedelta(minutes=seed), taken_on=day)
    photos = slice_of(photos_visible_to(alice)).photos
    days = days_of(cards_for(photos, alice, "en"))
    assert [(day.date, len(day.cards)) for day in days] == [(later, 2), (earlier, 1)]


def test_paging_older_and_back_shows_every_photo_once(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE_SIZE", 4)
    made = many(alice, 11)
    photos = photos_visible_to(alice)
    seen, before = [], ""
    while True:
        part = slice_of(photos, before=before, size=4)
        seen += [photo.pk for photo in part.photos]
        if not part.older:
            break
        before = part.older
    assert seen == [photo.pk for photo in made]
    back = slice_of(photos, after=part.newer, size=4)
    assert [photo.pk for photo in back.photos] == seen[4:8]
    assert back.newer == cursor_of(made[4])


def test_first_page_has_nothing_newer(alice: User) -> None:
    many(alice, 3)
    part = slice_of(photos_visible_to(alice), size=2)
    assert part.newer == ""
    assert part.older


def test_photos_of_the_same_moment_are_not_lost_between_pages(alice: User) -> None:
    many(alice, 5, every=timedelta())
    photos = photos_visible_to(alice)
    first = slice_of(photos, size=2)
    second = slice_of(photos, before=first.older, size=2)
    third = slice_of(photos, before=second.older, size=2)
    keys = [photo.pk for part in (first, second, third) for photo in part.photos]
    assert len(keys) == len(set(keys)) == 5


@pytest.mark.parametrize("cursor", ["nonsense", "12", "_", "9" * 40 + "_1", "1_" + "9" * 40])
def test_a_cursor_that_is_none_is_not_found(alice_client: Client, cursor: str) -> None:
    assert alice_client.get(reverse(TIMELINE), {"before": cursor}).status_code == 404


def test_coming_back_shows_the_page_of_the_photo(alice: User, alice_client: Client) -> None:
    made = many(alice, 130)
    page = alice_client.get(reverse(TIMELINE), {"at": made[100].pk}).content.decode()
    assert f'id="photo-{made[100].pk}"' in page
    assert f'id="photo-{made[0].pk}"' not in page
    assert cursor_around(photos_visible_to(alice), made[3]) == ""


def test_coming_back_to_a_photo_that_is_gone_shows_the_first_page(
    alice: User, alice_client: Client
) -> None:
    made = many(alice, 2)
    page = alice_client.get(reverse(TIMELINE), {"at": "999999"}).content.decode()
    assert f'id="photo-{made[0].pk}"' in page


def test_a_month_can_be_chosen(alice: User, alice_client: Client) -> None:
    made = many(alice, 100, every=timedelta(days=1))
    months = months_of(photos_visible_to(alice))
    assert [(month.code, month.photos) for month in months][:2] == [("2024-07", 6), ("2024-06", 30)]
    page = alice_client.get(reverse(TIMELINE), {"month": "2024-05"}).content.decode()
    first = next(photo for photo in made if photo.taken_on.month == 5)
    assert f'id="photo-{first.pk}"' in page
    assert f'id="photo-{made[0].pk}"' not in page


def test_queries_of_the_timeline_do_not_grow_with_photos(
    alice: User, bob: User, alice_client: Client
) -> None:
    def fill(start: int, count: int) -> None:
        for seed in range(start, start + count):
            photo_row(bob, seed=seed, shared_with_household=True)
            set_favourite(photo=photo_row(alice, seed=seed), user=alice, on=True)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert alice_client.get(reverse(TIMELINE)).status_code == 200
        return len(captured)

    fill(0, 1)
    count()  # what is remembered from one page to the next is fetched here
    few = count()
    fill(1, 20)
    assert count() == few


def test_select_mode_has_boxes_and_keeps_the_place(alice: User, alice_client: Client) -> None:
    made = many(alice, 70)
    page = alice_client.get(
        reverse(TIMELINE), {"select": "1", "before": cursor_of(made[20])}
    ).content.decode()
    assert f'id="choose-{made[21].pk}"' in page
    assert f'id="photo-{made[21].pk}"' not in page
    assert re.search(r'name="deed"\s+value="trash"', page)
