"""From two people's yes to a draft, with a real server on loopback, through the real runner."""

import pytest
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.core.pixels import Pixels
from photolib.describe.models import Draft, HumanText
from photolib.describe.queries import texts_for
from photolib.describe.reviewing import accept_draft
from photolib.describe.sentences.address import AddressRefused
from photolib.describe.sentences.choosing import (
    NoServer,
    choice_of,
    forget_server,
    name_server,
    sent_count,
    stop_sentences,
    the_server,
    want_sentences,
)
from photolib.describe.sentences.models import SentenceChoice, SentenceServer, SentPicture
from photolib.describe.sentences.step import write_sentence
from photolib.describe.services import edit_text
from photolib.intake.models import StepRun, StepState
from photolib.intake.runner import run_photo
from photolib.intake.services import rerun
from photolib.library.models import Photo
from photolib.library.services import library_of, move_to_trash
from photolib.library.storage import original_path
from photolib.people.services import create_person
from tests.describe.rows import fact_row
from tests.describe.sentences.asked import arrive, wanted
from tests.describe.sentences.asked import one_step as one_step
from tests.describe.sentences.asked import server as server

pytestmark = pytest.mark.django_db


def state_of(photo: Photo) -> tuple[str, int, str]:
    run = StepRun.objects.get(photo=photo)
    return run.state, run.attempts, run.error


def test_nothing_is_sent_before_anybody_said_yes(server, alice: User) -> None:
    address, behaviour = server
    run_photo(arrive(alice).pk)
    name_server(kind="ollama", address=address, model="llava", by=alice)
    run_photo(arrive(alice, 1).pk)
    assert behaviour.asked == []
    assert not Draft.objects.exists()
    assert set(StepRun.objects.values_list("state", flat=True)) == {StepState.DONE}


@pytest.mark.parametrize("kind", ["ollama", "openai"])
def test_a_yes_brings_a_draft_for_the_owner_and_changes_nothing_else(
    server, kind: str, alice: User
) -> None:
    address, behaviour = server
    photo = arrive(alice)
    wanted(alice, alice, address, kind)
    fact_row(photo, "dog")
    run_photo(photo.pk)
    draft = Draft.objects.get()
    assert (draft.alt, draft.language, draft.model) == ("A dog lies on a bench.", "en", "llava")
    assert draft.extended == "The dog is beside a ball. There is a tree in the background."
    assert draft.unconfirmed == ["bench", "ball"]
    assert not HumanText.objects.exists()
    shown = texts_for([photo], alice, "en")[photo.pk]
    assert (shown.source, "bench" in shown.alt) == ("machine", False)
    assert SentPicture.objects.get().address == address
    assert len(behaviour.asked) == 1


def test_another_library_s_photos_are_not_sent(server, alice: User, bob: User) -> None:
    address, behaviour = server
    wanted(alice, alice, address)
    run_photo(arrive(bob).pk)
    assert behaviour.asked == []


def test_the_draft_is_asked_for_in_the_language_the_owner_reads(server, alice: User) -> None:
    address, behaviour = server
    behaviour.says = "Un chien est couché sur un banc."
    alice.description_language = "fr"
    alice.save()
    photo = arrive(alice)
    wanted(alice, alice, address)
    run_photo(photo.pk)
    assert Draft.objects.get().language == "fr"
    assert "Answer in French only" in behaviour.asked[0][2]["prompt"]


def test_names_are_neither_sent_nor_taken(server, alice: User) -> None:
    address, behaviour = server
    assert alice.household is not None
    create_person(household=alice.household, name="Rosalind Bunte", by=alice)
    behaviour.says = "A dog lies beside bunte and a ball. Two dogs lie with rosalind."
    photo = arrive(alice)
    wanted(alice, alice, address)
    run_photo(photo.pk)
    assert not Draft.objects.exists()
    assert "osalind" not in str(behaviour.asked[0][2]["prompt"])


def test_while_the_server_is_away_the_photo_is_whole_and_no_attempt_is_used_up(
    server, alice: User
) -> None:
    address, behaviour = server
    photo, other = arrive(alice), arrive(alice, 1)
    row = wanted(alice, alice, address)
    behaviour.status = 503
    run_photo(photo.pk)
    state, attempts, error = state_of(photo)
    assert (state, attempts) == (StepState.DUE, 0)
    assert "busy" in error
    # Nobody knocks again at once, for another photo either.
    run_photo(other.pk)
    assert len(behaviour.asked) == 1
    behaviour.status = 200
    SentenceServer.objects.filter(pk=row.pk).update(quiet_until=None)
    StepRun.objects.update(due_at=None)
    run_photo(photo.pk)
    assert Draft.objects.filter(photo=photo).exists()
    row.refresh_from_db()
    assert row.trouble == ""


def test_a_picture_that_the_model_cannot_answer_is_parked_after_three_attempts(
    server, alice: User
) -> None:
    address, behaviour = server
    behaviour.status = 500
    photo = arrive(alice)
    wanted(alice, alice, address)
    for _attempt in range(4):
        StepRun.objects.filter(state=StepState.DUE).update(due_at=None)
        run_photo(photo.pk)
    assert state_of(photo)[0] == StepState.PARKED
    assert len(behaviour.asked) == 3


def test_a_yes_that_ended_while_the_model_thought_keeps_nothing(server, alice: User) -> None:
    photo = arrive(alice)
    wanted(alice, alice, server[0])
    write = write_sentence(photo, Pixels(original_path(photo.original), name="x"))
    assert write is not None
    stop_sentences(library=library_of(alice), by=alice)
    write()
    assert not Draft.objects.exists()


def test_taking_the_yes_back_deletes_offers_and_keeps_words(server, alice: User) -> None:
    address, behaviour = server
    first, second = arrive(alice), arrive(alice, 1)
    wanted(alice, alice, address)
    run_photo(first.pk)
    run_photo(second.pk)
    accept_draft(draft=Draft.objects.get(photo=first), by=alice)
    stop_sentences(library=library_of(alice), by=alice)
    assert [draft.photo for draft in Draft.objects.all()] == [first]
    assert HumanText.objects.count() == 1
    rerun(step="write_sentence", library=library_of(alice))
    run_photo(second.pk)
    assert len(behaviour.asked) == 2


def test_another_server_or_model_asks_every_owner_again(server, alice: User) -> None:
    address, _behaviour = server
    old = wanted(alice, alice, address)
    name_server(kind="ollama", address=address, model="other", by=alice)
    assert choice_of(library_of(alice)) is None
    assert SentenceServer.objects.count() == 1
    with pytest.raises(NoServer):
        want_sentences(library=library_of(alice), by=alice, server=old.pk)
    forget_server(by=alice)
    assert the_server() is None


def test_only_admins_name_servers_and_only_owners_say_yes(
    server, alice: User, bob: User, charlie: User
) -> None:
    address, _behaviour = server
    for other in (bob, charlie):
        with pytest.raises(NotAllowed):
            name_server(kind="ollama", address=address, model="llava", by=other)
    row = name_server(kind="ollama", address=address, model="llava", by=alice)
    for step in (want_sentences, stop_sentences):
        more = {"server": row.pk} if step is want_sentences else {}
        with pytest.raises(NotAllowed):
            step(library=library_of(bob), by=alice, **more)
    with pytest.raises(NotAllowed):
        forget_server(by=bob)


@pytest.mark.parametrize(
    "address", ["http://8.8.8.8", "http://169.254.169.254", "http://nowhere.invalid", "box"]
)
def test_a_far_or_unknown_address_is_refused_when_it_is_named(address: str, alice: User) -> None:
    with pytest.raises(AddressRefused):
        name_server(kind="ollama", address=address, model="llava", by=alice)
    assert the_server() is None


def test_what_has_words_or_is_in_the_trash_is_not_sent(server, alice: User) -> None:
    address, behaviour = server
    written, thrown = arrive(alice), arrive(alice, 1)
    wanted(alice, alice, address)
    edit_text(photo=written, language="en", alt="Our dog", extended="", by=alice)
    move_to_trash(photos=[thrown], by=alice)
    run_photo(written.pk)
    run_photo(thrown.pk)
    assert behaviour.asked == []


def test_the_page_says_what_is_sent_where_and_the_buttons_do_it(
    server, alice: User, alice_client: Client, bob_client: Client
) -> None:
    address, _behaviour = server
    photo = arrive(alice)
    page = reverse("pages:sentences")
    fields = {"kind": "ollama", "address": address, "model": "llava"}
    assert bob_client.post(page, fields).status_code == 403
    far = alice_client.post(page, fields | {"address": "http://8.8.8.8"})
    assert "not on your own network" in far.content.decode()
    alice_client.post(page, fields)
    shown = alice_client.get(page).content.decode()
    assert f"to {address}, model llava" in " ".join(shown.split())
    row = the_server()
    assert row is not None
    alice_client.post(reverse("pages:sentence_choice"), {"server": row.pk})
    assert SentenceChoice.objects.get().library == library_of(alice)
    run_photo(photo.pk)
    assert sent_count(library_of(alice)) == 1
    assert "1 picture" in alice_client.get(page).content.decode()
    alice_client.post(reverse("pages:sentence_choice"), {"server": ""})
    assert not SentenceChoice.objects.exists()
