"""Things of one's own as one viewer may know them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from photolib.accounts.models import User
from photolib.describe.boxes import Box
from photolib.describe.fact_words import fact_in_words
from photolib.describe.models import Fact, FactKind
from photolib.describe.rows import thing_of
from photolib.describe.sureness import is_worth_a_hedge
from photolib.describe.vocabulary import PERSON
from photolib.library.models import Photo
from photolib.library.queries import photos_visible_to
from photolib.own.marking import SMALLEST
from photolib.own.models import OwnRegion, OwnThing, Said
from photolib.own.no_faces import faces_in, is_on_a_face

_SEEN = Q(regions__photo__trashed_at__isnull=True)
# Boxes that are offered to choose from: what one listens to.
_MOST_OFFERED = 12


@dataclass(frozen=True, slots=True)
class OfferedBox:
    """A box that an analyser found: fact is its key, what is in it in words."""

    fact: int
    what: str
    box: Box


def things_of(viewer: User) -> QuerySet[OwnThing]:
    """The viewer's own things, with `photos` that show them and open `questions`. One query."""
    yes = Q(regions__said=Said.YES) & _SEEN
    return (
        OwnThing.objects.filter(library__owner=viewer)
        .select_related("library")
        .annotate(
            photos=Count("regions__photo", filter=yes, distinct=True),
            questions=Count("regions", filter=Q(regions__said=Said.ASKED) & _SEEN, distinct=True),
        )
    )


def get_own_thing(viewer: User, pk: int) -> OwnThing:
    """The thing, if it is this viewer's. Raises Http404 otherwise."""
    thing = things_of(viewer).filter(pk=pk).first()
    if thing is None:
        raise Http404
    return thing


def photos_with(viewer: User, thing: OwnThing) -> QuerySet[Photo]:
    """The photos that show the thing, as was said, and that the viewer may see."""
    rows = OwnRegion.objects.filter(thing=thing, said=Said.YES, photo=OuterRef("pk"))
    return photos_visible_to(viewer).filter(Exists(rows))


def marks_on(photo: Photo, viewer: User) -> list[OwnRegion]:
    """What was said of a photo that the viewer may see; what is said first, in order of the alphabet.

    Of what is only asked, a viewer who is not the owner knows what they proposed themselves.
    """
    rows = OwnRegion.objects.filter(photo=photo).exclude(said=Said.NO)
    if photo.library.owner_id != viewer.pk:
        rows = rows.filter(Q(said=Said.YES) | Q(by=viewer))
    rows = rows.select_related("thing", "by").defer("look", "points")
    return sorted(
        rows, key=lambda row: (row.said == Said.ASKED, row.thing.name.casefold(), row.left, row.pk)
    )


def questions_about(viewer: User, thing: OwnThing | None = None) -> QuerySet[OwnRegion]:
    """What is asked about the viewer's own photos, of one thing or of all; the likeliest first."""
    rows = OwnRegion.objects.filter(
        thing__library__owner=viewer, said=Said.ASKED, photo__trashed_at__isnull=True
    )
    if thing is not None:
        rows = rows.filter(thing=thing)
    return (
        rows.select_related("thing", "by", "photo__library__owner", "photo__original")
        .defer("look", "points")
        .order_by("thing", "-agreeing", "-score", "pk")
    )


def own_marks(viewer: User, keys: Sequence[int]) -> list[OwnRegion]:
    """Those of these marks that are on the viewer's own photos."""
    rows = OwnRegion.objects.filter(pk__in=list(keys), thing__library__owner=viewer)
    return list(rows.select_related("thing", "photo__library"))


def get_mark(photo: Photo, pk: int) -> OwnRegion:
    """One mark on a photo that the viewer may see. Raises Http404 where there is none."""
    rows = OwnRegion.objects.filter(photo=photo, pk=pk)
    row = rows.select_related("thing", "photo__library").first()
    if row is None:
        raise Http404
    return row


def boxes_to_offer(photo: Photo, language: str) -> list[OfferedBox]:
    """Boxes of things and words that were found here, the largest first; no person and no face."""
    kinds = (FactKind.OBJECT, FactKind.TEXT)
    facts = Fact.objects.filter(
        photo=photo, kind__in=kinds, rejected=False, left__isnull=False
    ).exclude(label=PERSON)
    faces = faces_in(photo)
    offered = []
    for fact in facts:
        box = thing_of(fact).box
        small = box is None or min(box.width, box.height) < SMALLEST
        if box is None or small or is_on_a_face(box, faces) or not is_worth_a_hedge(thing_of(fact)):
            continue
        what = fact_in_words(fact.kind, fact.label, fact.text, language)
        offered.append(OfferedBox(fact.pk, what, box))
    offered.sort(key=lambda one: (-one.box.area, one.fact))
    return offered[:_MOST_OFFERED]
