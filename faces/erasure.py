"""Taking vectors away. Keys are destroyed at once, before the commit: if the commit then fails, the
vectors cannot be opened any more and are made anew from the photos, which is the safe side."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from faces.journal import JOURNAL_DAYS
from faces.models import (
    LONGEST_KEPT,
    EmptiedPerson,
    FaceGroup,
    GroupingSession,
    HandOver,
    JournalEntry,
    Pile,
    PiledFace,
    Template,
    UnknownFace,
)
from faces.sealing import RESEALED, reseal_unknown
from photolib.consent import keys, ledger
from photolib.consent.decisions import pairs_allowing, pairs_at_rest
from photolib.consent.models import Purpose
from photolib.consent.services import set_recognition
from photolib.consent.shredding import shred_key
from photolib.library.models import Library, RecognitionState
from photolib.people.models import Appearance, AppearanceSource, Person


@transaction.atomic
def shred_library(*, library: Library) -> None:
    """Recognition is off: nothing biometric, and nothing the machine concluded from it, is left."""
    end_grouping(library=library)
    Template.objects.filter(library=library).delete()
    HandOver.objects.filter(library=library).delete()
    _machine_rows().filter(photo__library=library).delete()


@transaction.atomic
def shred_person(*, person: Person, library: Library) -> dict[str, int]:
    """The person said no: their templates and key in this library, and the machine's tags, go.

    What they handed over for it ends. Returns how many there were of templates, keys, matches and
    photos handed over.
    """
    templates = Template.objects.filter(person=person, library=library)
    matches = _machine_rows().filter(person=person, photo__library=library)
    counts = {
        "templates": templates.count(),
        "keys": templates.values("key_id").distinct().count(),
        "matches": matches.count(),
    }
    handed, _ = HandOver.objects.filter(person=person, library=library).delete()
    if handed:
        counts["hand_overs"] = handed
    templates.delete()
    matches.delete()
    return counts


@transaction.atomic
def end_grouping(*, library: Library) -> None:
    """Leave household grouping: the unknown faces' vectors, their groups and their key go, and what was
    said about faces that have no name."""
    GroupingSession.objects.filter(library=library).delete()
    FaceGroup.objects.filter(library=library).delete()
    Pile.objects.filter(library=library).delete()


@transaction.atomic
def purge_everything() -> dict[str, int]:
    """Switch every library off, empty every table of this app and destroy every key.

    Returns how many rows there were.
    """
    counts = {}
    models = (
        Template,
        HandOver,
        UnknownFace,
        FaceGroup,
        GroupingSession,
        Pile,
        JournalEntry,
        EmptiedPerson,
    )
    for model in models:
        counts[model.__name__] = model._default_manager.count()
    counts["Appearance"] = _machine_rows().count()
    for library in Library.objects.exclude(recognition=RecognitionState.OFF):
        set_recognition(library=library, state=RecognitionState.OFF, by=library.owner)
    # What a library that was off should not have had goes as well.
    for model in models:
        model._default_manager.all().delete()
    _machine_rows().delete()
    return counts


def destroy_unused_key(key_id: str) -> None:
    """Destroy a person's key once no template is sealed under it any more."""
    if not Template.objects.filter(key_id=key_id).exists():
        shred_key(key_id)


def drop_empty_groups(*, library: Library | None = None) -> None:
    """Remove groups whose faces have all been named or have gone."""
    groups = FaceGroup.objects.filter(faces__isnull=True)
    (groups if library is None else groups.filter(library=library)).delete()


def expire(now: datetime) -> None:
    """The daily chore: vectors whose date has come, and templates whose yes is no longer live."""
    for session in GroupingSession.objects.all():
        _expire_session(session, now)
    drop_ended_piles(now)
    _drop_templates_without_consent()


@transaction.atomic
def _expire_session(session: GroupingSession, now: datetime) -> None:
    """Empty the rows, and give what is left a new key: a backup cannot bring the others back."""
    # Locked first: what a worker is about to seal waits for the new key.
    session = GroupingSession.objects.select_for_update().get(pk=session.pk)
    live = session.faces.filter(expired=False)
    ended = live.filter(expires_at__lte=now)
    if not ended.update(sealed=b"", coming_pack="", coming_sealed=b"", group=None, expired=True):
        return
    drop_empty_groups(library=session.library)
    old_key, new_key = session.key_id, keys.make_key()
    kept = list(live.all())
    for face in kept:
        reseal_unknown(face, session, new_key)
    UnknownFace.objects.bulk_update(kept, RESEALED, batch_size=200)
    session.key_id = new_key
    session.save(update_fields=["key_id"])
    shred_key(old_key)


def drop_ended_piles(now: datetime) -> None:
    """What was said of a face without a name ends with its vector; a pile with the last entry of the
    journal that could bring a face back into it."""
    PiledFace.objects.filter(region__unknown_face__expired=True).delete()
    oldest = now - timedelta(days=LONGEST_KEPT + JOURNAL_DAYS)
    Pile.objects.filter(faces__isnull=True, created_at__lt=oldest).delete()


def _drop_templates_without_consent() -> None:
    """A guardian's yes ends on a birthday, which no signal tells of."""
    # While the ledger does not hold nothing is recognised, and nothing is lost either.
    if not ledger.is_sound():
        return
    with transaction.atomic():
        libraries = Template.objects.values_list("library_id", flat=True).distinct()
        allowed = pairs_allowing(Purpose.RECOGNISE, libraries)
        # Whoever only stopped it for a while did not ask for anything to be erased.
        allowed |= pairs_at_rest(Purpose.RECOGNISE, libraries)
        pairs = set(Template.objects.values_list("person_id", "library_id").distinct())
        for person_id, library_id in sorted(pairs - allowed):
            Template.objects.filter(person=person_id, library=library_id).delete()
            HandOver.objects.filter(person=person_id, library=library_id).delete()
            _machine_rows().filter(person=person_id, photo__library=library_id).delete()


def _machine_rows() -> QuerySet[Appearance]:
    return Appearance.objects.filter(source=AppearanceSource.MACHINE)
