"""P5: a name that is withdrawn is gone at once from every place that tells names, files included."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from photolib.accounts.models import User
from photolib.consent.models import Invitation, Purpose
from photolib.library.models import Photo
from photolib.library.services import library_of
from photolib.library.storage import original_path
from photolib.people.models import Person
from photolib.people.services import say_who
from tests.describe.rows import fact_row
from tests.factories import photo_row, picture
from tests.privacy.rows import face, guest, matched, recognising, says

pytestmark = pytest.mark.django_db

NAME = "Quirina"
Outlets = dict[str, Callable[[Client], str]]


@pytest.fixture
def photo(alice: User) -> Photo:
    """Shared with the house, its file on the disk."""
    photo = photo_row(alice, shared_with_household=True)
    fact_row(photo, "dog", confidence=0.97)
    path = original_path(photo.original)
    path.parent.mkdir(parents=True)
    path.write_bytes(picture())
    return photo


@pytest.fixture
def quirina(alice: User) -> tuple[Person, Invitation]:
    person, invitation, _token = guest(alice, NAME)
    return person, invitation


@pytest.fixture
def outlets(photo: Photo) -> Outlets:
    """Everything that says who is in the photo, in words or in bytes."""
    addresses = {
        "page": f"/photos/{photo.pk}/",
        "timeline": "/",
        "what the machine knows": f"/photos/{photo.pk}/knows/",
        "api": f"/api/v1/photos/{photo.pk}/",
        "api list": "/api/v1/photos/",
        "sidecar": f"/photos/{photo.pk}/description.xmp",
        "api sidecar": f"/api/v1/photos/{photo.pk}/xmp/",
        "copy": f"/photos/{photo.pk}/described/",
    }
    searches = {"search": f"/search/?q={NAME}", "api search": f"/api/v1/photos/?q={NAME}"}
    return {name: _asking(address) for name, address in addresses.items()} | {
        name: _finding(address, photo) for name, address in searches.items()
    }


def _finding(address: str, photo: Photo) -> Callable[[Client], str]:
    """Tells the name where asking for it leads to the photo. (The page repeats the question itself.)"""

    def ask(client: Client) -> str:
        found = f"/photos/{photo.pk}/" in client.get(address).content.decode()
        return NAME if found else ""

    return ask


def _asking(address: str) -> Callable[[Client], str]:
    def ask(client: Client) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        content = b"".join(response) if response.streaming else response.content
        return content.decode("utf-8", "replace")

    return ask


def telling(outlets: Outlets, client: Client) -> set[str]:
    return {name for name, ask in outlets.items() if NAME in ask(client)}


def in_export(client: Client) -> bool:
    """Whether the name is in the description or in a sidecar of the whole export."""
    response = client.get(reverse("rights:export"))
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(b"".join(response))) as archive:
        assert [name for name in archive.namelist() if name.endswith(".xmp")]
        return any(NAME.encode() in archive.read(name) for name in archive.namelist())


def test_a_name_by_machine_leaves_every_outlet_when_recognising_ends(
    alice: User,
    alice_client: Client,
    bob_client: Client,
    photo: Photo,
    quirina: tuple[Person, Invitation],
    outlets: Outlets,
) -> None:
    person, invitation = quirina
    library = recognising(alice)
    purposes = (Purpose.RECOGNISE, Purpose.NAME, Purpose.EXPORT)
    says(person, library, *purposes, by=invitation)
    matched(person, photo)
    told = telling(outlets, bob_client)
    assert told == set(outlets)
    assert in_export(alice_client)
    says(person, library, Purpose.RECOGNISE, by=invitation, granted=False)
    assert telling(outlets, bob_client) == set()
    # The owner's page still offers the people she knows, to say by hand who is there.
    assert telling(outlets, alice_client) <= {"page"}
    assert not in_export(alice_client)


def test_a_name_by_hand_stays_with_the_owner_and_leaves_with_no_file(
    alice: User,
    alice_client: Client,
    bob_client: Client,
    photo: Photo,
    quirina: tuple[Person, Invitation],
    outlets: Outlets,
) -> None:
    person, invitation = quirina
    library = library_of(alice)
    say_who(region=face(photo), photo=photo, person=person, by=alice)
    says(person, library, Purpose.NAME, Purpose.EXPORT, by=invitation)
    files = {"sidecar", "api sidecar", "copy"}
    assert files <= telling(outlets, bob_client)
    says(person, library, Purpose.EXPORT, by=invitation, granted=False)
    assert not files & telling(outlets, bob_client)
    assert not files & telling(outlets, alice_client)
    assert not in_export(alice_client)
    says(person, library, Purpose.NAME, by=invitation, granted=False)
    assert telling(outlets, bob_client) == set()
    assert "page" in telling(outlets, alice_client)
