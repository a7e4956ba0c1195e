"""What consent itself does when an answer is recorded, inside the transaction of the answer."""

from functools import partial

from django.db import transaction
from django.dispatch import receiver

from photolib.consent.erasure import erase_person_vectors
from photolib.consent.erasure_models import ReceiptKind, Renewal
from photolib.consent.errors import KeystoreLocked
from photolib.consent.keystore import identity
from photolib.consent.models import Channel, Decision, Purpose
from photolib.consent.signals import decision_recorded, recognition_changed


@receiver(decision_recorded, dispatch_uid="consent.erase")
def on_decision_recorded(decision: Decision, **_: object) -> None:
    transaction.on_commit(partial(_remember, identity.raise_counter()))
    if decision.granted:
        if decision.purpose == Purpose.RECOGNISE:
            Renewal.objects.filter(person=decision.person, library=decision.library).delete()
    elif decision.channel != Channel.RESTORED and _ends_a_yes(decision):
        Renewal.objects.filter(person=decision.person, library=decision.library).delete()
        erase_person_vectors(
            person=decision.person,
            library=decision.library,
            purpose=decision.purpose,
            asked_by=decision.decided_by,
            kind=_kind_of(decision),
        )


@receiver(recognition_changed, dispatch_uid="consent.count_switch")
def on_recognition_changed(**_: object) -> None:
    """A switch counts like an answer: a copy from before it is noticed when it is put back."""
    transaction.on_commit(partial(_remember, identity.raise_counter()))


def _ends_a_yes(decision: Decision) -> bool:
    """Whether something was allowed before. A first no has nothing to take away."""
    before = Decision.objects.filter(
        person=decision.person,
        library=decision.library,
        purpose=decision.purpose,
        pk__lt=decision.pk,
    )
    newest = before.order_by("-pk").first()
    return newest is not None and newest.granted


def _kind_of(decision: Decision) -> ReceiptKind:
    lapsed = decision.channel == Channel.LAPSED
    return ReceiptKind.LAPSED if lapsed else ReceiptKind.WITHDRAWN


def _remember(counter: int) -> None:
    """The keystore hears how far the database is; one that is away hears it with the next answer."""
    try:
        if counter > identity.seen():
            identity.remember(counter)
    except KeystoreLocked:
        return
