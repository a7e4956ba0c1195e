"""What pages of other apps show of consent: taking back in one step, and why nothing counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import template
from django.template import Context

from photolib.accounts.models import User
from photolib.consent.decisions import answers
from photolib.consent.ledger import Trouble, trouble
from photolib.consent.models import Purpose
from photolib.consent.queries import Sighting, libraries_asking, people_decided_by
from photolib.consent.standing import standing_of
from photolib.library.models import Library
from photolib.people.models import Person

register = template.Library()


@dataclass(frozen=True, slots=True)
class Standing:
    """One yes of somebody the viewer decides for."""

    person: Person
    library: Library
    purpose: Purpose
    own: bool


@register.inclusion_tag("consent/take_back_here.html", takes_context=True)
def take_back_here(
    context: Context, whom: Person | Iterable[Sighting], library: Library | None = None
) -> Mapping[str, object]:
    """A button for each yes of these people that the viewer can take back, about one library or all.

    Nothing is drawn for people the viewer does not decide for.
    """
    viewer: User = context["user"]
    wanted = {whom.pk} if isinstance(whom, Person) else {seen.person_id for seen in whom}
    people = (
        [person for person in people_decided_by(viewer) if person.pk in wanted] if wanted else []
    )
    people = [person for person in people if not _only_looks_on(person, viewer)]
    if not people:
        return {"standing": []}
    libraries = [library] if library is not None else list(libraries_asking(viewer))
    known = answers(people, libraries)
    standing = [
        Standing(person, entry, purpose, own=person.user_id == viewer.pk)
        for person in people
        for entry in libraries
        for purpose in Purpose
        if (found := known.get((person.pk, entry.pk, purpose))) and found.granted
    ]
    return {"standing": standing, "csrf": context.get("csrf_token"), "people": people}


def _only_looks_on(person: Person, viewer: User) -> bool:
    """Whether this is the viewer, and a guardian answers for them."""
    return person.user_id == viewer.pk and standing_of(person).minor


@register.simple_tag
def ledger_trouble() -> Trouble | None:
    """Why no yes counts now, or None."""
    return trouble()
