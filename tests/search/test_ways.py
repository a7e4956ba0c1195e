"""Every question of the benchmark finds the same, whichever way the database is asked."""

from datetime import date
from itertools import combinations_with_replacement

import pytest
from django.core.management.base import CommandError

from photolib.bench.questions import QUESTIONS, asked, fill, filled
from photolib.core.sql import fetched
from photolib.library.models import Photo
from photolib.pages.queries import PAGE_SIZE, slice_of
from photolib.search.queries import search_photos
from photolib.search.question import Yearly
from photolib.search.times import photos_taken, taken

pytestmark = pytest.mark.django_db

# Parts of several kinds in one, and each kind left out.
MIXED = [
    "anna0 or thing0en",
    '"basaid1 casaid2" or anna1',
    "anna0 or July",
    "anna0 or July 2019",
    "anna1 or wedding0 or 2012",
    "July or thing0en",
    "town3 or wedding0 or monday",
    "anna1 or wedding0 summer",
    "thing0en -anna0",
    "thing0en -July",
    'anna0 -"basaid1 casaid2"',
    "summer -monday -wedding0",
]
ALL = [asked(question) for questions in QUESTIONS.values() for question in questions] + MIXED


def test_every_question_finds_the_same_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    house = fill(300)
    answers = []
    for few, most, counted in ((0, 0, 10_000), (2000, 1000, 10_000), (0, 0, 0), (0, 3, 5)):
        monkeypatch.setattr("photolib.search.parts.FEW", few)
        monkeypatch.setattr("photolib.search.parts.COUNTED", counted)
        monkeypatch.setattr("photolib.search.plan.MOST_COUNTED", most)
        answer = {}
        for viewer in (house.owner, house.housemate):
            for question in ALL:
                found = search_photos(viewer, question, "en")
                keys = [photo.pk for photo in found.photos]
                first = [photo.pk for photo in slice_of(found.newest(PAGE_SIZE + 1)).photos]
                assert first == keys[:PAGE_SIZE], question
                assert found.total == min(len(keys), most + 1), question
                answer[viewer.username, question] = (keys, found.understood, found.unknown)
        answers.append(answer)
    assert all(answer == answers[0] for answer in answers)
    assert sum(bool(answers[0]["owner", question][0]) for question in MIXED) > len(MIXED) - 3
    assert sum(bool(keys) for keys, _understood, _unknown in answers[0].values()) > len(ALL)


def test_days_of_every_year_are_the_same_from_the_index_of_dates() -> None:
    fill(60)
    days = [date(year, *day) for year in (2019, 2020) for day in ((2, 28), (3, 1))]
    days += [date(2020, 2, 29), date(1999, 12, 31), date(2021, 1, 1)]
    for photo, day in zip(Photo.objects.order_by("pk"), days, strict=False):
        Photo.objects.filter(pk=photo.pk).update(taken_on=day)
    ends = [(2, 1), (2, 28), (2, 29), (3, 1), (3, 31), (12, 1), (12, 31)]
    for first, last in combinations_with_replacement(ends, 2):
        when = Yearly(((first, last),))
        listed, tested = photos_taken(when), taken(when, "p")
        assert listed is not None
        every = tested.within("SELECT p.id FROM library_photo p WHERE {}")
        assert set(fetched(listed)) == set(fetched(every)), when
    leap = photos_taken(Yearly((((2, 29), (2, 29)),)))
    assert leap is not None
    assert len(fetched(leap)) == Photo.objects.filter(taken_on="2020-02-29").count()


def test_days_of_every_year_in_an_empty_library_have_no_list() -> None:
    assert photos_taken(Yearly((((7, 1), (7, 31)),))) is None


def test_days_of_too_many_years_have_no_list() -> None:
    fill(2)
    first = Photo.objects.order_by("pk")[0]
    Photo.objects.filter(pk=first.pk).update(taken_on=date(1500, 1, 1))
    assert photos_taken(Yearly((((7, 1), (7, 31)),))) is None


def test_filled_library_is_known_again_and_no_other_taken_for_it() -> None:
    assert filled(40) is None
    house = fill(40)
    assert filled(40) == house
    with pytest.raises(CommandError, match="no library of 50 photos"):
        filled(50)
    Photo.objects.all().delete()
    with pytest.raises(CommandError):
        filled(40)
