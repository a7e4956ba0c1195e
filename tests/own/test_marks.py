"""Things of the family's own: marked once, asked about, never asked again, and never a face."""

import numpy as np
import pytest

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.describe.boxes import Box
from photolib.describe.models import Fact, FactKind
from photolib.describe.queries import texts_for
from photolib.describe.services import reject_fact
from photolib.describe.switching import switch_off, switch_on
from photolib.library.models import Photo
from photolib.library.services import library_of, move_to_trash
from photolib.own import asking, seeking
from photolib.own.asking import MOST_OPEN
from photolib.own.errors import MarkRefused
from photolib.own.marking import (
    answer_marks,
    delete_thing,
    mark,
    rename_thing,
    take_back_marks,
)
from photolib.own.models import OwnRegion, OwnThing, Said
from photolib.people.models import Person
from photolib.search.queries import search_photos
from tests.describe.rows import face_row, fact_row
from tests.factories import photo_row
from tests.own.marks import BOAT, LEFT, RIGHT, TEAPOT, Eyes, arrives, look_back, photo_of
from tests.own.marks import eyes as eyes

pytestmark = pytest.mark.django_db


def asked() -> set[int]:
    return set(OwnRegion.objects.filter(said=Said.ASKED).values_list("photo_id", flat=True))


def question() -> OwnRegion:
    return OwnRegion.objects.filter(said=Said.ASKED).select_related("photo", "thing").get()


def alt(photo: Photo, viewer: User) -> str:
    return texts_for([photo], viewer, "en")[photo.pk].alt


def found_by(viewer: User, words: str) -> set[int]:
    return {photo.pk for photo in search_photos(viewer, words, "en").photos}


@pytest.fixture
def shown(alice: User, eyes: Eyes) -> list[Photo]:
    """Three photos of the boat, the last of them marked, and two of something else."""
    photos = [
        photo_of(alice, eyes, 1, {RIGHT: BOAT}),
        photo_of(alice, eyes, 2, {LEFT: BOAT}),
        photo_of(alice, eyes, 3, {LEFT: TEAPOT}),
        photo_of(alice, eyes, 4, {}),
        photo_of(alice, eyes, 5, {LEFT: BOAT}),
    ]
    mark(photo=photos[4], name="grandfather's boat", box=LEFT, by=alice)
    return photos


def test_a_marked_thing_is_asked_about_where_something_looks_like_it(shown) -> None:
    assert look_back() == 5
    assert asked() == {shown[0].pk, shown[1].pk}
    row = OwnRegion.objects.get(photo=shown[0])
    assert row.box.part_inside(RIGHT) > 0.9
    assert row.score is not None
    assert row.score > 0.9


def test_what_was_marked_is_said_by_its_name_and_what_is_asked_is_not(alice: User, shown) -> None:
    look_back()
    assert "Grandfather's boat" in alt(shown[4], alice)
    assert "boat" not in alt(shown[0], alice)
    assert found_by(alice, "grandfather") == {shown[4].pk}


def test_a_yes_is_said_and_found_and_looked_for_by(alice: User, shown) -> None:
    look_back()
    row = OwnRegion.objects.get(photo=shown[0])
    answer_marks(rows=[row], yes=True, by=alice)
    assert "Grandfather's boat" in alt(shown[0], alice)
    assert found_by(alice, "grandfather") == {shown[0].pk, shown[4].pk}
    look_back()
    row.refresh_from_db()
    assert row.look is not None
    assert OwnThing.objects.get().looked_with == 2


def test_a_no_is_kept_and_never_asked_again(alice: User, eyes: Eyes, shown) -> None:
    look_back()
    row = OwnRegion.objects.get(photo=shown[0])
    answer_marks(rows=[row], yes=False, by=alice)
    for _again in range(2):
        mark(photo=shown[4], name="grandfather's boat", box=LEFT, by=alice)
        OwnThing.objects.update(looked_down_to=None, looked_with=0, wanted=True)
        look_back()
        arrives(shown[0], 1)
        row.refresh_from_db()
        assert row.said == Said.NO
        assert shown[0].pk not in asked()
    assert found_by(alice, "grandfather") == {shown[4].pk}


def test_what_looks_more_like_a_no_than_like_any_yes_is_not_asked(
    alice: User, eyes: Eyes, shown
) -> None:
    # A ferry: much like the boat, and told apart by a no.
    eyes.seen[1] = {RIGHT: BOAT}
    look_back()
    wrong = OwnRegion.objects.get(photo=shown[0])
    OwnRegion.objects.filter(pk=wrong.pk).update(left=LEFT.left, top=LEFT.top)
    eyes.seen[1] = {LEFT: BOAT}
    wrong.refresh_from_db()
    answer_marks(rows=[wrong], yes=False, by=alice)
    look_back()
    new = photo_of(alice, eyes, 6, {LEFT: BOAT})
    arrives(new, 6)
    assert new.pk not in asked()


def test_a_new_photo_is_asked_about_when_it_arrives(alice: User, eyes: Eyes, shown) -> None:
    look_back()
    new = photo_of(alice, eyes, 6, {RIGHT: BOAT})
    arrives(new, 6)
    other = photo_of(alice, eyes, 7, {RIGHT: TEAPOT})
    arrives(other, 7)
    assert new.pk in asked()
    assert other.pk not in asked()


def test_a_new_photo_is_not_looked_at_where_nothing_is_marked(alice: User, eyes: Eyes) -> None:
    arrives(photo_of(alice, eyes, 6, {RIGHT: BOAT}), 6)
    assert eyes.looked == []


def test_a_search_goes_on_where_a_killed_worker_left_it(
    alice: User, eyes: Eyes, shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = asking.ask

    def dies(photo: Photo, found: object) -> None:
        if photo.pk == shown[2].pk:
            raise KeyboardInterrupt
        real(photo, found)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(seeking, "ask", dies)
    with pytest.raises(KeyboardInterrupt):
        look_back()
    thing = OwnThing.objects.get()
    assert (thing.looked_down_to, thing.wanted) == (shown[3].pk, True)
    monkeypatch.setattr(seeking, "ask", real)
    eyes.looked.clear()
    assert look_back() == 3
    assert eyes.looked == [3, 2, 1]
    assert asked() == {shown[0].pk, shown[1].pk}
    assert not OwnThing.objects.get().wanted


def test_a_bite_ends_when_its_time_is_over(shown, monkeypatch: pytest.MonkeyPatch) -> None:
    look_back()
    OwnThing.objects.update(wanted=True, looked_down_to=None, looked_with=1)
    monkeypatch.setattr(seeking, "BITE_SECONDS", 0.0)
    assert look_back() == 0
    assert OwnThing.objects.get().wanted


def test_two_things_are_looked_for_in_one_look(alice: User, eyes: Eyes, shown) -> None:
    mark(photo=shown[2], name="the red teapot", box=LEFT, by=alice)
    look_back()
    # Both pieces, then five photos.
    assert len(eyes.looked) == 7


def test_there_are_never_more_questions_than_a_sitting(alice: User, eyes: Eyes, shown) -> None:
    for seed in range(6, 24):
        photo_of(alice, eyes, seed, {RIGHT: BOAT})
    look_back()
    assert len(asked()) == MOST_OPEN
    thing = OwnThing.objects.get()
    assert thing.wanted
    answer_marks(
        rows=list(OwnRegion.objects.filter(said=Said.ASKED)), yes=False, by=thing.library.owner
    )
    OwnRegion.objects.filter(said=Said.NO).update(look=None)
    look_back()
    assert OwnRegion.objects.filter(said=Said.NO).count() == MOST_OPEN


@pytest.mark.parametrize("said", [True, False])
def test_an_answer_can_be_taken_back(alice: User, shown, said: bool) -> None:
    look_back()
    row = OwnRegion.objects.get(photo=shown[0])
    answer_marks(rows=[row], yes=said, by=alice)
    look_back()
    take_back_marks(rows=[row], by=alice)
    row.refresh_from_db()
    assert (row.said, row.by, row.fact, row.look, row.points) == (
        Said.ASKED,
        None,
        None,
        None,
        None,
    )
    assert found_by(alice, "grandfather") == {shown[4].pk}


def test_a_mark_can_be_taken_back(alice: User, shown) -> None:
    row = OwnRegion.objects.get()
    look_back()
    take_back_marks(rows=[row], by=alice)
    look_back()
    # With its only example, the questions go too.
    assert not OwnRegion.objects.exists()
    assert not Fact.objects.filter(kind=FactKind.OWN).exists()
    assert not found_by(alice, "grandfather")


def test_marking_the_same_place_again_moves_the_box(alice: User, shown) -> None:
    closer = Box(LEFT.left + 0.01, LEFT.top, LEFT.width, LEFT.height)
    mark(photo=shown[4], name="Grandfather's  boat", box=closer, by=alice)
    row = OwnRegion.objects.get()
    assert row.left == closer.left
    assert Fact.objects.get(kind=FactKind.OWN).left == closer.left


def test_no_face_can_be_marked(alice: User) -> None:
    photo = photo_row(alice)
    face = face_row(photo, 0.4)
    for box in (
        Box(face.left, face.top, face.width, face.height),
        Box(face.left - 0.05, face.top - 0.05, 0.2, 0.25),
        Box(face.left, face.top + 0.1, 0.1, 0.2),
    ):
        with pytest.raises(MarkRefused, match="There is a face in this box"):
            mark(photo=photo, name="Emil's nose", box=box, by=alice)
    assert not OwnThing.objects.exists()
    mark(photo=photo, name="club crest", box=Box(0.4, 0.6, 0.1, 0.1), by=alice)


def test_no_person_can_be_marked_though_their_face_was_not_found(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "person", left=0.3, top=0.1, width=0.3, height=0.8)
    with pytest.raises(MarkRefused, match="There is a face in this box"):
        mark(photo=photo, name="the cap", box=Box(0.4, 0.1, 0.1, 0.15), by=alice)
    with pytest.raises(MarkRefused, match="This box holds a person"):
        mark(photo=photo, name="the tall one", box=Box(0.28, 0.35, 0.34, 0.55), by=alice)
    mark(photo=photo, name="club crest", box=Box(0.4, 0.5, 0.08, 0.1), by=alice)


def test_a_thing_cannot_be_named_like_a_person_of_the_household(alice: User) -> None:
    assert alice.household is not None
    Person.objects.create(household=alice.household, name="Emil")
    with pytest.raises(MarkRefused, match="Emil is a person here"):
        mark(photo=photo_row(alice), name="Emil", box=LEFT, by=alice)


def test_no_window_on_a_face_is_ever_asked_about(alice: User, eyes: Eyes, shown) -> None:
    face_row(shown[0], RIGHT.left, top=RIGHT.top, width=RIGHT.width, height=RIGHT.height)
    fact_row(shown[1], "person", left=LEFT.left, top=LEFT.top, width=LEFT.width, height=0.6)
    look_back()
    assert asked() == set()


def test_a_face_that_is_found_later_takes_the_mark_off_with_what_was_learnt(
    alice: User, shown
) -> None:
    look_back()
    assert OwnRegion.objects.get(photo=shown[4]).look is not None
    face_row(shown[4], LEFT.left, top=LEFT.top, width=LEFT.width, height=LEFT.height)
    assert not OwnRegion.objects.filter(photo=shown[4]).exists()
    assert not Fact.objects.filter(kind=FactKind.OWN).exists()
    look_back()
    # With its only example gone, nothing is asked any more.
    assert asked() == set()


def test_faces_are_painted_over_before_a_larger_piece_is_learnt(
    alice: User, eyes: Eyes, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = photo_of(alice, eyes, 9, {})
    face_row(photo, 0.5, top=0.5, width=0.06, height=0.06)
    mark(photo=photo, name="the boat", box=Box(0.2, 0.2, 0.7, 0.7), by=alice)
    looked: list[np.ndarray] = []
    real = eyes.places

    def places(image: np.ndarray) -> np.ndarray:
        looked.append(image)
        return real(image)

    monkeypatch.setattr(eyes, "places", places)
    look_back()
    height, width = looked[0].shape[:2]
    assert tuple(looked[0][int(0.53 * height), int(0.53 * width)]) == (128, 128, 128)


def test_a_yes_to_what_turned_out_to_be_a_face_is_refused(alice: User, shown) -> None:
    look_back()
    row = OwnRegion.objects.get(photo=shown[0])
    fact_row(shown[0], "person", left=row.left, top=row.top, width=row.width, height=0.5)
    with pytest.raises(MarkRefused):
        answer_marks(rows=[row], yes=True, by=alice)


@pytest.mark.parametrize("name", ["", "  ", "…", "a" * 61])
def test_a_name_that_cannot_be_is_refused(alice: User, name: str) -> None:
    with pytest.raises(MarkRefused):
        mark(photo=photo_row(alice), name=name, box=LEFT, by=alice)


@pytest.mark.parametrize(
    "box", [Box(0.9, 0.1, 0.2, 0.1), Box(-0.1, 0, 0.3, 0.3), Box(0.1, 0.1, 0.01, 0.3)]
)
def test_a_box_that_cannot_be_is_refused(alice: User, box: Box) -> None:
    with pytest.raises(MarkRefused):
        mark(photo=photo_row(alice), name="boat", box=box, by=alice)


def test_a_housemate_proposes_and_the_owner_decides(alice: User, bob: User, eyes: Eyes) -> None:
    photo = photo_of(alice, eyes, 1, {LEFT: BOAT}, shared_with_household=True)
    row = mark(photo=photo, name="boat", box=LEFT, by=bob)
    assert (row.said, row.by) == (Said.ASKED, bob)
    assert "boat" not in alt(photo, bob)
    with pytest.raises(NotAllowed):
        answer_marks(rows=[row], yes=True, by=bob)
    answer_marks(rows=[row], yes=False, by=alice)
    assert mark(photo=photo, name="boat", box=LEFT, by=bob).said == Said.NO


def test_switched_off_means_gone_and_what_was_said_stays(alice: User, eyes: Eyes, shown) -> None:
    look_back()
    switch_off(library=library_of(alice), step="match_things", by=alice)
    assert asked() == set()
    assert not OwnRegion.objects.filter(look__isnull=False).exists()
    assert not OwnRegion.objects.filter(points__isnull=False).exists()
    assert "Grandfather's boat" in alt(shown[4], alice)
    mark(photo=shown[1], name="grandfather's boat", box=LEFT, by=alice)
    assert look_back() == 0
    arrives(shown[0], 1)
    assert asked() == set()
    switch_on(library=library_of(alice), step="match_things", by=alice)
    look_back()
    assert asked() == {shown[0].pk}


def test_a_deleted_thing_takes_everything_with_it(alice: User, shown) -> None:
    look_back()
    delete_thing(thing=OwnThing.objects.get(), by=alice)
    assert not OwnRegion.objects.exists()
    assert not Fact.objects.filter(kind=FactKind.OWN).exists()
    assert not found_by(alice, "grandfather")


def test_deleting_a_photo_or_the_account_deletes_marks_and_what_is_said(alice: User, shown) -> None:
    look_back()
    shown[0].delete()
    assert not OwnRegion.objects.filter(photo_id=shown[0].pk).exists()
    OwnThing.objects.get().library.delete()
    assert not OwnRegion.objects.exists()
    assert not Fact.objects.filter(kind=FactKind.OWN).exists()


def test_a_new_name_is_said_everywhere(alice: User, shown) -> None:
    rename_thing(thing=OwnThing.objects.get(), name="the Fiete", by=alice)
    assert "The Fiete" in alt(shown[4], alice)
    assert found_by(alice, "fiete") == {shown[4].pk}
    assert not found_by(alice, "grandfather")


def test_a_name_that_is_taken_is_no_new_name(alice: User, shown) -> None:
    mark(photo=shown[2], name="teapot", box=LEFT, by=alice)
    with pytest.raises(MarkRefused):
        rename_thing(thing=OwnThing.objects.get(name="teapot"), name="Grandfather's Boat", by=alice)


def test_said_to_be_wrong_among_the_facts_is_a_no(alice: User, shown) -> None:
    reject_fact(fact=Fact.objects.get(kind=FactKind.OWN), by=alice)
    assert OwnRegion.objects.get(photo=shown[4]).said == Said.NO
    assert not found_by(alice, "grandfather")


def test_a_name_that_the_family_gave_does_not_travel_in_copies(alice: User, shown) -> None:
    copy = texts_for([shown[4]], alice, "en", carried=True)[shown[4].pk]
    assert "boat" not in copy.alt
    assert not any("boat" in claim.text for claim in copy.extended)


def test_a_photo_in_the_trash_is_not_looked_through(alice: User, shown) -> None:
    move_to_trash(photos=[shown[0]], by=alice)
    look_back()
    assert asked() == {shown[1].pk}
