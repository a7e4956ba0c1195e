"""Whose keystore this is.

The database has an instance's id, the keystore names it. A keystore of another instance, an empty one
where there was one, and one that cannot be read are all "locked": nothing is opened, made or destroyed
in it, and all that does not need keys goes on.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db.models import F
from django.utils.translation import gettext as _

from photolib.consent.erasure_models import KeystoreLink, new_id
from photolib.consent.errors import KeystoreLocked
from photolib.consent.keystore import place
from photolib.core.files import write_atomically


@dataclass(frozen=True, slots=True)
class Identity:
    """What the keystore says of itself."""

    keystore: str
    instance: str


# By folder: what was found to be right, so that a key is not a question to the database each time.
_RIGHT: dict[Path, Identity] = {}


def own_link() -> KeystoreLink:
    """The one row of this database."""
    return KeystoreLink.objects.order_by("pk").first() or KeystoreLink.objects.create()


def usable_root() -> Path:
    """The keystore's folder, once it is known to be this database's. Raises KeystoreLocked."""
    store = place.root()
    found = _read(store)
    if found is None or _RIGHT.get(store) != found:
        _RIGHT[store] = _compare(store, found)
    return store


def _compare(store: Path, found: Identity | None) -> Identity:
    link = own_link()
    if found is None:
        if link.keystore:
            raise KeystoreLocked(
                _(
                    "The keystore {folder} is empty, or was replaced. Put the right one back; only "
                    "if it is lost for good, run: manage.py adopt_keystore"
                ).format(folder=store)
            )
        _write_first(store, link)
        found = _read(store)
    if found is None or found.instance != link.instance or link.keystore not in {"", found.keystore}:
        raise KeystoreLocked(
            _(
                "The keystore {folder} belongs to another photolib. Set PHOTOLIB_KEYSTORE to the "
                "right one; only if that is lost for good, run: manage.py adopt_keystore"
            ).format(folder=store)
        )
    if not link.keystore:
        # Also where a first use was undone with its transaction after the file was written.
        KeystoreLink.objects.filter(pk=link.pk).update(keystore=found.keystore)
    return found


def _write_first(store: Path, link: KeystoreLink) -> None:
    identity = Identity(keystore=new_id(), instance=link.instance)
    place.write_once(store / "identity.json", json.dumps(asdict(identity)).encode())


def _read(store: Path) -> Identity | None:
    content = place.read_file(store / "identity.json")
    if content is None:
        return None
    try:
        return Identity(**json.loads(content))
    except (ValueError, TypeError) as error:
        raise KeystoreLocked(
            _("The file identity.json in the keystore {folder} is damaged: take it from a copy.")
            .format(folder=store)
        ) from error  # fmt: skip


def adopt() -> None:
    """Take the keystore that is there as this instance's, whoever's it was. Raises KeystoreLocked."""
    store = place.root()
    link = own_link()
    identity = Identity(keystore=new_id(), instance=link.instance)
    try:
        write_atomically(store / "identity.json", json.dumps(asdict(identity)).encode())
    except OSError as error:
        raise place.locked(error) from error
    KeystoreLink.objects.filter(pk=link.pk).update(keystore=identity.keystore)
    _RIGHT.pop(store, None)


def raise_counter() -> int:
    """One more answer is in the database. Returns the count. Call it in the answer's transaction."""
    link = own_link()
    KeystoreLink.objects.filter(pk=link.pk).update(counter=F("counter") + 1)
    link.refresh_from_db(fields=["counter"])
    return link.counter


def seen() -> int:
    """The highest count the keystore saw. Raises KeystoreLocked."""
    content = place.read_file(usable_root() / "seen.json")
    try:
        return int(json.loads(content)["counter"]) if content else 0
    except (ValueError, KeyError, TypeError):
        return 0


def remember(counter: int) -> None:
    """Tell the keystore how far the database is. Raises KeystoreLocked."""
    content = json.dumps({"counter": counter}).encode()
    try:
        write_atomically(usable_root() / "seen.json", content)
    except OSError as error:
        raise place.locked(error) from error
