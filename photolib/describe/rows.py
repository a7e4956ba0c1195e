"""From rows of the database to what the composer gets: one photo, as one viewer may know it."""

from collections.abc import Mapping, Sequence

from photolib.consent.queries import Sighting
from photolib.describe.boxes import Box
from photolib.describe.models import Fact, FactKind
from photolib.describe.view import Name, PhotoView, SeenFace, SeenOwn, SeenText, SeenThing
from photolib.describe.vocabulary import LABELS
from photolib.describe.vocabulary.signs import (
    Colour,
    Light,
    PictureSort,
    Posture,
    Quality,
    Smile,
)
from photolib.library.models import Photo, TakenSource
from photolib.people.models import FaceRegion

# What the composer has words for: a label of a newer analyser is left out, not stumbled over.
_SIGNS: dict[str, frozenset[str]] = {
    FactKind.POSTURE: frozenset(Posture),
    FactKind.SMILE: frozenset(Smile),
    FactKind.PICTURE: frozenset(PictureSort),
    FactKind.LIGHT: frozenset({Light.BY_DAY, Light.AT_NIGHT}),
    FactKind.QUALITY: frozenset(Quality),
    FactKind.COLOUR: frozenset(Colour),
}


def view_of(
    photo: Photo, faces: Sequence[FaceRegion], facts: Sequence[Fact], seen: Sequence[Sighting]
) -> PhotoView:
    """What is known of the photo. facts: those that may be told, in the order of the claims.

    What a kind of fact is not known for is left out: nothing here is told that is not told on purpose.
    """
    named = {one.region_id: name_of(one) for one in seen if one.region_id is not None}
    marked = {face.pk for face in faces}
    return PhotoView(
        taken_on=photo.taken_on,
        taken_source=TakenSource(photo.taken_source),
        faces=tuple(_face(face, named) for face in faces),
        things=tuple(thing_of(fact) for fact in facts if _is_thing(fact)),
        signs=tuple(thing_of(fact) for fact in facts if _is_sign(fact)),
        texts=_texts(facts, FactKind.TEXT),
        readable=_texts(facts, FactKind.NAME),
        own=tuple(
            SeenOwn(name=tidy(fact.text), at=thing_of(fact))
            for fact in facts
            if fact.kind == FactKind.OWN
        ),
        names=tuple(name_of(one) for one in seen if one.region_id not in marked),
        town=tidy(photo.place_town),
        region=tidy(photo.place_region),
        country=photo.place_country,
    )


def thing_of(fact: Fact) -> SeenThing:
    """The fact as the composer knows it."""
    return SeenThing(
        fact.label,
        fact.confidence,
        fact.model,
        _box(fact),
        fact.pk,
        FactKind(fact.kind),
        fact.probability,
    )


def tidy(text: str) -> str:
    """Without line ends and double spaces, which a screen reader would stumble over."""
    return " ".join(text.split())


def name_of(seen: Sighting) -> Name:
    return Name(tidy(seen.name), sure=seen.state == "confirmed")


def _is_thing(fact: Fact) -> bool:
    """Objects, what the whole picture shows, and the light where it is a place: "outdoors"."""
    if fact.kind == FactKind.LIGHT:
        return fact.label in LABELS
    return fact.kind in {FactKind.OBJECT, FactKind.SCENE}


def _is_sign(fact: Fact) -> bool:
    return fact.label in _SIGNS.get(fact.kind, ())


def _texts(facts: Sequence[Fact], kind: FactKind) -> tuple[SeenText, ...]:
    read = sorted((fact for fact in facts if fact.kind == kind), key=lambda fact: fact.place)
    return tuple(
        SeenText(text=tidy(fact.text), language=fact.language, at=thing_of(fact)) for fact in read
    )


def _face(face: FaceRegion, named: Mapping[int, Name]) -> SeenFace:
    box = Box(face.left, face.top, face.width, face.height)
    # Who was named counts, also for those who may not know the name.
    on_picture = face.is_picture and not getattr(face, "named_by_hand", False)
    return SeenFace(box, face.confidence, face.detector, named.get(face.pk), on_picture)


def _box(fact: Fact) -> Box | None:
    if fact.left is None or fact.top is None or fact.width is None or fact.height is None:
        return None
    return Box(fact.left, fact.top, fact.width, fact.height)
