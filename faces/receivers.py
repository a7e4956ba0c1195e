"""What faces does when consent, the switch, or what people say about a face changes.

All of it happens inside the transaction of the change.
"""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from faces.again import look_again_at_library, look_again_at_photo
from faces.choice import serving_pack
from faces.enrolment import (
    look_at_confirmed_faces,
    make_template,
    teach_others,
    wants_template,
)
from faces.erasure import (
    destroy_unused_key,
    drop_empty_groups,
    end_grouping,
    shred_library,
)
from faces.grounds import drop_groundless
from faces.models import GroupingSession, HandOver, PiledFace, Template, UnknownFace
from faces.packs import BY_NAME
from faces.piles import piles_apart_from
from faces.sealing import open_coming, open_unknown
from photolib.consent import keys
from photolib.consent.decisions import decide
from photolib.consent.models import Decision, Purpose
from photolib.consent.shredding import shred_key
from photolib.consent.signals import decision_recorded, recognition_changed
from photolib.library.models import Library, RecognitionState
from photolib.library.signals import visibility_changed
from photolib.people.models import (
    Appearance,
    AppearanceSource,
    AppearanceState,
    FaceRegion,
    Person,
)
from photolib.people.signals import appearance_said, appearance_unsaid, picture_said


@receiver(recognition_changed, dispatch_uid="faces.recognition_changed")
def on_recognition_changed(library: Library, old: str, new: str, **_: object) -> None:
    if new == RecognitionState.OFF:
        shred_library(library=library)
        # What others learnt from its photos because they may see them goes as well.
        drop_groundless()
        return
    if old == RecognitionState.OFF:
        transaction.on_commit(partial(_teach_from_all, library))
    if old == RecognitionState.HOUSEHOLD:
        end_grouping(library=library)
    if new == RecognitionState.HOUSEHOLD:
        GroupingSession.objects.create(
            library=library, key_id=keys.make_key(), declared_by=library.owner.username
        )
        transaction.on_commit(partial(look_again_at_library, library.pk))
    elif old == RecognitionState.OFF:
        transaction.on_commit(partial(look_at_confirmed_faces, library=library))


@receiver(decision_recorded, dispatch_uid="faces.decision_recorded")
def on_decision_recorded(decision: Decision, **_: object) -> None:
    if decision.purpose != Purpose.RECOGNISE:
        return
    person, library = decision.person, decision.library
    # A no is consent's own affair: it erases through faces.vault, and writes the receipt.
    if decision.granted and decide(person, Purpose.RECOGNISE, library).allowed:
        transaction.on_commit(partial(look_at_confirmed_faces, library=library, person=person))


@receiver(appearance_said, dispatch_uid="faces.appearance_said")
def on_appearance_said(appearance: Appearance, **_: object) -> None:
    """A face got its name by hand: its vector becomes a template where that is allowed, or goes."""
    region, person = appearance.region, appearance.person
    if region is None or appearance.state != AppearanceState.CONFIRMED:
        return
    Template.objects.filter(region=region).exclude(person=person).delete()
    library = appearance.photo.library
    _drop_contradicted(region, person)
    transaction.on_commit(partial(teach_others, source=library, photos=[region.photo_id]))
    unknown = UnknownFace.objects.filter(region=region).select_related("session").first()
    if unknown is not None:
        _learn_from(unknown, person, library)
        unknown.delete()
        drop_empty_groups(library=library)
    elif decide(person, Purpose.RECOGNISE, library).allowed and wants_template(
        person=person, library=library, region=region, pack=serving_pack()
    ):
        transaction.on_commit(partial(look_again_at_photo, region.photo_id))


def _drop_contradicted(region: FaceRegion, person: Person) -> None:
    """Who was said to be somebody else than this face is not this person, whatever the machine says."""
    piles = PiledFace.objects.filter(region=region).values_list("pile_id", flat=True)
    others = piles_apart_from(piles)
    rows = Appearance.objects.filter(
        person=person, source=AppearanceSource.MACHINE, region__piled__pile__in=others
    )
    for row in rows if others else ():
        row.delete()
        transaction.on_commit(partial(look_again_at_photo, row.photo_id))


def _learn_from(unknown: UnknownFace, person: Person, library: Library) -> None:
    if unknown.expired or not decide(person, Purpose.RECOGNISE, library).allowed:
        return
    learnt = partial(make_template, person=person, library=library, region=unknown.region)
    if unknown.pack in BY_NAME:
        learnt(vector=open_unknown(unknown, unknown.session), pack=BY_NAME[unknown.pack])
    if unknown.coming_pack in BY_NAME:
        learnt(vector=open_coming(unknown, unknown.session), pack=BY_NAME[unknown.coming_pack])


@receiver(appearance_unsaid, dispatch_uid="faces.appearance_unsaid")
def on_appearance_unsaid(region: FaceRegion, person: Person, **_: object) -> None:
    """What was learnt about this person from this face goes; the face may be somebody else."""
    Template.objects.filter(region=region, person=person).delete()
    HandOver.objects.filter(region=region, person=person).delete()
    if region.photo.library.recognition != RecognitionState.OFF:
        transaction.on_commit(partial(_look_again_if_unknown, region.pk))


@receiver(visibility_changed, dispatch_uid="faces.visibility_changed")
def on_visibility_changed(photos: list[int], **_: object) -> None:
    """What others learnt from photos that they may not see any more goes; new ones may teach them."""
    drop_groundless()
    for library in Library.objects.filter(photos__in=photos).distinct():
        transaction.on_commit(partial(teach_others, source=library, photos=photos))


def _teach_from_all(library: Library) -> None:
    named = Appearance.objects.filter(
        photo__library=library, region__isnull=False, state=AppearanceState.CONFIRMED
    )
    teach_others(source=library, photos=list(named.values_list("photo_id", flat=True).distinct()))


def _look_again_if_unknown(region_id: int) -> None:
    region = FaceRegion.objects.filter(pk=region_id, dismissed=False).first()
    known = Appearance.objects.filter(region=region_id).exclude(state=AppearanceState.ASKED)
    if region is not None and not known.exists():
        look_again_at_photo(region.photo_id)


@receiver(picture_said, dispatch_uid="faces.picture_said")
def on_picture_said(region: FaceRegion, **_: object) -> None:
    """A picture of somebody teaches nothing about them; of somebody who was there more may be learnt."""
    if region.is_picture:
        Template.objects.filter(region=region).delete()
    transaction.on_commit(partial(look_again_at_photo, region.photo_id))


@receiver(post_save, sender=FaceRegion, dispatch_uid="faces.region_saved")
def on_region_saved(instance: FaceRegion, raw: bool = False, **_: object) -> None:
    """Not a face, said by a person: then there is no vector of it either."""
    if instance.dismissed and not raw:
        Template.objects.filter(region=instance).delete()
        UnknownFace.objects.filter(region=instance).delete()
        PiledFace.objects.filter(region=instance).delete()
        drop_empty_groups(library=instance.photo.library)


@receiver(post_delete, sender=Template, dispatch_uid="faces.template_deleted")
def on_template_deleted(instance: Template, **_: object) -> None:
    """Whatever took the last template away (a photo, a person, a library): its key goes with it."""
    destroy_unused_key(instance.key_id)


@receiver(post_delete, sender=GroupingSession, dispatch_uid="faces.session_deleted")
def on_session_deleted(instance: GroupingSession, **_: object) -> None:
    shred_key(instance.key_id)
