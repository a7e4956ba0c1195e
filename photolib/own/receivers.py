"""Off means gone: where the owner switches the analyser off, what it rests on and learnt goes too."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from photolib.describe.models import AnalyserOff
from photolib.own.models import PhotoLook
from photolib.own.steps import MATCH_OWN
from photolib.own.teaching import forget


@receiver(post_save, sender=AnalyserOff)
def forget_what_was_learnt(
    sender: object, instance: AnalyserOff, created: bool, **_more: Any
) -> None:
    if created and instance.step == MATCH_OWN:
        forget(instance.library)
        PhotoLook.objects.filter(photo__library=instance.library).delete()
