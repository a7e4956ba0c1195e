"""Tags: who says them, what is asked, what is never asked again, and what is forgotten."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as any_of

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.describe.models import AnalyserOff
from photolib.describe.services import edit_text
from photolib.describe.switching import switch_off
from photolib.library.models import Photo
from photolib.library.services import library_of, move_to_trash
from photolib.own.errors import TagRefused
from photolib.own.models import PhotoLook, PhotoTag, Said, Tag
from photolib.own.queries import questions_for, tags_of, tags_on, words_to_offer
from photolib.own.services import add_tag, answer, delete_tag, set_learning, take_back
from photolib.own.teaching import MOST_OPEN, learn_due
from photolib.search.queries import search_photos
from tests.factories import photo_row
from tests.own.looks import asked_about, look_at, photos_of, tag_all

pytestmark = pytest.mark.django_db
BOATS, DOGS, CAKES = 1, 2, 3


def learn_now() -> int:
    return learn_due(timezone.now())


def found_by(viewer: User, words: str) -> set[int]:
    return {photo.pk for photo in search_photos(viewer, words, "en").photos}


@pytest.fixture
def boats(alice: User) -> list[Photo]:
    """Nine photos of boats, of which five bear the tag, among twenty others."""
    found = photos_of(alice, BOATS, 9)
    photos_of(alice, DOGS, 10)
    photos_of(alice, CAKES, 10)
    tag_all(found[:5], "boat")
    return found


def test_five_tagged_photos_ask_about_the_others_that_look_like_them(boats) -> None:
    assert learn_now() == 1
    assert asked_about() <= {photo.pk for photo in boats[5:]}
    assert len(asked_about()) >= 2


def test_four_tagged_photos_teach_nothing(alice: User, boats) -> None:
    take_back(rows=[PhotoTag.objects.get(photo=boats[0])], by=alice)
    learn_now()
    assert asked_about() == set()
    assert Tag.objects.get().weights is None


@given(order=any_of.permutations(range(4)), rounds=any_of.integers(1, 3))
@trying(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_no_is_never_asked_again(alice: User, boats, order: list[int], rounds: int) -> None:
    denied: set[int] = set()
    for number in order[:rounds]:
        learn_now()
        about = boats[5 + number]
        row, _ = PhotoTag.objects.get_or_create(
            photo=about, tag=Tag.objects.get(), defaults={"said": Said.ASKED}
        )
        answer(rows=[row], yes=False, by=alice)
        denied.add(about.pk)
        learn_now()
        look_at(about, BOATS, seed=number)
        assert not denied & asked_about()
    PhotoTag.objects.filter(photo__in=boats[5:]).delete()


def test_a_new_photo_is_asked_about_when_it_is_looked_at(alice: User, boats) -> None:
    learn_now()
    PhotoTag.objects.filter(said=Said.ASKED).delete()
    new = photo_row(alice, seed=77)
    look_at(new, BOATS, seed=3)
    other = photo_row(alice, seed=78)
    look_at(other, DOGS, seed=78)
    assert asked_about() == {new.pk}


def test_there_are_never_more_questions_than_a_sitting(alice: User) -> None:
    found = photos_of(alice, BOATS, 30)
    photos_of(alice, DOGS, 50)
    tag_all(found[:5], "boat")
    learn_now()
    for number in range(5):
        look_at(photo_row(alice, seed=500 + number), BOATS, seed=number)
    assert len(asked_about()) == MOST_OPEN


def test_photos_tagged_before_they_were_looked_at_teach_later(alice: User) -> None:
    found = [photo_row(alice, seed=number) for number in range(5)]
    tag_all(found, "boat")
    photos_of(alice, DOGS, 8)
    learn_now()
    assert Tag.objects.get().weights is None
    for number, photo in enumerate(found):
        look_at(photo, BOATS, seed=number)
    learn_now()
    assert Tag.objects.get().learnt_from == 5


def test_forgetting_keeps_what_was_said_and_asks_nothing_more(alice: User, boats) -> None:
    learn_now()
    set_learning(tags=list(tags_of(alice)), on=False, by=alice)
    learn_now()
    tag = Tag.objects.get()
    assert (tag.weights, tag.ask_from, tag.learnt_at, tag.learnt_from) == (None, None, None, 0)
    assert asked_about() == set()
    assert PhotoTag.objects.filter(said=Said.YES).count() == 5


def test_what_was_forgotten_is_learnt_again_only_when_asked_to(alice: User, boats) -> None:
    set_learning(tags=list(tags_of(alice)), on=False, by=alice)
    add_tag(photo=boats[5], name="boat", by=alice)
    assert learn_now() == 0
    set_learning(tags=list(tags_of(alice)), on=True, by=alice)
    assert learn_now() == 1
    assert Tag.objects.get().learnt_from == 6


def test_switched_off_means_gone(alice: User, boats) -> None:
    learn_now()
    switch_off(library=library_of(alice), step="match_own", by=alice)
    assert not PhotoLook.objects.exists()
    assert asked_about() == set()
    assert Tag.objects.get().weights is None
    assert AnalyserOff.objects.filter(step="match_own").exists()
    assert PhotoTag.objects.filter(said=Said.YES).count() == 5


def test_deleting_a_photo_deletes_its_look_and_tags(boats) -> None:
    key = boats[0].pk
    boats[0].delete()
    assert not PhotoLook.objects.filter(pk=key).exists()
    assert not PhotoTag.objects.filter(photo=key).exists()


def test_a_deleted_tag_takes_everything_with_it(alice: User, boats) -> None:
    learn_now()
    delete_tag(tag=Tag.objects.get(), by=alice)
    assert not PhotoTag.objects.exists()
    assert not found_by(alice, "boat")


def test_a_photo_in_the_trash_is_not_asked_about(alice: User, boats) -> None:
    move_to_trash(photos=boats[5:], by=alice)
    learn_now()
    assert list(questions_for(alice)) == []


def test_search_finds_what_was_said_and_not_what_is_asked(alice: User, boats) -> None:
    learn_now()
    assert asked_about()
    found = found_by(alice, "boat")
    assert found == {photo.pk for photo in boats[:5]}


def test_a_housemate_proposes_and_the_owner_decides(alice: User, bob: User) -> None:
    photo = photo_row(alice, shared_with_household=True)
    row = add_tag(photo=photo, name="Regatta", by=bob)
    assert (row.said, row.by) == (Said.ASKED, bob)
    assert not found_by(alice, "regatta")
    with pytest.raises(NotAllowed):
        answer(rows=[row], yes=True, by=bob)
    answer(rows=[row], yes=False, by=alice)
    assert add_tag(photo=photo, name="regatta", by=bob).said == Said.NO
    assert tags_on(photo, bob) == []


def test_what_the_machine_asks_is_told_to_the_owner_alone(alice: User, bob: User, boats) -> None:
    learn_now()
    row = PhotoTag.objects.filter(said=Said.ASKED).first()
    assert row is not None
    assert tags_on(row.photo, alice) == [row]
    assert tags_on(row.photo, bob) == []


def test_an_answer_can_be_taken_back(alice: User, boats) -> None:
    learn_now()
    row = PhotoTag.objects.filter(said=Said.ASKED).first()
    assert row is not None
    answer(rows=[row], yes=False, by=alice)
    take_back(rows=[row], by=alice)
    row.refresh_from_db()
    assert (row.said, row.by) == (Said.ASKED, None)


def test_the_same_word_is_the_same_tag(alice: User) -> None:
    one, two = photo_row(alice, seed=1), photo_row(alice, seed=2)
    tag_all([one], "Our  boat")
    tag_all([two], "our boat")
    assert [tag.name for tag in Tag.objects.all()] == ["Our boat"]


@pytest.mark.parametrize("name", ["", "  ", "…", "a" * 61])
def test_a_word_that_cannot_be_a_tag_is_refused(alice: User, name: str) -> None:
    with pytest.raises(TagRefused):
        add_tag(photo=photo_row(alice), name=name, by=alice)


def test_a_noun_of_ones_own_words_is_offered_as_a_tag(alice: User) -> None:
    photo = photo_row(alice)
    edit_text(photo=photo, language="en", alt="Two boats in the fog", extended="", by=alice)
    assert words_to_offer(photo, "en") == ["boat"]
    add_tag(photo=photo, name="boat", by=alice)
    assert words_to_offer(photo, "en") == []


def test_a_photo_meets_fifty_tags_in_as_many_queries_as_one(alice: User, boats) -> None:
    learn_now()
    learnt = Tag.objects.get()
    new = photo_row(alice, seed=900)
    look_at(new, DOGS, seed=1)
    with CaptureQueriesContext(connection) as with_one:
        look_at(new, DOGS, seed=2)
    Tag.objects.bulk_create(
        Tag(library=learnt.library, name=f"t{number}", weights=learnt.weights, ask_from=1.1)
        for number in range(49)
    )
    with CaptureQueriesContext(connection) as with_fifty:
        look_at(new, DOGS, seed=3)
    assert len(with_fifty) == len(with_one)
