"""Looking at the machine's words: what waits, what an answer changes, and how it is taken back."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.core.words import words_of
from photolib.describe.boxes import Box
from photolib.describe.errors import MeanwhileChanged, TextRefused
from photolib.describe.models import (
    Draft,
    DraftState,
    Fact,
    FactKind,
    HumanText,
    Review,
    ReviewState,
)
from photolib.describe.queries import Description, texts_for
from photolib.describe.review_marks import digest_of, marks_of
from photolib.describe.review_queue import (
    COUNTED_TO,
    next_after,
    place_in,
    queue_of,
    waiting_count,
    waiting_for,
)
from photolib.describe.reviewing import (
    accept,
    accept_draft,
    reject,
    reject_draft,
    take_back,
    want_better,
    want_no_better,
)
from photolib.describe.seen import SeenFact
from photolib.describe.services import clear_text, edit_text, reject_fact
from photolib.describe.writing import replace_facts
from photolib.library.models import Photo
from photolib.library.services import move_to_trash
from tests.describe.rows import face_row, fact_row
from tests.factories import photo_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def dog(alice: User) -> Photo:
    """A photo of alice's in which the machine saw a dog."""
    photo = photo_row(alice, seed=1)
    fact_row(photo, "dog")
    return photo


def shown(photo: Photo) -> str:
    return digest_of(marks_of([photo])[photo.pk])


def told(photo: Photo, viewer: User) -> Description:
    return texts_for([photo], viewer, "en")[photo.pk]


def see(photo: Photo, *labels: str, left: float = 0.4) -> None:
    """What the objects' analyser does when it looks again."""
    seen = [
        SeenFact(kind=FactKind.OBJECT, label=label, confidence=0.91, box=Box(left, 0.5, 0.3, 0.3))
        for label in labels
    ]
    replace_facts(photo, seen, step="find_objects", model="ssd-mobilenet-v2", version="2")


def draft_of(photo: Photo, **fields: Any) -> Draft:
    values = {"language": "en", "alt": "A dog asleep on a red sofa.", "model": "llava"}
    return Draft.objects.create(photo=photo, **(values | fields))


class TestTheQueue:
    def test_photos_nobody_looked_at_wait_newest_first(self, alice: User, dog: Photo) -> None:
        newer = photo_row(alice, seed=2)
        face_row(newer, 0.1)
        assert list(queue_of(alice)) == [newer, dog]

    def test_nothing_waits_where_the_machine_says_nothing(self, alice: User) -> None:
        for seed, kind in enumerate((FactKind.COLOUR, FactKind.SENSITIVITY), start=1):
            fact = fact_row(photo_row(alice, seed=seed), "red")
            Fact.objects.filter(pk=fact.pk).update(kind=kind)
        fact_row(photo_row(alice, seed=3), "dog", rejected=True)
        photo_row(alice, seed=4)
        assert not queue_of(alice)

    def test_only_the_owner_has_a_photo_in_the_queue(self, alice: User, bob: User, dog) -> None:
        Photo.objects.update(shared_with_household=True)
        assert not queue_of(bob)
        assert waiting_count(bob) == 0

    def test_a_photo_in_the_trash_does_not_wait(self, alice: User, dog: Photo) -> None:
        move_to_trash(photos=[dog], by=alice)
        assert not queue_of(alice)

    def test_a_person_s_own_words_wait_for_nobody(self, alice: User, dog: Photo) -> None:
        edit_text(photo=dog, language="fr", alt="Rex dort", extended="", by=alice)
        assert not queue_of(alice)
        clear_text(photo=dog, language="fr", by=alice)
        assert list(queue_of(alice)) == [dog]

    def test_asked_for_comes_before_drafts_before_changes_before_the_rest(
        self, alice: User, dog: Photo
    ) -> None:
        changed, drafted, wanted = (photo_row(alice, seed=seed) for seed in (2, 3, 4))
        newest = photo_row(alice, seed=5)
        for photo in (changed, newest):
            fact_row(photo, "dog")
        accept(photo=changed, shown=shown(changed), by=alice)
        see(changed, "cat")
        draft_of(drafted)
        want_better(photo=wanted, by=alice)

        queue = queue_of(alice)

        assert list(queue) == [wanted, drafted, changed, newest, dog]
        assert [place_in(queue, photo) for photo in queue] == [1, 2, 3, 4, 5]
        why = [one.why for one in waiting_for(queue, alice, "en")]
        assert why == ["wanted", "draft", "changed", "new", "new"]

    def test_next_goes_round(self, alice: User, dog: Photo) -> None:
        queue = queue_of(alice)
        assert next_after(queue, queue[0]) is None
        newer = photo_row(alice, seed=2)
        fact_row(newer, "cat")
        first, second = queue_of(alice)
        assert (next_after(queue, first), next_after(queue, second)) == (second, first)

    def test_the_menu_counts_no_further_than_it_says(
        self, alice: User, dog: Photo, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("photolib.describe.review_queue.COUNTED_TO", 2)
        for seed in range(2, 7):
            fact_row(photo_row(alice, seed=seed), "dog")
        assert waiting_count(alice) == 3
        assert COUNTED_TO == 99

    def test_the_number_of_queries_does_not_grow_with_the_photos(
        self, alice: User, dog: Photo
    ) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as caught:
                waiting_for(queue_of(alice), alice, "en")
            return len(caught)

        few = queries()
        for seed in range(2, 9):
            photo = photo_row(alice, seed=seed)
            fact_row(photo, "dog")
            draft_of(photo)
            want_better(photo=photo, by=alice)
        assert queries() == few


class TestAccepting:
    def test_the_words_stay_and_say_who_checked_them(self, alice: User, bob: User, dog) -> None:
        before = told(dog, alice)
        accept(photo=dog, shown=shown(dog), by=alice)
        after = told(dog, bob)
        assert (after.alt, after.source) == (before.alt, "machine")
        assert after.checked_by == "Alice"
        assert after.checked_on is not None
        assert not queue_of(alice)

    def test_no_sentence_is_kept(self, alice: User, dog: Photo) -> None:
        accept(photo=dog, shown=shown(dog), by=alice)
        assert Review.objects.get().checked == [["object", "dog", ""]]
        assert not HumanText.objects.exists()

    def test_what_changed_since_it_was_read_is_not_accepted(self, alice: User, dog: Photo) -> None:
        read = shown(dog)
        see(dog, "dog", "cat")
        with pytest.raises(MeanwhileChanged):
            accept(photo=dog, shown=read, by=alice)
        assert list(queue_of(alice)) == [dog]

    def test_the_same_again_brings_no_question_back(self, alice: User, dog: Photo) -> None:
        accept(photo=dog, shown=shown(dog), by=alice)
        see(dog, "dog", left=0.42)
        assert not queue_of(alice)
        assert told(dog, alice).checked_by == "Alice"

    def test_something_else_brings_it_back_with_what_changed(self, alice: User, dog) -> None:
        accept(photo=dog, shown=shown(dog), by=alice)
        see(dog, "cat", "cat")
        (waiting,) = waiting_for(queue_of(alice), alice, "en")
        assert waiting.why == "changed"
        assert (waiting.changes.new, waiting.changes.gone) == (("a cat", "a cat"), ("a dog",))
        assert told(dog, alice).checked_by == ""

    def test_one_s_own_no_to_a_claim_is_no_news(self, alice: User, dog: Photo) -> None:
        accept(photo=dog, shown=shown(dog), by=alice)
        reject_fact(fact=Fact.objects.get(), by=alice)
        see(dog, "dog")
        assert not queue_of(alice)

    def test_a_housemate_cannot_decide(self, alice: User, bob: User, dog: Photo) -> None:
        for decide in (accept, reject):
            with pytest.raises(NotAllowed):
                decide(photo=dog, shown=shown(dog), by=bob)
        assert not Review.objects.exists()


class TestRejecting:
    def test_date_and_place_are_left(self, alice: User, dog: Photo) -> None:
        reject(photo=dog, shown=shown(dog), by=alice)
        text = told(dog, alice)
        assert (text.source, text.rejected) == ("fallback", True)
        assert "dog" not in text.alt + " ".join(claim.text for claim in text.facts)
        assert not queue_of(alice)

    def test_the_photo_is_not_found_by_it(self, alice: User, dog: Photo) -> None:
        assert ("dog", "object") in words_of(dog)
        reject(photo=dog, shown=shown(dog), by=alice)
        assert ("dog", "object") not in words_of(dog)

    def test_a_new_look_gives_the_machine_another_chance(self, alice: User, dog: Photo) -> None:
        reject(photo=dog, shown=shown(dog), by=alice)
        see(dog, "cat")
        assert "cat" in told(dog, alice).alt
        assert list(queue_of(alice)) == [dog]

    def test_the_same_again_stays_rejected(self, alice: User, dog: Photo) -> None:
        reject(photo=dog, shown=shown(dog), by=alice)
        see(dog, "dog")
        assert told(dog, alice).rejected


class TestTakingBack:
    @pytest.mark.parametrize("decide", [accept, reject])
    def test_the_photo_waits_again_as_it_did(self, alice: User, bob: User, dog, decide) -> None:
        want_better(photo=dog, by=bob)
        decide(photo=dog, shown=shown(dog), by=alice)
        assert not queue_of(alice)
        assert take_back(photo=dog, by=alice)
        (waiting,) = waiting_for(queue_of(alice), alice, "en")
        assert (waiting.why, waiting.wanted_by) == ("wanted", "Bob")
        assert "dog" in told(dog, alice).alt

    def test_once_only(self, alice: User, dog: Photo) -> None:
        accept(photo=dog, shown=shown(dog), by=alice)
        assert take_back(photo=dog, by=alice)
        assert not take_back(photo=dog, by=alice)

    def test_never_a_person_s_own_words(self, alice: User, dog: Photo) -> None:
        accept(photo=dog, shown=shown(dog), by=alice)
        edit_text(photo=dog, language="en", alt="Rex asleep", extended="", by=alice)
        assert not take_back(photo=dog, by=alice)
        assert told(dog, alice).alt == "Rex asleep"


class TestDrafts:
    def test_a_draft_is_nobody_s_words_until_it_is_accepted(self, alice: User, dog: Photo) -> None:
        draft = draft_of(dog)
        assert told(dog, alice).source == "machine"
        accept_draft(draft=draft, by=alice)
        text = told(dog, alice)
        assert (text.alt, text.source, text.drafted_by) == (draft.alt, "human", "llava")
        assert not queue_of(alice)

    def test_a_draft_never_overwrites_a_person(self, alice: User, dog: Photo) -> None:
        edit_text(photo=dog, language="en", alt="Rex asleep", extended="", by=alice)
        draft = draft_of(dog)
        with pytest.raises(TextRefused):
            accept_draft(draft=draft, by=alice)
        assert told(dog, alice).alt == "Rex asleep"

    def test_words_begun_from_a_draft_name_it_until_written_afresh(self, alice, dog) -> None:
        draft = draft_of(dog)
        words = {"photo": dog, "language": "en", "extended": "", "by": alice}
        edit_text(alt="Rex asleep", draft=draft, **words)
        assert HumanText.objects.get().drafted_by == "llava"
        assert Draft.objects.get().state == DraftState.ACCEPTED
        edit_text(alt="Rex", **words)
        assert HumanText.objects.get().drafted_by == ""

    @pytest.mark.parametrize("decide", [accept_draft, reject_draft])
    def test_an_answer_is_taken_back(self, alice: User, dog: Photo, decide) -> None:
        draft = draft_of(dog)
        decide(draft=draft, by=alice)
        with pytest.raises(MeanwhileChanged):
            decide(draft=draft, by=alice)
        assert take_back(photo=dog, by=alice)
        assert Draft.objects.get().state == DraftState.OFFERED
        assert told(dog, alice).source == "machine"
        assert not HumanText.objects.exists()


class TestAskingForBetterWords:
    def test_whoever_sees_it_may_ask_and_the_owner_answers(self, alice, bob, dog: Photo) -> None:
        accept(photo=dog, shown=shown(dog), by=alice)
        want_better(photo=dog, by=bob)
        assert list(queue_of(alice)) == [dog]
        edit_text(photo=dog, language="en", alt="Rex asleep", extended="", by=alice)
        assert not queue_of(alice)
        assert Review.objects.get().state == ReviewState.WRITTEN

    def test_it_ends_by_whoever_asked_or_the_owner(self, alice, bob, charlie, dog: Photo) -> None:
        for ends in (alice, bob):
            want_better(photo=dog, by=bob)
            with pytest.raises(NotAllowed):
                want_no_better(photo=dog, by=charlie)
            want_no_better(photo=dog, by=ends)
            assert Review.objects.get().wanted_at is None

    def test_what_was_rejected_stays_so_while_somebody_asks(self, alice, bob, dog) -> None:
        reject(photo=dog, shown=shown(dog), by=alice)
        want_better(photo=dog, by=bob)
        assert told(dog, bob).rejected
        (waiting,) = waiting_for(queue_of(alice), alice, "en")
        assert "dog" in waiting.text.alt
