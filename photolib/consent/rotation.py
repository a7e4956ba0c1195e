"""New keys for everything that is sealed, and the passphrase that wraps them.

It can be stopped at any moment and run again. A new key is doomed until the rows are sealed under it,
in the same transaction in which the old one becomes doomed; doomed keys are destroyed by whoever runs
next (photolib.consent.shredding).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from photolib.consent import keys
from photolib.consent.erasure_models import DoomedKey
from photolib.consent.errors import KeyGone
from photolib.consent.keystore import masters
from photolib.consent.keystore.identity import adopt, usable_root
from photolib.consent.shredding import doom, finish_all, shred_key
from photolib.consent.vaults import Vault, all_vaults

# Longer than sealing everything under one key takes.
_IN_WORK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rotated:
    """keys: made anew. rows: removed because their key had gone."""

    keys: int
    rows: int


def rotate_keys(*, new_passphrase: str = "", leave_passphrase: bool = False) -> Rotated:
    """Replace every key and seal every row anew.

    new_passphrase: wraps the keys from now on. leave_passphrase: keys are kept without one instead.
    Raises KeystoreLocked, with everything still readable.
    """
    with masters.coming(new_passphrase):
        return _rotate_all(leave=leave_passphrase)


def _rotate_all(*, leave: bool) -> Rotated:
    store = usable_root()
    masters.renew(store, leave=leave)
    count = rows = 0
    for vault in all_vaults():
        for key_id in sorted(vault.keys_in_use()):
            try:
                _rotate(vault, key_id)
                count += 1
            except KeyGone:
                rows += vault.drop_under([key_id])
    finish_all(timezone.now())
    masters.retire(store, in_use=keys.masters_in_use())
    return Rotated(keys=count, rows=rows)


def _rotate(vault: Vault, old: str) -> None:
    new = keys.make_key()
    doom(new, after=timezone.now() + _IN_WORK)
    with transaction.atomic():
        vault.reseal(old, new)
        DoomedKey.objects.filter(key_id=new).delete()
        doom(old)
    shred_key(old)
    DoomedKey.objects.filter(key_id=old).delete()


def adopt_keystore() -> int:
    """Go on with the keystore that is there, because the right one is lost for good.

    What was sealed under keys that it lacks is removed; templates are made anew from the names that
    people gave. Returns how many rows went. Raises KeystoreLocked.
    """
    adopt()
    dropped = 0
    for vault in all_vaults():
        lost = {key for key in vault.keys_in_use() if not _exists(key)}
        if lost:
            dropped += vault.drop_under(lost)
    return dropped


def _exists(key_id: str) -> bool:
    try:
        return keys.exists(key_id)
    except KeyGone:
        return False
