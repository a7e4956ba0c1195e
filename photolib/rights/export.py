"""A person's own data in a form that other programs read: docs/export.schema.json describes it."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from photolib.accounts.models import User
from photolib.consent.models import Decision
from photolib.consent.queries import people_decided_by
from photolib.core.formats import FORMATS
from photolib.core.knowledge import kept_of_person
from photolib.core.model_files import models_in_use
from photolib.core.sendfile import safe_name
from photolib.describe.sidecars import sidecars_for
from photolib.library.models import Photo
from photolib.library.queries import photos_visible_to
from photolib.library.storage import original_path
from photolib.people.models import Appearance, AppearanceState, Person
from photolib.rights.export_photos import memo_name, own_photos, photos_as_json
from photolib.rights.models import Freeze, RightsRequest

FORM = "photolib-export"
VERSION = 1
FILE = "photolib-export.json"
_BATCH = 200

Json = dict[str, Any]


def files_of(viewer: User) -> Iterator[tuple[str, Path | bytes]]:
    """What goes into the zip: the description first, then every original of the viewer's library.

    Beside each lies its sidecar, made now, and the one that came with it, as it came.
    """
    described = json.dumps(describe(viewer), ensure_ascii=False, indent=1).encode()
    yield FILE, described
    keys = list(own_photos(viewer).values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        photos = list(
            own_photos(viewer)
            .filter(pk__in=keys[start : start + _BATCH])
            .select_related("original", "library__owner", "sidecar")
            .prefetch_related("memos__sound")
        )
        sidecars = sidecars_for(photos, viewer)
        for photo in photos:
            yield file_name(photo), original_path(photo.original)
            yield sidecar_name(photo), sidecars[photo.pk]
            for memo in photo.memos.all():
                yield memo_name(memo), original_path(memo.sound)
            if hasattr(photo, "sidecar"):
                yield f"{file_name(photo)}.received.xmp", bytes(photo.sidecar.content)


def file_name(photo: Photo) -> str:
    """The name of a photo's original inside the zip: no two are the same."""
    suffix = FORMATS[photo.original.format].suffix
    return f"{photo.pk}-{safe_name(photo.original_name, suffix=suffix)}"


def sidecar_name(photo: Photo) -> str:
    """The name of a photo's sidecar inside the zip: programs find it by the original's."""
    return f"{file_name(photo)}.xmp"


def describe(viewer: User) -> Json:
    """Everything that is kept of the viewer and the people they decide for, as JSON values."""
    return {
        "form": FORM,
        "version": VERSION,
        "made_at": moment(timezone.now()),
        "account": _account(viewer),
        "people": [_person(person, viewer) for person in people_decided_by(viewer)],
        "photos": photos_as_json(viewer, file_name),
        "models": [
            {
                "file": used.model.file,
                "package": used.model.package,
                "sha256": used.model.sha256,
                "licence": used.model.licence,
                "purpose": used.purpose,
            }
            for used in models_in_use()
        ],
    }


def moment(value: datetime | None) -> str | None:
    """A moment as ISO 8601 in UTC, or None."""
    return None if value is None else value.isoformat()


def day(value: date | None) -> str | None:
    """A day as ISO 8601, or None."""
    return None if value is None else value.isoformat()


def _account(viewer: User) -> Json:
    return {
        "username": viewer.username,
        "display_name": viewer.display_name,
        "role": viewer.role,
        "language": viewer.language,
        "description_language": viewer.description_language or None,
        "birthday": day(viewer.birthday),
        "household": viewer.household.name if viewer.household else None,
        "guardian": viewer.guardian.display_name if viewer.guardian else None,
        "joined_at": moment(viewer.date_joined),
        "last_sign_in_at": moment(viewer.last_login),
        "tokens": [
            {
                "name": token.name,
                "scopes": list(token.scopes),
                "made_at": moment(token.created_at),
                "last_used_at": moment(token.last_used_at),
            }
            for token in viewer.api_tokens.order_by("pk")
        ],
    }


def _person(person: Person, viewer: User) -> Json:
    return {
        "name": person.name,
        "own": person.user_id == viewer.pk,
        "birthday": day(person.birthday),
        "appearances": _appearances(person, viewer),
        "not_this_person": [
            {"photo": row.region.photo_id, "said_at": moment(row.created_at)}
            for row in person.refusals.select_related("region").order_by("pk")
            if photos_visible_to(viewer).filter(pk=row.region.photo_id).exists()
        ],
        "consents": [_consent(row) for row in _decisions(person)],
        "freezes": [_freeze(row) for row in person.freezes.order_by("pk")],
        "requests": [_request(row) for row in person.rights_requests.order_by("pk")],
        "kept": kept_of_person(person),
    }


def _appearances(person: Person, viewer: User) -> list[Json]:
    """Where they are, in photos the viewer may see; open questions, which nobody answered, too."""
    rows = Appearance.objects.filter(
        person=person, photo__in=photos_visible_to(viewer).values("pk")
    ).select_related("photo__library__owner", "region")
    return [
        {
            "photo": row.photo_id,
            "library": row.photo.library.owner.display_name,
            "taken_on": day(row.photo.taken_on),
            "box": None
            if row.region is None
            else [row.region.left, row.region.top, row.region.width, row.region.height],
            "source": row.source,
            "confirmed": row.state == AppearanceState.CONFIRMED,
            "question": row.state == AppearanceState.ASKED,
            "since": moment(row.created_at),
            "ends_at": moment(row.expires_at),
        }
        for row in rows.order_by("photo__taken_at", "pk")
    ]


def _decisions(person: Person) -> list[Decision]:
    rows = Decision.objects.filter(person=person).select_related("library__owner", "decided_by")
    return list(rows.order_by("pk"))


def _consent(row: Decision) -> Json:
    text, _dash, version = row.text_id.rpartition("-")
    return {
        "id": row.pk,
        "library": row.library.owner.display_name,
        "purpose": row.purpose,
        "granted": row.granted,
        "channel": row.channel,
        "decided_by": row.decided_by.display_name if row.decided_by else None,
        "decided_at": moment(row.decided_at),
        "text": text or row.text_id,
        "text_version": version,
        "text_language": row.text_language,
        "text_sha256": row.text_sha256,
    }


def _freeze(row: Freeze) -> Json:
    return {
        "kind": row.kind,
        "library": row.library.owner.display_name if row.library else None,
        "since": moment(row.since),
        "until": moment(row.until),
        "lifted_at": moment(row.lifted_at),
        "reason": row.reason,
    }


def _request(row: RightsRequest) -> Json:
    return {
        "kind": row.kind,
        "library": row.library.owner.display_name,
        "text": row.text,
        "received_at": moment(row.received_at),
        "due_on": day(row.due_on),
        "answer": row.answer,
        "answered_at": moment(row.answered_at),
    }
