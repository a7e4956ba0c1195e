"""The description of photos, for one viewer and in one language: composed anew each time it is read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Literal, TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from photolib.accounts.models import User
from photolib.consent.queries import Sighting, sightings
from photolib.describe.boxes import Box
from photolib.describe.composer import compose
from photolib.describe.languages import grammar_of
from photolib.describe.models import Fact, HumanText
from photolib.describe.view import Claim, Composed, Name, PhotoView, SeenFace, SeenThing
from photolib.library.models import Photo, TakenSource
from photolib.people.models import Appearance, AppearanceState, FaceRegion

Row = TypeVar("Row", Fact, FaceRegion, HumanText)


@dataclass(frozen=True, slots=True)
class Description:
    """What one viewer is told of one photo.

    alt: never empty, at most 250 letters.
    extended: one Claim a sentence; of a person's own text, one Claim a paragraph.
    source: human (a person wrote it), machine, or fallback (date and place alone).
    language: of alt and extended; a person's words may be in another language than was asked for.
    model, made_on: which models saw what the machine says, and when they last did; empty and None
        for a person's words and for the fallback.
    facts: what the machine claims, in the language asked for, also where a person's words stand
        above it.
    """

    alt: str
    extended: tuple[Claim, ...]
    source: Literal["human", "machine", "fallback"]
    language: str
    model: str = ""
    made_on: date | None = None
    facts: tuple[Claim, ...] = ()


def texts_for(
    photos: Iterable[Photo], viewer: User | None, language: str
) -> dict[int, Description]:
    """A description of every photo given, by the photo's key.

    Whether the viewer may see the photos was asked before; here, which names they may know (without a
    viewer: none). The number of SQL queries does not grow with the photos.
    """
    rows = {photo.pk: photo for photo in photos}
    texts = _by_photo(HumanText.objects.filter(photo__in=rows).order_by("photo_id", "-updated_at"))
    faces = _by_photo(
        FaceRegion.objects.filter(photo__in=rows, dismissed=False)
        .annotate(named_by_hand=Exists(_by_hand()))
        .order_by("photo_id", "left", "pk")
    )
    facts = _by_photo(
        Fact.objects.filter(photo__in=rows, rejected=False).order_by(
            "photo_id", "-confidence", "pk"
        )
    )
    seen = sightings(rows.values(), viewer)
    return {
        pk: _describe(
            photo, texts.get(pk, []), faces.get(pk, []), facts.get(pk, []), seen[pk], language
        )
        for pk, photo in rows.items()
    }


def _by_hand() -> QuerySet[Appearance]:
    return Appearance.objects.filter(region=OuterRef("pk"), state=AppearanceState.CONFIRMED)


def text_of(photo: Photo, language: str) -> HumanText | None:
    """What a person wrote about the photo in this language, if anybody did."""
    return HumanText.objects.filter(photo=photo, language=language).first()


def _by_photo(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """The rows, which come sorted by photo, in one list a photo."""
    return {pk: list(group) for pk, group in groupby(rows, key=attrgetter("photo_id"))}


def _describe(
    photo: Photo,
    texts: Sequence[HumanText],
    faces: Sequence[FaceRegion],
    facts: Sequence[Fact],
    seen: Sequence[Sighting],
    language: str,
) -> Description:
    composed = compose(_view(photo, faces, facts, seen), language)
    if texts:
        return _human(texts, composed, language)
    return Description(
        alt=composed.alt,
        extended=composed.claims,
        source="machine" if composed.seen else "fallback",
        language=grammar_of(language).language,
        model=_models(faces, facts) if composed.seen else "",
        made_on=_newest(faces, facts) if composed.seen else None,
        facts=composed.claims,
    )


def _human(texts: Sequence[HumanText], composed: Composed, language: str) -> Description:
    # A person's words in another language still beat a machine's: the page marks the language.
    text = next((text for text in texts if text.language == language), texts[0])
    by_hand = grammar_of(text.language).by_hand
    paragraphs = [part.strip() for part in text.extended.split("\n")]
    return Description(
        alt=text.alt,
        extended=tuple(Claim(part, None, by_hand) for part in paragraphs if part),
        source="human",
        language=text.language,
        facts=composed.claims,
    )


def _view(
    photo: Photo,
    faces: Sequence[FaceRegion],
    facts: Sequence[Fact],
    seen: Sequence[Sighting],
) -> PhotoView:
    named = {one.region_id: _name(one) for one in seen if one.region_id is not None}
    marked = {face.pk for face in faces}
    return PhotoView(
        taken_on=photo.taken_on,
        taken_source=TakenSource(photo.taken_source),
        faces=tuple(_face(face, named) for face in faces),
        things=tuple(
            SeenThing(fact.label, fact.confidence, fact.model, _box(fact), fact.pk)
            for fact in facts
        ),
        names=tuple(_name(one) for one in seen if one.region_id not in marked),
        town=_tidy(photo.place_town),
        region=_tidy(photo.place_region),
        country=photo.place_country,
    )


def _face(face: FaceRegion, named: Mapping[int, Name]) -> SeenFace:
    box = Box(face.left, face.top, face.width, face.height)
    # Who was named counts, also for those who may not know the name.
    on_picture = face.is_picture and not getattr(face, "named_by_hand", False)
    return SeenFace(box, face.confidence, face.detector, named.get(face.pk), on_picture)


def _name(seen: Sighting) -> Name:
    return Name(_tidy(seen.name), sure=seen.state == "confirmed")


def _box(fact: Fact) -> Box | None:
    if fact.left is None or fact.top is None or fact.width is None or fact.height is None:
        return None
    return Box(fact.left, fact.top, fact.width, fact.height)


def _tidy(text: str) -> str:
    """Without line ends and double spaces, which a screen reader would stumble over."""
    return " ".join(text.split())


def _models(faces: Sequence[FaceRegion], facts: Sequence[Fact]) -> str:
    names = {face.detector for face in faces} | {fact.model for fact in facts}
    return ", ".join(sorted(name for name in names if name))


def _newest(faces: Sequence[FaceRegion], facts: Sequence[Fact]) -> date | None:
    moments = [face.created_at for face in faces] + [fact.created_at for fact in facts]
    return max(moments).date() if moments else None
