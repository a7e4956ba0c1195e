"""Every question of the benchmark finds the same, whichever way the database is asked."""

import pytest
from django.core.management.base import CommandError

from photolib.bench.questions import QUESTIONS, asked, fill, filled
from photolib.library.models import Photo
from photolib.pages.queries import PAGE_SIZE, slice_of
from photolib.search.queries import search_photos

pytestmark = pytest.mark.django_db

ALL = [asked(question) for questions in QUESTIONS.values() for question in questions]


def test_every_question_finds_the_same_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    house = fill(300)
    answers = []
    for few, most in ((0, 0), (2000, 1000)):
        monkeypatch.setattr("photolib.search.parts.FEW", few)
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
    assert answers[0] == answers[1]
    assert sum(bool(keys) for keys, _understood, _unknown in answers[0].values()) > len(ALL)


def test_filled_library_is_known_again_and_no_other_taken_for_it() -> None:
    assert filled(40) is None
    house = fill(40)
    assert filled(40) == house
    with pytest.raises(CommandError, match="no library of 50 photos"):
        filled(50)
    Photo.objects.all().delete()
    with pytest.raises(CommandError):
        filled(40)
