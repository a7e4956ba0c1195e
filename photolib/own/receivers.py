"""Off means gone: what rests on an analyser goes with it; and what is said goes with the mark."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from photolib.describe.models import AnalyserOff, Fact, FactKind
from photolib.own.asking import MATCH_THINGS
from photolib.own.models import OwnRegion, OwnThing, PhotoLook, Said
from photolib.own.seeking import forget_things, want_all, withdraw_faces
from photolib.own.steps import MATCH_OWN
from photolib.own.teaching import forget
from photolib.people.models import FaceRegion


@receiver(post_save, sender=AnalyserOff)
def forget_what_was_learnt(
    sender: object, instance: AnalyserOff, created: bool, **_more: Any
) -> None:
    if created and instance.step == MATCH_OWN:
        forget(instance.library)
        PhotoLook.objects.filter(photo__library=instance.library).delete()
    if created and instance.step == MATCH_THINGS:
        forget_things(instance.library_id)


@receiver(post_delete, sender=AnalyserOff)
def learn_again(sender: object, instance: AnalyserOff, **_more: Any) -> None:
    if instance.step == MATCH_THINGS:
        want_all(instance.library_id)


@receiver(post_delete, sender=OwnRegion)
def say_it_no_more(sender: object, instance: OwnRegion, **_more: Any) -> None:
    """Also where the thing, the library or the account went, and the mark with it."""
    if instance.fact_id is not None:
        Fact.objects.filter(pk=instance.fact_id).delete()
    # If it was the only example, a worker withdraws the questions that came of it.
    OwnThing.objects.filter(pk=instance.thing_id).update(wanted=True)


@receiver(post_save, sender=Fact)
def take_it_off(sender: object, instance: Fact, **_more: Any) -> None:
    """Said to be wrong where facts are told: the same as a no to the mark, which keeps nothing to say."""
    if instance.kind != FactKind.OWN or not instance.rejected:
        return
    row = OwnRegion.objects.filter(fact=instance).first()
    if row is not None:
        row.said, row.fact, row.look, row.points = Said.NO, None, None, None
        row.save()
        OwnThing.objects.filter(pk=row.thing_id).update(wanted=True)
        Fact.objects.filter(pk=instance.pk).delete()


@receiver(post_save, sender=FaceRegion)
def keep_faces_out(sender: object, instance: FaceRegion, **_more: Any) -> None:
    """A face that is drawn by hand where something was marked: the mark goes at once."""
    withdraw_faces(instance.photo)
