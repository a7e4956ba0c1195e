"""What people do with tags: add one, answer a question, take it back, delete a tag, forbid its learning."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from photolib.accounts.models import User
from photolib.core.errors import NotAllowed
from photolib.core.words import words_changed
from photolib.library.models import Library, Photo
from photolib.own.errors import TagRefused
from photolib.own.models import PhotoTag, Said, Tag
from photolib.own.names import LONGEST, tidy_name
from photolib.own.teaching import forget_tag


@transaction.atomic
def add_tag(*, photo: Photo, name: str, by: User) -> PhotoTag:
    """Put a tag on a photo that `by` may see. The owner's is said; a housemate's is asked of the owner.

    What the owner said before is not changed by anybody else. Raises TagRefused for a name without
    letters or too long.
    """
    owner = photo.library.owner_id == by.pk
    tag = _tag_called(photo.library, _clean(name))
    row = PhotoTag.objects.filter(photo=photo, tag=tag).first()
    if row is None:
        row = PhotoTag(photo=photo, tag=tag, said=Said.ASKED)
    elif not owner and (row.said != Said.ASKED or row.by_id is not None):
        return row
    row.by = by
    row.said = Said.YES if owner else Said.ASKED
    row.save()
    _changed([row])
    return row


@transaction.atomic
def answer(*, rows: Sequence[PhotoTag], yes: bool, by: User) -> None:
    """Say yes or no to tags on photos. A no is kept, and never asked again. Owner only (NotAllowed)."""
    _check(rows, by)
    for row in rows:
        row.said = Said.YES if yes else Said.NO
        row.by = by
        row.save()
    _changed(rows)


@transaction.atomic
def take_back(*, rows: Sequence[PhotoTag], by: User) -> None:
    """Undo answers: what the machine had asked is a question again, what was typed is off the photo.

    Owner only (NotAllowed).
    """
    _check(rows, by)
    for row in rows:
        if row.score is None:
            row.delete()
        else:
            row.said, row.by = Said.ASKED, None
            row.save()
    _changed(rows)


@transaction.atomic
def delete_tag(*, tag: Tag, by: User) -> None:
    """Delete a tag: off every photo, with what was learnt and what was answered. Owner only."""
    _check_owner(tag.library, by)
    photos = list(Photo.objects.filter(photo_tags__tag=tag, photo_tags__said=Said.YES))
    tag.delete()
    for photo in photos:
        words_changed.send(sender=Tag, photo=photo)


@transaction.atomic
def set_learning(*, tags: Sequence[Tag], on: bool, by: User) -> None:
    """Let tags learn, or forget at once what they learnt and learn no more. Owner only (NotAllowed)."""
    for tag in tags:
        _check_owner(tag.library, by)
        Tag.objects.filter(pk=tag.pk).update(learns=on, due=on)
        if not on:
            forget_tag(tag)


def _tag_called(library: Library, name: str) -> Tag:
    found = Tag.objects.filter(library=library, name__iexact=name).first()
    return found or Tag.objects.create(library=library, name=name)


def _clean(name: str) -> str:
    name = tidy_name(name)
    if not name:
        raise TagRefused(_("Write a word for the tag."))
    if len(name) > LONGEST:
        raise TagRefused(_("A tag has %(longest)s letters at most.") % {"longest": LONGEST})
    return name


def _changed(rows: Sequence[PhotoTag]) -> None:
    """Search finds it at once; a worker learns from it within a minute or so."""
    Tag.objects.filter(pk__in={row.tag_id for row in rows}, learns=True).update(due=True)
    for row in rows:
        words_changed.send(sender=PhotoTag, photo=row.photo)


def _check(rows: Sequence[PhotoTag], by: User) -> None:
    for row in rows:
        _check_owner(row.photo.library, by)


def _check_owner(library: Library, by: User) -> None:
    if library.owner_id != by.pk:
        raise NotAllowed(_("Only the owner of these photos decides on their tags."))
