"""The household's people and the faces of a photo."""

from django.db.models import QuerySet
from django.http import Http404

from photolib.accounts.models import Role, User
from photolib.library.models import Photo
from photolib.people.models import FaceRegion, Person


def people_of(viewer: User, *, with_hidden: bool = False) -> QuerySet[Person]:
    """The people of the viewer's household, by name; none for an account without a household."""
    if viewer.household_id is None:
        return Person.objects.none()
    people = Person.objects.filter(household=viewer.household_id)
    return people if with_hidden else people.filter(hidden=False)


def get_person(viewer: User, pk: int) -> Person:
    """A person of the viewer's household, hidden or not. Raises Http404 for any other."""
    person = (
        people_of(viewer, with_hidden=True)
        .select_related("household", "user__guardian", "guardian")
        .filter(pk=pk)
        .first()
    )
    if person is None:
        raise Http404
    return person


def regions_of(photo: Photo) -> QuerySet[FaceRegion]:
    """The faces of a photo from left to right, without those that a person said are none.

    Whether the viewer may see the photo was asked before (library.queries).
    """
    return FaceRegion.objects.filter(photo=photo, dismissed=False).order_by("left", "top", "pk")


def may_rename(viewer: User, person: Person) -> bool:
    """Whether the viewer may change this person's name, birthday and hiding.

    Somebody with an account decides how they are called, and the admins; a child's guardian too. Of
    people without an account every grown-up of the household takes care.
    """
    if viewer.household_id != person.household_id:
        return False
    if viewer.role == Role.ADMIN or person.user_id == viewer.pk:
        return True
    if person.user is not None:
        return person.user.guardian_id == viewer.pk
    if person.guardian_id is not None:
        return person.guardian_id == viewer.pk
    return viewer.role == Role.ADULT


def may_delete(viewer: User, person: Person) -> bool:
    """Whether the viewer may remove this person from the whole household, photos' names and all."""
    if viewer.household_id != person.household_id or viewer.role == Role.GUEST:
        return False
    return viewer.role == Role.ADMIN or viewer.pk in {person.user_id, person.created_by_id}
