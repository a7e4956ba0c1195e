"""A photo that has arrived, and an owner who wants sentences for it from a server on loopback."""

import io
from collections.abc import Iterator

import pytest

from photolib.accounts.models import User
from photolib.core.steps import photo_steps
from photolib.describe.sentences.choosing import name_server, want_sentences
from photolib.describe.sentences.models import SentenceServer
from photolib.intake.acceptance import accept_incoming
from photolib.intake.services import receive
from photolib.library.models import Photo
from photolib.library.services import library_of
from tests.describe.sentences.model_server import Behaviour, speaking
from tests.factories import picture


@pytest.fixture(autouse=True)
def one_step(settings) -> Iterator[None]:
    settings.PHOTO_STEPS = ["photolib.describe.steps.write_sentence"]
    photo_steps.cache_clear()
    yield
    photo_steps.cache_clear()


@pytest.fixture
def server() -> Iterator[tuple[str, Behaviour]]:
    with speaking() as running:
        yield running


def arrive(owner: User, seed: int = 0) -> Photo:
    """A photo that has just been accepted; its step has not run."""
    arrival = receive(
        file=io.BytesIO(picture(seed=seed)),
        name=f"{seed}.jpg",
        library=library_of(owner),
        received_by=owner,
    )
    accept_incoming(arrival.pk)
    return Photo.objects.latest("pk")


def wanted(owner: User, admin: User, address: str, kind: str = "ollama") -> SentenceServer:
    row = name_server(kind=kind, address=address, model="llava", by=admin)
    want_sentences(library=library_of(owner), by=owner, server=row.pk)
    return row
