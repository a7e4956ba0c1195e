"""Whose name may stand in a file that leaves the house: a download, a sidecar, an export."""

from collections.abc import Iterable

from photolib.accounts.models import User
from photolib.consent.decisions import pairs_allowing
from photolib.consent.models import Purpose
from photolib.consent.queries import Sighting, sightings
from photolib.library.models import Library, Photo
from photolib.people.models import Person


def sightings_in_copies(photos: Iterable[Photo], viewer: User) -> dict[int, list[Sighting]]:
    """As consent.queries.sightings, with those people only who said yes to their name in exports.

    The viewer's own library makes no difference here: what leaves it is read by others. One query more.
    """
    rows = list(photos)
    allowed = pairs_allowing(Purpose.EXPORT, {photo.library_id for photo in rows})
    seen = sightings(rows, viewer)
    return {
        photo.pk: [one for one in seen[photo.pk] if (one.person_id, photo.library_id) in allowed]
        for photo in rows
    }


def names_kept_back(libraries: Iterable[int]) -> dict[int, list[str]]:
    """By library, the names its household knows and that its copies may not carry. Two queries."""
    keys = set(libraries)
    allowed = pairs_allowing(Purpose.EXPORT, keys)
    houses = dict(Library.objects.filter(pk__in=keys).values_list("pk", "owner__household"))
    people = list(
        Person.objects.filter(household__in={house for house in houses.values() if house})
        .order_by("pk")
        .values_list("pk", "household", "name")
    )
    return {
        library: [
            name
            for person, home, name in people
            if home == house and (person, library) not in allowed
        ]
        for library, house in houses.items()
    }
