"""Which pack the household uses, and the one it is moving to. One row for the whole server."""

from faces.models import PackChoice
from faces.packs import BUNDLED, BY_NAME, Pack


def serving_pack() -> Pack:
    """The pack whose vectors are compared now: the bundled one unless somebody chose another."""
    choice = PackChoice.objects.first()
    return BUNDLED if choice is None else BY_NAME.get(choice.pack, BUNDLED)


def coming_pack() -> Pack | None:
    """The pack whose vectors are being made, or None when no change is under way."""
    choice = PackChoice.objects.first()
    return None if choice is None else BY_NAME.get(choice.coming)


def packs_in_use() -> list[Pack]:
    """The one that serves, and the one that comes, if any."""
    coming = coming_pack()
    return [serving_pack(), *([] if coming is None else [coming])]
