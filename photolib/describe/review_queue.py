"""Which photos wait for a person to look at the machine's words, and what is shown of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Literal

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from photolib.accounts.models import User
from photolib.describe.models import Draft, DraftState, Fact, HumanText, Review, ReviewState
from photolib.describe.queries import Description, texts_for
from photolib.describe.review_marks import UNSAID, Changes, changes, digest_of, marks_of
from photolib.library.models import Photo
from photolib.library.queries import photos_visible_to
from photolib.people.models import FaceRegion

# A number in the menu says how many wait up to here; beyond it is "many".
COUNTED_TO = 99

WANTED, DRAFTED, CHANGED, NEW = range(4)
Why = Literal["wanted", "draft", "changed", "new"]
_WHY: dict[int, Why] = {WANTED: "wanted", DRAFTED: "draft", CHANGED: "changed", NEW: "new"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One photo of the queue.

    text: the machine's words alone. shown: the digest that an answer must name. why: for what reason it
    waits. wanted_by: the name of who asks for better words. changes: against what was decided before.
    own_words: a person's words stand in this language.
    """

    photo: Photo
    text: Description
    shown: str
    why: Why
    wanted_by: str
    changes: Changes
    drafts: tuple[Draft, ...]
    own_words: HumanText | None


def queue_of(viewer: User) -> QuerySet[Photo]:
    """The viewer's own photos that wait: first those for which somebody asks for better words, then
    those with a model's draft, then those in which the machine sees something else than was decided on,
    then those that nobody has looked at; each of them newest first.

    A photo with a person's words waits only where somebody asks, or a draft is offered.
    """
    return waiting_photos(viewer).annotate(rank=_rank()).order_by("rank", "-taken_at", "-pk")


def waiting_photos(viewer: User) -> QuerySet[Photo]:
    """The same photos in no order, which is cheaper to count."""
    unseen = Q(review__isnull=True) | Q(review__state=ReviewState.WAITING)
    described = Q(_has_facts()) | Q(_has_faces())
    return (
        photos_visible_to(viewer)
        .filter(library__owner=viewer)
        .filter(
            Q(review__wanted_at__isnull=False)
            | Q(_has_draft())
            | (~Q(_has_words()) & (Q(review__state=ReviewState.CHANGED) | (unseen & described)))
        )
        .order_by()
    )


def waiting_count(viewer: User) -> int:
    """How many photos wait, at most COUNTED_TO + 1: for a number in the menu of each page."""
    return len(waiting_photos(viewer).values_list("pk", flat=True)[: COUNTED_TO + 1])


def place_in(queue: QuerySet[Photo], photo: Photo) -> int:
    """The number of a photo of the queue in it, from 1."""
    return queue.filter(_before(photo)).count() + 1


def next_after(queue: QuerySet[Photo], photo: Photo) -> Photo | None:
    """The photo that comes after this one of the queue; at its end the first, or None."""
    others = queue.exclude(pk=photo.pk)
    return others.exclude(_before(photo)).first() or others.first()


def waiting_for(photos: Iterable[Photo], viewer: User, language: str) -> list[Waiting]:
    """What is shown of photos of the viewer's queue. The number of SQL queries does not grow with them."""
    rows = list(photos)
    texts = texts_for(rows, viewer, language, under_review=True)
    marks = marks_of(rows)
    reviews = {
        review.photo_id: review
        for review in Review.objects.filter(photo__in=rows).select_related("wanted_by")
    }
    drafts = _drafts_of(rows)
    words = {
        text.photo_id: text for text in HumanText.objects.filter(photo__in=rows, language=language)
    }
    return [
        _waiting(
            photo,
            texts[photo.pk],
            marks[photo.pk],
            reviews.get(photo.pk),
            drafts.get(photo.pk, ()),
            words.get(photo.pk),
            language,
        )
        for photo in rows
    ]


def review_of(photo: Photo) -> Review | None:
    """What was decided about the photo, if anything was, with who asks for better words."""
    return Review.objects.filter(photo=photo).select_related("by", "wanted_by").first()


def _waiting(
    photo: Photo,
    text: Description,
    marks: Sequence[list[str]],
    review: Review | None,
    drafts: tuple[Draft, ...],
    words: HumanText | None,
    language: str,
) -> Waiting:
    wanted = review is not None and review.wanted_at is not None
    changed = review is not None and review.state == ReviewState.CHANGED
    rank = WANTED if wanted else DRAFTED if drafts else CHANGED if changed else NEW
    asker = str(review.wanted_by or "") if review and wanted else ""
    return Waiting(
        photo=photo,
        text=text,
        shown=digest_of(marks),
        why=_WHY[rank],
        wanted_by=asker,
        changes=changes(review.checked, marks, language) if review and changed else Changes((), ()),
        drafts=drafts,
        own_words=words,
    )


def _drafts_of(photos: Sequence[Photo]) -> dict[int, tuple[Draft, ...]]:
    rows = Draft.objects.filter(photo__in=photos, state=DraftState.OFFERED)
    in_order = rows.order_by("photo_id", "language", "pk")
    return {key: tuple(group) for key, group in groupby(in_order, key=attrgetter("photo_id"))}


def _rank() -> Case:
    return Case(
        When(review__wanted_at__isnull=False, then=Value(WANTED)),
        When(_has_draft(), then=Value(DRAFTED)),
        When(review__state=ReviewState.CHANGED, then=Value(CHANGED)),
        default=Value(NEW),
        output_field=IntegerField(),
    )


def _before(photo: Photo) -> Q:
    """What comes before a photo that was read from the queue (it carries its rank)."""
    rank = getattr(photo, "rank", NEW)
    later = Q(taken_at__gt=photo.taken_at) | Q(taken_at=photo.taken_at, pk__gt=photo.pk)
    return Q(rank__lt=rank) | (Q(rank=rank) & later)


def _has_facts() -> Exists:
    told = Fact.objects.filter(photo=OuterRef("pk"), rejected=False)
    return Exists(told.exclude(kind__in=UNSAID))


def _has_faces() -> Exists:
    return Exists(FaceRegion.objects.filter(photo=OuterRef("pk"), dismissed=False))


def _has_words() -> Exists:
    return Exists(HumanText.objects.filter(photo=OuterRef("pk")))


def _has_draft() -> Exists:
    return Exists(Draft.objects.filter(photo=OuterRef("pk"), state=DraftState.OFFERED))
