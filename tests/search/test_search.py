"""Who finds what by which words."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from photolib.accounts.models import User
from photolib.consent.models import Purpose
from photolib.consent.services import answer
from photolib.library.models import Photo
from photolib.library.services import add_to_album, create_album, library_of, move_to_trash
from photolib.people.models import Person
from photolib.people.services import create_person, say_who
from photolib.search.queries import search_photos
from photolib.search.services import index_photo, replace_words
from tests.describe.rows import fact_row
from tests.factories import photo_row

pytestmark = pytest.mark.django_db


def found(viewer: User, text: str, language: str = "en") -> set[int]:
    return {photo.pk for photo in search_photos(viewer, text, language).photos}


def with_words(owner: User, words: str, *, seed: int = 0, **fields: object) -> Photo:
    photo = photo_row(owner, seed=seed, **fields)
    replace_words(photo, [(word, "text") for word in words.split()])
    return photo


def with_person(owner: User, name: str, *, seed: int = 0, user: User | None = None) -> Photo:
    photo = photo_row(owner, seed=seed, shared_with_household=True)
    assert owner.household is not None
    person = create_person(household=owner.household, name=name, by=owner, user=user)
    say_who(region=None, photo=photo, person=person, by=owner)
    return photo


def test_every_word_must_match(alice: User) -> None:
    both = with_words(alice, "dog beach", seed=1)
    with_words(alice, "dog", seed=2)
    assert found(alice, "beach dog") == {both.pk}


def test_beginning_of_a_word_finds_it_and_the_middle_does_not(alice: User) -> None:
    photo = with_words(alice, "beach zurich")
    assert found(alice, "bea") == found(alice, "Zür") == {photo.pk}
    assert found(alice, "each") == found(alice, "b") == set()


def test_wildcards_and_quotes_mean_nothing(alice: User) -> None:
    with_words(alice, "beach")
    for text in ("%", "b%", "_each", "';--", "be%ch"):
        assert found(alice, text) == set()


def test_empty_question_finds_nothing(alice: User) -> None:
    photo_row(alice)
    result = search_photos(alice, "  ", "en")
    assert (list(result.photos), result.understood) == ([], "")


def test_private_and_trashed_photos_are_not_found_by_others(
    alice: User, bob: User, charlie: User
) -> None:
    private = with_words(alice, "secret", seed=1)
    shared = with_words(alice, "secret", seed=2, shared_with_household=True)
    trashed = with_words(alice, "secret", seed=3, shared_with_household=True)
    move_to_trash(photos=[trashed], by=alice)
    assert found(alice, "secret") == {private.pk, shared.pk}
    assert found(bob, "secret") == {shared.pk}
    assert found(charlie, "secret") == set()


def test_stranger_cannot_tell_whether_a_word_is_known_to_others(alice: User, charlie: User) -> None:
    with_words(alice, "secret")
    there = search_photos(charlie, "secret", "en")
    nowhere = search_photos(charlie, "nonsense", "en")
    assert there.understood == nowhere.understood
    assert (there.unknown, nowhere.unknown) == (("secret",), ("nonsense",))


def test_owner_finds_people_by_any_part_of_their_name(alice: User) -> None:
    photo = with_person(alice, "Anna-Léa Martin")
    for text in ("anna", "lea", "mart", "Anna Martin"):
        assert found(alice, text) == {photo.pk}
    assert search_photos(alice, "mart", "en").understood == "people: Anna-Léa Martin"


def test_housemate_finds_a_name_only_while_the_person_says_yes(alice: User, bob: User) -> None:
    photo = with_person(alice, "Robert", user=bob)
    assert found(bob, "robert") == set()
    person = Person.objects.get(name="Robert")
    for granted, expected in ((True, {photo.pk}), (False, set())):
        answer(
            person=person,
            library=library_of(alice),
            purpose=Purpose.NAME,
            granted=granted,
            by=bob,
            language="en",
        )
        assert found(bob, "robert") == expected


def test_stranger_finds_nobody_by_name(alice: User, charlie: User) -> None:
    with_person(alice, "Anna")
    photo_row(charlie)
    assert found(charlie, "anna") == set()
    assert "people" not in search_photos(charlie, "anna", "en").understood


def test_names_are_not_in_the_index(alice: User) -> None:
    photo = with_person(alice, "Anna")
    index_photo(photo)
    assert not photo.words.filter(word="anna").exists()


def test_places_are_found_in_every_language(alice: User) -> None:
    photo = photo_row(alice, place_town="Köln", place_region="NRW", place_country="DE")
    index_photo(photo)
    for text in ("koln", "Köln", "germany", "Allemagne", "nrw"):
        assert found(alice, text) == {photo.pk}


def test_things_are_found_in_every_language(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "bicycle")
    index_photo(photo)
    for text in ("bicycles", "bike", "vélo", "VELOS"):
        assert found(alice, text) == {photo.pk}


def test_dates_are_found_by_year_month_day_and_weekday(alice: User) -> None:
    saturday = photo_row(alice, seed=1, taken_on=date(2024, 7, 6))
    photo_row(alice, seed=2, taken_on=date(2023, 6, 5))
    for text in ("2024", "july", "juillet 2024", "6 July 2024", "saturday", "2024-07-06"):
        assert found(alice, text) == {saturday.pk}
    assert found(alice, "7 July 2024") == set()


def test_month_that_is_a_name_finds_both(alice: User) -> None:
    june_photo = photo_row(alice, seed=1, taken_on=date(2024, 6, 1))
    with_june = with_person(alice, "June", seed=2)
    assert found(alice, "june") == {june_photo.pk, with_june.pk}


def test_album_titles_lead_to_their_photos_for_those_who_see_the_album(
    alice: User, bob: User
) -> None:
    photo = photo_row(alice, shared_with_household=True)
    album = create_album(title="Our Wedding", owner=alice)
    add_to_album(photo=photo, album=album, by=alice)
    assert found(alice, "wedding") == {photo.pk}
    assert found(bob, "wedding") == set()


def test_answer_says_how_the_question_was_read(alice: User) -> None:
    photo = with_person(alice, "Anna")
    replace_words(photo, [("dog", "object"), ("beach", "text")])
    result = search_photos(alice, "Anna with dog, beach July 2024 qwertz", "en")
    assert result.understood == "people: Anna; words: dog, beach; date: July 2024"
    assert result.unknown == ("qwertz",)


def test_sql_queries_do_not_grow_with_the_photos(alice: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert list(search_photos(alice, "dog 2024", "en").photos)
        return len(captured)

    with_words(alice, "dog", seed=0)
    few = queries()
    for seed in range(1, 10):
        with_words(alice, "dog", seed=seed)
    assert queries() == few


def test_beginnings_of_words_are_looked_up_in_the_index(alice: User) -> None:
    with_words(alice, "beach")
    plan = search_photos(alice, "bea", "en").photos.explain()
    assert "word_to_photo" in plan or connection.vendor != "sqlite"
