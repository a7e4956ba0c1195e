"""Things of one's own on pages and for programs: without JavaScript, by ear, and not for strangers."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.describe.models import Fact, FactKind
from photolib.library.models import Photo
from photolib.own.marking import mark
from photolib.own.models import OwnRegion, OwnThing, Said
from tests.describe.rows import face_row, fact_row
from tests.factories import photo_row
from tests.own.marks import BOAT, LEFT, RIGHT, Eyes, look_back, photo_of
from tests.own.marks import eyes as eyes

pytestmark = pytest.mark.django_db
BOX = {"left": "10", "top": "20", "width": "30", "height": "25"}


@pytest.fixture
def asked(alice: User, eyes: Eyes) -> OwnRegion:
    """One marked boat, and one question about another photo."""
    other = photo_of(alice, eyes, 1, {RIGHT: BOAT})
    marked = photo_of(alice, eyes, 2, {LEFT: BOAT})
    mark(photo=marked, name="the boat", box=LEFT, by=alice)
    look_back()
    return OwnRegion.objects.get(photo=other)


def drawing(photo: Photo) -> str:
    return reverse("pages:thing_mark", args=[photo.pk])


def text_of(page: object) -> str:
    return " ".join(page.content.decode().split())  # type: ignore[attr-defined]  # a response


def test_a_thing_is_marked_in_numbers_without_javascript(alice: User, alice_client: Client) -> None:
    photo = photo_row(alice)
    deed = BOX | {"name": "the boat", "deed": "keep"}
    page = alice_client.post(drawing(photo), deed, follow=True)
    assert "Marked: the boat. It is looked for in your other photos, and you are asked." in text_of(
        page
    )
    row = OwnRegion.objects.get()
    assert (row.left, row.top, row.width, row.height) == (0.1, 0.2, 0.3, 0.25)
    assert "The boat" in text_of(alice_client.get(reverse("pages:photo", args=[photo.pk])))


def test_a_thing_is_marked_in_words(alice: User, alice_client: Client) -> None:
    photo = photo_row(alice)
    page = alice_client.post(drawing(photo), {"place": "6", "deed": "put", "name": "boat"})
    assert 'value="boat"' in text_of(page)
    form = page.context["form"]
    moved = alice_client.post(
        drawing(photo), {name: form[name].value() for name in BOX} | {"move": "right"}
    )
    kept = {name: moved.context["form"][name].value() for name in BOX}
    assert kept["left"] == form["left"].value() + 2
    alice_client.post(drawing(photo), kept | {"name": "boat", "deed": "keep"})
    row = OwnRegion.objects.get()
    assert (row.left < 1 / 3, row.top > 0.5) == (True, True)


def test_a_box_that_was_found_is_taken(alice: User, alice_client: Client) -> None:
    photo = photo_row(alice)
    fact = fact_row(photo, "boat", left=0.1, top=0.1, width=0.2, height=0.2)
    read = fact_row(
        photo, "text", kind=FactKind.TEXT, text="FIETE", left=0.5, top=0.5, width=0.2, height=0.1
    )
    page = alice_client.get(drawing(photo))
    assert "a boat, top left" in text_of(page)
    assert "FIETE" in text_of(page)
    taken = alice_client.post(drawing(photo), {"found": str(fact.pk), "deed": "take"})
    assert [taken.context["form"][name].value() for name in BOX] == [10, 10, 20, 20]
    other = alice_client.post(drawing(photo), {"found": str(read.pk), "deed": "take"})
    assert [other.context["form"][name].value() for name in BOX] == [50, 50, 20, 10]


def test_people_are_not_among_the_boxes_to_take(alice: User, alice_client: Client) -> None:
    photo = photo_row(alice)
    fact_row(photo, "person", left=0.1, top=0.1, width=0.2, height=0.8)
    face = face_row(photo, 0.5)
    fact_row(photo, "teddy_bear", left=face.left, top=face.top, width=0.1, height=0.15)
    assert "Take a box that was found" not in text_of(alice_client.get(drawing(photo)))


def test_a_face_is_refused_with_the_reason(alice: User, alice_client: Client) -> None:
    photo = photo_row(alice)
    face_row(photo, 0.12, top=0.22, width=0.2, height=0.2)
    page = alice_client.post(drawing(photo), BOX | {"name": "nose", "deed": "keep"})
    assert page.status_code == 400
    assert "Faces are recognised under People only" in text_of(page)
    assert not OwnRegion.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"width": "95"}, {"left": "x"}, {"height": "0.5"}, {"name": "a" * 61}]
)
def test_what_cannot_be_is_shown_again_with_the_reason(
    alice: User, alice_client: Client, wrong: dict[str, str]
) -> None:
    deed = BOX | {"name": "boat", "deed": "keep"} | wrong
    page = alice_client.post(drawing(photo_row(alice)), deed)
    assert page.status_code == 400
    assert not OwnRegion.objects.exists()


def test_a_question_says_where_and_shows_the_region_with_a_text(
    alice_client: Client, asked: OwnRegion
) -> None:
    page = text_of(alice_client.get(reverse("pages:thing", args=[asked.thing_id])))
    assert "Photo 1: is this region, middle right, the boat?" in page or (
        "Photo 1: is this region, top right, the boat?" in page
    )
    assert "It looks like the one in 1 photo." in page
    assert 'alt="The region, ' in page
    assert f"{reverse('pages:piece', args=[asked.photo_id])}?left=" in page


@pytest.mark.parametrize(("said", "then"), [("yes", Said.YES), ("no", Said.NO)])
def test_a_sitting_is_answered_and_undone(
    alice_client: Client, asked: OwnRegion, said: str, then: Said
) -> None:
    address = reverse("pages:thing_answers", args=[asked.thing_id])
    page = alice_client.post(address, {f"row-{asked.pk}": said}, follow=True)
    assert "1 answer is kept." in text_of(page)
    asked.refresh_from_db()
    assert asked.said == then
    alice_client.post(f"{reverse('pages:things_undo')}?rows={asked.pk}")
    asked.refresh_from_db()
    assert asked.said == Said.ASKED


def test_the_photo_asks_too_and_takes_an_answer(alice_client: Client, asked: OwnRegion) -> None:
    photo = reverse("pages:photo", args=[asked.photo_id])
    assert "Is this region, " in text_of(alice_client.get(photo))
    say = reverse("pages:photo_thing", args=[asked.photo_id, asked.pk])
    page = alice_client.post(say, {"answer": "no"}, follow=True)
    assert "Not the boat: it is not asked again." in text_of(page)
    alice_client.post(say, {"answer": "yes"})
    asked.refresh_from_db()
    assert asked.said == Said.YES
    # What the machine had found is not deleted with its answer: the no is kept.
    alice_client.post(say, {"answer": "off"})
    asked.refresh_from_db()
    assert asked.said == Said.NO


def test_what_was_drawn_is_taken_off(alice_client: Client, asked: OwnRegion) -> None:
    drawn = OwnRegion.objects.get(said=Said.YES)
    alice_client.post(
        reverse("pages:photo_thing", args=[drawn.photo_id, drawn.pk]), {"answer": "off"}
    )
    assert not OwnRegion.objects.filter(pk=drawn.pk).exists()


def test_a_thing_is_renamed_and_deleted(alice_client: Client, asked: OwnRegion) -> None:
    key = asked.thing_id
    alice_client.post(reverse("pages:thing_rename", args=[key]), {"name": "the Fiete"})
    assert "the Fiete" in text_of(alice_client.get(reverse("pages:things")))
    alice_client.post(reverse("pages:thing_delete", args=[key]))
    assert not OwnThing.objects.exists()


def test_the_list_says_how_many_photos_and_questions(
    alice_client: Client, asked: OwnRegion
) -> None:
    assert "1 photo, 1 question" in text_of(alice_client.get(reverse("pages:things")))


def test_a_piece_is_a_small_jpeg(alice_client: Client, asked: OwnRegion) -> None:
    response = alice_client.get(reverse("pages:piece", args=[asked.photo_id]), BOX)
    assert response["Content-Type"] == "image/jpeg"
    assert response.content[:2] == b"\xff\xd8"
    wrong = reverse("pages:piece", args=[asked.photo_id])
    assert alice_client.get(wrong, BOX | {"left": "200"}).status_code == 404


def test_a_stranger_gets_404_everywhere(charlie_client: Client, asked: OwnRegion) -> None:
    photo, thing = asked.photo_id, asked.thing_id
    for address in (
        reverse("pages:thing_mark", args=[photo]),
        reverse("pages:piece", args=[photo]),
        reverse("pages:thing", args=[thing]),
        reverse("api:photo_things", args=[photo]),
        reverse("api:thing", args=[thing]),
    ):
        assert charlie_client.get(address).status_code == 404
    for address in (
        reverse("pages:photo_thing", args=[photo, asked.pk]),
        reverse("pages:thing_answers", args=[thing]),
        reverse("pages:thing_rename", args=[thing]),
        reverse("pages:thing_delete", args=[thing]),
    ):
        assert charlie_client.post(address, {"answer": "yes", "name": "x"}).status_code == 404
    charlie_client.post(f"{reverse('pages:things_undo')}?rows={asked.pk}")
    asked.refresh_from_db()
    assert asked.said == Said.ASKED


def test_a_housemate_proposes_on_a_shared_photo_and_answers_nothing(
    alice: User, alice_client: Client, bob_client: Client
) -> None:
    photo = photo_row(alice, shared_with_household=True)
    page = bob_client.post(drawing(photo), BOX | {"name": "boat", "deed": "keep"}, follow=True)
    assert "Proposed to the owner: boat." in text_of(page)
    assert "You proposed: boat, " in text_of(page)
    row = OwnRegion.objects.get()
    say = reverse("pages:photo_thing", args=[photo.pk, row.pk])
    assert bob_client.post(say, {"answer": "yes"}).status_code == 403
    assert "Bob proposes: boat, " in text_of(
        alice_client.get(reverse("pages:photo", args=[photo.pk]))
    )


def test_a_program_marks_answers_and_takes_back(alice: User, alice_client: Client) -> None:
    photo = photo_row(alice)
    address = reverse("api:photo_things", args=[photo.pk])
    box = {"name": "boat", "left": 0.1, "top": 0.2, "width": 0.3, "height": 0.2}
    made = alice_client.post(address, box, content_type="application/json")
    assert (made.status_code, made.json()["said"]) == (201, "yes")
    one = reverse("api:photo_thing", args=[photo.pk, made.json()["id"]])
    no = alice_client.put(one, json.dumps({"yes": False}), content_type="application/json")
    assert no.json()["said"] == "no"
    assert alice_client.get(address).json() == []
    assert alice_client.delete(one).status_code == 204
    assert not OwnRegion.objects.exists()
    assert [thing["name"] for thing in alice_client.get(reverse("api:things")).json()] == ["boat"]


def test_a_program_is_told_why_a_face_is_refused(alice: User, alice_client: Client) -> None:
    photo = photo_row(alice)
    face_row(photo, 0.12, top=0.22, width=0.2, height=0.2)
    box = {"name": "nose", "left": 0.1, "top": 0.2, "width": 0.3, "height": 0.25}
    answer = alice_client.post(
        reverse("api:photo_things", args=[photo.pk]), box, content_type="application/json"
    )
    assert answer.status_code == 400
    assert "There is a face in this box" in answer.content.decode()


def test_a_program_reads_questions_renames_and_deletes(
    alice_client: Client, asked: OwnRegion
) -> None:
    (question,) = alice_client.get(reverse("api:thing_questions")).json()
    assert (question["id"], question["name"]) == (asked.pk, "the boat")
    one = reverse("api:thing", args=[asked.thing_id])
    renamed = alice_client.patch(one, {"name": "the Fiete"}, content_type="application/json")
    assert renamed.json()["name"] == "the Fiete"
    assert alice_client.delete(one).status_code == 204
    assert not Fact.objects.filter(kind=FactKind.OWN).exists()


def test_the_number_of_queries_does_not_grow_with_questions(
    alice: User, eyes: Eyes, alice_client: Client, asked: OwnRegion, django_assert_max_num_queries
) -> None:
    for seed in range(3, 9):
        photo_of(alice, eyes, seed, {RIGHT: BOAT})
    OwnThing.objects.update(wanted=True, looked_down_to=None)
    look_back()
    with django_assert_max_num_queries(30):
        page = alice_client.get(reverse("pages:thing", args=[asked.thing_id]))
    assert len(page.context["asked"]) > 3


def test_buttons_that_only_move_the_box_ask_for_no_name_yet(
    alice: User, alice_client: Client
) -> None:
    """The field of the name is required: a browser would hold the form back without a word to the server."""
    photo = photo_row(alice)
    fact_row(photo, "boat", left=0.1, top=0.1, width=0.2, height=0.2)
    page = text_of(alice_client.get(drawing(photo)))
    buttons = [
        one
        for one in re.findall(r"<button[^>]*>", page)
        if 'name="deed"' in one or 'name="move"' in one
    ]
    assert len(buttons) == 10
    assert [one for one in buttons if "formnovalidate" not in one] == [
        one for one in buttons if 'value="keep"' in one
    ]
