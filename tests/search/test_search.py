"""Who finds what by which words."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from photolib.accounts.models import User
from photolib.consent.models import Purpose
from photolib.consent.services import answer
from photolib.core.sql import fetched
from photolib.describe.services import edit_text
from photolib.library.services import add_to_album, create_album, library_of, move_to_trash
from photolib.people.models import Person
from photolib.people.services import create_person, say_who
from photolib.search.index import photos_of, rows_of
from photolib.search.queries import search_photos
from photolib.search.services import index_photo, replace_words
from tests.describe.rows import fact_row
from tests.factories import photo_row
from tests.search.rows import found, with_person, with_words

pytestmark = pytest.mark.django_db


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
    assert (list(result.photos), result.understood) == ([], ())


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
    assert [(one.typed, one.meant) for one in there.unknown] == [("secret", "")]
    assert [(one.typed, one.meant) for one in nowhere.unknown] == [("nonsense", "")]


def test_owner_finds_people_by_any_part_of_their_name(alice: User) -> None:
    photo = with_person(alice, "Anna-Léa Martin")
    for text in ("anna", "lea", "mart", "Anna Martin"):
        assert found(alice, text) == {photo.pk}
    assert search_photos(alice, "mart", "en").understood == ("with Anna-Léa Martin",)


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
    assert search_photos(charlie, "anna", "en").understood == ()


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
    noon = datetime(2024, 6, 1, 12, tzinfo=UTC)
    june_photo = photo_row(alice, seed=1, taken_at=noon, taken_on=noon.date())
    with_june = with_person(alice, "June", seed=2)
    assert found(alice, "june") == {june_photo.pk, with_june.pk}
    # A day is counted beforehand and a month is not: both ways lead to both.
    assert found(alice, "person:june or 2024-06-01") == {june_photo.pk, with_june.pk}


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
    assert result.understood == (
        "with Anna",
        "the word “dog”",
        "the word “beach”",
        "taken in July of any year",
        "taken in 2024",
    )
    assert [(one.typed, one.without) for one in result.unknown] == [
        ("qwertz", "Anna with dog, beach July 2024")
    ]


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


@pytest.mark.parametrize("words", [1, 20], ids=["one word", "many words"])
def test_beginnings_of_words_are_looked_up_in_the_index(alice: User, words: int) -> None:
    with_words(alice, " ".join(f"beach{number}" for number in range(words)))
    rows = rows_of("bea")
    assert rows is not None
    assert len(fetched(photos_of(rows))) == words
    if connection.vendor == "sqlite":
        plan = fetched(photos_of(rows).within("EXPLAIN QUERY PLAN {}"))
        assert "SEARCH w USING COVERING INDEX word_to_photo" in str(plan)


def test_first_page_is_the_newest_of_all(alice: User) -> None:
    photos = [with_words(alice, "dog", seed=seed) for seed in range(5)]
    result = search_photos(alice, "dog", "en")
    newest = [photo.pk for photo in reversed(photos)]
    assert [photo.pk for photo in result.photos] == newest
    assert [photo.pk for photo in result.newest(2)] == newest[:2]


def test_who_allowed_what_is_read_once_for_all_names(alice: User) -> None:
    with_person(alice, "Anna", seed=1)
    with_person(alice, "Bert", seed=2)

    def reads(text: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            search_photos(alice, text, "en")
        return sum("FROM consent_decision d" in query["sql"] for query in captured)

    assert [reads("dog"), reads("anna"), reads("anna bert"), reads("anna or bert")] == [0, 1, 1, 1]


def test_name_nobody_is_in_a_photo_with_leads_nowhere(alice: User) -> None:
    assert alice.household is not None
    create_person(household=alice.household, name="Anna", by=alice)
    (unknown,) = search_photos(alice, "anna", "en").unknown
    assert unknown.typed == "anna"


@pytest.fixture(
    params=[(0, 0, 0), (0, 1000, 0), (2000, 1000, 10_000)],
    ids=["a walk along the timeline", "every part common", "every part rare"],
)
def both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ways of asking the database (search.plan), on the same few photos."""
    few, most, counted = request.param
    monkeypatch.setattr("photolib.search.parts.FEW", few)
    monkeypatch.setattr("photolib.search.plan.MOST_COUNTED", most)
    monkeypatch.setattr("photolib.search.parts.COUNTED", counted)


@pytest.mark.usefixtures("both_ways")
class TestBothWays:
    """What is found does not depend on how many photos answer to each part."""

    def test_words_and_dates_narrow_each_other(self, alice: User) -> None:
        wanted = with_words(alice, "dog beach", seed=1, taken_on=date(2019, 7, 6))
        with_words(alice, "dog beach", seed=2, taken_on=date(2019, 1, 6))
        with_words(alice, "dog", seed=3, taken_on=date(2019, 7, 6))
        with_words(alice, "beach", seed=4, taken_on=date(2019, 7, 7))
        for text in ("dog beach summer", "beach dog july", "dog beach since May 2019"):
            assert found(alice, text) == {wanted.pk}, text

    def test_what_is_not_wanted_is_left_out(self, alice: User) -> None:
        plain = with_words(alice, "beach", seed=1)
        with_words(alice, "dog beach", seed=2)
        assert found(alice, "beach -dog") == found(alice, "plage or beach sans dog") == {plain.pk}

    def test_question_of_exceptions_alone_finds_the_rest(self, alice: User) -> None:
        plain = with_words(alice, "beach", seed=1)
        with_words(alice, "dog", seed=2)
        assert found(alice, "-dog") == {plain.pk}
        assert len(found(alice, "-nonsense")) == 2

    def test_either_of_two_is_enough(self, alice: User) -> None:
        photos = [with_words(alice, word, seed=n) for n, word in enumerate(("dog", "cat", "cow"))]
        assert found(alice, "dog or cat") == {photo.pk for photo in photos[:2]}
        assert found(alice, "dog or nonsense") == {photos[0].pk}

    def test_two_names_ask_for_both_in_one_photo(self, alice: User) -> None:
        both = with_person(alice, "Anna", seed=1)
        assert alice.household is not None
        bert = create_person(household=alice.household, name="Bert", by=alice)
        say_who(region=None, photo=both, person=bert, by=alice)
        other = photo_row(alice, seed=2)
        say_who(region=None, photo=other, person=bert, by=alice)
        assert found(alice, "Anna Bert") == found(alice, "with Bert and Anna") == {both.pk}
        assert found(alice, "bert") == {both.pk, other.pk}
        assert found(alice, "bert -anna") == {other.pk}
        assert found(alice, "person:bert summer") == {both.pk, other.pk}

    def test_a_name_that_is_a_word_too_finds_both(self, alice: User) -> None:
        named = with_person(alice, "Rose", seed=1)
        flower = with_words(alice, "rose", seed=2)
        assert found(alice, "rose") == {named.pk, flower.pk}
        assert found(alice, "person:rose") == {named.pk}

    def test_album_and_word_narrow_each_other(self, alice: User) -> None:
        album = create_album(title="Our Wedding", owner=alice)
        photos = [with_words(alice, word, seed=n) for n, word in enumerate(("cake", "dance"))]
        for photo in photos:
            add_to_album(photo=photo, album=album, by=alice)
        with_words(alice, "cake", seed=9)
        assert found(alice, "wedding cake") == found(alice, "album:wedding cake") == {photos[0].pk}

    def test_words_in_quotes_must_follow_each_other(self, alice: User) -> None:
        photo = photo_row(alice, seed=1, shared_with_household=True)
        edit_text(photo=photo, language="en", alt="Happy birthday, Rosa!", extended="", by=alice)
        other = photo_row(alice, seed=2)
        edit_text(photo=other, language="en", alt="A birthday, happy days", extended="", by=alice)
        assert found(alice, '"happy birthday"') == {photo.pk}
        assert found(alice, 'text:"birthday rosa"') == {photo.pk}
        assert found(alice, "happy birthday") == {photo.pk, other.pk}
        assert found(alice, '"happy birthday" rosa') == {photo.pk}

    def test_place_field_finds_places_alone(self, alice: User) -> None:
        there = photo_row(alice, seed=1, place_town="New York")
        index_photo(there)
        with_words(alice, "york new", seed=2)
        for text in ("place:York", 'in:"New York"', "lieu:york"):
            assert found(alice, text) == {there.pk}, text

    def test_a_number_of_people_is_what_the_description_says(self, alice: User) -> None:
        pair, nobody = photo_row(alice, seed=1), photo_row(alice, seed=2)
        photo_row(alice, seed=3)  # of which nothing is known
        fact_row(pair, "person", left=0.1, width=0.2)
        fact_row(pair, "person", left=0.6, width=0.2)
        fact_row(nobody, "dog")
        for photo in (pair, nobody):
            index_photo(photo)
        assert found(alice, "two people") == found(alice, "2 personnes") == {pair.pk}
        assert found(alice, "nobody") == found(alice, "sans personne") == {nobody.pk}
        assert found(alice, "people") == {pair.pk}
        assert found(alice, "2") == set()

    def test_photos_of_others_are_not_found(self, alice: User, charlie: User) -> None:
        with_words(alice, "secret beach", seed=1)
        mine = with_words(charlie, "beach", seed=2)
        for text in ("beach", "secret or beach", "beach summer", "-secret", "beach -nothing"):
            assert found(charlie, text) == {mine.pk}, text


def test_understood_is_told_in_the_readers_language(alice: User) -> None:
    photo_row(alice, taken_on=date(2019, 7, 6))
    understood = search_photos(alice, "summer 2015-2019 before 6 July 2020 monday", "en").understood
    assert understood == (
        "taken in June, July, or August of any year",
        "taken from 2015 to 2019",
        "taken until 5 July 2020",
        "taken on a Monday",
    )


def test_summer_is_where_the_photos_are(alice: User) -> None:
    january = photo_row(alice, seed=1, taken_on=date(2024, 1, 6), latitude=-33.9, longitude=151.2)
    photo_row(alice, seed=2, taken_on=date(2024, 7, 6), latitude=-33.9, longitude=151.2)
    assert found(alice, "summer") == {january.pk}


def test_taken_abroad_counts_by_the_calendar_there(alice: User) -> None:
    # In Auckland it was the first of January already, by UTC still the year before.
    photo = photo_row(
        alice, taken_on=date(2024, 1, 1), taken_at=datetime(2023, 12, 31, 11, 30, tzinfo=UTC)
    )
    assert found(alice, "2024") == found(alice, "since 2024-01-01") == {photo.pk}
    assert found(alice, "2023") == found(alice, "before 2024") == set()


@pytest.mark.parametrize(("most", "told"), [(2, 3), (3, 4), (4, 4), (5, 4)])
@pytest.mark.parametrize("few", [0, 2000])
@pytest.mark.parametrize("text", ["dog", "-cat", "dog or cat", "do 2024"])
def test_more_than_can_be_counted_is_told_as_such(
    alice: User, monkeypatch: pytest.MonkeyPatch, most: int, told: int, few: int, text: str
) -> None:
    monkeypatch.setattr("photolib.search.plan.MOST_COUNTED", most)
    monkeypatch.setattr("photolib.search.parts.FEW", few)
    for seed in range(4):
        with_words(alice, "dog", seed=seed)
    assert search_photos(alice, text, "en").total == told
