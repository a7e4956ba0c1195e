"""What this app keeps under keys, for consent's erasures, rotations and replays."""

from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from faces.again import look_again_at_library
from faces.enrolment import look_at_confirmed_faces
from faces.erasure import drop_empty_groups, shred_person
from faces.models import FaceGroup, GroupingSession, Template, UnknownFace
from faces.sealing import RESEALED, open_template, reseal_unknown, seal_vector, template_aad
from photolib.consent import keys
from photolib.consent.services import raise_epoch
from photolib.consent.vaults import Vault
from photolib.library.models import Library

_BATCH = 200


def keys_in_use() -> set[str]:
    """The ids of the keys of every template and grouping session."""
    templates = Template.objects.values_list("key_id", flat=True).distinct()
    return {*templates, *GroupingSession.objects.values_list("key_id", flat=True)}


@transaction.atomic
def drop_under(key_ids: Collection[str]) -> int:
    """Remove what is sealed under keys that are gone, and learn again what may still be known."""
    dropped = 0
    for library in Library.objects.filter(templates__key_id__in=key_ids).distinct():
        dropped += Template.objects.filter(library=library, key_id__in=key_ids).delete()[0]
        raise_epoch(library=library)
        transaction.on_commit(partial(look_at_confirmed_faces, library=library))
    for session in GroupingSession.objects.filter(key_id__in=key_ids):
        # Rows whose time is over stay: they are what keeps those faces from being kept anew.
        dropped += session.faces.filter(expired=False).delete()[0]
        FaceGroup.objects.filter(library=session.library).delete()
        session.key_id = keys.make_key()
        session.ordered_faces = 0
        session.save(update_fields=["key_id", "ordered_faces"])
        raise_epoch(library=session.library)
        transaction.on_commit(partial(look_again_at_library, session.library_id))
    drop_empty_groups()
    return dropped


def reseal(old: str, new: str) -> None:
    """Seal what lies under the old key under the new one. Raises KeyGone or KeystoreLocked."""
    # Locked, as writers of findings do; and what they found under the old key is looked for again.
    libraries = {
        *Template.objects.filter(key_id=old).values_list("library_id", flat=True),
        *GroupingSession.objects.filter(key_id=old).values_list("library_id", flat=True),
    }
    for library in Library.objects.select_for_update().filter(pk__in=libraries).order_by("pk"):
        raise_epoch(library=library)
    _reseal_templates(old, new)
    for session in GroupingSession.objects.select_for_update().filter(key_id=old):
        _reseal_session(session, new)


def _reseal_templates(old: str, new: str) -> None:
    templates = list(Template.objects.filter(key_id=old))
    for template in templates:
        vector = open_template(template)
        aad = template_aad(
            person=template.person_id,
            library=template.library_id,
            decision=template.decision_id,
            region=template.region_id,
            pack=template.pack,
        )
        template.sealed = seal_vector(new, vector, aad=aad)
        template.key_id = new
    Template.objects.bulk_update(templates, ["sealed", "key_id"], batch_size=_BATCH)


def _reseal_session(session: GroupingSession, new: str) -> None:
    faces = list(session.faces.filter(expired=False))
    for face in faces:
        reseal_unknown(face, session, new)
    UnknownFace.objects.bulk_update(faces, RESEALED, batch_size=_BATCH)
    session.key_id = new
    session.save(update_fields=["key_id"])


VAULT = Vault(
    erase=lambda person, library: shred_person(person=person, library=library),
    keys_in_use=keys_in_use,
    drop_under=drop_under,
    reseal=reseal,
    words={
        "templates": _("Measurements of the face, kept to recognise it"),
        "keys": _("Keys under which they were sealed"),
        "matches": _("Names and questions by the machine"),
        "hand_overs": _("Photos handed over to learn the face from"),
    },
)
