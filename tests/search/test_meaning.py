"""Search by meaning: what it reads, who finds what by it, and that it goes with its photo."""

from collections.abc import Sequence

import numpy as np
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from photolib.accounts.models import User
from photolib.core.words import sentences_of
from photolib.describe.services import clear_text, edit_text
from photolib.library.models import Photo
from photolib.library.queries import photos_visible_to
from photolib.people.services import create_person, say_who
from photolib.search import meaning, meaning_model
from photolib.search.models import PhotoMeaning
from tests.describe.rows import fact_row
from tests.factories import photo_row

pytestmark = pytest.mark.django_db


def by_letters(text: str) -> np.typing.NDArray[np.float32]:
    """A stand-in for the model: texts are near that have the same letters."""
    counts = np.array([text.lower().count(chr(97 + n % 26)) for n in range(meaning_model.SIZE)])
    return (counts / max(float(np.linalg.norm(counts)), 1e-6)).astype(np.float32)


@pytest.fixture
def letters(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Meaning search is on, with the stand-in; returns the texts it was given."""
    settings.MEANING_SEARCH = True
    read: list[str] = []

    def passages(texts: Sequence[str]) -> np.typing.NDArray[np.float32]:
        read.extend(texts)
        return np.stack([by_letters(text) for text in texts])

    monkeypatch.setattr(meaning_model, "passages", passages)
    monkeypatch.setattr(meaning_model, "question", by_letters)
    return read


def with_text(owner: User, text: str, *, seed: int, **fields: object) -> Photo:
    photo = photo_row(owner, seed=seed, **fields)
    edit_text(photo=photo, language="en", alt=text, extended="", by=owner)
    meaning.prepare_meaning(photo)()
    return photo


def test_nothing_is_kept_or_found_where_it_is_off(alice: User) -> None:
    photo = photo_row(alice)
    fact_row(photo, "dog")
    meaning.prepare_meaning(photo)()
    assert not PhotoMeaning.objects.exists()
    assert meaning.alike("dog", photos_visible_to(alice)) == []


def test_nearest_come_first_and_only_what_one_may_see(
    alice: User, charlie: User, letters: list[str]
) -> None:
    far = with_text(alice, "xyz xyz", seed=1)
    near = with_text(alice, "a dog", seed=2)
    assert meaning.alike("dog", photos_visible_to(alice)) == [near.pk, far.pk]
    assert meaning.alike("dog", photos_visible_to(alice), most=1) == [near.pk]
    assert meaning.alike("dog", photos_visible_to(charlie)) == []


def test_many_are_compared_block_by_block(
    alice: User, letters: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = [with_text(alice, word, seed=n) for n, word in enumerate(("dog", "xy", "do", "zz"))]
    monkeypatch.setattr(meaning, "_BLOCK", 2)
    assert meaning.alike("dog", photos_visible_to(alice), most=2) == [photos[0].pk, photos[2].pk]


def test_names_of_people_are_not_read(alice: User, letters: list[str]) -> None:
    photo = photo_row(alice)
    fact_row(photo, "person")
    assert alice.household is not None
    anna = create_person(household=alice.household, name="Anna", by=alice)
    say_who(region=None, photo=photo, person=anna, by=alice)
    meaning.prepare_meaning(photo)()
    assert letters
    assert "Anna" not in " ".join(letters)


def test_unchanged_photo_is_not_read_again(alice: User, letters: list[str]) -> None:
    photo = with_text(alice, "a dog", seed=1)
    before = len(letters)
    meaning.prepare_meaning(photo)()
    assert len(letters) == before


def test_vector_goes_with_the_words_and_with_the_photo(alice: User, letters: list[str]) -> None:
    photo = with_text(alice, "a dog", seed=1)
    clear_text(photo=photo, language="en", by=alice)
    assert sentences_of(photo) == []
    meaning.prepare_meaning(photo)()
    assert not PhotoMeaning.objects.exists()
    with_text(alice, "a cat", seed=2).delete()
    assert not PhotoMeaning.objects.exists()


def test_command_makes_vectors_and_removes_them_again(
    alice: User, letters: list[str], settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    fact_row(photo_row(alice), "dog")
    call_command("index_meanings")
    assert PhotoMeaning.objects.count() == 1
    settings.MEANING_SEARCH = False
    call_command("index_meanings")
    assert not PhotoMeaning.objects.exists()


def test_page_shows_them_apart_from_exact_answers(
    alice: User, alice_client: Client, letters: list[str]
) -> None:
    exact = with_text(alice, "dog", seed=1)
    near = with_text(alice, "god", seed=2)
    page = alice_client.get(reverse("pages:search"), {"q": "dog"}).content.decode()
    before, behind = page.split("By meaning")
    assert f'id="photo-{exact.pk}"' in before
    assert f'id="photo-{near.pk}"' in behind
    assert f'id="photo-{exact.pk}"' not in behind


# What is told of photos, and questions that share no word with it, in six languages.
TOLD = {
    "dog": "A dog runs along the beach.",
    "cake": "A birthday cake with candles on a table.",
    "bike": "Two people ride bicycles in the street.",
    "snow": "A house covered with snow in the mountains.",
    "boat": "A sailing boat on a lake.",
    "cat": "A cat sleeps on a sofa.",
    "train": "A train stands in a railway station.",
    "book": "Shelves full of books in a library.",
}
ASKED = {
    "chien au bord de la mer": "dog", "Hund am Meer": "dog", "puppy by the sea": "dog",
    "gâteau d'anniversaire": "cake", "Geburtstagstorte": "cake", "tarta de cumpleaños": "cake",
    "à vélo": "bike", "Fahrradfahren": "bike", "andare in bicicletta": "bike",
    "hiver à la montagne": "snow", "Winter in den Bergen": "snow", "invierno nevado": "snow",
    "bateau à voile": "boat", "Segeln": "boat", "zeilen op het meer": "boat",
    "chat qui dort": "cat", "schlafende Katze": "cat", "gatto che dorme": "cat",
    "gare": "train", "Bahnhof": "train", "estación de tren": "train",
    "bibliothèque": "book", "Bücherregal": "book", "boekenkast": "book",
}  # fmt: skip


@pytest.mark.models
@pytest.mark.slow
def test_questions_in_six_languages_find_what_is_told_in_english(
    alice: User, settings: Settings
) -> None:
    settings.MEANING_SEARCH = True
    photos = {name: with_text(alice, text, seed=n) for n, (name, text) in enumerate(TOLD.items())}
    visible = photos_visible_to(alice)
    first = {text: meaning.alike(text, visible)[0] for text in ASKED}
    wrong = [text for text, name in ASKED.items() if first[text] != photos[name].pk]
    assert not wrong
