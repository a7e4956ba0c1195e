"""Who keeps what under keys. Upper apps register when they start; consent knows none of them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from photolib.library.models import Library
from photolib.people.models import Person

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """One app's sealed rows.

    erase(person, library): takes away all that the person's yes allowed there; counts by code.
    keys_in_use(): the ids of all keys under which rows are sealed.
    drop_under(keys): deletes rows that are sealed under these keys, which are gone; how many. What
        may still be kept is made anew.
    reseal(old, new): seals what lies under the old key under the new one. Called in a transaction.
    words: how a receipt calls what is counted, by code.
    """

    erase: Callable[[Person, Library], Counts]
    keys_in_use: Callable[[], set[str]]
    drop_under: Callable[[Collection[str]], int]
    reseal: Callable[[str, str], None]
    words: Mapping[str, str | Promise]


# Says by which public links a person's photos are shared: their names, as the owner knows them.
Outlet = Callable[[Person, Library], Sequence[str]]

_VAULTS: dict[str, Vault] = {}
_OUTLETS: dict[str, Outlet] = {}


def register_vault(name: str, vault: Vault) -> None:
    """Have erasures, rotations and replays reach this app. Call it in AppConfig.ready."""
    _VAULTS[name] = vault


def register_outlet(name: str, outlet: Outlet) -> None:
    """Have receipts name the public links that showed the person. Call it in AppConfig.ready."""
    _OUTLETS[name] = outlet


def all_vaults() -> list[Vault]:
    return list(_VAULTS.values())


def links_showing(person: Person, library: Library) -> list[str]:
    """The public links that show the person, of every app that makes any."""
    return [link for outlet in _OUTLETS.values() for link in outlet(person, library)]


def words_of(code: str) -> str:
    """How a receipt calls what is counted under this code."""
    for vault in _VAULTS.values():
        if code in vault.words:
            return str(vault.words[code])
    return code
