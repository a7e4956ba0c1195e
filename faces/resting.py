"""A person's yes rests, or counts again (consent.signals.rest_changed)."""

from functools import partial

from django.db import transaction
from django.dispatch import receiver

from faces.again import look_again_at_library
from faces.enrolment import look_at_confirmed_faces
from photolib.consent.signals import rest_changed
from photolib.library.models import Library, RecognitionState
from photolib.people.models import Appearance, AppearanceSource, AppearanceState, Person


@receiver(rest_changed, dispatch_uid="faces.rest_changed")
def on_rest_changed(person: Person, library: Library | None, resting: bool, **_: object) -> None:
    """Resting: open questions go, names stay unseen. Counting again: what came meanwhile is looked at."""
    if resting:
        asked = Appearance.objects.filter(
            person=person, source=AppearanceSource.MACHINE, state=AppearanceState.ASKED
        )
        (asked.filter(photo__library=library) if library else asked).delete()
        return
    if library is not None:
        libraries = [library]
    else:
        libraries = list(Library.objects.filter(owner__household=person.household_id))
    for entry in libraries:
        if entry.recognition != RecognitionState.OFF:
            transaction.on_commit(partial(look_at_confirmed_faces, library=entry, person=person))
            transaction.on_commit(partial(look_again_at_library, entry.pk))
