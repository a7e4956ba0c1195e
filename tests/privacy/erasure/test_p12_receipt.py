"""P12 (GDPR 17, 19): an erasure ends in a report, which names the public links that showed the person.

There are no public links yet: the report says so. The way by which sharing will name them is tested.
"""

import pytest
from django.test import Client

from photolib.accounts.models import User
from photolib.consent import vaults
from photolib.consent.erasure_models import ErasureReceipt
from photolib.consent.models import Purpose
from photolib.consent.receipts import tell
from photolib.consent.services import answer, invite
from photolib.library.models import Library
from photolib.people.models import Person
from photolib.people.services import create_person
from tests.faces.conftest import House
from tests.faces.fake_engine import vector_of
from tests.privacy.erasure.traces import traces_of

pytestmark = pytest.mark.django_db


def page_of(client: Client, receipt: ErasureReceipt) -> str:
    return " ".join(client.get(f"/consent/receipts/{receipt.pk}/").content.decode().split())


def test_p12_the_report_says_that_no_public_link_showed_the_person(
    house: House, anna: Person, alice_client: Client
) -> None:
    house.says(anna, False)
    words = page_of(alice_client, ErasureReceipt.objects.get())
    assert "No public link showed the person: there was none." in words
    assert "What this server cannot reach" in words
    assert "Backups hold what was erased in a sealed form" in words


def test_p12_the_report_names_the_links_that_an_app_knows_of(
    house: House, anna: Person, alice_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def links(person: Person, library: Library) -> list[str]:
        return [f"Summer 2024 ({person.name})"]

    monkeypatch.setattr(vaults, "_OUTLETS", {"sharing": links})
    house.says(anna, False)
    assert "Summer 2024 (Anna)" in page_of(alice_client, ErasureReceipt.objects.get())


def test_p12_the_report_holds_nothing_biometric_and_outlives_the_person(
    house: House, anna: Person
) -> None:
    house.says(anna, False)
    receipt = ErasureReceipt.objects.get()
    values = repr([getattr(receipt, field.attname) for field in receipt._meta.fields]).encode()
    assert b"Anna" not in values
    assert not any(trace in values for trace in traces_of(vector_of("red", 200)))
    anna.delete()
    receipt.refresh_from_db()
    assert receipt.person is None
    assert receipt.items


def test_p12_a_yes_to_being_named_is_taken_back_with_a_report_of_its_own(
    house: House, anna: Person
) -> None:
    assert anna.user is not None
    for granted in (True, False):
        answer(
            person=anna, library=house.library, purpose=Purpose.NAME, granted=granted,
            by=anna.user, language="en",
        )  # fmt: skip
    receipt = ErasureReceipt.objects.get()
    assert receipt.purpose == Purpose.NAME
    assert "looked up each time" in tell(receipt).erased[0]


def test_p12_a_first_no_has_nothing_to_report(house: House) -> None:
    house.says(house.person("Ben"), False)
    assert not ErasureReceipt.objects.exists()


def test_p12_strangers_and_housemates_cannot_read_a_report(
    house: House, anna: Person, bob_client: Client, charlie_client: Client
) -> None:
    house.says(anna, False)
    address = f"/consent/receipts/{ErasureReceipt.objects.get().pk}/"
    assert bob_client.get(address).status_code == 404
    assert charlie_client.get(address).status_code == 404


def test_p12_a_person_without_an_account_reads_the_report_by_their_link_only(
    house: House, alice: User, client: Client
) -> None:
    assert alice.household is not None
    rosa = create_person(household=alice.household, name="Rosa", by=alice)
    eva = create_person(household=alice.household, name="Eva", by=alice)
    _invitation, token = invite(person=rosa, library=house.library, by=alice)
    _other, other = invite(person=eva, library=house.library, by=alice)
    ErasureReceipt.objects.create(
        kind="withdrawn", person=rosa, library=house.library, purpose=Purpose.RECOGNISE,
        happened_at=_invitation.created_at,
    )  # fmt: skip
    pk = ErasureReceipt.objects.get().pk
    assert client.get(f"/i/{token}/receipts/{pk}/").status_code == 200
    assert client.get(f"/i/{other}/receipts/{pk}/").status_code == 404
    assert client.get(f"/i/wrong/receipts/{pk}/").status_code == 404
