"""The photos of an export: each with its metadata, words, facts, and the names it may carry."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from photolib.accounts.models import User
from photolib.consent.public_links import people_named_in_copies
from photolib.consent.queries import Sighting, people_decided_by, sightings
from photolib.core.sounds import SOUNDS
from photolib.describe.models import Draft, Fact, HumanText, Review
from photolib.library.models import Photo, VoiceMemo
from photolib.library.queries import favourite_ids, photos_visible_to, trash_of
from photolib.library.services import library_of
from photolib.own.models import OwnRegion, PhotoTag, Said

_BATCH = 200
Json = dict[str, Any]


def own_photos(viewer: User) -> QuerySet[Photo]:
    """Every photo of the viewer's library, those in the trash as well, the oldest first."""
    mine = photos_visible_to(viewer).filter(library__owner=viewer)
    return (mine | trash_of(viewer)).order_by("taken_at", "pk")


def photos_as_json(viewer: User, file_name: Callable[[Photo], str]) -> list[Json]:
    """The viewer's own photos. The number of SQL queries grows with the batches only.

    Other people's names are given where those people said yes to names in exports.
    """
    nameable = people_named_in_copies(library_of(viewer))
    nameable |= {person.pk for person in people_decided_by(viewer)}
    keys = list(own_photos(viewer).values_list("pk", flat=True))
    described: list[Json] = []
    for start in range(0, len(keys), _BATCH):
        photos = list(
            own_photos(viewer)
            .filter(pk__in=keys[start : start + _BATCH])
            .prefetch_related(
                "albums",
                "human_texts__by",
                "facts",
                "file_notes",
                "drafts",
                "memos__by",
                "memos__sound",
                "sent_pictures",
                "photo_tags__tag",
                "own_regions__thing",
            )
            .select_related("review__by", "review__wanted_by")
        )
        seen = sightings(photos, viewer)
        stars = favourite_ids(viewer, photos)
        for photo in photos:
            named = [one for one in seen[photo.pk] if one.person_id in nameable]
            entry = _photo(photo, file_name(photo), favourite=photo.pk in stars)
            described.append(entry | {"people": [_name(one) for one in named]})
    return described


def _photo(photo: Photo, file: str, *, favourite: bool) -> Json:
    return {
        "id": photo.pk,
        "file": file,
        "original_name": photo.original_name,
        "sha256": photo.original_id,
        "bytes": photo.original.byte_size,
        "width": photo.width,
        "height": photo.height,
        "received_at": photo.received_at.isoformat(),
        "taken_at": photo.taken_at.isoformat(),
        "taken_offset_minutes": photo.taken_offset,
        "taken_on": photo.taken_on.isoformat(),
        "taken_source": photo.taken_source,
        "latitude": photo.latitude,
        "longitude": photo.longitude,
        "place": [
            part for part in (photo.place_town, photo.place_region, photo.place_country) if part
        ],
        "camera": [part for part in (photo.camera_make, photo.camera_model, photo.lens) if part],
        "shared_with_household": photo.shared_with_household,
        "favourite": favourite,
        "trashed_at": photo.trashed_at.isoformat() if photo.trashed_at else None,
        "albums": [album.title for album in photo.albums.all()],
        "texts": _texts(photo.human_texts.all()),
        "file_notes": [
            {"kind": note.kind, "language": note.language, "text": note.text}
            for note in photo.file_notes.all()
        ],
        "facts": _facts(photo.facts.all()),
        "tags": _tags(photo.photo_tags.all()),
        "things_of_your_own": _things(photo.own_regions.all()),
        "sent_to_a_model": [
            {"address": sent.address, "model": sent.model, "sent_at": sent.sent_at.isoformat()}
            for sent in photo.sent_pictures.all()
        ],
        "drafts": _drafts(photo.drafts.all()),
        "memos": [
            {
                "file": memo_name(memo),
                "title": memo.title,
                "by": memo.by.display_name if memo.by else None,
                "made_at": memo.made_at.isoformat(),
            }
            for memo in photo.memos.all()
        ],
        "review": _review(getattr(photo, "review", None)),
    }


def _texts(rows: Iterable[HumanText]) -> list[Json]:
    return [
        {
            "language": row.language,
            "alt": row.alt,
            "extended": row.extended,
            "source": row.source,
            "by": row.by.display_name if row.by else None,
            "written_by": row.written_by or None,
            "drafted_by": row.drafted_by or None,
            "changed_at": row.updated_at.isoformat(),
        }
        for row in rows
    ]


def memo_name(memo: VoiceMemo) -> str:
    """The name of a voice memo inside the zip: no two are the same."""
    return f"{memo.photo_id}-memo-{memo.pk}.{SOUNDS[memo.sound.format].suffix}"


def _drafts(rows: Iterable[Draft]) -> list[Json]:
    return [
        {
            "language": row.language,
            "alt": row.alt,
            "extended": row.extended,
            "model": row.model,
            "unconfirmed": row.unconfirmed,
            "state": row.state,
            "made_at": row.made_at.isoformat(),
        }
        for row in rows
    ]


def _review(row: Review | None) -> Json | None:
    """What was decided about the machine's words, and who asks for better ones."""
    if row is None:
        return None
    return {
        "state": row.state,
        "by": row.by.display_name if row.by else None,
        "at": row.at.isoformat() if row.at else None,
        "facts_looked_at": row.checked,
        "wanted_by": row.wanted_by.display_name if row.wanted_by else None,
        "wanted_at": row.wanted_at.isoformat() if row.wanted_at else None,
    }


def _tags(rows: Iterable[PhotoTag]) -> list[Json]:
    """What was said, also no: what is only asked was said by nobody."""
    return [{"name": row.tag.name, "said": row.said} for row in rows if row.said != Said.ASKED]


def _things(rows: Iterable[OwnRegion]) -> list[Json]:
    """What was marked or answered, also no; what is only asked was said by nobody."""
    return [
        {
            "name": row.thing.name,
            "said": row.said,
            "box": [row.left, row.top, row.width, row.height],
        }
        for row in rows
        if row.said != Said.ASKED
    ]


def _facts(rows: Iterable[Fact]) -> list[Json]:
    return [
        {
            "kind": row.kind,
            "label": row.label,
            "box": None if row.left is None else [row.left, row.top, row.width, row.height],
            "text": row.text,
            "language": row.language,
            "confidence": row.confidence,
            "probability": row.probability,
            "model": row.model,
            "model_version": row.version,
            "made_at": row.created_at.isoformat(),
            "rejected": row.rejected,
        }
        for row in rows
    ]


def _name(seen: Sighting) -> Json:
    box = None if seen.left is None else [seen.left, seen.top, seen.width, seen.height]
    return {"name": seen.name, "confirmed": seen.state == "confirmed", "box": box}
