"""From two people's yes to a draft by a folder's model, through the real runner. Nothing is sent."""

import io
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.core.model_files import models_in_use
from photolib.core.steps import photo_steps
from photolib.describe.models import Draft, HumanText
from photolib.describe.reviewing import accept_draft
from photolib.describe.sentences.choosing import (
    forget_server,
    name_server,
    sent_count,
    the_server,
    want_sentences,
    wish_for_draft,
)
from photolib.describe.sentences.florence.errors import FolderRefused
from photolib.describe.sentences.models import SentenceServer, SentPicture
from photolib.describe.services import edit_text
from photolib.intake.acceptance import accept_incoming
from photolib.intake.models import StepRun, StepState
from photolib.intake.runner import run_photo
from photolib.intake.services import receive
from photolib.library.models import Photo
from photolib.library.services import library_of
from photolib.people.services import create_person
from tests.describe.rows import fact_row
from tests.describe.sentences.conftest import two_halves
from tests.describe.sentences.tiny_florence import rewrite
from tests.describe.sentences.tiny_words import BLUE, GREEN, RED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_nothing_held")]


@pytest.fixture(autouse=True)
def _one_step(settings) -> Iterator[None]:
    settings.PHOTO_STEPS = ["photolib.describe.steps.write_sentence"]
    photo_steps.cache_clear()
    yield
    photo_steps.cache_clear()


@pytest.fixture(autouse=True)
def _no_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever would look a name up or connect fails the test."""

    def forbidden(*_args: object, **_more: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    monkeypatch.setattr(socket.socket, "connect", forbidden)


def arrive(owner: User, left=RED, right=RED) -> Photo:
    arrival = receive(
        file=io.BytesIO(two_halves(left, right)),
        name="photo.jpg",
        library=library_of(owner),
        received_by=owner,
    )
    accept_incoming(arrival.pk)
    return Photo.objects.latest("pk")


def named(folder: Path, admin: User) -> SentenceServer:
    return name_server(kind="florence", address=str(folder), model="", by=admin)


def wanted(folder: Path, owner: User) -> SentenceServer:
    row = named(folder, owner)
    want_sentences(library=library_of(owner), by=owner, server=row.pk)
    return row


def test_a_yes_brings_a_checked_draft_and_nothing_is_sent(tiny: Path, alice: User) -> None:
    photo = arrive(alice)
    row = wanted(tiny, alice)
    fact_row(photo, "dog")
    run_photo(photo.pk)
    draft = Draft.objects.get()
    assert (draft.alt, draft.language) == ("A red dog lies on a bench.", "en")
    assert draft.extended.endswith("A café is behind it.")
    # No other model saw these.
    assert draft.unconfirmed == ["bench", "café"]
    assert (draft.model, row.model) == ("tiny-florence", "tiny-florence")
    assert not SentPicture.objects.exists()
    assert sent_count(library_of(alice)) == 0


def test_before_anybody_said_yes_nothing_is_opened(tiny: Path, alice: User) -> None:
    from photolib.describe.sentences.florence import captioner

    named(tiny, alice)
    run_photo(arrive(alice).pk)
    assert not Draft.objects.exists()
    assert not captioner.is_holding()


def test_the_same_checks_hold_as_for_a_server(tiny: Path, alice: User) -> None:
    """Its sentences hold the name of somebody here, and a number that is contradicted."""
    assert alice.household is not None
    create_person(household=alice.household, name="Bench Dog", by=alice)
    photo = arrive(alice)
    wanted(tiny, alice)
    run_photo(photo.pk)
    assert Draft.objects.get().alt == "A café is behind it."


def test_an_owner_who_reads_french_gets_a_draft_that_is_marked_as_english(
    tiny: Path, alice: User, alice_client: Client
) -> None:
    alice.description_language = "fr"
    alice.save()
    photo = arrive(alice, BLUE, BLUE)
    wanted(tiny, alice)
    run_photo(photo.pk)
    draft = Draft.objects.get()
    assert (draft.language, draft.alt) == ("en", "A boat is on the water.")
    shown = " ".join(
        alice_client.get(reverse("pages:photo", args=[photo.pk])).content.decode().split()
    )
    assert '<p class="caption" lang="en">A boat is on the water.</p>' in shown
    assert 'another language than you read descriptions in: <span lang="en">English</span>' in shown
    review = " ".join(alice_client.get(reverse("pages:review")).content.decode().split())
    assert 'descriptions in: <span lang="en">English</span>' in review
    accept_draft(draft=draft, by=alice)
    assert HumanText.objects.get().language == "en"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_has_written_words_gets_no_draft(tiny: Path, alice: User, language: str) -> None:
    """In English, or in the language they read: it would tell them nothing."""
    alice.description_language = "fr"
    alice.save()
    photo = arrive(alice)
    edit_text(photo=photo, language=language, alt="Rex", extended="", by=alice)
    wanted(tiny, alice)
    run_photo(photo.pk)
    assert not Draft.objects.exists()


def test_while_a_file_is_not_the_one_that_was_named_the_step_waits(
    broken: Path, alice: User, alice_client: Client
) -> None:
    photo = arrive(alice)
    wanted(broken, alice)
    content = (broken / "config.json").read_bytes()
    rewrite(broken / "config.json", projection_dim=5)
    run_photo(photo.pk)
    run = StepRun.objects.get(photo=photo)
    assert (run.state, run.attempts) == (StepState.DUE, 0)
    assert "config.json is not the file that it was" in run.error
    page = alice_client.get(reverse("pages:sentences")).content.decode()
    assert "config.json is not the file that it was" in page
    (broken / "config.json").write_bytes(content)
    SentenceServer.objects.update(quiet_until=None)
    StepRun.objects.update(due_at=None)
    run_photo(photo.pk)
    assert Draft.objects.get().photo == photo


def test_a_picture_of_which_it_says_nothing_is_parked_after_three_attempts(
    tiny: Path, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    from photolib.describe.sentences.florence import writing

    monkeypatch.setattr(writing, "MOST_TOKENS", 12)
    photo = arrive(alice, GREEN, GREEN)
    wanted(tiny, alice)
    for attempt in range(1, 4):
        StepRun.objects.update(due_at=None)
        run_photo(photo.pk)
        assert StepRun.objects.get().attempts == attempt
    run = StepRun.objects.get()
    assert run.state == StepState.PARKED
    assert "gave no text for this picture" in run.error


def test_only_an_admin_names_a_folder_and_a_bad_one_changes_nothing(
    tiny: Path, alice: User, bob: User
) -> None:
    with pytest.raises(NotAllowed):
        named(tiny, bob)
    row = wanted(tiny, alice)
    with pytest.raises(FolderRefused):
        named(tiny / "onnx", alice)
    assert the_server() == row


def test_its_files_are_listed_among_the_models_in_use(tiny: Path, alice: User) -> None:
    row = named(tiny, alice)
    listed = {used.model.file: used.model.sha256 for used in models_in_use()}
    assert row.files.items() <= listed.items()
    assert len(row.files) == 8
    forget_server(by=alice)
    assert "onnx/vision_encoder.onnx" not in {used.model.file for used in models_in_use()}


def test_one_photo_can_be_tried(tiny: Path, alice: User, alice_client: Client) -> None:
    tried, other = arrive(alice), arrive(alice, BLUE, BLUE)
    row = named(tiny, alice)
    for photo in (tried, other):
        run_photo(photo.pk)
    page = alice_client.get(reverse("pages:photo", args=[tried.pk])).content.decode()
    assert "looks at this picture on this machine, and writes in English. Nothing is sent." in page
    wish_for_draft(photo=tried, by=alice, server=row.pk)
    for photo in (tried, other):
        run_photo(photo.pk)
    assert [draft.photo for draft in Draft.objects.all()] == [tried]


def test_the_page_says_that_nothing_is_sent_and_names_what_is_wrong_with_a_folder(
    broken: Path, alice: User, alice_client: Client, bob_client: Client
) -> None:
    page = reverse("pages:sentences")
    fields = {"kind": "florence", "address": str(broken), "model": ""}
    assert bob_client.post(page, fields).status_code == 403
    (broken / "onnx/embed_tokens.onnx").rename(broken / "aside")
    bad = alice_client.post(page, fields).content.decode()
    assert "onnx/embed_tokens.onnx is not in" in bad
    assert the_server() is None
    (broken / "aside").rename(broken / "onnx/embed_tokens.onnx")
    assert alice_client.post(page, fields).status_code == 302
    shown = " ".join(bob_client.get(page).content.decode().split())
    assert "Nothing is sent: to no server, and over no network." in shown
    assert "This model writes English only." in shown
    assert "Have drafts written here for my 0 photos" in shown
    assert "Sent so far" not in shown
    assert str(broken) not in shown  # where it lies is the admin's business
    row = the_server()
    assert row is not None
    said = alice_client.post(
        reverse("pages:sentence_choice"), {"server": row.pk}, follow=True
    ).content.decode()
    assert "one by one. Nothing is sent." in said
    assert "Write nothing more, and delete the drafts" in said


def test_a_server_still_needs_the_name_of_a_model(alice_client: Client) -> None:
    fields = {"kind": "ollama", "address": "http://127.0.0.1:9", "model": " "}
    shown = alice_client.post(reverse("pages:sentences"), fields).content.decode()
    assert "write its name" in shown
    assert the_server() is None


def test_a_folder_that_is_gone_is_waited_for(broken: Path, alice: User) -> None:
    photo = arrive(alice)
    wanted(broken, alice)
    shutil.rmtree(broken)
    run_photo(photo.pk)
    assert StepRun.objects.get(photo=photo).attempts == 0
