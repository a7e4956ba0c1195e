"""What all services of faces ask first."""

from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.library.models import Library
from photolib.people.models import Person
from photolib.people.services import create_person


def check_owner(library: Library, by: User) -> None:
    """Raises NotAllowed for everybody but the library's owner."""
    if library.owner_id != by.pk:
        raise NotAllowed(_("Only the owner of these photos decides who is in them."))


def new_person(name: str, by: User) -> Person:
    """Somebody new by this name. Raises NotAllowed and PersonRefused, as create_person does."""
    if by.household is None:
        raise NotAllowed(_("People belong to a household, and this account has none."))
    return create_person(household=by.household, name=name, by=by)
