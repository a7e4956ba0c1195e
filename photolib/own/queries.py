"""Tags as one viewer may know them."""

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from photolib.accounts.models import User
from photolib.core.words import fold
from photolib.describe.languages import grammar_of
from photolib.describe.models import Fact, HumanText
from photolib.library.models import Photo
from photolib.library.queries import photos_visible_to
from photolib.own.models import PhotoTag, Said, Tag

_SEEN = Q(photo_tags__photo__trashed_at__isnull=True)


def tags_on(photo: Photo, viewer: User) -> list[PhotoTag]:
    """What was said of a photo that the viewer may see, in the order of the alphabet.

    Of what is only asked, a viewer who is not the owner knows what they proposed themselves.
    """
    rows = PhotoTag.objects.filter(photo=photo).select_related("tag", "by")
    rows = rows.exclude(said=Said.NO)
    if photo.library.owner_id != viewer.pk:
        rows = rows.filter(Q(said=Said.YES) | Q(by=viewer))
    return sorted(rows, key=lambda row: (row.said == Said.ASKED, row.tag.name.casefold()))


def tags_of(viewer: User) -> QuerySet[Tag]:
    """The viewer's own tags, with `photos` that bear them and `questions` that are open. One query."""
    return (
        Tag.objects.filter(library__owner=viewer)
        .select_related("library")
        .annotate(
            photos=Count("photo_tags", filter=Q(photo_tags__said=Said.YES) & _SEEN),
            questions=Count("photo_tags", filter=Q(photo_tags__said=Said.ASKED) & _SEEN),
        )
    )


def get_own_tag(viewer: User, pk: int) -> Tag:
    """The tag, if it is this viewer's. Raises Http404 otherwise."""
    tag = tags_of(viewer).filter(pk=pk).first()
    if tag is None:
        raise Http404
    return tag


def photos_tagged(viewer: User, tag: Tag) -> QuerySet[Photo]:
    """The photos that bear the tag and that the viewer may see."""
    rows = PhotoTag.objects.filter(tag=tag, said=Said.YES, photo=OuterRef("pk"))
    return photos_visible_to(viewer).filter(Exists(rows))


def questions_for(viewer: User) -> QuerySet[PhotoTag]:
    """What is asked about the viewer's own photos: by tags, the likeliest first."""
    return (
        PhotoTag.objects.filter(
            tag__library__owner=viewer, said=Said.ASKED, photo__trashed_at__isnull=True
        )
        .select_related("tag", "by", "photo__library__owner", "photo__original")
        .order_by("tag", "-score", "pk")
    )


def own_rows(viewer: User, keys: Sequence[int]) -> list[PhotoTag]:
    """Those of these rows that are on the viewer's own photos."""
    rows = PhotoTag.objects.filter(pk__in=list(keys), tag__library__owner=viewer)
    return list(rows.select_related("tag", "photo__library"))


def get_row(photo: Photo, tag: int) -> PhotoTag:
    """What was said of this tag on a photo that the viewer may see. Raises Http404 where nothing was."""
    rows = PhotoTag.objects.filter(photo=photo, tag=tag)
    row = rows.select_related("tag", "photo__library").first()
    if row is None:
        raise Http404
    return row


def words_to_offer(photo: Photo, language: str) -> list[str]:
    """Nouns in people's own words of this photo that the machine did not see: each could be a tag."""
    texts = HumanText.objects.filter(photo=photo, language=language).values_list("alt", "extended")
    written = {word for pair in texts for text in pair for word in fold(text)}
    if not written:
        return []
    known = set(Fact.objects.filter(photo=photo, rejected=False).values_list("label", flat=True))
    here = PhotoTag.objects.filter(photo=photo).values_list("tag__name", flat=True)
    tagged = {name.casefold() for name in here}
    nouns = grammar_of(language).nouns
    found = {
        noun.word
        for label, noun in nouns.items()
        if label not in known and written & {*fold(noun.word), *fold(noun.many)}
    }
    return sorted(word for word in found if len(fold(word)) == 1 and word.casefold() not in tagged)
