"""By what right each sealed row is there: every template with the entry that allows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from faces.audit.finding import GRACE, Finding
from faces.audit.said import said_without_right
from faces.grounds import Ground, grounds_of, without_ground
from faces.models import Template, UnknownFace
from faces.packs import BY_NAME
from photolib.consent import keys
from photolib.consent.decisions import pairs_allowing, pairs_at_rest
from photolib.consent.models import Purpose
from photolib.library.models import Library, RecognitionState
from photolib.people.models import Appearance, AppearanceSource

NONCE_AND_TAG = 12 + 16


@dataclass(frozen=True, slots=True)
class Allowed:
    """One template and the entry that allows it. resting: the person stopped it for a while.

    photo: the one it was computed from. ground: by what right, a value of faces.grounds.Ground.
    """

    template: int
    person: int
    library: int
    photo: int
    ground: str
    pack: str
    made_at: str
    decision: int
    decided_at: str
    channel: str
    text: str
    text_sha256: str
    resting: bool
    key_there: bool


@dataclass(frozen=True, slots=True)
class Standing:
    templates: tuple[Allowed, ...]
    unknown_faces: int
    findings: tuple[Finding, ...]


def standing() -> Standing:
    """Look at every row that holds a vector, or was concluded from one."""
    libraries = list(Library.objects.values_list("pk", flat=True))
    resting = pairs_at_rest(Purpose.RECOGNISE, libraries)
    allowed = pairs_allowing(Purpose.RECOGNISE, libraries) | resting
    findings = [
        *_templates_without_right(allowed),
        *_templates_without_ground(),
        *_faces_without_right(),
        *_names_without_right(allowed),
        *said_without_right(),
    ]
    grounds = grounds_of(Template.objects.all())
    return Standing(
        # One that was made since is for the next audit.
        templates=tuple(
            _entry(row, resting, grounds[row.pk]) for row in _templates() if row.pk in grounds
        ),
        unknown_faces=UnknownFace.objects.filter(expired=False).count(),
        findings=tuple(findings),
    )


def _templates() -> Iterator[Template]:
    rows = Template.objects.select_related("decision", "region").order_by("pk")
    return rows.iterator(chunk_size=500)


def _entry(row: Template, resting: set[tuple[int, int]], ground: Ground) -> Allowed:
    return Allowed(
        template=row.pk,
        person=row.person_id,
        library=row.library_id,
        photo=row.region.photo_id,
        ground=ground,
        pack=row.pack,
        made_at=row.created_at.isoformat(),
        decision=row.decision_id,
        decided_at=row.decision.decided_at.isoformat(),
        channel=row.decision.channel,
        text=row.decision.text_id,
        text_sha256=row.decision.text_sha256,
        resting=(row.person_id, row.library_id) in resting,
        key_there=keys.exists(row.key_id),
    )


def _templates_without_right(allowed: set[tuple[int, int]]) -> Iterator[Finding]:
    where = "database rows: faces_template"
    for row in _templates():
        yes = row.decision
        named = (yes.person_id, yes.library_id, yes.purpose, yes.granted)
        if (row.person_id, row.library_id) not in allowed:
            yield Finding(where, f"template {row.pk}: person {row.person_id} has no live yes")
        elif named != (row.person_id, row.library_id, Purpose.RECOGNISE, True):
            yield Finding(where, f"template {row.pk}: decision {yes.pk} does not allow it")
        if not _is_sealed(row.sealed, row.pack):
            yield Finding(where, f"template {row.pk}: what it holds is not sealed")


def _templates_without_ground() -> Iterator[Finding]:
    for library in Library.objects.filter(templates__isnull=False).distinct():
        for row in without_ground(library).select_related("region"):
            yield Finding(
                "database rows: faces_template",
                f"template {row.pk}: library {library.pk} may not learn from photo {row.region.photo_id}",
            )


def _faces_without_right() -> Iterator[Finding]:
    where = "database rows: faces_unknownface"
    late = timezone.now() - GRACE
    rows = UnknownFace.objects.filter(expired=False).select_related("session__library")
    for row in rows.iterator(chunk_size=500):
        if row.session.library.recognition != RecognitionState.HOUSEHOLD:
            yield Finding(where, f"unknown face {row.pk}: its library does not group faces")
        elif row.expires_at < late:
            yield Finding(where, f"unknown face {row.pk}: its time is over")
        coming = not row.coming_pack or _is_sealed(row.coming_sealed, row.coming_pack)
        if not (coming and _is_sealed(row.sealed, row.pack)):
            yield Finding(where, f"unknown face {row.pk}: what it holds is not sealed")


def _is_sealed(sealed: bytes | memoryview, pack: str) -> bool:
    """Whether the length is that of a nonce, one vector and a tag."""
    known = BY_NAME.get(pack)
    return known is None or len(bytes(sealed)) == NONCE_AND_TAG + 4 * known.dimensions


def _names_without_right(allowed: set[tuple[int, int]]) -> Iterator[Finding]:
    rows = Appearance.objects.filter(source=AppearanceSource.MACHINE).values_list(
        "pk", "person", "photo__library"
    )
    for pk, person, library in rows:
        if (person, library) not in allowed:
            yield Finding(
                "database rows: people_appearance",
                f"appearance {pk}: by machine, and person {person} has no live yes",
            )
