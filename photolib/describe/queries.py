"""The description of photos, for one viewer and in one language: composed anew each time it is read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Literal, TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from photolib.accounts.models import User
from photolib.consent.copies import sightings_in_copies
from photolib.consent.queries import Sighting, sightings
from photolib.describe.composer import compose
from photolib.describe.languages import grammar_of
from photolib.describe.models import (
    Draft,
    DraftState,
    Fact,
    FactKind,
    FileNote,
    HumanText,
    Review,
    ReviewState,
    TextSource,
)
from photolib.describe.rows import view_of
from photolib.describe.view import Claim, Composed
from photolib.library.models import Photo
from photolib.people.models import Appearance, AppearanceState, FaceRegion

Row = TypeVar("Row", Fact, FaceRegion, HumanText, FileNote)


@dataclass(frozen=True, slots=True)
class Description:
    """What one viewer is told of one photo.

    alt: never empty, at most 250 letters.
    extended: one Claim a sentence; of a person's own text, one Claim a paragraph.
    source: human (a person wrote it), file (a person wrote it, and it came with the file), machine, or
        fallback (date and place alone).
    language: of alt and extended; a person's words may be in another language than was asked for.
    model, made_on: which models saw what the machine says, and when they last did; empty and None
        for a person's words and for the fallback.
    written_by: whom the file names as the writer of its words.
    facts: what the machine claims, in the language asked for, also where a person's words stand
        above it.
    colours: the picture's main colours, for whoever asks.
    drafted_by: the model whose draft a person's words began as.
    checked_by, checked_on: who looked at the machine's words and found them right, and when.
    rejected: the owner said no to the machine's words as a whole: nothing of them is told.
    """

    alt: str
    extended: tuple[Claim, ...]
    source: Literal["human", "file", "machine", "fallback"]
    language: str
    model: str = ""
    made_on: date | None = None
    written_by: str = ""
    facts: tuple[Claim, ...] = ()
    colours: Claim | None = None
    drafted_by: str = ""
    checked_by: str = ""
    checked_on: date | None = None
    rejected: bool = False


def texts_for(
    photos: Iterable[Photo],
    viewer: User | None,
    language: str,
    *,
    carried: bool = False,
    under_review: bool = False,
) -> dict[int, Description]:
    """A description of every photo given, by the photo's key.

    carried: as it may stand in a file that leaves the house: the machine's, with the names only of people
    who said yes to that.
    under_review: the machine's words alone, also where a person said no to them or wrote their own.

    Whether the viewer may see the photos was asked before; here, which names they may know (without a
    viewer: none). The number of SQL queries does not grow with the photos.
    """
    rows = {photo.pk: photo for photo in photos}
    # Words written here come before those of the file ("person" after "file" in the alphabet).
    written = HumanText.objects.filter(photo__in=[] if carried or under_review else rows)
    texts = _by_photo(written.order_by("photo_id", "-source", "-updated_at"))
    faces = _by_photo(
        FaceRegion.objects.filter(photo__in=rows, dismissed=False)
        .annotate(named_by_hand=Exists(_by_hand()))
        .order_by("photo_id", "left", "pk")
    )
    facts = _by_photo(
        # What one would ask before sharing is told to the owner elsewhere, and to nobody here.
        Fact.objects.filter(photo__in=rows, rejected=False)
        .exclude(kind=FactKind.SENSITIVITY)
        # A thing may be called after somebody who did not say yes to their name in copies.
        .exclude(kind__in=[FactKind.OWN] if carried else [])
        .order_by("photo_id", "-confidence", "pk")
    )
    seen = (
        sightings_in_copies(rows.values(), viewer)
        if carried and viewer is not None
        else sightings(rows.values(), viewer)
    )
    reviews = {} if under_review else _decided(rows)
    described = {}
    for pk, photo in rows.items():
        review = reviews.get(pk)
        rejected = review is not None and review.state == ReviewState.REJECTED
        # Of what was rejected as a whole, date and place are left.
        known = ([], [], []) if rejected else (faces.get(pk, []), facts.get(pk, []), seen[pk])
        text = _describe(photo, texts.get(pk, []), *known, language)
        described[pk] = _with_review(text, review) if review else text
    return described


def _decided(photos: Iterable[int]) -> dict[int, Review]:
    decided = Review.objects.filter(
        photo__in=photos, state__in=[ReviewState.ACCEPTED, ReviewState.REJECTED]
    )
    return {review.photo_id: review for review in decided.select_related("by")}


def _with_review(text: Description, review: Review) -> Description:
    if review.state == ReviewState.REJECTED:
        return replace(text, rejected=True)
    if text.source not in {"machine", "fallback"}:
        return text
    by = str(review.by) if review.by else ""
    return replace(text, checked_by=by, checked_on=review.at.date() if review.at else None)


def _by_hand() -> QuerySet[Appearance]:
    return Appearance.objects.filter(region=OuterRef("pk"), state=AppearanceState.CONFIRMED)


def text_of(photo: Photo, language: str) -> HumanText | None:
    """What a person wrote about the photo in this language, if anybody did."""
    return HumanText.objects.filter(photo=photo, language=language).first()


def offered_draft(photo: Photo, key: str) -> Draft | None:
    """The draft of this photo that still waits for an answer, by its key as an address gives it."""
    if not key.isdecimal():
        return None
    return Draft.objects.filter(photo=photo, pk=int(key), state=DraftState.OFFERED).first()


def notes_of(photos: Iterable[Photo]) -> dict[int, list[FileNote]]:
    """The titles and captions that came with the photos' files, by the photo's key. One query."""
    rows = FileNote.objects.filter(photo__in=list(photos)).order_by("photo_id", "-kind", "pk")
    return _by_photo(rows)


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
    composed = compose(view_of(photo, faces, facts, seen), language)
    if texts:
        return _human(texts, composed, language)
    return Description(
        alt=composed.alt,
        extended=composed.extended,
        source="machine" if composed.seen else "fallback",
        language=grammar_of(language).language,
        model=_models(faces, facts) if composed.seen else "",
        made_on=_newest(faces, facts) if composed.seen else None,
        facts=composed.claims,
        colours=composed.colours,
    )


def _human(texts: Sequence[HumanText], composed: Composed, language: str) -> Description:
    # A person's words in another language still beat a machine's: the page marks the language.
    text = next((text for text in texts if text.language == language), texts[0])
    by_hand = grammar_of(text.language).by_hand
    paragraphs = [part.strip() for part in text.extended.split("\n")]
    return Description(
        alt=text.alt,
        extended=tuple(Claim(part, None, by_hand) for part in paragraphs if part),
        source="file" if text.source == TextSource.FILE else "human",
        language=text.language,
        written_by=text.written_by,
        drafted_by=text.drafted_by,
        facts=composed.claims,
        colours=composed.colours,
    )


def _models(faces: Sequence[FaceRegion], facts: Sequence[Fact]) -> str:
    names = {face.detector for face in faces} | {fact.model for fact in facts}
    return ", ".join(sorted(name for name in names if name))


def _newest(faces: Sequence[FaceRegion], facts: Sequence[Fact]) -> date | None:
    moments = [face.created_at for face in faces] + [fact.created_at for fact in facts]
    return max(moments).date() if moments else None
