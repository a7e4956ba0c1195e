"""Which pack the household uses, and the one it is moving to. One row for the whole server."""

from faces.models import PackChoice
from faces.packs import BUNDLED, BY_NAME, Pack


def chosen_packs() -> tuple[Pack, Pack | None]:
    """The pack that serves and the one that comes, if any: both at once, as of one moment."""
    choice = PackChoice.objects.first()
    if choice is None:
        return BUNDLED, None
    return BY_NAME.get(choice.pack, BUNDLED), BY_NAME.get(choice.coming)


def serving_pack() -> Pack:
    """The pack whose vectors are compared now: the bundled one unless somebody chose another."""
    return chosen_packs()[0]


def coming_pack() -> Pack | None:
    """The pack whose vectors are being made, or None when no change is under way."""
    return chosen_packs()[1]


def packs_in_use() -> list[Pack]:
    """The one that serves, and the one that comes, if any."""
    return [pack for pack in chosen_packs() if pack is not None]
