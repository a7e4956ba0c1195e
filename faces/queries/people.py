"""What a library knows of one person's faces, as numbers."""

from dataclasses import dataclass

from faces.models import Template
from faces.queries.questions import questions_about
from photolib.accounts.models import User
from photolib.people.models import Appearance, AppearanceSource, AppearanceState, Person


@dataclass(frozen=True, slots=True)
class PersonCounts:
    """Of one's own photos: names by hand, names by the machine, open questions, templates."""

    by_hand: int
    by_machine: int
    questions: int
    templates: int


def counts_of(viewer: User, person: Person) -> PersonCounts:
    """The numbers for the viewer's own library, without what is in the trash."""
    said = Appearance.objects.filter(
        person=person, photo__library__owner=viewer, photo__trashed_at__isnull=True
    ).exclude(state=AppearanceState.ASKED)
    machine = said.filter(source=AppearanceSource.MACHINE).count()
    return PersonCounts(
        by_hand=said.count() - machine,
        by_machine=machine,
        questions=questions_about(viewer, person).count(),
        templates=Template.objects.filter(person=person, library__owner=viewer).count(),
    )
