"""What happens behind a withdrawal, in its own transaction: erased, listed in the keystore, and told."""

from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from photolib.accounts.models import User
from photolib.consent.erasure_models import DoomedKey, ErasureReceipt, ReceiptKind, new_id
from photolib.consent.models import Purpose
from photolib.consent.shredding import finish_soon, list_receipt
from photolib.consent.vaults import all_vaults, links_showing
from photolib.library.models import Library
from photolib.people.models import Appearance, AppearanceSource, Person


@transaction.atomic
def erase_person_vectors(
    *,
    person: Person,
    library: Library,
    purpose: str = Purpose.RECOGNISE,
    asked_by: User | None = None,
    kind: str = ReceiptKind.WITHDRAWN,
    tombstone: str = "",
    happened_at: datetime | None = None,
) -> ErasureReceipt:
    """Take away all that the person's yes allowed in this library, and write the receipt.

    For every purpose but recognising nothing is stored that could go: names are looked up when they
    are read. asked_by: None where it was an invitation's link, or nobody (a yes that lapsed).
    tombstone, happened_at: of the erasure that is done again after a restore.
    """
    counts: dict[str, int] = {}
    if purpose == Purpose.RECOGNISE:
        for vault in all_vaults():
            counts |= vault.erase(person, library)
    receipt = ErasureReceipt.objects.create(
        kind=kind,
        tombstone=tombstone or new_id(),
        listed=bool(tombstone),
        person=person,
        library=library,
        purpose=purpose,
        asked_by=asked_by,
        items=[{"code": code, "count": count} for code, count in sorted(counts.items())],
        unreached=_unreached(person, library, purpose),
        links=links_showing(person, library),
        happened_at=happened_at or timezone.now(),
    )
    if not receipt.listed:
        list_receipt(receipt)
    transaction.on_commit(partial(finish_soon))
    return receipt


def _unreached(person: Person, library: Library, purpose: str) -> list[str]:
    """Codes of what this server cannot reach; photolib.consent.receipts has their words."""
    codes = ["copies"]
    imported = Appearance.objects.filter(
        person=person, photo__library=library, source=AppearanceSource.IMPORT
    )
    if imported.exists():
        codes.append("originals")
    if purpose == Purpose.RECOGNISE:
        codes += ["backups", "stopped"]
        if connection.vendor == "postgresql":
            codes.append("postgres")
        if DoomedKey.objects.exists():
            codes.append("keystore")
    return codes
